/**
 * Quantiles of Student's t and chances of Fisher's F. Both are jstat's: within 1e-6 of the tables up to
 * a million degrees of freedom, and wrong or NaN beyond and below one (tried with 0, -1, 0.5, 1e9, NaN
 * and Infinity), so that degrees are kept within that.
 *
 * @module
 */
import jstat from "jstat";

const MAX_DEGREES = 1e5;

interface Distribution {
  inv(p: number, ...degrees: number[]): number;
  cdf(x: number, ...degrees: number[]): number;
}

const { studentt, centralF } = jstat as unknown as {
  readonly studentt: Distribution;
  readonly centralF: Distribution;
};

const within = (degrees: number) => Math.min(MAX_DEGREES, Math.max(1, degrees));

/** How many standard errors a two-sided interval of this confidence reaches to each side. */
export function studentFactor(degrees: number, confidence = 0.95): number {
  return studentt.inv((1 + confidence) / 2, within(degrees));
}

/** The chance of a ratio of variances as large as this one or larger, when both are the same. */
export function chanceOfRatio(ratio: number, above: number, below: number): number {
  if (!(ratio > 0)) return 1;
  return 1 - centralF.cdf(ratio, within(above), within(below));
}
