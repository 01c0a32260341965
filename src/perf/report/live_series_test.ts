import { assert, assertEquals } from "@std/assert";
import { type Chunk, type ChunkKind, Sample } from "../samples.ts";
import { LIVE_SECONDS, LiveSeries } from "./live_series.ts";

/** Requests that ended at these milliseconds after 10 each. */
function chunk(kind: ChunkKind, ends: readonly number[]): Chunk {
  const rows = new Float64Array(ends.length * Sample.WIDTH);
  ends.forEach((end, i) => {
    rows[i * Sample.WIDTH + Sample.SCHEDULED] = end - 10;
    rows[i * Sample.WIDTH + Sample.START] = end - 10;
    rows[i * Sample.WIDTH + Sample.END] = end;
  });
  return { kind, rows, count: ends.length };
}

Deno.test("requests are counted in the second in which they ended, on this thread's clock", () => {
  const series = new LiveSeries();
  assertEquals(series.points(5000), []);
  series.add(chunk("samples", [5100, 5999, 6000]), 0);
  series.add(chunk("samples", [100]), 6000);
  series.add(chunk("failures", [6500, 7000]), 0);
  series.add(chunk("gaps", [6500]), 0);
  const [first, second, ...rest] = series.points(7500);
  assertEquals([first!.requestCount, first!.failedCount], [2, 0]);
  assertEquals([second!.requestCount, second!.failedCount], [2, 1]);
  assert(Math.abs(first!.p50Us! - 10_000) < 10 && Math.abs(first!.p99Us! - 10_000) < 10);
  assertEquals(rest, []);
  // The second of `now` isn't over; the next is, and has a failure alone.
  assertEquals(series.points(8000).at(-1), { requestCount: 0, failedCount: 1 });
});

Deno.test("a silent server has seconds of nothing, and no more than a minute is kept", () => {
  const series = new LiveSeries();
  series.add(chunk("samples", [1500]), 0);
  assertEquals(series.points(5000).map((point) => point.requestCount), [1, 0, 0, 0]);
  for (let second = 5; second < 200; second++) series.add(chunk("samples", [second * 1000]), 0);
  const points = series.points(200_000);
  assertEquals(points.length, LIVE_SECONDS);
  assert(points.every(({ requestCount, p50Us }) => requestCount === 1 && p50Us !== undefined));
  // After an hour of nothing.
  series.add(chunk("samples", [3_600_000]), 0);
  assertEquals(series.points(3_601_000).length, 1);
  // Answers that come too late to be shown harm nothing.
  series.add(chunk("samples", [1500]), 0);
  assertEquals(series.points(3_601_000).length, 1);
});
