/**
 * A model's metadata and configuration -> {@linkcode ModelInfo}.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { instancesOf } from "../instances.ts";
import type { EnsembleStep, ModelInfo, TensorFormat, TensorInfo } from "../types.ts";
import { dataTypeOfConfig, dataTypeOfWire } from "./data_type.ts";
import type {
  ModelConfig,
  ModelInput,
  ModelMetadataResponse,
  ModelOutput,
} from "./generated/messages.js";

type TensorMetadata = ModelMetadataResponse.TensorMetadata;

/** What max_batch_size is taken for when only the shapes tell that there is a batch dimension. */
const UNKNOWN_BATCH_LIMIT = 2 ** 31 - 1;

/**
 * The description of a model.
 *
 * Without a configuration (some servers have none, others restrict it) the metadata alone must do: a
 * model all of whose shapes begin with -1 is taken for one with a batch dimension of any size.
 *
 * @throws {InferenceError} PROTOCOL for unknown data types and for dimensions beyond 2^53
 */
export function modelInfo(metadata: ModelMetadataResponse, config?: ModelConfig): ModelInfo {
  const name = metadata.name ?? config?.name ?? "";
  const common = {
    name,
    versions: [...metadata.versions ?? []].sort(byNumber),
    platform: metadata.platform || config?.platform || config?.backend || "",
  };
  if (config === undefined) return { ...common, ...fromMetadata(metadata, name) };
  return {
    ...common,
    maxBatchSize: config.maxBatchSize ?? 0,
    inputs: (config.input ?? []).map((input) => ({
      ...configTensor(input, name),
      format: tensorFormat(input.format),
      ...(input.optional ? { optional: true } : {}),
    })),
    outputs: (config.output ?? []).map((output) => ({
      ...configTensor(output, name),
      format: "NONE",
      ...(output.labelFilename ? { labelFilename: output.labelFilename } : {}),
    })),
    scheduling: scheduling(config),
    decoupled: config.modelTransactionPolicy?.decoupled ?? false,
    ...instancesOf(config.instanceGroup),
    steps: (config.ensembleScheduling?.step ?? []).map((step): EnsembleStep => ({
      modelName: step.modelName ?? "",
      modelVersion: step.modelVersion ?? -1n,
    })),
  };
}

function fromMetadata(metadata: ModelMetadataResponse, model: string) {
  const inputs = metadata.inputs ?? [];
  const outputs = metadata.outputs ?? [];
  const all = [...inputs, ...outputs];
  const batched = all.length > 0 && all.every(({ shape }) => shape?.[0] === -1n);
  const toInfo = (tensor: TensorMetadata) => metadataTensor(tensor, model, batched);
  return {
    maxBatchSize: batched ? UNKNOWN_BATCH_LIMIT : 0,
    ...(batched ? { batchGuessed: true } : {}),
    inputs: inputs.map(toInfo),
    outputs: outputs.map(toInfo),
    scheduling: metadata.platform === "ensemble" ? "ensemble" as const : "default" as const,
    decoupled: false,
    steps: [],
  };
}

function metadataTensor(tensor: TensorMetadata, model: string, batched: boolean): TensorInfo {
  const name = tensor.name ?? "";
  const of = `tensor '${name}' of model '${model}'`;
  const shape = toShape(tensor.shape ?? [], of);
  return {
    name,
    dataType: dataTypeOfWire(tensor.datatype ?? "", of),
    shape: batched ? shape.slice(1) : shape,
    format: "NONE",
  };
}

function configTensor({ name = "", dataType, dims }: ModelInput | ModelOutput, model: string) {
  const of = `tensor '${name}' of model '${model}'`;
  return { name, dataType: dataTypeOfConfig(dataType, of), shape: toShape(dims ?? [], of) };
}

function toShape(dims: readonly bigint[], of: string): number[] {
  return dims.map((dim) => {
    if (dim >= -1n && dim <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(dim);
    throw new InferenceError("PROTOCOL", `Cannot use ${of}: it has the dimension ${dim}`);
  });
}

function tensorFormat(format: ModelInput.Format | undefined): TensorFormat {
  if (format === "FORMAT_NHWC") return "NHWC";
  return format === "FORMAT_NCHW" ? "NCHW" : "NONE";
}

function scheduling(config: ModelConfig): ModelInfo["scheduling"] {
  if (config.ensembleScheduling) return "ensemble";
  if (config.sequenceBatching) return "sequence";
  return config.dynamicBatching ? "dynamic" : "default";
}

/** Version numbers ascending; other servers' names behind them, by the alphabet. */
function byNumber(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => /^\d+$/.test(text) ? BigInt(text) : undefined);
  if (x === undefined || y === undefined) return x !== undefined ? -1 : y !== undefined ? 1 : 0;
  return x < y ? -1 : x > y ? 1 : 0;
}
