/**
 * The server's part of a level's report: r19.07's lines on v1, perf_analyzer's on v2.
 *
 * @module
 */
import type { ApiVersion } from "../../protocol/types.ts";
import type { ServerFigures } from "../types.ts";
import { overhead, percent, usec } from "./format.ts";

/** The lines, the last one empty. */
export function serverLines(
  server: ServerFigures | undefined,
  api: ApiVersion,
  withUse = api === "v2",
): string[] {
  return [
    "  Server: ",
    ...(server === undefined ? ["    No statistics", ""] : modelLines(server, api, [1, withUse])),
  ];
}

function modelLines(
  figures: ServerFigures,
  api: ApiVersion,
  [depth, withUse]: readonly [depth: number, withUse: boolean],
): string[] {
  const indent = "  ".repeat(depth);
  const counts = api === "v1" || figures.requestCount === 0
    ? [`Request count: ${figures.requestCount}`]
    : countLines(figures);
  const lines = figures.requestCount === 0
    ? counts
    : [...counts, latencyLine(figures, api), ...withUse ? useLines(figures) : []];
  const own = [...lines.map((line) => `${indent}  ${line}`), ""];
  if (figures.composing.length === 0) return own;
  return [
    ...own,
    `${indent}Composing models: `,
    ...figures.composing.flatMap((child) => [
      `${indent}${child.modelName}, version: ${child.modelVersion}`,
      ...modelLines(child, api, [depth + 1, withUse]),
    ]),
  ];
}

/** How busy the model was: what its executions took of the time that passed. */
function useLines({ busyInstances, instances, utilization }: ServerFigures): string[] {
  if (busyInstances === undefined) return [];
  const busy = Number(busyInstances.toPrecision(3));
  return [
    utilization === undefined
      ? `Busy instances: ${busy} (time of all executions by time passed)`
      : `Utilization: ${percent(utilization)} (${busy} of ${instances} ` +
        `${
          instances === 1 ? "instance" : "instances"
        } busy: time of all executions by time passed)`,
  ];
}

function countLines(figures: ServerFigures): string[] {
  const cached = figures.cacheHitCount + figures.cacheMissCount > 0;
  return [
    `Inference count: ${figures.inferenceCount}`,
    `Execution count: ${figures.executionCount}`,
    ...(cached
      ? [
        `Cache hit count: ${figures.cacheHitCount}`,
        `Cache miss count: ${figures.cacheMissCount}`,
      ]
      : []),
    `Successful request count: ${figures.requestCount}`,
    ...(figures.failedCount > 0 ? [`Failed request count: ${figures.failedCount}`] : []),
  ];
}

type Part = readonly [name: string, us: number];

function latencyLine(figures: ServerFigures, api: ApiVersion): string {
  const total = usec(figures.totalUs);
  const parts = api === "v1" || figures.composing.length > 0 ? sumParts(figures) : v2Parts(figures);
  const rest = overhead(total, parts.map(([, us]) => us));
  const all: Part[] = [["overhead", rest], ...parts];
  const text = all.map(([name, us]) => `${name} ${us} usec`).join(" + ");
  return `Avg request latency: ${total} usec (${text})`;
}

function sumParts(figures: ServerFigures): Part[] {
  const compute = usec(figures.computeInputUs) + usec(figures.computeUs) +
    usec(figures.computeOutputUs);
  return [["queue", usec(figures.queueUs)], ["compute", compute]];
}

function v2Parts(figures: ServerFigures): Part[] {
  const cached = figures.cacheHitCount + figures.cacheMissCount > 0;
  const cache: Part[] = cached
    ? [["cache hit/miss", usec(figures.cacheHitUs + figures.cacheMissUs)]]
    : [];
  return [
    ["queue", usec(figures.queueUs)],
    ...cache,
    ["compute input", usec(figures.computeInputUs)],
    ["compute infer", usec(figures.computeUs)],
    ["compute output", usec(figures.computeOutputUs)],
  ];
}
