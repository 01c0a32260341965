import { assert, assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { type DataPart, type FrameHandler, FrameReader } from "./frame_reader.ts";
import {
  Flag,
  frame,
  FrameType,
  goAwayPayload,
  Http2Error,
  http2ErrorName,
  settingsPayload,
  uint32Payload,
} from "./frames.ts";

const SETTINGS = frame(FrameType.SETTINGS, 0, 0, settingsPayload([[3, 100]]));

function concat(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes that tell where they stand. */
const ramp = (length: number, from = 0) => Uint8Array.from({ length }, (_, i) => from + i);

/** Writes down what it is called with; parts of DATA frames are put together. */
class Recorder implements FrameHandler {
  readonly log: unknown[] = [];
  flow = 0;
  #data: number[] = [];

  onData({ streamId: id, bytes, from, to, flow, end }: DataPart) {
    this.flow += flow;
    this.#data.push(...bytes.subarray(from, to));
    if (end) this.log.push(["data", id, this.#data.splice(0)]);
  }
  onHeaders(id: number, bytes: Uint8Array, from: number, to: number, end: boolean) {
    this.log.push(["headers", id, [...bytes.subarray(from, to)], end]);
  }
  onReset(id: number, code: number) {
    this.log.push(["reset", id, code]);
  }
  onSettings(payload: Uint8Array, ack: boolean) {
    this.log.push(["settings", [...payload], ack]);
  }
  onPing(payload: Uint8Array, ack: boolean) {
    this.log.push(["ping", [...payload], ack]);
  }
  onGoAway(lastId: number, code: number, debug: string) {
    this.log.push(["goaway", lastId, code, debug]);
  }
  onWindowUpdate(id: number, increment: number) {
    this.log.push(["window", id, increment]);
  }
}

/** Feeds `bytes` in pieces, each as long as `next` says. */
function feed(reader: FrameReader, bytes: Uint8Array, next: () => number): void {
  for (let at = 0; at < bytes.length;) {
    const space = reader.space();
    const count = Math.min(next(), bytes.length - at, space.length);
    space.set(bytes.subarray(at, at + count));
    reader.received(count);
    at += count;
  }
}

const EVERYTHING = concat(
  SETTINGS,
  frame(FrameType.SETTINGS, Flag.ACK, 0),
  frame(FrameType.HEADERS, Flag.END_HEADERS, 1, ramp(10)),
  frame(
    FrameType.HEADERS,
    Flag.END_HEADERS | Flag.END_STREAM | Flag.PADDED | Flag.PRIORITY,
    3,
    concat(Uint8Array.of(4), ramp(5, 200), ramp(7), new Uint8Array(4)),
  ),
  frame(FrameType.HEADERS, Flag.END_STREAM, 5, ramp(3)),
  frame(FrameType.CONTINUATION, 0, 5, new Uint8Array(0)),
  frame(FrameType.CONTINUATION, 0, 5, ramp(3, 3)),
  frame(FrameType.CONTINUATION, Flag.END_HEADERS, 5, ramp(3, 6)),
  frame(FrameType.DATA, 0, 7, ramp(20)),
  frame(FrameType.DATA, 0, 7),
  frame(FrameType.DATA, Flag.PADDED, 7, concat(Uint8Array.of(3), ramp(5, 20), new Uint8Array(3))),
  frame(FrameType.DATA, Flag.PADDED, 7, concat(Uint8Array.of(9), new Uint8Array(9))),
  frame(FrameType.DATA, Flag.PADDED | Flag.END_STREAM, 7, Uint8Array.of(0, 25)),
  frame(FrameType.DATA, Flag.END_STREAM, 9),
  frame(FrameType.PRIORITY, 0, 7, ramp(5)),
  frame(0xbe, 0xff, 7, ramp(200)),
  frame(FrameType.RST_STREAM, 0, 7, uint32Payload(8)),
  frame(FrameType.PING, 0, 0, ramp(8)),
  frame(FrameType.PING, Flag.ACK, 0, ramp(8)),
  frame(FrameType.WINDOW_UPDATE, 0, 0, uint32Payload(0x80000005)),
  frame(FrameType.GOAWAY, 0, 0, concat(goAwayPayload(7, 11), new TextEncoder().encode("calm\n"))),
);

const EVENTS = [
  ["settings", [0, 3, 0, 0, 0, 100], false],
  ["settings", [], true],
  ["headers", 1, [...ramp(10)], false],
  ["headers", 3, [...ramp(7)], true],
  ["headers", 5, [...ramp(9)], true],
  ["data", 7, [...ramp(26)]],
  ["data", 9, []],
  ["reset", 7, 8],
  ["ping", [...ramp(8)], false],
  ["ping", [...ramp(8)], true],
  ["window", 0, 5],
  ["goaway", 7, 11, "calm"],
];

function check(name: string, next: () => number): void {
  const recorder = new Recorder();
  const reader = new FrameReader(recorder, 64);
  feed(reader, EVERYTHING, next);
  assertEquals(recorder.log, EVENTS, name);
  assertEquals(recorder.flow, 20 + 9 + 10 + 2, name);
  assertEquals(reader.rest.length, 0, name);
}

Deno.test("FrameReader: all at once, byte by byte, and however it comes", () => {
  check("all at once", () => Infinity);
  for (let size = 1; size < 40; size++) check(`${size} at a time`, () => size);
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  let state = seed;
  for (let round = 0; round < 200; round++) {
    check(`random, round ${round}`, () => {
      state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
      return 1 + ((state ^ state >>> 13) >>> 0) % 60;
    });
  }
});

Deno.test("FrameReader: data goes to its place without the buffer", () => {
  const recorder = new Recorder();
  const reader = new FrameReader(recorder);
  const payload = ramp(100);
  const whole = frame(
    FrameType.DATA,
    Flag.PADDED | Flag.END_STREAM,
    1,
    concat(
      Uint8Array.of(2),
      payload,
      new Uint8Array(2),
    ),
  );
  feed(reader, SETTINGS, () => Infinity);
  assertEquals(reader.dataStream, 0);
  feed(reader, whole.subarray(0, 20), () => Infinity);
  assertEquals([reader.dataStream, reader.dataLeft], [1, 90]);
  reader.receivedData(50);
  assertEquals([reader.dataStream, reader.dataLeft], [1, 40]);
  reader.receivedData(40);
  assertEquals(reader.dataStream, 0);
  feed(reader, concat(new Uint8Array(2), frame(FrameType.PING, 0, 0, ramp(8))), () => 1);
  assertEquals(recorder.flow, 103);
  assertEquals(recorder.log.slice(1), [["data", 1, [...ramp(10)]], ["ping", [...ramp(8)], false]]);
});

Deno.test("FrameReader: what the protocol does not allow", () => {
  const { DATA, HEADERS, PRIORITY, RST_STREAM, PUSH_PROMISE, PING, GOAWAY } = FrameType;
  const { WINDOW_UPDATE, CONTINUATION } = FrameType;
  const open = frame(HEADERS, 0, 1, ramp(3));
  const rows: [string, Uint8Array, string][] = [
    ["DATA for stream 0", frame(DATA, 0, 0, ramp(3)), "stream 0"],
    ["HEADERS for stream 0", frame(HEADERS, Flag.END_HEADERS, 0, ramp(3)), "stream 0"],
    ["RST_STREAM for stream 0", frame(RST_STREAM, 0, 0, ramp(4)), "stream 0"],
    ["SETTINGS for a stream", frame(FrameType.SETTINGS, 0, 1), "stream 1"],
    ["PING for a stream", frame(PING, 0, 3, ramp(8)), "stream 3"],
    ["GOAWAY for a stream", frame(GOAWAY, 0, 3, ramp(8)), "stream 3"],
    ["DATA all padding and more", frame(DATA, Flag.PADDED, 1, Uint8Array.of(3, 0, 0)), "padding"],
    ["padded DATA of nothing", frame(DATA, Flag.PADDED, 1), "padding"],
    [
      "HEADERS all padding and more",
      frame(HEADERS, Flag.PADDED | Flag.END_HEADERS, 1, Uint8Array.of(3, 0, 0)),
      "padding",
    ],
    ["padded HEADERS of nothing", frame(HEADERS, Flag.PADDED, 1), "0 octets"],
    ["a priority cut off", frame(HEADERS, Flag.PRIORITY | Flag.END_HEADERS, 1, ramp(4)), "padding"],
    ["PRIORITY of 4 octets", frame(PRIORITY, 0, 1, ramp(4)), "4 octets"],
    ["RST_STREAM of 5 octets", frame(RST_STREAM, 0, 1, ramp(5)), "5 octets"],
    ["SETTINGS of 5 octets", frame(FrameType.SETTINGS, 0, 0, ramp(5)), "5 octets"],
    [
      "an acknowledgement with settings",
      frame(FrameType.SETTINGS, Flag.ACK, 0, ramp(6)),
      "6 octet",
    ],
    ["PING of 7 octets", frame(PING, 0, 0, ramp(7)), "7 octets"],
    ["GOAWAY of 7 octets", frame(GOAWAY, 0, 0, ramp(7)), "7 octets"],
    ["WINDOW_UPDATE of 3 octets", frame(WINDOW_UPDATE, 0, 0, ramp(3)), "3 octets"],
    ["PUSH_PROMISE", frame(PUSH_PROMISE, Flag.END_HEADERS, 1, ramp(8)), "pushed"],
    ["CONTINUATION out of nowhere", frame(CONTINUATION, 0, 1, ramp(3)), "without HEADERS"],
    ["PING inside a header block", concat(open, frame(PING, 0, 0, ramp(8))), "middle"],
    ["DATA inside a header block", concat(open, frame(DATA, 0, 1, ramp(8))), "middle"],
    ["unknown inside a header block", concat(open, frame(0x77, 0, 1, ramp(8))), "middle"],
    ["CONTINUATION of another stream", concat(open, frame(CONTINUATION, 0, 3)), "middle"],
    ["a header block too long", frame(HEADERS, Flag.END_HEADERS, 1, ramp(70_000)), "70000 octets"],
    ["a PING too long", frame(PING, 0, 0, ramp(100_000)), "100000 octets"],
  ];
  for (const [name, bytes, says] of rows) {
    for (const size of [Infinity, 1000, 1]) {
      const reader = new FrameReader(new Recorder());
      feed(reader, SETTINGS, () => Infinity);
      const error = assertThrows(
        () => feed(reader, bytes, () => size),
        InferenceError,
        says,
        `${name}, ${size} at a time`,
      );
      assertEquals(error.code, "PROTOCOL");
    }
  }
});

Deno.test("FrameReader: garbage is seen at its first octets, not when its alleged end has come", () => {
  const reader = () => {
    const reader = new FrameReader(new Recorder());
    feed(reader, SETTINGS, () => Infinity);
    return reader;
  };
  const head = (length: number, type: number) =>
    Uint8Array.of(length >> 16, length >> 8 & 255, length & 255, type, 0, 0, 0, 0, 1);
  const text = new TextEncoder().encode("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  const { PING, RST_STREAM, WINDOW_UPDATE, PRIORITY } = FrameType;
  const rows = [
    text,
    head(16_385, 0x77),
    ...[PING, RST_STREAM, WINDOW_UPDATE, PRIORITY].map((type) => head(9, type)),
  ];
  for (const bytes of rows) {
    assertThrows(() => feed(reader(), bytes, () => 1), InferenceError, "octets");
  }
  // A whole frame of an extension is no garbage.
  feed(reader(), frame(0x77, 0, 0, ramp(16_384)), () => 1000);
});

Deno.test("FrameReader: SETTINGS come first", () => {
  const { PING, SETTINGS: type } = FrameType;
  const text = new TextEncoder().encode("HTTP/1.1 400 Bad Request\r\n\r\n");
  for (const bytes of [text, frame(PING, 0, 0, ramp(8)), frame(type, Flag.ACK, 0), ramp(10)]) {
    const reader = new FrameReader(new Recorder());
    assertThrows(() => feed(reader, bytes, () => 1), InferenceError, "no SETTINGS first");
    assertEquals([...reader.rest], [...bytes.subarray(0, reader.rest.length)]);
  }
});

Deno.test("FrameReader: floods end", () => {
  const { DATA, HEADERS, PRIORITY, CONTINUATION, PING, WINDOW_UPDATE } = FrameType;
  const open = frame(HEADERS, 0, 1);
  const rows: [string, Uint8Array, Uint8Array, string][] = [
    ["empty CONTINUATIONs", open, frame(CONTINUATION, 0, 1), "header block over"],
    ["long CONTINUATIONs", open, frame(CONTINUATION, 0, 1, ramp(16_000)), "header block over"],
    ["empty DATA", open.subarray(0, 0), frame(DATA, 0, 1), "flood"],
    ["SETTINGS", open.subarray(0, 0), frame(FrameType.SETTINGS, 0, 0), "flood"],
    ["PRIORITY", open.subarray(0, 0), frame(PRIORITY, 0, 1, ramp(5)), "flood"],
    ["PING", open.subarray(0, 0), frame(PING, Flag.ACK, 0, ramp(8)), "flood"],
    ["WINDOW_UPDATE", open.subarray(0, 0), frame(WINDOW_UPDATE, 0, 1, ramp(4)), "flood"],
    ["unknown frames", open.subarray(0, 0), frame(0x99, 0, 0), "flood"],
  ];
  for (const [name, before, one, says] of rows) {
    const reader = new FrameReader({
      onData() {},
      onHeaders() {},
      onReset() {},
      onSettings() {},
      onPing() {},
      onGoAway() {},
      onWindowUpdate() {},
    });
    feed(reader, concat(SETTINGS, before), () => Infinity);
    const many = concat(...Array.from({ length: 100 }, () => one));
    assertThrows(
      () => {
        for (let i = 0; i < 200; i++) feed(reader, many, () => Infinity);
      },
      InferenceError,
      says,
      name,
    );
  }
});

Deno.test("FrameReader: progress forgives, and the buffer grows with what comes", () => {
  const reader = new FrameReader(new Recorder(), 100);
  feed(reader, SETTINGS, () => Infinity);
  const many = concat(...Array.from({ length: 9_000 }, () => frame(0x99, 0, 0)));
  for (let i = 0; i < 3; i++) {
    feed(reader, many, () => Infinity);
    reader.progress();
  }
  assert(reader.space().length > 10_000);
});

Deno.test("FrameReader: random bytes are read or refused, never kept", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  let state = seed;
  const random = (below: number) => {
    state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
    return ((state ^ state >>> 13) >>> 0) % below;
  };
  for (let round = 0; round < 500; round++) {
    const reader = new FrameReader(new Recorder());
    feed(reader, SETTINGS, () => Infinity);
    try {
      for (let i = 0; i < 50; i++) {
        const payload = Uint8Array.from({ length: random(30) }, () => random(256));
        const bytes = frame(random(11), random(256), random(4), payload);
        if (random(10) === 0) bytes[random(bytes.length)] = random(256);
        feed(reader, bytes, () => 1 + random(20));
      }
    } catch (error) {
      assert(error instanceof InferenceError && error.code === "PROTOCOL", String(error));
    }
    assert(reader.rest.length <= 70_000);
  }
});

Deno.test("http2ErrorName", () => {
  assertEquals(http2ErrorName(Http2Error.REFUSED_STREAM), "REFUSED_STREAM");
  assertEquals(http2ErrorName(99), "error 99");
});
