/**
 * How figures are written.
 *
 * @module
 */
import type { ApiVersion } from "../../protocol/types.ts";

/** Whole microseconds, cut off as r19.07 does. */
export function usec(us: number): number {
  return Math.trunc(us);
}

/** Events a second: v1 cuts them off to a whole number, v2 has up to six digits. */
export function rate(perSecond: number, api: ApiVersion): string {
  return api === "v1" ? String(Math.trunc(perSecond)) : String(Number(perSecond.toPrecision(6)));
}

/** A share (0 to 1) as percent with two decimals. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

/** The share of a server's request that is neither waiting nor computing, never below 0. */
export function overhead(total: number, parts: readonly number[]): number {
  return Math.max(0, total - parts.reduce((sum, part) => sum + part, 0));
}
