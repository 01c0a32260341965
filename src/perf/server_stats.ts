/**
 * What the server did during a pass: the difference of its statistics before and after.
 *
 * @module
 */
import type { DurationStat, ModelStatistics } from "../protocol/types.ts";
import { sum } from "./sums.ts";
import type { RequestCounts, ServerFigures } from "./types.ts";

/** A model and, for an ensemble, the models that it is made of. */
export interface ModelNode {
  readonly name: string;
  /** Undefined = the newest. */
  readonly version?: bigint;
  readonly composing: readonly ModelNode[];
  /** Executions that may run at the same time. */
  readonly instances?: number;
  /** It calls them by itself: its own times are those of its own work, with theirs in it. */
  readonly callsThem?: boolean;
}

/** The statistics of several models at one moment. */
export type ServerSnapshot = ReadonlyMap<string, readonly ModelStatistics[]>;

/** A snapshot's entry for a node. */
export function nodeKey(node: Pick<ModelNode, "name" | "version">): string {
  return `${node.name}/${node.version ?? ""}`;
}

/** The statistics of a version, of the newest one when none is given. */
export function chooseVersion(
  entries: readonly ModelStatistics[],
  version: bigint | undefined,
): ModelStatistics | undefined {
  if (version !== undefined) return entries.find((entry) => entry.version === String(version));
  return entries.reduce<ModelStatistics | undefined>(
    (best, entry) =>
      best === undefined || Number(entry.version) > Number(best.version) ? entry : best,
    undefined,
  );
}

/**
 * The figures of a model between two snapshots.
 *
 * @param elapsedMs time between the snapshots
 * @returns undefined when the later snapshot lacks the model, or its counters went back, as they do
 * when a server is started again
 */
export function serverFigures(
  node: ModelNode,
  before: ServerSnapshot,
  after: ServerSnapshot,
  elapsedMs?: number,
): ServerFigures | undefined {
  const end = chooseVersion(after.get(nodeKey(node)) ?? [], node.version);
  if (end === undefined) return undefined;
  const start = (before.get(nodeKey(node)) ?? []).find((entry) => entry.version === end.version);
  if (start !== undefined && end.success.count < start.success.count) return undefined;
  const requests = difference(end.success, start?.success);
  const average = (stat: keyof ModelStatistics) =>
    requests.count === 0
      ? 0
      : difference(end[stat] as DurationStat, start?.[stat] as DurationStat).ns / requests.count /
        1000;
  const composing = distinct(
    node.composing.flatMap((child) => serverFigures(child, before, after, elapsedMs) ?? []),
  );
  const own = {
    queueUs: average("queue"),
    computeInputUs: average("computeInput"),
    computeUs: average("compute"),
    computeOutputUs: average("computeOutput"),
  };
  return {
    modelName: end.name,
    modelVersion: end.version,
    requestCount: requests.count,
    failedCount: difference(end.failed, start?.failed).count,
    inferenceCount: Number(end.inferenceCount - (start?.inferenceCount ?? 0n)),
    executionCount: Number(end.executionCount - (start?.executionCount ?? 0n)),
    totalUs: average("success"),
    ...(composing.length === 0 || node.callsThem ? own : sumOfComposing(composing)),
    cacheHitCount: difference(end.cacheHit, start?.cacheHit).count,
    cacheMissCount: difference(end.cacheMiss, start?.cacheMiss).count,
    cacheHitUs: average("cacheHit"),
    cacheMissUs: average("cacheMiss"),
    ...(node.composing.length === 0 || node.callsThem
      ? utilization(node, executionNs(start, end), elapsedMs)
      : {}),
    composing,
  };
}

/** Nanoseconds of all executions; without their own figures each took as long as a request in it. */
function executionNs(start: ModelStatistics | undefined, end: ModelStatistics): number {
  if (end.execution !== undefined) return difference(end.execution, start?.execution).ns;
  const executions = Number(end.executionCount - (start?.executionCount ?? 0n));
  const parts = ["computeInput", "compute", "computeOutput"] as const;
  return executions * sum(parts.map((part) => {
    const { count, ns } = difference(end[part], start?.[part]);
    return count === 0 ? 0 : ns / count;
  }));
}

/** Instances at work on average, of those that there are. */
function utilization(
  { instances }: ModelNode,
  ns: number,
  elapsedMs = 0,
): Pick<ServerFigures, "busyInstances" | "instances" | "utilization"> {
  if (!(elapsedMs > 0) || ns <= 0) return {};
  const busyInstances = ns / 1e6 / elapsedMs;
  if (instances === undefined) return { busyInstances };
  return { busyInstances, instances, utilization: busyInstances / instances };
}

/** Steps of an ensemble may name one version both by its number and as the newest. */
function distinct(models: readonly ServerFigures[]): ServerFigures[] {
  const known = new Map<string, ServerFigures>();
  for (const model of models) known.set(`${model.modelName}/${model.modelVersion}`, model);
  return [...known.values()];
}

/** An ensemble waits and computes where its models do. */
function sumOfComposing(composing: readonly ServerFigures[]) {
  const sum = (field: "queueUs" | "computeInputUs" | "computeUs" | "computeOutputUs") =>
    composing.reduce((total, figures) => total + figures[field], 0);
  return {
    queueUs: sum("queueUs"),
    computeInputUs: sum("computeInputUs"),
    computeUs: sum("computeUs"),
    computeOutputUs: sum("computeOutputUs"),
  };
}

function difference(end: DurationStat, start: DurationStat | undefined) {
  return {
    count: Number(end.count - (start?.count ?? 0n)),
    ns: Number(end.ns - (start?.ns ?? 0n)),
  };
}

/**
 * How many of the server's successful requests can't be ours. Between two looks at its statistics the
 * server can have finished only what was sent before the second one and not yet settled at the first
 * one, or given up by this client while the server still worked on it.
 *
 * @param before counts from before the first look
 * @param after counts from after the second look
 * @param abandoned requests that had failed without an answer before the first look
 */
export function foreignRequests(
  server: ServerFigures,
  before: RequestCounts,
  after: RequestCounts,
  abandoned: number,
): number {
  const possible = after.sent - before.succeeded - before.failed + abandoned;
  return Math.max(0, server.requestCount - possible);
}
