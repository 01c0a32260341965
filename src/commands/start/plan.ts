/**
 * When the work of a task begins: at a moment, or when all tasks are there.
 *
 * @module
 */
import { type Clock, wallMs } from "../../base/clock.ts";
import { usageError } from "../../cli/usage.ts";
import type { Shard } from "../../base/shard.ts";
import { nappingWaker } from "../../perf/load/waker.ts";
import type { StartFigures } from "../../perf/start_figures.ts";
import type { CommandContext } from "../../cli/context.ts";
import type { ShardOptions } from "../shared/shard_flags.ts";
import { parseTime, readTime } from "../shared/time.ts";

/** Waits; what came of it is for the report. */
export type Begin = (clock: Clock, signal: AbortSignal) => Promise<StartFigures>;

/**
 * Reads the flags; undefined when the work begins at once.
 *
 * @param now milliseconds of the machine's clock
 * @throws {InferenceError} USAGE
 */
export function readStart(
  { startAt, barrier, barrierTimeout }: ShardOptions,
  shard: Shard | undefined,
  now = Date.now(),
): Begin | undefined {
  if (startAt !== undefined && barrier !== undefined) {
    throw usageError("--start-at and --barrier both say when to begin: give one of them");
  }
  if (startAt !== undefined) {
    const at = parseMoment(startAt, now);
    return async (clock, signal) => await sleepUntil(at, { by: "start-at", clock, signal });
  }
  if (barrier === undefined) return undefined;
  if (shard === undefined) {
    throw usageError(
      "--barrier waits for the tasks of all shards",
      "add --shard I/N or --shard auto",
    );
  }
  const timeoutMs = readTime(barrierTimeout, "--barrier-timeout", "60s");
  return async (clock, signal) => {
    const meeting = { shard, timeoutMs, clock, signal };
    const address = /^([^/\\]*):(\d{1,5})$/.exec(barrier);
    const { at, clockSkewMs } = address === null
      ? await (await import("./file_barrier.ts")).meetAtFile(barrier, meeting)
      : await (await import("./tcp_barrier.ts")).meetAtAddress(
        { host: address[1]!, port: Number(address[2]) },
        meeting,
      );
    return { ...await sleepUntil(at, { by: "barrier", clock, signal }), clockSkewMs };
  };
}

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/;

/** A moment in milliseconds of the machine's clock. @throws {InferenceError} USAGE */
export function parseMoment(text: string, now: number): number {
  const after = text.startsWith("+") ? parseTime(text.slice(1)) : undefined;
  if (after !== undefined) return now + after;
  const at = RFC_3339.test(text) ? Date.parse(text.replace(" ", "T").toUpperCase()) : NaN;
  if (Number.isNaN(at)) {
    throw usageError(
      `Cannot use "${text}" for --start-at: expected +30s or a time such as 2026-12-01T08:00:00Z`,
    );
  }
  if (at >= now) return at;
  const late = ((now - at) / 1000).toFixed(1);
  throw usageError(`Cannot use "${text}" for --start-at: it was ${late} seconds ago by this clock`);
}

/** Timers are good for so many milliseconds. */
const LONGEST_WAIT_MS = 60_000;

/** Timers come late by a millisecond or more: the last ones are waited for more closely. */
const LAST_MS = 3;

async function sleepUntil(
  at: number,
  { by, clock, signal }: {
    readonly by: StartFigures["by"];
    readonly clock: Clock;
    readonly signal: AbortSignal;
  },
): Promise<StartFigures> {
  for (let left = at - wallMs(); left > LAST_MS && !signal.aborted; left = at - wallMs()) {
    await clock.sleep(Math.min(left - LAST_MS, LONGEST_WAIT_MS), signal);
  }
  if (!signal.aborted) await new Promise<void>((resolve) => nappingWaker(wallMs).at(at, resolve));
  return { by, at: new Date(at).toISOString(), atMs: at, lateMs: Math.max(0, wallMs() - at) };
}

/** Waits, and says how the start went. */
export async function announced(
  begin: Begin,
  { clock, signal, terminal }: CommandContext,
): Promise<StartFigures> {
  const start = await begin(clock, signal);
  terminal.err(startLine(start));
  return start;
}

function startLine({ by, at, lateMs, clockSkewMs }: StartFigures): string {
  const skew = clockSkewMs === undefined
    ? ""
    : `; the tasks' clocks are up to ${clockSkewMs.toFixed(0)} ms apart`;
  return `Started by ${by} at ${at}, ${lateMs.toFixed(0)} ms late${skew}\n`;
}
