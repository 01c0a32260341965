/**
 * The highest load that passes: exponential up, bisection, and a confirming run that steps down when
 * it fails. Nothing here knows how a load is measured.
 *
 * @module
 */
import { crossing, type Nearness, type TriedLoad } from "./fit.ts";

/** Why a load is tried. */
export type SearchPhase = "lowest" | "up" | "down" | "bisect" | "refine" | "confirm";

/** What came of a try. */
export interface Tried {
  readonly passed: boolean;
  /** Undefined when no limit has a figure that more load raises. */
  readonly nearness?: Nearness;
}

/** Tries a load; undefined = the caller ended the measurement. */
export type TryLoad = (value: number, phase: SearchPhase) => Promise<Tried | undefined>;

/** Where to look. */
export interface SearchRange {
  readonly start: number;
  /** Nothing below is tried. */
  readonly lowest: number;
  readonly highest: number;
  /** The distance, as a share, at which a search ends. */
  readonly precision: number;
  /** The distance itself, in place of the share. */
  readonly step?: number;
  /** Whether only whole numbers can be tried. */
  readonly whole: boolean;
  /** Whether the answer has to pass once more. */
  readonly confirm: boolean;
}

/** Significant digits of a rate. */
const DIGITS = 4;

/** Bisection goes on to this distance; from there on all tries together tell more than the last. */
const COARSE = 0.1;
const MAX_REFINES = 8;
/** Refining passes lie beside the estimate in turn, so that the line has a slope. */
const BESIDE = [0, 0.03, -0.03];
/** They stay within this factor of what was found before. */
const REACH = 1.2;

/** The highest load that passes; undefined when even the lowest fails, or the caller ended it. */
export async function findHighest(
  range: SearchRange,
  tryLoad: TryLoad,
): Promise<number | undefined> {
  const tried: TriedLoad[] = [];
  const attempt = async (value: number, phase: SearchPhase) => {
    const result = await tryLoad(value, phase);
    if (result?.nearness !== undefined) tried.push({ value, ...result.nearness });
    return result?.passed;
  };
  const found = await bracket(range, attempt);
  if (found === undefined) return undefined;
  let [pass, fail] = found;
  const refines = !range.whole && range.step === undefined;
  let refined = 0;
  while (fail < Infinity) {
    const estimate = refines && fail / pass <= 1 + COARSE ? crossing(tried) : undefined;
    if (estimate === undefined) {
      if (isClose(range, pass, fail)) break;
      const middle = between(range, pass, fail);
      if (middle <= pass || middle >= fail) break;
      const passed = await attempt(middle, "bisect");
      if (passed === undefined) return undefined;
      if (passed) pass = middle;
      else fail = middle;
      continue;
    }
    const value = Math.min(fail * REACH, Math.max(pass / REACH, estimate.value), range.highest);
    if (estimate.error <= range.precision / 2 || refined === MAX_REFINES) {
      pass = Math.max(range.lowest, rounded(value * (1 - range.precision / 2)));
      break;
    }
    const beside = value * (1 + BESIDE[refined++ % BESIDE.length]!);
    const next = rounded(Math.min(range.highest, Math.max(range.lowest, beside)));
    if (await attempt(next, "refine") === undefined) return undefined;
  }
  if (!range.confirm) return pass;
  return await confirmed(range, pass, attempt, () => refines ? crossing(tried)?.value : undefined);
}

type Attempt = (value: number, phase: SearchPhase) => Promise<boolean | undefined>;

/** A load that passes, and the next one that fails; Infinity when the highest passes. */
async function bracket(
  range: SearchRange,
  tryLoad: Attempt,
): Promise<[pass: number, fail: number] | undefined> {
  const { lowest, highest, whole } = range;
  let value = range.start;
  const first = await tryLoad(value, "lowest");
  if (first === undefined) return undefined;
  if (!first) {
    while (value > lowest) {
      const fail = value;
      value = Math.max(lowest, whole ? Math.floor(value / 2) : rounded(value / 2));
      const passed = await tryLoad(value, "down");
      if (passed === undefined) return undefined;
      if (passed) return [value, fail];
    }
    return undefined;
  }
  while (value < highest) {
    const pass = value;
    value = Math.min(highest, value * 2);
    const passed = await tryLoad(value, "up");
    if (passed === undefined) return undefined;
    if (!passed) return [pass, value];
  }
  return [value, Infinity];
}

/** Steps down until a load passes on its own; the steps grow when they don't help. */
async function confirmed(
  range: SearchRange,
  highest: number,
  tryLoad: Attempt,
  estimate: () => number | undefined,
): Promise<number | undefined> {
  let value = highest;
  let share = range.precision;
  for (let failures = 0;; failures++) {
    const passed = await tryLoad(value, "confirm");
    if (passed === undefined) return undefined;
    if (passed) return value;
    if (value <= range.lowest) return undefined;
    if (failures > 1) share *= 2;
    const next = range.whole
      ? Math.min(value - 1, Math.floor(value * (1 - share)))
      : rounded(value * Math.max(0.5, 1 - share));
    // What failed is counted in: the estimate may have come down.
    const known = (estimate() ?? Infinity) * (1 - range.precision / 2);
    value = Math.max(range.lowest, rounded(Math.min(next, Math.max(known, next * (1 - share)))));
  }
}

function isClose({ precision, step, whole }: SearchRange, pass: number, fail: number): boolean {
  const near = step ?? pass * precision;
  return fail - pass <= Math.max(near, whole ? 1 : 0);
}

/** Rates are halved as ratios, whole numbers as differences. */
function between({ whole, step }: SearchRange, pass: number, fail: number): number {
  if (whole) return Math.floor((pass + fail) / 2);
  return rounded(step === undefined ? Math.sqrt(pass * fail) : (pass + fail) / 2);
}

function rounded(value: number): number {
  return Number(value.toPrecision(DIGITS));
}
