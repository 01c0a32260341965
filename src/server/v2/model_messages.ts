/**
 * What v2 says of a model: metadata, configuration, statistics.
 *
 * @module
 */
import { wireDataType } from "../../protocol/v2/data_type.ts";
import type {
  ModelConfig as ConfigMessage,
  ModelMetadataResponse,
  ModelStatistics,
  StatisticDuration,
} from "../../protocol/v2/generated/messages.js";
import type { ModelConfig, ModelSpec, TensorSpec } from "../core/config.ts";
import type { ModelEntry } from "../core/repository.ts";
import type { VersionStatistics } from "../core/statistics.ts";

/** The backend that the same models have on a real Triton: clients are to see no difference. */
const BACKEND = "python";
const MODEL_FILE = "model.py";

/** What a ModelMetadataResponse says. */
export function metadataMessage({ name, spec, versions }: ModelEntry): ModelMetadataResponse {
  const { config } = spec;
  const tensor = ({ name, dataType, dims }: TensorSpec) => ({
    name,
    datatype: wireDataType(dataType),
    shape: [...(config.maxBatchSize > 0 ? [-1] : []), ...dims].map(BigInt),
  });
  return {
    name,
    versions: [...versions.keys()].sort((a, b) => a < b ? -1 : 1).map(String),
    platform: isEnsemble(config) ? "ensemble" : BACKEND,
    inputs: [...spec.inputs.values()].map(tensor),
    outputs: [...spec.outputs.values()].map(tensor),
  };
}

/** A model's configuration in v2's words, completed as Triton does it when it loads a model. */
export function configMessage({ config }: ModelSpec): ConfigMessage {
  const { platform: _platform, instanceGroup, ...rest } = config;
  const group = (name: string, count: number) => ({ name, kind: "KIND_CPU" as const, count });
  const message = {
    ...rest,
    ...(isEnsemble(config)
      ? {
        platform: "ensemble",
        modelTransactionPolicy: { decoupled: false },
        defaultModelFilename: "",
      }
      : {
        backend: BACKEND,
        defaultModelFilename: MODEL_FILE,
        optimization: {
          inputPinnedMemory: { enable: true },
          outputPinnedMemory: { enable: true },
        },
        instanceGroup: instanceGroup?.map(({ name, count = 1 }, i) =>
          group(i === 0 ? config.name : name ?? "", count)
        ),
      }),
  };
  return message as unknown as ConfigMessage;
}

/** The counters of one version. */
export function statisticsMessage(
  name: string,
  version: bigint,
  statistics: VersionStatistics,
): ModelStatistics {
  const total = (kind: "success" | "failed" | "queue" | "compute"): StatisticDuration => {
    let count = 0;
    let ns = 0;
    for (const entry of statistics.byBatchSize.values()) {
      count += entry[kind].count;
      ns += entry[kind].ns;
    }
    return duration(count, ns);
  };
  const success = total("success");
  const none = duration(0, 0);
  // Tensors are views here: getting them in and out of the model takes no time of its own.
  const inAndOut = { ...none, count: success.count };
  return {
    name,
    version: String(version),
    lastInference: BigInt(statistics.lastInferenceMs),
    inferenceCount: BigInt(statistics.inferenceCount),
    executionCount: BigInt(statistics.executionCount),
    inferenceStats: {
      success,
      fail: total("failed"),
      queue: total("queue"),
      computeInput: inAndOut,
      computeInfer: total("compute"),
      computeOutput: inAndOut,
      cacheHit: none,
      cacheMiss: none,
    },
    batchStats: [...statistics.executions]
      .sort(([a], [b]) => a - b)
      .map(([batchSize, { count, ns }]) => ({
        batchSize: BigInt(batchSize),
        computeInput: duration(count, 0),
        computeInfer: duration(count, ns),
        computeOutput: duration(count, 0),
      })),
  };
}

function duration(count: number, ns: number) {
  return { count: BigInt(count), ns: BigInt(ns) };
}

function isEnsemble(config: ModelConfig): boolean {
  return config.ensembleScheduling !== undefined;
}
