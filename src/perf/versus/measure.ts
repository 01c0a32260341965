/**
 * Two measurements side by side, pass by pass in turn.
 *
 * @module
 */
import type { PerfResult } from "../types.ts";
import { type Side, type Turn, Turns } from "./turns.ts";

/** Measures one side; `signal` ends it. */
export type MeasureSide = (side: Side, turn: Turn, signal: AbortSignal) => Promise<PerfResult>;

/**
 * Measures both.
 *
 * @param signal ends both; what there is until then is the result
 * @param first measures its first pass before the other one
 * @throws what the first one throws that does; the other one is ended then
 */
export async function measureVersus(
  measure: MeasureSide,
  signal: AbortSignal,
  first: Side = 0,
): Promise<readonly [PerfResult, PerfResult]> {
  const broken = new AbortController();
  const both = AbortSignal.any([signal, broken.signal]);
  const turns = new Turns(both, first);
  const errors: unknown[] = [];
  const side = async (which: Side): Promise<PerfResult | undefined> => {
    const turn = turns.of(which);
    try {
      return await measure(which, turn, both);
    } catch (error) {
      errors.push(error);
      broken.abort();
      return undefined;
    } finally {
      turn.leave();
    }
  };
  const [a, b] = await Promise.all([side(0), side(1)]);
  if (a === undefined || b === undefined) throw errors[0];
  return [a, b];
}
