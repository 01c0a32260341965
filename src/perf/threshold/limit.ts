/**
 * A limit of a figure, whatever the figure is.
 *
 * @module
 */

/** On which side of a value a figure has to be. */
export interface Limit {
  readonly operator: "<" | "<=" | ">" | ">=";
  readonly limit: number;
}

/** Whether it bounds the figure from above. */
export function isUpper({ operator }: Pick<Limit, "operator">): boolean {
  return operator.startsWith("<");
}

/** How far a figure is on the right side; below 0 on the wrong one. */
export function marginOf(value: number, bound: Limit): number {
  return isUpper(bound) ? bound.limit - value : value - bound.limit;
}

/** Whether a figure keeps a limit. */
export function keepsLimit(value: number, bound: Limit): boolean {
  const margin = marginOf(value, bound);
  return margin > 0 || margin === 0 && bound.operator.endsWith("=");
}

/** Whether no value keeps both: one above `lower`, and below `upper`. */
export function excludes(lower: Limit, upper: Limit): boolean {
  const touching = lower.limit === upper.limit &&
    lower.operator.endsWith("=") && upper.operator.endsWith("=");
  return !(lower.limit < upper.limit || touching);
}
