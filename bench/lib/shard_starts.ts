/**
 * How together tasks begin after a barrier.
 *
 * @module
 */
import { perfShards, PLACES, SHARDS, startRecorder } from "./shard_runs.ts";
import { printTable } from "./table.ts";

/** What the issue asks of processes on one machine. */
const TOGETHER_MS = 20;

const at = (values: readonly number[], p: number) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!;
};
const said = (values: readonly number[]) =>
  [0.5, 0.9, 1].map((p) => at(values, p).toFixed(1)).join(" / ");

/** Starts jobs of one request in flight for each task, which sends as soon as it may. */
export async function starts(folder: string, rounds: number): Promise<void> {
  const server = await startRecorder();
  const rows = [[
    ...["barrier", "starts", "late p50 / p90 / max, ms", `over ${TOGETHER_MS} ms`],
    "first to last of the first requests, p50 / p90 / max, ms",
  ]];
  const asked = ["-m", "recorder", "-u", server.url, "-t", String(SHARDS), "--duration", "200ms"];
  for (const place of PLACES) {
    const late: number[] = [];
    const spreads: number[] = [];
    // The server's first round is slower than any other.
    for (let round = 0; round <= rounds; round++) {
      const reports = await perfShards(folder, place, ...asked);
      // Each task has a value of its own.
      const first = new Map<number, number>();
      for (const { value, at } of await server.take()) if (!first.has(value)) first.set(value, at);
      if (first.size !== SHARDS) throw new Error(`${first.size} tasks have sent`);
      if (round === 0) continue;
      late.push(...reports.map(({ environment }) => environment.start!.lateMs));
      spreads.push(Math.max(...first.values()) - Math.min(...first.values()));
    }
    const tooLate = late.filter((ms) => ms > TOGETHER_MS).length;
    rows.push([place, String(late.length), said(late), String(tooLate), said(spreads)]);
  }
  await server.stop();
  await printTable(`${SHARDS} processes at a barrier`, rows);
}
