import { assertEquals, assertRejects } from "@std/assert";
import { MessageWriter } from "./writer.ts";

/** Takes at most `limit` bytes a write. */
class Sink {
  readonly writes: number[] = [];
  #bytes: number[] = [];

  constructor(readonly limit = Infinity) {}

  write(bytes: Uint8Array): Promise<number> {
    const count = Math.min(bytes.length, this.limit);
    this.writes.push(count);
    for (let i = 0; i < count; i++) this.#bytes.push(bytes[i]!);
    return Promise.resolve(count);
  }

  take(): Uint8Array {
    const bytes = Uint8Array.from(this.#bytes);
    this.#bytes = [];
    this.writes.length = 0;
    return bytes;
  }
}

const piece = (length: number, first = 1) => Uint8Array.from({ length }, (_, i) => first + i);

function whole(head: Uint8Array, body: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from([head, ...body].flatMap((bytes) => [...bytes]));
}

Deno.test("a small request is one write", async () => {
  const sink = new Sink();
  const writer = new MessageWriter(sink);
  for (const body of [[], [piece(1)], [piece(64), piece(64, 7)], [piece(0), piece(60_000)]]) {
    const head = piece(200, 9);
    const length = body.reduce((sum, { length }) => sum + length, 0);
    await writer.send(head, body, length);
    assertEquals(sink.writes, [200 + length]);
    assertEquals(writer.written, 200 + length);
    assertEquals(sink.take(), whole(head, body));
  }
});

Deno.test("large pieces go out as they are, small ones together", async () => {
  const sink = new Sink();
  const writer = new MessageWriter(sink);
  const head = piece(300);
  const rows: [number[], number[]][] = [
    [[70_000], [300, 70_000]],
    [[100, 70_000, 100, 100], [400, 70_000, 200]],
    [[20_000, 20_000, 30_000], [300, 20_000, 20_000, 30_000]],
    [Array(20).fill(10_000), [60_300, 60_000, 60_000, 20_000]],
  ];
  for (const [lengths, writes] of rows) {
    const body = lengths.map((length, i) => piece(length, i));
    await writer.send(head, body, lengths.reduce((sum, length) => sum + length));
    assertEquals(sink.writes, writes);
    assertEquals(sink.take(), whole(head, body));
  }
});

Deno.test("writes that take only a part are continued", async () => {
  const sink = new Sink(7000);
  const writer = new MessageWriter(sink);
  for (const lengths of [[100], [50_000], [80_000, 5, 90_000]]) {
    const body = lengths.map((length, i) => piece(length, i));
    const total = lengths.reduce((sum, length) => sum + length);
    await writer.send(piece(100), body, total);
    assertEquals(writer.written, 100 + total);
    assertEquals(sink.take(), whole(piece(100), body));
  }
});

Deno.test("a failed write says how much was taken before", async () => {
  let writes = 0;
  const writer = new MessageWriter({
    write: () => writes++ === 0 ? Promise.resolve(10) : Promise.reject(new Error("gone")),
  });
  await assertRejects(() => writer.send(piece(20), [], 0), Error, "gone");
  assertEquals(writer.written, 10);
});
