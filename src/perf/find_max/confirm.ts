/**
 * Runs that confirm. A run of half a minute at the limit itself passes as often as not, and at 5 %
 * below it fails now and then. But each also makes the estimate better that the next one goes by. So
 * there are as many as the time has room for, and the answer is the load, among those that passed,
 * that is closest to the limit as all passes put it in the end.
 *
 * @module
 */
import { type Found, type SearchRange, type SearchTime, triable } from "./range.ts";
import type { Tries } from "./tries.ts";

/** The time between two runs. */
const BETWEEN_MS = 700;
/** A last run that must pass lies this share below the limit. */
const BELOW = 0.01;
/** What passed lies below the limit more often than above: closest to a little above is chosen. */
const ABOVE = 0.015;
/** As close as this share, and no further run is needed. */
const CLOSE = 0.01;

/** Confirms; undefined when even the lowest load fails, or the caller ended it. */
export async function confirmed(
  range: SearchRange,
  { now, endsAt, confirmMs }: SearchTime,
  tries: Tries,
  highest: number,
): Promise<Found | undefined> {
  const kept: number[] = [];
  const distance = (value: number, limit: number) => Math.abs(value / limit - 1);
  const roomFor = (runs: number) => endsAt - now() >= runs * (confirmMs + BETWEEN_MS);
  let value = highest;
  let step = range.precision / 2;
  while (true) {
    const left = endsAt - now() - BETWEEN_MS;
    const runs = Math.floor(left / (confirmMs + BETWEEN_MS));
    const ms = runs > 1 ? left / runs - BETWEEN_MS : confirmMs;
    const passed = await tries.passes(value, "confirm", {
      minMs: ms,
      maxMs: runs > 1 ? ms : Math.max(ms, left),
      until: "kept",
    });
    if (passed === undefined) return undefined;
    if (passed) kept.push(value);
    else if (kept.length === 0 && value <= range.lowest) return undefined;
    const { estimate } = tries;
    const limit = estimate && triable(range, estimate.value);
    if (kept.length > 0) {
      const [best] = limit === undefined
        ? kept.sort((a, b) => b - a)
        : kept.sort((a, b) => distance(a, limit * (1 + ABOVE)) - distance(b, limit * (1 + ABOVE)));
      const close = limit === undefined || best === range.highest ||
        distance(best!, limit) <= CLOSE && estimate!.error <= range.precision / 2;
      if (close || !roomFor(1)) return { value: best!, confirmed: true };
      value = limit;
      continue;
    }
    if (limit !== undefined && roomFor(1)) {
      value = triable(range, limit * (roomFor(2) ? 1 : 1 - BELOW));
      continue;
    }
    // Over time, or without an estimate: down, in steps that grow.
    step = Math.min(0.5, step * 2);
    const next = triable(range, Math.min(limit ?? Infinity, value * (1 - step)));
    value = range.whole ? Math.min(value - 1, next) : next;
  }
}
