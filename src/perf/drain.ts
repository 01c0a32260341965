/**
 * The end of a load after which another one comes.
 *
 * @module
 */
import type { LoadPoint, ProfilerParts } from "./pass.ts";

/** What the load before left behind may take so long to end. */
const DRAIN_MS = 30_000;
const DRAIN_TICK_MS = 5;

/**
 * Sends nothing more, and waits for the answers of what was sent. Sequences that are open stay so with
 * a schedule; else they end.
 */
export async function drain(
  { load, clock, signal }: ProfilerParts,
  { concurrency, arrivals }: LoadPoint,
): Promise<void> {
  await load.setLoad(arrivals === undefined ? 0 : concurrency, 0, arrivals);
  const end = clock.now() + DRAIN_MS;
  while (!signal.aborted && clock.now() < end) {
    const { inFlight } = await load.collect();
    if (inFlight === 0) return;
    await clock.sleep(DRAIN_TICK_MS, signal);
  }
}
