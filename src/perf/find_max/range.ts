/**
 * What a search goes by: where to look, and how a load is tried. Nothing here knows how a load is
 * measured.
 *
 * @module
 */
import type { Evidence } from "./fit.ts";

/** Why a load is tried. */
export type SearchPhase = "lowest" | "up" | "down" | "bisect" | "refine" | "confirm";

/** What came of a try. */
export interface Tried {
  readonly passed: boolean;
  /** Whether it failed for a reason that `evidence` doesn't show, such as a growing backlog. */
  readonly wall: boolean;
  /** By threshold; undefined where there is none. */
  readonly evidence: readonly (Evidence | undefined)[];
}

/** How long a try takes. */
export interface TryLength {
  readonly minMs: number;
  readonly maxMs: number;
  /**
   * After `minMs` it goes on until the limits are clearly kept or broken, or until they are kept at
   * all. The latter ends before, too, when one is clearly broken.
   */
  readonly until: "clear" | "kept";
}

/** Tries a load; without a length, until it is decided. Undefined = the caller ended it. */
export type TryLoad = (
  value: number,
  phase: SearchPhase,
  length?: TryLength,
) => Promise<Tried | undefined>;

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
}

/** The time that a search has, in milliseconds. */
export interface SearchTime {
  readonly now: () => number;
  /** Later, nothing begins but what a first answer needs. */
  readonly endsAt: number;
  /** Length of a pass that makes the estimate better, at least. */
  readonly passMs: number;
  /** Of a run that confirms, at least; 0 = none. */
  readonly confirmMs: number;
}

/** What was found. */
export interface Found {
  readonly value: number;
  /** Whether a run of its own kept the limits. */
  readonly confirmed: boolean;
}

/** Significant digits of a rate. */
const DIGITS = 4;

/** A load that can be tried. */
export function triable({ lowest, highest, whole }: SearchRange, value: number): number {
  const near = whole ? Math.floor(value) : Number(value.toPrecision(DIGITS));
  return Math.min(highest, Math.max(lowest, near));
}
