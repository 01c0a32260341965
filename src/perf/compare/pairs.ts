/**
 * Sides that were measured pass by pass in turn: what changes slowly changes both, and is not in the
 * ratio of neighbours.
 *
 * @module
 */
import type { LevelResult, PassResult } from "../types.ts";
import { ENOUGH_RUNS, type Estimate, ofRatios } from "./estimate.ts";

/** A figure of the base and the same of the other side, measured next to one another. */
export type Pair = readonly [base: number, next: number];

/** Pairs of passes that are a sample, whatever the passes are like. */
const PASSES = 5;
/** As many are enough where passes differ more than what is within them explains. */
const PASSES_OF_DRIFT = 3;

/**
 * The pairs that the change is to be told from: of runs, where there are enough, else of passes.
 *
 * @returns undefined when there are too few, or a figure is missing or 0
 */
export function pairsOf(
  base: readonly LevelResult[],
  next: readonly LevelResult[],
  { ofLevel, ofPass }: {
    readonly ofLevel: (level: LevelResult) => number | undefined;
    readonly ofPass: (pass: PassResult) => number | undefined;
  },
): Pair[] | undefined {
  if (base.length !== next.length) return undefined;
  const byRun = base.length >= ENOUGH_RUNS;
  const both = byRun
    ? base.map((level, i) => [ofLevel(level), ofLevel(next[i]!)])
    : base.flatMap((level, i) =>
      passesInTurn(level, next[i]!).map((pair) => pair.map((pass) => ofPass(pass)))
    );
  const drifts = [...base, ...next].some(({ overall }) => overall?.basis?.by === "passes");
  if (!byRun && both.length < (drifts ? PASSES_OF_DRIFT : PASSES)) return undefined;
  if (both.some((pair) => pair.some((value) => !(value! > 0)))) return undefined;
  return both as unknown as Pair[];
}

/** Passes of the same number, without those before both loads had all their threads. */
function passesInTurn(base: LevelResult, next: LevelResult): [PassResult, PassResult][] {
  const last = Math.min(...[base, next].map(({ overall }) => overall?.passCount ?? 0));
  const whole = ({ passes }: LevelResult) =>
    last === 0
      ? []
      : passes.filter(({ complete, latency }) => complete && latency !== undefined).slice(-last);
  const theirs = new Map(whole(next).map((pass) => [pass.pass, pass]));
  return whole(base).flatMap((pass) => {
    const other = theirs.get(pass.pass);
    return other === undefined ? [] : [[pass, other]];
  });
}

/**
 * The change in percent with Student's interval, on logarithms.
 *
 * @param pairs two at least, all figures above 0
 */
export function changeOfPairs(pairs: readonly Pair[]): Estimate {
  return ofRatios(pairs.map(([base, next]) => Math.log(next / base)));
}
