/**
 * What paces the load, as a value: given that a slot is free, when is the next request due?
 *
 * @module
 */

/** Paces the requests of one load loop. */
export interface Pacer {
  /**
   * The moment at which the next request is due, in milliseconds of the loop's clock. A moment in the
   * past means at once, and the wait since then belongs to the request's latency.
   *
   * @param now the present moment
   */
  next(now: number): number;
}

/** As soon as a request is answered, the next one is sent: a closed loop. */
export const closedLoop: Pacer = { next: (now) => now };
