import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { ChunkedDecoder } from "./chunked.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** Feeds the text in pieces of the given sizes; returns the body and how many bytes were taken. */
function decode(text: string, nextSize: () => number = () => Infinity): [string, number] {
  const decoder = new ChunkedDecoder();
  const bytes = encode(text);
  let body = "";
  let at = 0;
  while (at < bytes.length && !decoder.done) {
    const end = Math.min(bytes.length, at + nextSize());
    const taken = decoder.decode(bytes, at, end, (start, stop) => {
      body += new TextDecoder().decode(bytes.subarray(start, stop));
    });
    if (!decoder.done) assertEquals(taken, end);
    at = taken;
  }
  assertEquals(decoder.done, true, "the body has not ended");
  return [body, at];
}

const BODIES: [wire: string, body: string][] = [
  ["0\r\n\r\n", ""],
  ["5\r\nhello\r\n0\r\n\r\n", "hello"],
  ["5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", "hello world"],
  ["00005\r\nhello\r\n000\r\n\r\n", "hello"],
  ["A\r\n0123456789\r\nb\r\n0123456789a\r\n0\r\n\r\n", "01234567890123456789a"],
  ['5;name=value;other="a;b"\r\nhello\r\n0;last\r\n\r\n', "hello"],
  ["5 \t ; x\r\nhello\r\n0\r\n\r\n", "hello"],
  ["5\r\nhello\r\n0\r\nTrailer: one\r\nAnother: two\r\n\r\n", "hello"],
  ["2\r\n\r\n\r\n0\r\n\r\n", "\r\n"],
];

Deno.test("chunked bodies, whole and byte by byte", () => {
  for (const [wire, body] of BODIES) {
    assertEquals(decode(wire), [body, wire.length]);
    assertEquals(decode(wire, () => 1), [body, wire.length]);
  }
});

Deno.test("what follows the body is left alone", () => {
  for (const [wire, body] of BODIES) {
    assertEquals(decode(`${wire}HTTP/1.1 200`), [body, wire.length]);
  }
});

Deno.test("random splits give the same body", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
  for (let i = 0; i < 300; i++) {
    let wire = "";
    let body = "";
    for (let k = random(8); k > 0; k--) {
      const chunk = "0\r\n5;abc".repeat(1 + random(30)).slice(0, 1 + random(200));
      wire += `${chunk.length.toString(16)}${random(3) === 0 ? ";ext=1" : ""}\r\n${chunk}\r\n`;
      body += chunk;
    }
    wire += random(2) === 0 ? "0\r\n\r\n" : "0\r\nA: b\r\n\r\n";
    assertEquals(decode(wire, () => 1 + random(7)), [body, wire.length]);
  }
});

Deno.test("skipData counts what was read elsewhere", () => {
  const decoder = new ChunkedDecoder();
  const head = encode("100\r\nab");
  let seen = 0;
  const onData = (start: number, end: number) => seen += end - start;
  assertEquals(decoder.dataLeft, 0);
  assertEquals(decoder.decode(head, 0, head.length, onData), head.length);
  assertEquals([seen, decoder.dataLeft], [2, 254]);
  decoder.skipData(254);
  assertEquals(decoder.dataLeft, 0);
  const tail = encode("\r\n0\r\n\r\n");
  assertEquals(decoder.decode(tail, 0, tail.length, onData), tail.length);
  assertEquals([seen, decoder.done], [2, true]);
});

Deno.test("what is not chunked is refused and shown", () => {
  const rows: [string, string][] = [
    ["\r\n", "a chunk's size is missing"],
    ["xyz\r\n", "a chunk's size is missing"],
    ["-5\r\nhello", "a chunk's size is missing"],
    ["5x\r\nhello", "a chunk's size is not a number"],
    ["5\r\nhello0\r\n\r\n", "a chunk is longer than its size"],
    ["5\r\nhello\r\r\n", "a chunk is longer than its size"],
    ["0\rjunk\r\n\r\n", "the line of a chunk's size has no end"],
    ["0;a\rb\r\n\r\n", "the line of a chunk's size has no end"],
    ["5\nhello\r\n0\r\n\r\n", "a chunk's size is not a number"],
    ["5;a\nhello\r\n0\r\n\r\n", "a chunk's extension is no line"],
    ["5;\0\r\nhello\r\n0\r\n\r\n", "a chunk's extension is no line"],
    ["5\r\nhello\n0\r\n\r\n", "a chunk is longer than its size"],
    ["0\r\n\n", "the trailers are no lines"],
    ["0\r\nA: b\n\r\n", "the trailers are no lines"],
    ["0\r\nA\rb\r\n\r\n", "the trailers are no lines"],
    ["0\r\n\rA: b\r\n\r\n", "the trailers are no lines"],
    ["fffffffffffffff\r\n", "a chunk's size is too large"],
    [`5;${"x".repeat(9000)}`, "a chunk's extensions are longer than 8192 bytes"],
    [`0\r\n${"A: b\r\n".repeat(20_000)}`, "the trailers are longer than 65536 bytes"],
  ];
  for (const [wire, says] of rows) {
    const error = assertThrows(() => decode(wire), InferenceError, says);
    assertEquals(error.code, "PROTOCOL");
    assertThrows(() => decode(wire, () => 1), InferenceError, says);
  }
});
