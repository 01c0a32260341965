/**
 * Looks at every request of a measurement while it runs: for files of single requests, for series over
 * time, for histograms that others read.
 *
 * @module
 */
import type { Chunk } from "./samples.ts";

/** Where in the measurement a chunk belongs. */
export interface LoadMark {
  /** From 1. */
  readonly level: number;
  /** The level's name: requests in flight, or with a schedule requests a second. */
  readonly load: number;
  /** Whether there is a schedule. */
  readonly open: boolean;
  /** From 1; 0 = before the first pass. */
  readonly pass: number;
  /** Requests that end in [from, to) are measured; milliseconds of the main thread's clock. */
  readonly from: number;
  readonly to: number;
}

/** Is told of every request, in chunks. Must be quick: the load waits meanwhile. */
export interface SampleTap {
  /**
   * Takes rows; they are valid only during the call.
   *
   * @param shift milliseconds from the rows' clock to the main thread's
   */
  add(chunk: Chunk, shift: number, mark: LoadMark): void;
}

/** One tap that tells several; undefined for none. */
export function joinTaps(taps: readonly SampleTap[]): SampleTap | undefined {
  if (taps.length <= 1) return taps[0];
  return {
    add(chunk, shift, mark) {
      for (const tap of taps) tap.add(chunk, shift, mark);
    },
  };
}
