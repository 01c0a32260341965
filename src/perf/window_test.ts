import { assertEquals } from "@std/assert";
import { CHUNK_ROWS, ChunkWriter, Gap, Sample } from "./samples.ts";
import { Window } from "./window.ts";

interface Row {
  readonly start: number;
  readonly end: number;
  readonly scheduled?: number;
  readonly first?: number;
  readonly responses?: number;
  readonly last?: boolean;
}

function chunkOf(list: readonly Row[]) {
  const rows = new Float64Array(list.length * Sample.WIDTH);
  list.forEach((row, i) => {
    const at = i * Sample.WIDTH;
    rows[at + Sample.SCHEDULED] = row.scheduled ?? row.start;
    rows[at + Sample.START] = row.start;
    rows[at + Sample.END] = row.end;
    rows[at + Sample.SEND] = 1;
    rows[at + Sample.WAIT] = 2;
    rows[at + Sample.RECEIVE] = 3;
    rows[at + Sample.FIRST] = row.first ?? NaN;
    rows[at + Sample.RESPONSES] = row.responses ?? 1;
    rows[at + Sample.SEQUENCE_END] = row.last ? 1 : 0;
    rows[at + Sample.IDLE] = 4;
  });
  return { kind: "samples", rows, count: list.length } as const;
}

Deno.test("Window keeps what ended in [from, to), wherever it began", () => {
  const window = new Window(100, 200);
  window.add(chunkOf([
    { start: 50, end: 99.999 },
    { start: 50, end: 100 },
    { start: 150, end: 199.999, last: true },
    { start: 150, end: 200 },
    { start: 199, end: 250 },
  ]));
  assertEquals(window.latency.count, 2);
  assertEquals([window.sendMs, window.waitMs, window.receiveMs], [2, 4, 6]);
  assertEquals([window.sequenceCount, window.lastEnd], [1, 199.999]);
  assertEquals(window.first.count, 0);
});

Deno.test("Window: latency counts from when the request was due", () => {
  const window = new Window(0, 100);
  window.add(chunkOf([{ scheduled: 10, start: 30, end: 50 }]));
  assertEquals(window.latency.figures([50])!.averageUs, 40_000);
  assertEquals(window.delayMs, 20);
  assertEquals(window.idleMs, 4 * window.latency.count);
});

Deno.test("Window: another thread's clock is shifted", () => {
  const window = new Window(1100, 1200);
  window.add(chunkOf([{ start: 90, end: 95 }, { start: 95, end: 105 }]), 1000);
  assertEquals([window.latency.count, window.lastEnd], [1, 1105]);
});

Deno.test("Window: answers of decoupled models", () => {
  const window = new Window(0, 100);
  window.add(chunkOf([
    { start: 0, end: 50, first: 10, responses: 3 },
    { start: 0, end: 50, responses: 0 },
  ]));
  window.add({ kind: "gaps", rows: Float64Array.of(20, 10, 50, 30, 100, 9), count: 3 });
  assertEquals([window.responseCount, window.first.count, window.between.count], [3, 1, 2]);
  assertEquals(Gap.WIDTH, 2);
});

Deno.test("Window.cut ends it early, never before its start", () => {
  const window = new Window(100, 200);
  window.cut(150);
  window.add(chunkOf([{ start: 120, end: 149 }, { start: 120, end: 150 }]));
  assertEquals([window.latency.count, window.to], [1, 150]);
  window.cut(50);
  assertEquals(window.to, 100);
});

Deno.test("ChunkWriter hands on full chunks and the rest, and loses no row", () => {
  const seen: number[] = [];
  const buffers = new Set<Float64Array>();
  const writer = new ChunkWriter("gaps", ({ rows, count }) => {
    for (let i = 0; i < count; i++) seen.push(rows[i * Gap.WIDTH]!);
    buffers.add(rows);
    return seen.length > CHUNK_ROWS ? undefined : new Float64Array(rows.length);
  });
  const total = CHUNK_ROWS * 2 + 5;
  for (let i = 0; i < total; i++) {
    writer.rows[writer.offset] = i;
    writer.commit();
  }
  assertEquals(seen.length, CHUNK_ROWS * 2);
  writer.flush();
  writer.flush();
  assertEquals(seen, Array.from({ length: total }, (_, i) => i));
  assertEquals(buffers.size, 2, "a buffer is reused unless it was replaced");
});
