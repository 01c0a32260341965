import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../../base/errors.ts";
import { FRAME_HEADER, FrameType, MAX_WINDOW, uint32At } from "../../http2/frames.ts";
import { Output } from "../../http2/output.ts";
import { Queue } from "../../http2/queue.ts";
import { Sender } from "./sender.ts";
import { UnaryCall } from "./unary_call.ts";

const CONTEXT = {
  address: { host: "127.0.0.1", port: 1, tls: false, basePath: "" },
  maxMessageBytes: 1000,
};
const HEAD = { method: "/a.B/C", timeoutMs: 0, headers: [] };

/** A socket whose writes the test finishes, each by as much as it says. */
class FakeConn {
  readonly pieces: Uint8Array[] = [];
  readonly #pending: PromiseWithResolvers<number>[] = [];
  written = 0;

  write(piece: Uint8Array): Promise<number> {
    this.pieces.push(piece.slice());
    const pending = Promise.withResolvers<number>();
    this.#pending.push(pending);
    return pending.promise;
  }

  async finish(count = this.pieces.at(-1)!.length): Promise<void> {
    this.written += count;
    this.#pending.shift()!.resolve(count);
    await settled();
  }

  async finishAll(): Promise<void> {
    while (this.#pending.length > 0) await this.finish();
  }

  async fail(error: Error): Promise<void> {
    this.#pending.shift()!.reject(error);
    await settled();
  }
}

/** Lets all microtasks run. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

function setup() {
  const conn = new FakeConn();
  const failures: unknown[] = [];
  const sender = new Sender((cause) => failures.push(cause));
  sender.attach(conn as unknown as Deno.Conn);
  let streamId = -1;
  const call = (length: number, fill = 7) => {
    const made = new UnaryCall(CONTEXT, HEAD, new Uint8Array(length).fill(fill), () => {});
    made.streamId = streamId += 2;
    return made;
  };
  return { conn, sender, failures, call };
}

interface Seen {
  type: number;
  flags: number;
  streamId: number;
  length: number;
}

function framesOf(bytes: Uint8Array): Seen[] {
  const seen: Seen[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = uint32At(bytes, at) >>> 8;
    seen.push({
      type: bytes[at + 3]!,
      flags: bytes[at + 4]!,
      streamId: uint32At(bytes, at + 5),
      length,
    });
    at += FRAME_HEADER + length;
  }
  return seen;
}

const concat = (pieces: readonly Uint8Array[]) => Uint8Array.from(pieces.flatMap((p) => [...p]));
const BLOCK = Uint8Array.of(0x82, 0x83, 0x84);

Deno.test("Sender: headers and message of all calls of one turn go out in one write", async () => {
  const { conn, sender, call } = setup();
  const calls = [call(10), call(0), call(100)];
  for (const one of calls) sender.open(one, BLOCK);
  await settled();
  assertEquals(conn.pieces.length, 1);
  assertEquals(
    framesOf(conn.pieces[0]!).map((
      { type, flags, streamId, length },
    ) => [type, flags, streamId, length]),
    [[1, 4, 1, 3], [0, 1, 1, 15], [1, 4, 3, 3], [0, 1, 3, 5], [1, 4, 5, 3], [0, 1, 5, 105]],
  );
  assert(calls.every((one) => one.sendStart > 0 && one.sendEnd === 0 && one.sentEnd));
  await conn.finish(50);
  assertEquals(conn.pieces[1], conn.pieces[0]!.slice(50));
  assert(calls.every((one) => one.sendEnd === 0));
  await conn.finish();
  assert(calls.every((one) => one.sendEnd >= one.sendStart));
});

Deno.test("Sender: what comes during a write goes out in the next", async () => {
  const { conn, sender, call } = setup();
  sender.open(call(1), BLOCK);
  await settled();
  for (let i = 0; i < 5; i++) {
    sender.open(call(1), BLOCK);
    await settled();
  }
  assertEquals(conn.pieces.length, 1);
  await conn.finish();
  assertEquals(conn.pieces.length, 2);
  assertEquals(framesOf(conn.pieces[1]!).length, 10);
});

Deno.test("Sender: nothing goes out while it is held", async () => {
  const { conn, sender, call } = setup();
  sender.hold();
  sender.open(call(1), BLOCK);
  sender.putReset(1, 8);
  await settled();
  assertEquals(conn.pieces.length, 0);
  sender.release();
  assertEquals(conn.pieces.length, 1);
});

Deno.test("Sender: windows of calls and of the connection hold, for all in turn", async () => {
  const { conn, sender, call } = setup();
  sender.setInitialWindow(30_000, []);
  const calls = [call(50_000, 1), call(50_000, 2), call(0)];
  for (const one of calls) sender.open(one, BLOCK);
  await settled();
  await conn.finishAll();
  const sent = () => {
    const data = framesOf(concat(conn.pieces)).filter((frame) => frame.type === FrameType.DATA);
    return calls.map((one) =>
      data.filter((frame) => frame.streamId === one.streamId)
        .reduce((sum, frame) => sum + frame.length, 0)
    );
  };
  assertEquals(sent(), [30_000, 30_000, 5]);
  assert(sender.growStreamWindow(calls[0]!, 20_000) && sender.growStreamWindow(calls[1]!, 20_000));
  await settled();
  await conn.finishAll();
  assertEquals(sent().reduce((a, b) => a + b), 65_535);
  // Below zero: the first octets given only bring the windows back to it.
  sender.setInitialWindow(29_990, calls.slice(0, 2));
  sender.growWindow(100_000);
  await settled();
  await conn.finishAll();
  assertEquals(sent(), [49_990, 49_990, 5]);
  assertEquals(calls.map((one) => one.sentEnd), [false, false, true]);
  sender.setInitialWindow(100_000, calls.slice(0, 2));
  await settled();
  await conn.finishAll();
  assertEquals(sent(), [50_005, 50_005, 5]);
  assertEquals(calls.map((one) => one.sentEnd), [true, true, true]);
  assert(framesOf(concat(conn.pieces)).every((frame) => frame.length <= 16_384));
});

Deno.test("Sender: negative windows", async () => {
  const { conn, sender, call } = setup();
  const one = call(70_000);
  sender.growWindow(1_000_000);
  sender.open(one, BLOCK);
  await settled();
  await conn.finishAll();
  sender.setInitialWindow(0, [one]);
  assertEquals(one.sendWindow, -65_535);
  const before = conn.pieces.length;
  assert(sender.growStreamWindow(one, 65_535));
  await settled();
  assertEquals(conn.pieces.length, before);
  assert(sender.growStreamWindow(one, 1));
  await settled();
  assertEquals(framesOf(conn.pieces[before]!).map((frame) => frame.length), [1]);
});

Deno.test("Sender: large payloads in large frames, without a copy, and in order", async () => {
  const { conn, sender, call } = setup();
  sender.setMaxFrameSize(0xffffff);
  sender.setInitialWindow(MAX_WINDOW, []);
  sender.growWindow(MAX_WINDOW - 65_535);
  const large = call(1_500_000, 9);
  sender.open(large, BLOCK);
  sender.open(call(10, 3), BLOCK);
  await settled();
  await conn.finishAll();
  const bytes = concat(conn.pieces);
  const data = framesOf(bytes).filter((frame) => frame.type === FrameType.DATA);
  assertEquals(data.filter((frame) => frame.streamId === 1).map((frame) => frame.length), [
    512 * 1024,
    512 * 1024,
    1_500_005 - 1024 * 1024,
  ]);
  assertEquals(bytes.filter((octet) => octet === 9).length >= 1_500_000, true);
  assert(large.sendEnd > 0);
});

Deno.test("Sender: a header block longer than a frame is continued", async () => {
  const { conn, sender, call } = setup();
  sender.open(call(0), new Uint8Array(40_000));
  await settled();
  await conn.finishAll();
  assertEquals(
    framesOf(concat(conn.pieces)).map(({ type, flags, length }) => [type, flags, length]),
    [[1, 0, 16_384], [9, 0, 16_384], [9, 4, 7232], [0, 1, 5]],
  );
});

Deno.test("Sender: a call that has ended sends nothing more", async () => {
  const { conn, sender, call } = setup();
  const one = call(100_000);
  sender.open(one, BLOCK);
  await settled();
  await conn.finishAll();
  one.settle(undefined);
  sender.growWindow(1_000_000);
  sender.setInitialWindow(1_000_000, [one]);
  await settled();
  await conn.finishAll();
  assertEquals(conn.written, 3 + FRAME_HEADER + 4 * FRAME_HEADER + 65_535);
});

Deno.test("Sender: windows that get too large, and increments of nothing", () => {
  const { sender, call } = setup();
  const one = call(100_000);
  sender.open(one, BLOCK);
  assertThrows(() => sender.growWindow(0), InferenceError, "window update by 0");
  assertThrows(() => sender.growWindow(MAX_WINDOW), InferenceError, "window update");
  assertEquals(sender.growStreamWindow(one, 0), false);
  assertEquals(sender.growStreamWindow(one, MAX_WINDOW), false);
  assert(sender.growStreamWindow(one, 65_535));
  assertThrows(() => sender.setInitialWindow(MAX_WINDOW, [one]), InferenceError, "window");
});

Deno.test("Sender: a peer that asks and does not read", async () => {
  const { conn, sender } = setup();
  const bytes = new Uint8Array(17);
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 900; i++) sender.reply(bytes);
    await settled();
    await conn.finishAll();
  }
  assertThrows(
    () => {
      for (let i = 0; i < 1001; i++) sender.reply(bytes);
    },
    InferenceError,
    "flood",
  );
});

Deno.test("Sender: a failed write is told once, a stopped sender is silent", async () => {
  const { conn, sender, failures } = setup();
  const error = new Error("broken pipe");
  sender.putReset(1, 8);
  await settled();
  await conn.fail(error);
  sender.putReset(3, 8);
  await settled();
  assertEquals([failures, conn.pieces.length], [[error], 1]);
});

Deno.test("Output: copies, references and growth keep their order", () => {
  const output = new Output();
  const large = new Uint8Array(50_000).fill(2);
  output.append(Uint8Array.of(1, 1));
  output.appendWithoutCopy(large);
  output.append(Uint8Array.of(3));
  output.append(new Uint8Array(100_000).fill(4));
  output.append(Uint8Array.of(5));
  assertEquals(output.bytes, 150_004);
  assertEquals([...output.take()!], [1, 1]);
  assertStrictEquals(output.take(), large as Uint8Array<ArrayBuffer>);
  assertEquals([...output.take()!], [3]);
  assertEquals(output.take()!, new Uint8Array(100_000).fill(4));
  assertEquals([...output.take()!], [5]);
  assertEquals([output.take(), output.bytes, output.appended, output.taken], [
    undefined,
    0,
    150_004,
    150_004,
  ]);
});

Deno.test("Output: a piece in flight stays as it is", () => {
  const output = new Output();
  for (let round = 0; round < 10; round++) {
    output.append(new Uint8Array(1000).fill(round));
    const piece = output.take()!;
    output.append(new Uint8Array(1000).fill(99));
    assert(piece.every((octet) => octet === round));
    output.take();
  }
});

Deno.test("Queue: first in, first out, whatever is taken in between", () => {
  const queue = new Queue<number>();
  const expected: number[] = [];
  for (let i = 0; i < 1000; i++) {
    queue.push(i);
    expected.push(i);
    if (i % 3 === 0) assertEquals(queue.shift(), expected.shift());
    assertEquals([queue.length, queue.peek()], [expected.length, expected[0]]);
  }
  for (const gone of [expected[0], expected[5], 5000]) {
    queue.remove(gone!);
    if (expected.includes(gone!)) expected.splice(expected.indexOf(gone!), 1);
  }
  assertEquals(queue.toArray(), expected);
  assertEquals(queue.drain(), expected);
  assertEquals([queue.length, queue.shift(), queue.peek()], [0, undefined, undefined]);
});
