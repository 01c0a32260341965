/**
 * ModelConfig and ServerStatus -> the vocabulary that both protocols share.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { type DataType, isDataType } from "../../tensor/data_type.ts";
import type {
  DurationStat,
  ModelInfo,
  ModelStatistics,
  ModelVersionState,
  TensorFormat,
  TensorInfo,
} from "../types.ts";
import { instancesOf } from "../instances.ts";
import type {
  InferRequestStats,
  ModelInput,
  ModelOutput,
  ServerStatus,
} from "./generated/messages.js";

/** A model's description out of the server's status. @throws {InferenceError} NOT_FOUND, PROTOCOL */
export function modelInfo(status: ServerStatus, name: string): ModelInfo {
  const model = status.modelStatus?.[name];
  if (!model?.config) {
    throw new InferenceError("NOT_FOUND", `The server's status holds no model '${name}'`, {
      serverId: status.id,
    });
  }
  const config = model.config;
  return {
    name,
    versions: Object.keys(model.versionStatus ?? {}).sort((a, b) => Number(a) - Number(b)),
    platform: config.platform ?? "",
    maxBatchSize: config.maxBatchSize ?? 0,
    inputs: (config.input ?? []).map((tensor) => tensorInfo(tensor, name)),
    outputs: (config.output ?? []).map((tensor) => tensorInfo(tensor, name)),
    scheduling: config.ensembleScheduling
      ? "ensemble"
      : config.sequenceBatching
      ? "sequence"
      : config.dynamicBatching
      ? "dynamic"
      : "default",
    decoupled: false,
    ...instancesOf(config.instanceGroup),
    steps: (config.ensembleScheduling?.step ?? []).map((step) => ({
      modelName: step.modelName ?? "",
      modelVersion: step.modelVersion ?? 0n,
    })),
  };
}

function tensorInfo(tensor: ModelInput | ModelOutput, modelName: string): TensorInfo {
  const name = tensor.name ?? "";
  return {
    name,
    dataType: dataType(tensor.dataType, name, modelName),
    shape: dimsToShape(tensor.dims ?? [], name),
    format: "format" in tensor ? tensorFormat(tensor.format) : "NONE",
    labelFilename: "labelFilename" in tensor && tensor.labelFilename || undefined,
  };
}

function tensorFormat(format: ModelInput.Format | undefined): TensorFormat {
  if (format === "FORMAT_NHWC") return "NHWC";
  return format === "FORMAT_NCHW" ? "NCHW" : "NONE";
}

function dataType(text: string | number | undefined, tensor: string, model: string): DataType {
  const name = String(text ?? "").replace("TYPE_", "");
  if (isDataType(name)) return name;
  throw new InferenceError(
    "PROTOCOL",
    `Cannot use tensor '${tensor}' of model '${model}': unknown data type ${text ?? "(none)"}`,
  );
}

/** Dims as numbers. @throws {InferenceError} PROTOCOL for one that a number can't hold exactly */
export function dimsToShape(dims: readonly bigint[], tensor: string): number[] {
  return dims.map((dim) => {
    const number = Number(dim);
    if (Number.isSafeInteger(number)) return number;
    throw new InferenceError(
      "PROTOCOL",
      `Cannot use tensor '${tensor}': its dimension ${dim} is too large`,
    );
  });
}

/** Every model version and whether it is ready. */
export function versionStates(status: ServerStatus): ModelVersionState[] {
  return eachVersion(status).map(({ name, version, entry }) => ({
    name,
    version,
    state: String(entry.readyState ?? "MODEL_UNKNOWN").replace("MODEL_", ""),
  }));
}

/** Counters of every model version, summed over the batch sizes. */
export function modelStatistics(status: ServerStatus): ModelStatistics[] {
  return eachVersion(status).map(({ name, version, entry }) => {
    const stats = Object.values(entry.inferStats ?? {});
    const sum = (part: keyof InferRequestStats): DurationStat => {
      const total = { count: 0n, ns: 0n };
      for (const stat of stats) {
        total.count += stat[part]?.count ?? 0n;
        total.ns += stat[part]?.totalTimeNs ?? 0n;
      }
      return total;
    };
    return {
      name,
      version,
      inferenceCount: entry.modelInferenceCount ?? 0n,
      executionCount: entry.modelExecutionCount ?? 0n,
      success: sum("success"),
      failed: sum("failed"),
      queue: sum("queue"),
      computeInput: NONE,
      compute: sum("compute"),
      computeOutput: NONE,
      cacheHit: NONE,
      cacheMiss: NONE,
    };
  });
}

const NONE: DurationStat = { count: 0n, ns: 0n };

function eachVersion(status: ServerStatus) {
  return Object.entries(status.modelStatus ?? {}).flatMap(([name, model]) =>
    Object.entries(model.versionStatus ?? {}).map(([version, entry]) => ({ name, version, entry }))
  );
}
