import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InferenceError } from "../../../base/errors.ts";
import type { ResponseLimits } from "./options.ts";
import { ResponseReader } from "./reader.ts";

const address = { host: "h", port: 1, tls: false, basePath: "" };
const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const newTimes = () => ({ sendStart: 0, sendEnd: 0, receiveStart: 0, receiveEnd: 0 });

/** Gives out the bytes in pieces of at most `size`, then ends. */
function source(wire: string | Uint8Array, size: number) {
  const bytes = typeof wire === "string" ? encode(wire) : wire;
  let at = 0;
  return {
    reads: 0,
    read(into: Uint8Array): Promise<number | null> {
      this.reads++;
      const piece = bytes.subarray(at, at + Math.min(size, into.length));
      into.set(piece);
      at += piece.length;
      return Promise.resolve(piece.length === 0 ? null : piece.length);
    },
  };
}

function readerOf(wire: string | Uint8Array, size = Infinity, limits: ResponseLimits = {}) {
  return new ResponseReader(address, source(wire, size), limits);
}

/** Reads one answer in several ways, each of which must say the same. */
async function assertAnswer(
  wire: string,
  expected: { status?: number; body: string; keepAlive: boolean },
): Promise<void> {
  for (const size of [Infinity, 1, 2, 3, 7, 16]) {
    const reader = readerOf(wire, size);
    const times = newTimes();
    const isLent = size === 16;
    let answer;
    if (size % 2 === 1 || size === Infinity) {
      reader.accept(await reader.readAhead());
      answer = reader.takeBuffered(times, isLent);
      if (size < 16) assertEquals(answer, undefined, "it can't be whole");
    }
    answer ??= await reader.read(times, isLent);
    assertEquals(answer.status, expected.status ?? 200);
    assertEquals(decode(answer.body), expected.body, `in pieces of ${size}`);
    assertEquals(reader.keepAlive, expected.keepAlive, `in pieces of ${size}`);
    assert(times.receiveStart > 0 && times.receiveStart <= times.receiveEnd);
  }
}

Deno.test("bodies: sized, none, chunked, to the end", async () => {
  const ok = "HTTP/1.1 200 OK\r\n";
  const rows: [string, string, boolean][] = [
    [`${ok}Content-Length: 5\r\n\r\nhello`, "hello", true],
    [`${ok}Content-Length: 0\r\n\r\n`, "", true],
    [`${ok}Content-Length: 5\r\nConnection: close\r\n\r\nhello`, "hello", false],
    [`HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello`, "hello", false],
    [
      `${ok}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nA: b\r\n\r\n`,
      "hello",
      true,
    ],
    [`${ok}\r\nhello`, "hello", false],
    [`HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nhello`, "hello", false],
  ];
  for (const [wire, body, keepAlive] of rows) await assertAnswer(wire, { body, keepAlive });
});

Deno.test("204 and 304 have no body, whatever they say", async () => {
  for (const status of [204, 304]) {
    for (const line of ["Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", ""]) {
      const wire = `HTTP/1.1 ${status} None\r\n${line}\r\n`;
      await assertAnswer(wire, { status, body: "", keepAlive: true });
    }
  }
});

Deno.test("interim answers are read over", async () => {
  const wire = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" +
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
  await assertAnswer(wire, { body: "hi", keepAlive: true });
  const error = await assertRejects(
    () => readerOf("HTTP/1.1 101 Switching Protocols\r\n\r\n").read(newTimes()),
    InferenceError,
  );
  assertEquals(error.code, "PROTOCOL");
});

Deno.test("answers one after the other; each keeps its own bytes", async () => {
  const wire = Array.from(
    { length: 50 },
    (_, i) =>
      `HTTP/1.1 200 OK\r\nX-Number: ${i}\r\nContent-Length: ${i * 100}\r\n\r\n${
        "ab".repeat(i * 50)
      }`,
  );
  for (const size of [Infinity, 1000, 13]) {
    const reader = readerOf(wire.join(""), size);
    const answers = [];
    for (let i = 0; i < 50; i++) answers.push(await reader.read(newTimes()));
    for (const [i, answer] of answers.entries()) {
      assertEquals(answer.header("x-number"), String(i));
      assertEquals(decode(answer.body), "ab".repeat(i * 50));
    }
  }
});

Deno.test("a body that came with its head starts at the front of its buffer", async () => {
  const answer = await readerOf("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n12345678").read(
    newTimes(),
  );
  assertEquals(answer.body.byteOffset, 0);
  assertEquals(answer.body.length, 8);
  assertEquals(answer.header("content-length"), "8");
});

Deno.test("large bodies: sized and chunked, in few reads", async () => {
  const body = new Uint8Array(3 << 20).map((_, i) => i * 7);
  const head = encode(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
  const sized = new Uint8Array([...head, ...body]);
  const from = source(sized, Infinity);
  const answer = await new ResponseReader(address, from).read(newTimes());
  assertEquals(answer.body.every((byte, i) => byte === body[i]), true);
  assertEquals(from.reads, 2);

  const parts: Uint8Array[] = [encode("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")];
  for (const [start, end] of [[0, 10], [10, 2_000_000], [2_000_000, body.length]]) {
    parts.push(
      encode(`${(end! - start!).toString(16)}\r\n`),
      body.subarray(start, end),
      encode("\r\n"),
    );
  }
  parts.push(encode("0\r\n\r\n"));
  const chunked = new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
  for (const size of [Infinity, 100_000, 777]) {
    const reader = readerOf(chunked, size);
    const whole = (await reader.read(newTimes())).body;
    assertEquals(whole.length, body.length);
    assertEquals(whole.every((byte, i) => byte === body[i]), true);
    assertEquals(reader.keepAlive, true);
  }
});

Deno.test("what comes after an answer makes the connection useless", async () => {
  const reader = readerOf("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhijunk");
  assertEquals(decode((await reader.read(newTimes())).body), "hi");
  assertEquals(reader.keepAlive, false);
});

Deno.test("limits of head and body", async () => {
  const long = `HTTP/1.1 200 OK\r\nX: ${"x".repeat(70_000)}\r\nContent-Length: 0\r\n\r\n`;
  const body = "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n12345678901";
  const chunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n0\r\n\r\n";
  const toEnd = "HTTP/1.1 200 OK\r\n\r\n12345678901";
  const huge = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffff\r\n123";
  const rows: [string, ResponseLimits, string][] = [
    [long, {}, "a longer head; at most 65536 bytes"],
    [body, { maxBodyBytes: 10 }, "a body of 11 bytes or more; at most 10 bytes"],
    [chunked, { maxBodyBytes: 10 }, "a body of 11 bytes or more; at most 10 bytes"],
    [toEnd, { maxBodyBytes: 10 }, "at most 10 bytes"],
    [huge, { maxBodyBytes: 1000 }, "at most 1000 bytes"],
    [body.replace("11", "9007199254740991"), { maxBodyBytes: Infinity }, "there is memory for"],
  ];
  for (const [wire, limits, says] of rows) {
    for (const size of [Infinity, 100]) {
      const error = await assertRejects(
        () => readerOf(wire, size, limits).read(newTimes()),
        InferenceError,
      );
      assertEquals(error.code, "PROTOCOL");
      assertStringIncludes(error.message, says);
    }
  }
  for (
    const [wire, limits] of [[long, { maxHeadBytes: 80_000 }], [body, {
      maxBodyBytes: 11,
    }]] as const
  ) {
    for (const size of [Infinity, 1000]) {
      assertEquals((await readerOf(wire, size, limits).read(newTimes())).status, 200);
    }
  }
});

Deno.test("a connection that ends says how far the answer had come", async () => {
  const rows: [string, string][] = [
    ["", "The connection to h:1 broke before an answer came"],
    ["HTTP/1.1 200 OK\r\nA", "in the middle of the answer's head, after 18 bytes"],
    [
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n1234",
      "in the middle of the answer: 4 of 9 bytes came",
    ],
    ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n123", "3 bytes of its body came"],
    ["HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "0 bytes of its body came"],
  ];
  for (const [wire, says] of rows) {
    for (const size of [Infinity, 1]) {
      const reader = readerOf(wire, size);
      const error = await assertRejects(() => reader.read(newTimes()), InferenceError);
      assertEquals(error.code, "CONNECTION");
      assertStringIncludes(error.message, says);
      assertEquals(reader.nothingCame, wire === "");
      assertStringIncludes(error.hint ?? "", "see its log");
    }
  }
});

Deno.test("peers that are no HTTP/1.1 server", async () => {
  const settings = "\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64";
  const goaway = "\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\x01";
  const rows: [string, string][] = [
    [settings, "speaks HTTP/2, not HTTP/1.1; h:1 looks like the gRPC port"],
    [goaway, "speaks HTTP/2, not HTTP/1.1; h:1 looks like the gRPC port"],
    ["\x15\x03\x01\0\x02\x02\x46", "requires TLS; use TLS"],
    ["SSH-2.0-OpenSSH\r\n", 'is not an HTTP server: it sent "SSH-2.0-OpenSSH\\r\\n"'],
    ["HTTP/1.1 abc\r\n\r\n", 'that can\'t be read: its status line is "HTTP/1.1 abc"'],
    [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz",
      "that can't be read: a chunk's size is missing",
    ],
  ];
  for (const [wire, says] of rows) {
    const error = await assertRejects(() => readerOf(wire).read(newTimes()), InferenceError);
    assertEquals(error.code, "PROTOCOL");
    assertStringIncludes(error.describe(), says);
    assertEquals(error.address, "h:1");
  }
});

Deno.test("an error of the socket is the cause", async () => {
  const cause = new Deno.errors.ConnectionReset("reset");
  const reader = new ResponseReader(address, { read: () => Promise.reject(cause) });
  const error = await assertRejects(() => reader.read(newTimes()), InferenceError);
  assertEquals([error.code, error.cause], ["CONNECTION", cause]);
});
