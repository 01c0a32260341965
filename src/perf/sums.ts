/**
 * Sums and means.
 *
 * @module
 */

/** Adds up. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The mean of values that count differently; 0 without any weight. */
export function weighted(pairs: readonly (readonly [value: number, weight: number])[]): number {
  const weight = sum(pairs.map((pair) => pair[1]));
  return weight === 0 ? 0 : sum(pairs.map(([value, w]) => value * w)) / weight;
}
