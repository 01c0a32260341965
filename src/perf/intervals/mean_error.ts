/**
 * How far a mean of batches may be off: batch means, with what passes add to it.
 *
 * Batches that follow one another are alike: the variance of their mean is that of independent ones
 * times (1 + r) / (1 - r) when neighbours have the correlation r. Where passes differ by more than
 * their batches explain, it is the passes that are the sample.
 *
 * @module
 */
import { chanceOfRatio } from "./student.ts";

/** Passes count as different when chance makes such a difference less often than this. */
const UNLIKELY = 0.1;
/** Stronger correlations can't be told from a trend. */
const MAX_CORRELATION = 0.8;

/** A standard error and what it rests on. */
export interface MeanError {
  readonly error: number;
  /** Degrees of freedom. */
  readonly degrees: number;
  /** What the sample is. */
  readonly by: "batches" | "passes";
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The standard error of the mean of all batches.
 *
 * @param all the batches of each pass, in the order of time
 * @returns undefined when there are too few of them, or one has no value
 */
export function meanError(all: readonly (readonly number[])[]): MeanError | undefined {
  const passes = all.filter((batches) => batches.length > 0);
  // Batches without a request have no mean.
  if (!passes.every((batches) => batches.every(Number.isFinite))) return undefined;
  const count = passes.reduce((sum, batches) => sum + batches.length, 0);
  if (count < 3) return undefined;
  const means = passes.map(mean);
  let [within, products, pairs] = [0, 0, 0];
  passes.forEach((batches, pass) => {
    batches.forEach((value, i) => {
      within += (value - means[pass]!) ** 2;
      if (i === 0) return;
      products += (value - means[pass]!) * (batches[i - 1]! - means[pass]!);
      pairs++;
    });
  });
  const degrees = count - passes.length;
  const variance = degrees > 0 ? within / degrees : 0;
  // An estimate from m batches is too low by about (1 + 4 r) / m.
  const seen = within > 0 && pairs > 0 ? products / pairs / (within / count) : 0;
  const correlation = Math.min(MAX_CORRELATION, Math.max(0, seen + 1 / count * passes.length));
  const inflation = (1 + correlation) / (1 - correlation);
  const batched: MeanError = {
    error: Math.sqrt(variance * inflation / count),
    degrees: Math.max(1, degrees / inflation),
    by: "batches",
  };
  if (passes.length < 2) return batched;
  const grand = mean(means);
  const between = means.reduce((sum, value) => sum + (value - grand) ** 2, 0) /
    (passes.length - 1);
  const expected = variance * inflation * passes.length / count;
  if (degrees > 0 && expected > 0) {
    const chance = chanceOfRatio(between / expected, passes.length - 1, batched.degrees);
    if (chance > UNLIKELY) return batched;
  } else if (between === 0) return batched;
  return {
    error: Math.sqrt(between / passes.length),
    degrees: passes.length - 1,
    by: "passes",
  };
}
