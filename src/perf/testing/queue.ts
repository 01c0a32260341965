/**
 * Queues for tests: virtual slots that take requests in the order in which they come. Nothing sleeps
 * in them, so that the times are those of queueing theory.
 *
 * @module
 */
import { createRandom } from "../random.ts";

/**
 * A queue.
 *
 * @param slots requests that are served at the same time
 * @param service milliseconds that the next request takes
 * @returns a request's time from its arrival to its answer, in milliseconds
 */
export function virtualSlots(slots: number, service: () => number): (arrival: number) => number {
  const free = new Array<number>(slots).fill(0);
  return (arrival) => {
    const next = free.indexOf(Math.min(...free));
    free[next] = Math.max(arrival, free[next]!) + service();
    return free[next]! - arrival;
  };
}

/** Service times that are exponential, with a mean in milliseconds. */
export function exponentialService(mean: number, seed: number): () => number {
  const random = createRandom(seed);
  return () => -Math.log(1 - random.unit()) * mean;
}
