/**
 * A plain closed loop: so many requests outstanding, each replaced when it is answered.
 *
 * @module
 */

/** What a loop came to. */
export interface LoopResult {
  readonly perSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
}

/** Runs `request` with `concurrency` outstanding for so long, after a warm-up of a fifth of it. */
export async function closedLoop(
  request: () => Promise<unknown>,
  concurrency: number,
  durationMs: number,
): Promise<LoopResult> {
  const start = performance.now() + durationMs / 5;
  const end = start + durationMs;
  const latencies: number[] = [];
  const slot = async () => {
    while (true) {
      const begin = performance.now();
      if (begin >= end) return;
      await request();
      const now = performance.now();
      if (now >= start && now < end) latencies.push(now - begin);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, slot));
  latencies.sort((a, b) => a - b);
  const rank = (p: number) => (latencies[Math.floor(p * (latencies.length - 1))] ?? NaN) * 1000;
  return {
    perSecond: latencies.length / (durationMs / 1000),
    p50Us: rank(0.5),
    p99Us: rank(0.99),
  };
}
