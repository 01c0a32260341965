/**
 * The highest load that passes. A bracket comes first. A bisection would go on from there and decide
 * by its last pass, but a pass of some seconds can't tell 3 % of load: requests that meet a queue are
 * slow together. So each further pass lies where all passes so far put the limit, until the standard
 * error is small or the time is over. The answer has to pass in a run of its own.
 *
 * @module
 */
import { between, type Bracket, bracket } from "./bracket.ts";
import { confirmed } from "./confirm.ts";
import { type Found, type SearchRange, type SearchTime, triable, type TryLoad } from "./range.ts";
import { Tries } from "./tries.ts";

/** From this distance of what passed and what failed on, all passes together tell more. */
const COARSE = 1.5;
/** An estimate stays within this factor of both. */
const REACH = 1.25;
/** The closer the two, the longer a bisecting pass: by the usual length, and at least. */
const BISECTING = { closeness: 0.1, least: 0.3 } as const;
/** Passes lie at the estimate and beside it in turn, for the slope: so far in the figure's logarithm. */
const BESIDE = [0, 0.4, -0.4] as const;
/** A refining pass takes this share of the time that is left. */
const SHARE = 0.3;
/** Runs that confirm refine the estimate too: the time is left to so many of them. */
const CONFIRMING = 4.5;

/** Searches; undefined when even the lowest load fails, or the caller ended it. */
export async function findHighest(
  range: SearchRange,
  time: SearchTime,
  tryLoad: TryLoad,
): Promise<Found | undefined> {
  const tries = new Tries(range, tryLoad);
  const found = await bracket(range, tries);
  const highest = found && await approach(range, time, tries, found);
  if (highest === undefined) return undefined;
  if (time.confirmMs > 0) return await confirmed(range, time, tries, highest);
  // Rather below the limit than above it.
  const below = tries.estimate === undefined ? highest : highest * (1 - range.precision / 2);
  return { value: triable(range, below), confirmed: false };
}

/** Comes as near as precision and time allow; undefined when the caller ended it. */
async function approach(
  range: SearchRange,
  { now, endsAt, passMs, confirmMs }: SearchTime,
  tries: Tries,
  { pass, fail }: Bracket,
): Promise<number | undefined> {
  const end = endsAt - CONFIRMING * confirmMs;
  for (let refined = 0;;) {
    fail = Math.min(fail, tries.wall);
    const { estimate } = tries;
    if (estimate === undefined || fail / pass > COARSE) {
      const middle = between(range, { pass, fail });
      if (middle === undefined) return triable(range, Math.min(pass, fail));
      const { closeness, least } = BISECTING;
      const share = Math.max(least, Math.min(1, closeness * pass / (fail - pass)));
      const length = { minMs: passMs * share, maxMs: passMs, until: "clear" } as const;
      const passed = await tries.passes(middle, "bisect", length);
      if (passed === undefined) return undefined;
      if (passed) pass = middle;
      else fail = middle;
      continue;
    }
    const within = (value: number) =>
      triable(range, Math.min(fail * REACH, Math.max(pass / REACH, value)));
    const left = end - now();
    if (estimate.error <= range.precision / 2 || left < passMs / 2) return within(estimate.value);
    const beside = BESIDE[refined++ % BESIDE.length]! / estimate.slope;
    const ms = Math.max(passMs, left * SHARE);
    const length = { minMs: ms, maxMs: ms, until: "clear" } as const;
    const passed = await tries.passes(within(estimate.value * (1 + beside)), "refine", length);
    if (passed === undefined) return undefined;
  }
}
