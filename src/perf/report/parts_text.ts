/**
 * The figures of each server and of each model, where there are several.
 *
 * @module
 */
import { percentileUs } from "../percentile.ts";
import type { PartFigures, PassResult, PerfContext, TimeFigures } from "../types.ts";
import { percent, rate, usec } from "./format.ts";
import { serverLines } from "./server_text.ts";

const at = (times: TimeFigures, wanted: number) => percentileUs(times, wanted) ?? 0;

function partLine({ requestCount, failedCount, latency }: PartFigures, speed: string): string {
  return [
    `${requestCount} ${requestCount === 1 ? "request" : "requests"}`,
    speed,
    ...latency === undefined
      ? []
      : [`avg latency ${usec(latency.averageUs)} usec`, `p99 ${usec(at(latency, 99))} usec`],
    ...failedCount === 0 ? [] : [`${failedCount} failed`],
  ].join(", ");
}

/** The lines of a pass; none when there is one server and one model. */
export function partLines(
  { addresses = [], models = [] }: Pick<PassResult, "addresses" | "models">,
  { environment: { api } }: PerfContext,
): string[] {
  const servers = addresses.map((part) =>
    `    ${part.address}: ${partLine(part, `${rate(part.requestPerSecond, api)} requests/sec`)}`
  );
  const asked = models.flatMap((part) => [
    `    ${part.name} (${percent(part.requestShare)} of the requests, asked ${
      percent(part.share)
    }): ` +
    partLine(part, `${rate(part.inferPerSecond, api)} infer/sec`),
    ...part.server === undefined
      ? []
      : serverLines(part.server, api).filter((line) => line !== "").map((line) => `    ${line}`),
  ]);
  return [
    ...servers.length === 0 ? [] : ["  Servers: ", ...servers, ""],
    ...asked.length === 0 ? [] : ["  Models: ", ...asked, ""],
  ];
}

/** Cells of the CSV file by their columns' names. */
export function partCells(
  { addresses = [], models = [] }: Pick<PassResult, "addresses" | "models">,
  { environment: { api } }: PerfContext,
): Map<string, string> {
  const cells = new Map<string, string>();
  const add = (name: string, part: PartFigures, speed: [string, number]) => {
    cells.set(`${name} ${speed[0]}`, rate(speed[1], api));
    const { latency } = part;
    cells.set(`${name} Avg latency`, latency === undefined ? "" : `${usec(latency.averageUs)}`);
    cells.set(`${name} p99 latency`, latency === undefined ? "" : `${usec(at(latency, 99))}`);
    cells.set(`${name} Failed`, String(part.failedCount));
  };
  for (const part of addresses) {
    add(part.address, part, ["Requests/Second", part.requestPerSecond]);
  }
  for (const part of models) add(part.name, part, ["Inferences/Second", part.inferPerSecond]);
  return cells;
}
