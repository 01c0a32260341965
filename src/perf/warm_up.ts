/**
 * The requests before a level's first pass.
 *
 * @module
 */
import type { LoadPoint, ProfilerParts } from "./pass.ts";
import { countsSince } from "./pass_run.ts";
import type { RequestCounts } from "./types.ts";

/** Between two looks at a warm-up. */
const WARMUP_TICK_MS = 10;

/** Sends the settings' requests of warm-up and waits for their answers. */
export async function warmUp(
  { settings, load, clock, signal, onProgress }: ProfilerParts,
  { concurrency, requestRate, arrivals }: LoadPoint,
  base: RequestCounts,
): Promise<void> {
  const wanted = settings.warmupRequestCount;
  if (wanted === 0) return;
  if (signal.aborted) return;
  await load.setLoad(concurrency, wanted, arrivals);
  let reported = -Infinity;
  while (!signal.aborted) {
    const all = await load.collect();
    const counts = countsSince(all, base);
    if (counts.sent - base.inFlight >= wanted && counts.inFlight === 0) return;
    if (clock.now() - reported >= 250) {
      reported = clock.now();
      onProgress?.({
        phase: "warm-up",
        concurrency,
        requestRate,
        pass: 0,
        maxPasses: settings.maxPasses,
        inferPerSecond: 0,
        counts,
      });
    }
    await clock.sleep(WARMUP_TICK_MS, signal);
  }
}
