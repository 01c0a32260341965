import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { findHeadEnd, latin1, printable, ResponseHead, startsLikeHttp1 } from "./head.ts";

const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const head = (...lines: string[]) => new ResponseHead(bytesOf([...lines, "", ""].join("\r\n")));

Deno.test("findHeadEnd: CRLF, bare LF, mixed, and what follows", () => {
  const rows: [string, number][] = [
    ["HTTP/1.1 200 OK\r\n\r\nbody", 19],
    ["HTTP/1.1 200 OK\n\nbody", 17],
    ["HTTP/1.1 200 OK\r\nA: b\n\r\n", 24],
    ["HTTP/1.1 200 OK\r\nA: b\r\n", -1],
    ["HTTP/1.1 200 OK\r\n\r", -1],
    ["HTTP/1.1 200 OK\r\n", -1],
    ["", -1],
  ];
  for (const [text, expected] of rows) {
    const bytes = bytesOf(text);
    assertEquals(findHeadEnd(bytes, 0, bytes.length), expected, JSON.stringify(text));
  }
});

Deno.test("findHeadEnd: byte by byte, never reading behind the end", () => {
  const whole = bytesOf("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n");
  for (let end = 0, from = 0; end <= whole.length; end++) {
    const found = findHeadEnd(whole, from, end);
    assertEquals(found, end < 38 ? -1 : 38, `with ${end} bytes`);
    from = Math.max(0, Math.min(end, 38) - 3);
  }
});

Deno.test("ResponseHead: an answer of r19.07", () => {
  const answer = head(
    "HTTP/1.1 400 Bad Request",
    'NV-Status: code: INVALID_ARG msg: "no" server_id: "inference:0" request_id: 7',
    "NV-InferResponse: ",
    "Content-Length: 0",
    "Content-Type: text/plain",
  );
  assertEquals(answer.status, 400);
  assertEquals(answer.statusText, "Bad Request");
  assertEquals(answer.contentLength, 0);
  assertEquals(answer.chunked, false);
  assertEquals(answer.keepAlive, true);
  assertStringIncludes(answer.header("nv-status") ?? "", "code: INVALID_ARG");
  assertEquals(answer.header("nv-inferresponse"), "");
  assertEquals(answer.header("content-type"), "text/plain");
  assertEquals(answer.header("content"), undefined);
});

Deno.test("ResponseHead: names in any case, values trimmed, repeated ones joined", () => {
  const answer = head(
    "HTTP/1.1 200",
    "x-ONE:a",
    "X-Two: \t b c \t",
    "X-One:   d:e",
    "X-Latin: caf\xe9 \x80",
    "X-One:",
  );
  assertEquals(answer.statusText, "");
  assertEquals(answer.header("x-one"), "a, d:e, ");
  assertEquals(answer.header("x-two"), "b c");
  assertEquals(answer.header("x-latin"), "caf\xe9 \x80");
  assertEquals(answer.contentLength, -1);
});

Deno.test("ResponseHead: bare line feeds", () => {
  const answer = new ResponseHead(bytesOf("HTTP/1.1 200 OK\nA: b\nContent-Length:5\n\n"));
  assertEquals([answer.statusText, answer.header("a"), answer.contentLength], ["OK", "b", 5]);
});

Deno.test("ResponseHead: a long value", () => {
  const long = "v".repeat(20_000);
  assertEquals(head("HTTP/1.1 200 OK", `X: ${long}`).header("x"), long);
});

Deno.test("ResponseHead: moveTo leaves the first bytes free", () => {
  const bytes = bytesOf("HTTP/1.1 200 Fine\r\nA: b\r\n\r\n");
  const answer = new ResponseHead(bytes);
  answer.moveTo(bytes.slice());
  bytes.fill(0);
  assertEquals([answer.statusText, answer.header("a")], ["Fine", "b"]);
});

Deno.test("ResponseHead: lengths", () => {
  const rows: [string[], number][] = [
    [["Content-Length: 0"], 0],
    [["content-length:42"], 42],
    [["CONTENT-LENGTH:  42  "], 42],
    [["Content-Length: 5, 5"], 5],
    [["Content-Length: 5", "Content-Length: 5"], 5],
    [["Content-Length: 9007199254740991"], 9007199254740991],
    [["Content-Length: 0000000000000000000000012"], 12],
    [[], -1],
    [["Content-Length: 3", "Transfer-Encoding: chunked"], -1],
  ];
  for (const [lines, expected] of rows) {
    assertEquals(head("HTTP/1.1 200 OK", ...lines).contentLength, expected, lines.join());
  }
});

Deno.test("ResponseHead: transfer codings", () => {
  const rows: [string[], boolean][] = [
    [["Transfer-Encoding: chunked"], true],
    [["Transfer-Encoding: Chunked "], true],
    [["Transfer-Encoding: identity"], false],
    [["Transfer-Encoding: identity, chunked"], true],
    [["Transfer-Encoding:"], false],
  ];
  for (const [lines, expected] of rows) {
    assertEquals(head("HTTP/1.1 200 OK", ...lines).chunked, expected, lines.join());
  }
});

Deno.test("ResponseHead: whether the connection goes on", () => {
  const rows: [string, string[], boolean][] = [
    ["HTTP/1.1", [], true],
    ["HTTP/1.1", ["Connection: keep-alive"], true],
    ["HTTP/1.1", ["Connection: close"], false],
    ["HTTP/1.1", ["Connection: Upgrade, Close"], false],
    ["HTTP/1.1", ["Connection: upgrade", "Connection: close"], false],
    ["HTTP/1.1", ["Connection: close-not"], true],
    ["HTTP/1.0", [], false],
    ["HTTP/1.0", ["Connection: Keep-Alive"], true],
    ["HTTP/1.1", ["Content-Length: 3", "Transfer-Encoding: chunked"], false],
    ["HTTP/1.0", ["Connection: keep-alive", "Transfer-Encoding: chunked"], false],
  ];
  for (const [version, lines, expected] of rows) {
    assertEquals(head(`${version} 200 OK`, ...lines).keepAlive, expected, version + lines.join());
  }
});

Deno.test("ResponseHead: what is not a head is refused and shown", () => {
  const rows: [string[], string][] = [
    [["HTTP/1.1"], 'its status line is "HTTP/1.1"'],
    [["HTTP/1.1 "], "its status line is"],
    [["HTTP/1.1 20"], "its status line is"],
    [["HTTP/1.1 2x0 OK"], "its status line is"],
    [["HTTP/1.1 2000 OK"], "its status line is"],
    [["HTTP/1.1 099 OK"], "its status line is"],
    [["HTTP/1.x 200 OK"], "its status line is"],
    [["HTTP/2.0 200 OK"], "its status line is"],
    [["HTTP/1.1 200 OK", "no colon"], 'a header line is "no colon"'],
    [["HTTP/1.1 200 OK", ": no name"], "a header line is"],
    [["HTTP/1.1 200 OK", "A : b"], "a header line is"],
    [["HTTP/1.1 200 OK", "A: b", " folded"], "a header line is"],
    [["HTTP/1.1 200 OK", "A\0: b"], "a header line is"],
    [["HTTP/1.1 200 OK", "A: b\0c"], 'a header line is "A: b\\u0000c"'],
    [["HTTP/1.1 200 OK", "A: b\rc"], "a header line is"],
    [["HTTP/1.1 200 OK", "A: b\x1b[31m"], "a header line is"],
    [["HTTP/1.1 200 OK", "Content-Length: x"], 'its Content-Length is "x"'],
    [["HTTP/1.1 200 OK", "Content-Length:"], "its Content-Length is"],
    [["HTTP/1.1 200 OK", "Content-Length: -1"], "its Content-Length is"],
    [["HTTP/1.1 200 OK", "Content-Length: +1"], "its Content-Length is"],
    [["HTTP/1.1 200 OK", "Content-Length: 1 2"], "its Content-Length is"],
    [["HTTP/1.1 200 OK", "Content-Length: 1, 2"], "its Content-Length is"],
    [["HTTP/1.1 200 OK", "Content-Length: 1,"], "its Content-Length is"],
    [["HTTP/1.1 200 OK", "Content-Length: 9007199254740992"], "its Content-Length is"],
    [
      ["HTTP/1.1 200 OK", "Content-Length: 1", "Content-Length: 2"],
      "its Content-Length is 1 and 2",
    ],
    [["HTTP/1.1 200 OK", "Transfer-Encoding: gzip, chunked"], "its Transfer-Encoding is"],
    [["HTTP/1.1 200 OK", "Transfer-Encoding: chunked, chunked"], "its Transfer-Encoding is"],
  ];
  for (const [lines, says] of rows) {
    const error = assertThrows(() => head(...lines), InferenceError, says);
    assertEquals(error.code, "PROTOCOL");
  }
});

Deno.test("ResponseHead: random bytes are a head or an error, never a hang", () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  let state = seed;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
  const pieces = [
    "HTTP/1.1 ",
    "200",
    " OK",
    "\r\n",
    "\n",
    "\r",
    ":",
    " ",
    "A",
    "Content-Length",
    "9",
    ",",
    "\0",
    "\xff",
    "Connection: close",
    "Transfer-Encoding: chunked",
  ];
  for (let i = 0; i < 5000; i++) {
    let text = i % 2 === 0 ? "HTTP/1.1 200 OK\r\n" : "";
    for (let k = random(12); k >= 0; k--) text += pieces[random(pieces.length)];
    const bytes = bytesOf(`${text}\r\n\r\n`);
    const end = findHeadEnd(bytes, 0, bytes.length);
    try {
      const answer = new ResponseHead(bytes.subarray(0, end));
      answer.header("a");
      assertEquals(answer.status >= 100 && answer.status <= 999, true);
    } catch (error) {
      assertEquals((error as InferenceError).code, "PROTOCOL", String(error));
    }
  }
});

Deno.test("startsLikeHttp1: as far as there are bytes", () => {
  for (const text of ["", "H", "HTTP/1", "HTTP/1.1 2"]) {
    assertEquals(startsLikeHttp1(bytesOf(text)), true, text);
  }
  for (const text of ["h", "HTTP/2", "\0\0\x12\x04", "SSH-2.0"]) {
    assertEquals(startsLikeHttp1(bytesOf(text)), false, text);
  }
});

Deno.test("latin1 and printable", () => {
  const all = Uint8Array.from({ length: 10_000 }, (_, i) => i);
  assertEquals(bytesOf(latin1(all, 0, all.length)), all);
  assertEquals(latin1(all, 65, 68), "ABC");
  assertEquals(printable(bytesOf("a\r\n\0")), '"a\\r\\n\\u0000"');
  assertEquals(printable(bytesOf("abcdef"), 3), '"abc"...');
});
