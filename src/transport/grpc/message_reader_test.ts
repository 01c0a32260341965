import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { gzipSync } from "node:zlib";
import { InferenceError } from "../../base/errors.ts";
import { putUint32 } from "../http2/frames.ts";
import { copyOut, MAX_MESSAGE, MessageReader } from "./message_reader.ts";

function framed(message: Uint8Array, flag = 0, length = message.length): Uint8Array {
  const bytes = new Uint8Array(5 + message.length);
  bytes[0] = flag;
  putUint32(bytes, 1, length);
  bytes.set(message, 5);
  return bytes;
}

const ramp = (length: number) => Uint8Array.from({ length }, (_, i) => i * 7);

function reader(limit = MAX_MESSAGE, encoding = "identity") {
  const messages: Uint8Array[] = [];
  const ended = Promise.withResolvers<void>();
  const emit = (message: Uint8Array) => void messages.push(message);
  const options = { limit, encoding, emit, fail: ended.reject };
  return { messages, ended, reader: new MessageReader(options) };
}

Deno.test("MessageReader: messages in pieces of any size", () => {
  const sizes = [0, 1, 5, 63, 64, 129, 1024, 1025, 5000, 0, 3];
  const bytes = Uint8Array.from(sizes.flatMap((size) => [...framed(ramp(size))]));
  for (const step of [1, 2, 3, 4, 5, 6, 7, 100, 1029, bytes.length]) {
    const { messages, reader: r } = reader();
    for (let at = 0; at < bytes.length; at += step) {
      r.feed(bytes, at, Math.min(at + step, bytes.length));
    }
    assertEquals(messages, sizes.map(ramp), `step ${step}`);
    assertEquals(r.partial, false);
  }
});

Deno.test("MessageReader: messages own their bytes", () => {
  const { messages, reader: r } = reader();
  const bytes = framed(ramp(100));
  r.feed(bytes, 0, bytes.length);
  r.feed(bytes, 0, bytes.length);
  bytes.fill(0);
  messages[0]!.fill(1);
  assertEquals(messages[1], ramp(100));
  assertEquals(messages.map((message) => message.byteOffset % 8), [0, 0]);
});

Deno.test("MessageReader: bytes put into their place", () => {
  const { messages, reader: r } = reader();
  assertEquals(r.space(), undefined);
  const bytes = framed(ramp(5000));
  r.feed(bytes, 0, 4);
  assertEquals([r.space(), r.partial], [undefined, true]);
  r.feed(bytes, 4, 1005);
  const space = r.space()!;
  assertEquals(space.length, 4000);
  space.set(bytes.subarray(1005));
  r.advance(1000);
  assertEquals(r.space()!.length, 3000);
  r.advance(3000);
  assertEquals(messages, [ramp(5000)]);
  assertEquals([r.space(), r.partial], [undefined, false]);
});

Deno.test("MessageReader: a long message takes memory as it comes", () => {
  const { reader: r } = reader();
  const length = 0x7ffffff0;
  r.feed(framed(new Uint8Array(1), 0, length), 0, 6);
  const rooms: number[] = [];
  for (let i = 0; i < 7; i++) {
    const room = r.space()!.length;
    rooms.push(room / 1024);
    r.advance(room);
  }
  assertEquals(rooms, [64 - 1 / 1024, 192, 768, 3072, 12288, 16384, 32768]);
});

Deno.test("MessageReader: the word of a peer alone takes no memory", () => {
  const prefix = framed(new Uint8Array(0), 0, 0x7fffffff);
  const readers = Array.from({ length: 1000 }, () => reader().reader);
  const before = Deno.memoryUsage().external;
  for (const r of readers) r.feed(prefix, 0, prefix.length);
  assertEquals(readers.every(({ partial }) => partial), true);
  assert(Deno.memoryUsage().external - before < 1_000_000);
});

Deno.test("MessageReader: what it refuses, however it comes", () => {
  const rows: [string, Uint8Array, number, string][] = [
    ["over the limit", framed(ramp(101)), 100, "101 octets, more than 100"],
    ["over 2 GiB", framed(ramp(1), 0, 0x80000000), MAX_MESSAGE, "2147483648 octets"],
    ["flag 2", framed(ramp(1), 2), 100, "flag before a message is 2"],
  ];
  for (const [name, bytes, limit, says] of rows) {
    for (const step of [1, bytes.length]) {
      const { reader: r } = reader(limit);
      assertThrows(
        () => {
          for (let at = 0; at < bytes.length; at += step) r.feed(bytes, at, at + step);
        },
        InferenceError,
        says,
        name,
      );
    }
  }
});

Deno.test("MessageReader: compressed messages between plain ones keep their order", async () => {
  const { messages, ended, reader: r } = reader(2000, "gzip");
  const parts = [framed(ramp(10)), framed(gzipSync(ramp(2000)), 1), framed(ramp(3))];
  for (const part of parts) for (let i = 0; i < part.length; i++) r.feed(part, i, i + 1);
  assertEquals([messages, r.busy], [[ramp(10)], true]);
  r.whenEmitted(ended.resolve);
  await ended.promise;
  assertEquals([messages, r.busy], [[ramp(10), ramp(2000), ramp(3)], false]);
});

Deno.test("MessageReader: what can't be decompressed ends the messages", async () => {
  const rows: [Uint8Array, string, string][] = [
    [gzipSync(new Uint8Array(1_000_000)), "gzip", "grows beyond 2000 bytes"],
    [ramp(100), "gzip", "Cannot read a compressed message"],
    [ramp(1), "identity", "no grpc-encoding"],
  ];
  for (const [bytes, encoding, says] of rows) {
    const { messages, ended, reader: r } = reader(2000, encoding);
    for (const part of [framed(bytes, 1), framed(ramp(3))]) r.feed(part, 0, part.length);
    r.whenEmitted(ended.resolve);
    await assertRejects(() => ended.promise, InferenceError, says);
    assertEquals(messages, []);
  }
});

Deno.test("copyOut: every size, and room for all of them", () => {
  for (let round = 0; round < 40; round++) {
    for (const length of [0, 1, 128, 129, 1000, 1024, 1025]) {
      assertEquals(copyOut(ramp(2000), 3, 3 + length), ramp(2000).slice(3, 3 + length));
    }
  }
});
