/**
 * Exponential up or down, and bisection, by whether loads pass.
 *
 * @module
 */
import { type SearchRange, triable } from "./range.ts";
import type { Tries } from "./tries.ts";

/** A load that passes, and the next one that fails; Infinity when the highest passes. */
export interface Bracket {
  readonly pass: number;
  readonly fail: number;
}

/** Doubles the load until it fails, or halves it until it passes; undefined when nothing passes. */
export async function bracket(range: SearchRange, tries: Tries): Promise<Bracket | undefined> {
  const { lowest, highest } = range;
  let value = range.start;
  let passed = await tries.passes(value, "lowest");
  if (passed === undefined) return undefined;
  if (!passed) {
    while (value > lowest) {
      const fail = value;
      value = triable(range, value / 2);
      passed = await tries.passes(value, "down");
      if (passed === undefined) return undefined;
      if (passed) return { pass: value, fail };
    }
    return undefined;
  }
  while (value < highest) {
    const pass = value;
    value = Math.min(highest, value * 2);
    passed = await tries.passes(value, "up");
    if (passed === undefined) return undefined;
    if (!passed) return { pass, fail: value };
  }
  return { pass: value, fail: Infinity };
}

/** The load between the two; undefined when they are close. */
export function between(range: SearchRange, { pass, fail }: Bracket): number | undefined {
  const { precision, step, whole } = range;
  if (fail === Infinity) return undefined;
  if (fail - pass <= Math.max(step ?? pass * precision, whole ? 1 : 0)) return undefined;
  // Rates are halved as ratios, whole numbers as differences.
  const middle = whole || step !== undefined ? (pass + fail) / 2 : Math.sqrt(pass * fail);
  const value = triable(range, middle);
  return value > pass && value < fail ? value : undefined;
}
