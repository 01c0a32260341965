/**
 * When the schedule of one task among many begins: at a moment that the others find too. Tasks never begin
 * quite together, but what they send is one row of moments only if it counts from one.
 *
 * @module
 */
import type { Arrivals } from "./arrivals.ts";

/** Tasks that are ready within half of it, before or after, begin at one moment. */
const SLOT_MS = 200;

/**
 * The moment: half to one and a half slots from now, at a whole number of slots from the anchor.
 *
 * @param now milliseconds since 1970
 * @param anchor the moment that the tasks have agreed on; without one they go by their clocks
 */
export function commonStart(now: number, anchor = 0): number {
  return anchor + SLOT_MS * Math.ceil((now - anchor) / SLOT_MS + 0.5);
}

/** The schedule with its moment, for a share; any other begins when it is told to. */
export function withCommonStart(arrivals: Arrivals | undefined, now: number): Arrivals | undefined {
  if (arrivals?.kind !== "share") return arrivals;
  return { ...arrivals, beginMs: commonStart(now, arrivals.anchorMs) };
}

/** Milliseconds from now until a schedule begins. */
export function msUntilBegin(arrivals: Arrivals | undefined, now: number): number {
  return arrivals?.kind === "share" && arrivals.beginMs !== undefined ? arrivals.beginMs - now : 0;
}
