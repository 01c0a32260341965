/**
 * Measures a model from code: one, two and four requests in flight, 300 requests each, as a table. The
 * result is the same data that `trtis perf_client --json` writes.
 *
 *     deno run --allow-net --allow-sys examples/measure.ts grpc://localhost:8001 simple
 */
import { measureModel } from "@trtis/trtis/perf";

const [address = "localhost:8000", modelName = "simple"] = Deno.args;
const rows: Record<string, unknown>[] = [];
for (const concurrency of [1, 2, 4]) {
  const { levels } = await measureModel(address, {
    modelName,
    levels: { start: concurrency, end: concurrency, step: 1, search: false },
    requestCount: 300,
    warmupRequestCount: 50,
  });
  const { reported, counts } = levels[0]!;
  const percentile = (wanted: number) =>
    reported.latency?.percentiles.find(({ percentile }) => percentile === wanted)?.us;
  rows.push({
    "in flight": concurrency,
    "requests/s": Math.round(reported.inferPerSecond),
    "p50 us": Math.round(percentile(50) ?? NaN),
    "p99 us": Math.round(percentile(99) ?? NaN),
    failed: counts.failed,
  });
}
console.table(rows);
