/**
 * The ServerStatus message.
 *
 * @module
 */
import type {
  InferRequestStats,
  ModelConfig,
  ModelStatus,
  ModelVersionStatus,
  ServerStatus,
  StatDuration,
} from "../../protocol/v1/generated/messages.js";
import type { ModelEntry } from "../core/repository.ts";
import type { InferenceServer } from "../core/server.ts";
import { isV1Model } from "./v1_models.ts";
import type { Counter, RequestStatistics, VersionStatistics } from "../core/statistics.ts";

// Fields that hold their default are left out: the binary form would carry them.
function duration({ count, ns }: Counter): StatDuration {
  return { count: BigInt(count), ...(ns !== 0 && { totalTimeNs: BigInt(ns) }) };
}

function requestStats(statistics: RequestStatistics): InferRequestStats {
  const { success, failed, compute, queue } = statistics;
  return {
    ...(success.count > 0 && {
      success: duration(success),
      compute: duration(compute),
      queue: duration(queue),
    }),
    ...(failed.count > 0 && { failed: duration(failed) }),
  };
}

function versionStatus(statistics: VersionStatistics, ready: boolean): ModelVersionStatus {
  const { byBatchSize, executionCount, inferenceCount } = statistics;
  return {
    readyState: ready ? "MODEL_READY" : "MODEL_UNAVAILABLE",
    inferStats: Object.fromEntries(
      [...byBatchSize].map(([batchSize, stats]) => [batchSize, requestStats(stats)]),
    ),
    ...(executionCount !== 0 && { modelExecutionCount: BigInt(executionCount) }),
    ...(inferenceCount !== 0 && { modelInferenceCount: BigInt(inferenceCount) }),
  };
}

function byVersion([a]: readonly [bigint, unknown], [b]: readonly [bigint, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function modelStatus({ spec, versions, statistics }: ModelEntry): ModelStatus {
  return {
    config: spec.config as unknown as ModelConfig,
    versionStatus: Object.fromEntries(
      [...statistics].sort(byVersion).map((
        [version, stats],
      ) => [version, versionStatus(stats, versions.has(version))]),
    ),
  };
}

function queryStats(counter: Counter) {
  return counter.count === 0 ? undefined : { success: duration(counter) };
}

/** The whole server, or the part about one model; an unknown name leaves the server alone. */
export function makeServerStatus(server: InferenceServer, modelName: string): ServerStatus {
  const { repository, counters } = server;
  const named = modelName === "" ? repository.entries() : [repository.entry(modelName)];
  const entries = named.filter((entry) => entry !== undefined)
    .filter((entry) => isV1Model(entry.spec));
  return {
    id: server.id,
    ...(server.version && { version: server.version }),
    uptimeNs: BigInt(server.uptimeNs()),
    modelStatus: Object.fromEntries(entries.map((entry) => [entry.name, modelStatus(entry)])),
    ...(modelName === "" && {
      statusStats: queryStats(counters.status),
      profileStats: queryStats(counters.profile),
      healthStats: queryStats(counters.health),
    }),
    readyState: "SERVER_READY",
  };
}
