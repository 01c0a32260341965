/**
 * Whether other work on this machine may be what differs between two sides. A run sees how its passes
 * vary, but not what changed between it and the run before: a machine that is busy all through one run
 * and free in the next makes the same server look slow and then fast, with narrow intervals.
 *
 * @module
 */
import { sum, weighted } from "../sums.ts";
import type { LevelResult } from "../types.ts";
import { ENOUGH_RUNS } from "./estimate.ts";

/**
 * From this share of the time on in which programs waited for a processor, they slow each other down.
 * A free machine has 0.05 at most; 0.2 changed nothing in a server that sleeps 10 ms, 1 up to a third.
 */
const BUSY = 0.25;
/** A side that waited for so much less than the other one had another machine. */
const FREE = 0.5;

/**
 * Why a difference, or that there is none, may be the machine's.
 *
 * @param slower the side that looks worse; undefined when they look the same
 * @returns undefined when the machine was free, when nobody looked, or when runs show it themselves
 */
export function busyDoubt(
  base: readonly LevelResult[],
  next: readonly LevelResult[],
  slower?: "base" | "new",
): string | undefined {
  const shares = [base, next].map((levels) => levels.map(pressureOf));
  const means = shares.map((all) => sum(all) / all.length);
  const [before, after] = means as [number, number];
  const apart = (mine: number, theirs: number) => mine >= BUSY && theirs < mine * FREE;
  const isDoubtful = slower === undefined
    ? apart(before, after) || apart(after, before)
    : base.length < ENOUGH_RUNS || next.length < ENOUGH_RUNS
    ? Math.max(...shares.flat()) >= BUSY
    : slower === "base"
    ? apart(before, after)
    : apart(after, before);
  if (!isDoubtful) return undefined;
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return "this machine was busy: programs waited for a processor " +
    `${percent(before)} of the time in the base and ${percent(after)} in the new run; ` +
    "measure both in turn, or several runs a side";
}

/** Share of the time in which programs waited; 0 when nobody looked. */
function pressureOf({ passes }: LevelResult): number {
  return weighted(passes.map(({ client, windowMs }) => [client.pressure ?? 0, windowMs]));
}
