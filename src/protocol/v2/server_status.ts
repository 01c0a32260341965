/**
 * Statistics, the repository index and the server's own description -> the vocabulary that both
 * protocols share.
 *
 * @module
 */
import type { DurationStat, ModelStatistics, ModelVersionState, ServerStatus } from "../types.ts";
import type {
  InferBatchStatistics,
  ModelConfig,
  ModelMetadataResponse,
  ModelStatisticsResponse,
  RepositoryIndexResponse,
  ServerMetadataResponse,
  StatisticDuration,
} from "./generated/messages.js";

/** The messages that make up the status of a v2 server. */
export interface StatusMessages {
  readonly server: ServerMetadataResponse;
  readonly ready: boolean;
  /** Undefined when the server does not tell. */
  readonly index?: RepositoryIndexResponse;
  /** Undefined when the server does not tell. */
  readonly statistics?: ModelStatisticsResponse;
  /** Of the one model that was asked for. */
  readonly model?: { readonly metadata: ModelMetadataResponse; readonly config?: ModelConfig };
}

/** The status; when one model was asked for, it is the only one in it. */
export function serverStatus(messages: StatusMessages): ServerStatus {
  const { server, ready, index, statistics, model } = messages;
  const states = index === undefined ? [] : versionStates(index);
  const name = model?.metadata.name;
  return {
    api: "v2",
    id: server.name ?? "",
    version: server.version ?? "",
    readyState: ready ? "READY" : "NOT_READY",
    extensions: server.extensions ?? [],
    modelsUntold: index === undefined,
    models: name === undefined ? states : states.filter((state) => state.name === name),
    statistics: statistics === undefined ? [] : modelStatistics(statistics),
    message: messages,
  };
}

/** The models of the repository. One that was never loaded has no version and is UNAVAILABLE. */
export function versionStates(index: RepositoryIndexResponse): ModelVersionState[] {
  return (index.models ?? []).map(({ name = "", version = "", state, reason }) => ({
    name,
    version,
    state: state || "UNAVAILABLE",
    ...(reason ? { reason } : {}),
  }));
}

/** The counters of every model in the message. */
export function modelStatistics(message: ModelStatisticsResponse): ModelStatistics[] {
  return (message.modelStats ?? []).map((model) => {
    const stats = model.inferenceStats ?? {};
    return {
      name: model.name ?? "",
      version: model.version ?? "",
      inferenceCount: model.inferenceCount ?? 0n,
      executionCount: model.executionCount ?? 0n,
      success: duration(stats.success),
      failed: duration(stats.fail),
      queue: duration(stats.queue),
      computeInput: duration(stats.computeInput),
      compute: duration(stats.computeInfer),
      computeOutput: duration(stats.computeOutput),
      ...(model.batchStats?.length ? { execution: executions(model.batchStats) } : {}),
      cacheHit: duration(stats.cacheHit),
      cacheMiss: duration(stats.cacheMiss),
    };
  });
}

/** All batches together: each one is an execution. */
function executions(batches: readonly InferBatchStatistics[]): DurationStat {
  let [count, ns] = [0n, 0n];
  for (const { computeInput, computeInfer, computeOutput } of batches) {
    count += computeInfer?.count ?? 0n;
    for (const part of [computeInput, computeInfer, computeOutput]) ns += part?.ns ?? 0n;
  }
  return { count, ns };
}

function duration({ count = 0n, ns = 0n }: StatisticDuration = {}): DurationStat {
  return { count, ns };
}
