/**
 * What several servers tell, as one.
 *
 * @module
 */
import { sum, weighted } from "./sums.ts";
import type { ServerFigures } from "./types.ts";

const COUNTS = [
  ...["requestCount", "failedCount", "inferenceCount", "executionCount"] as const,
  ...["cacheHitCount", "cacheMissCount"] as const,
];
const TIMES = [
  ...["totalUs", "queueUs", "computeInputUs", "computeUs", "computeOutputUs"] as const,
  ...["cacheHitUs", "cacheMissUs"] as const,
];

/** Counts added up, times as averages over all requests; an ensemble's models by their names. */
export function addServers(all: readonly ServerFigures[]): ServerFigures | undefined {
  const [first] = all;
  if (first === undefined || all.length === 1) return first;
  const counts = COUNTS.map((key) => [key, sum(all.map((one) => one[key]))]);
  const times = TIMES.map((key) => [
    key,
    weighted(all.map((one) => [one[key], one.requestCount])),
  ]);
  const models = all.flatMap((one) => one.composing);
  const composing = [...new Set(models.map(({ modelName }) => modelName))].map((name) =>
    addServers(models.filter(({ modelName }) => modelName === name))!
  );
  return {
    ...first,
    ...Object.fromEntries([...counts, ...times]),
    ...addUse(all),
    composing,
  };
}

/** Instances of all servers; undefined as soon as one of them doesn't tell. */
function addUse(
  all: readonly ServerFigures[],
): Pick<ServerFigures, "busyInstances" | "instances" | "utilization"> {
  const add = (key: "busyInstances" | "instances") =>
    all.every((one) => one[key] !== undefined) ? sum(all.map((one) => one[key]!)) : undefined;
  const [busyInstances, instances] = [add("busyInstances"), add("instances")];
  if (busyInstances === undefined || instances === undefined) {
    return { busyInstances, instances, utilization: undefined };
  }
  return { busyInstances, instances, utilization: busyInstances / instances };
}
