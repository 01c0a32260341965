/**
 * Texts of 1 MB that made readers take the square of their length, or run out of stack. The bound is
 * one that only such a reader misses, also on a busy machine: what was quadratic took minutes.
 *
 * @module
 */
import { assert } from "@std/assert";
import { InferenceError } from "../src/base/errors.ts";
import { parseJsonTensor } from "../src/commands/infer/json_values.ts";
import { formatTable } from "../src/commands/shared/status_table.ts";
import { parseClass } from "../src/protocol/v2/classes.ts";
import { parseJson } from "../src/protocol/v2/json.ts";
import { parseText } from "../src/protocol/v1/text_format/text_format.ts";
import { HttpRefusal } from "../src/server/http/message.ts";
import { parseRequestHead } from "../src/server/http/request_head.ts";
import { parseNpyHeader } from "../src/tensor/npy_header.ts";
import { ResponseHead } from "../src/transport/http1/head.ts";

const LIMIT_MS = 10_000;
const MB = 1 << 20;
const utf8 = new TextEncoder();
const bytes = (text: string) => utf8.encode(text);
const filled = (piece: string) => piece.repeat(Math.ceil(MB / piece.length));

const PIECES = [
  " ",
  "\t ",
  '\\"',
  '"',
  '"a\\',
  "[",
  "[[],",
  "{",
  '{"a":',
  "9",
  "-",
  "NaN",
  "-Infinity,",
  "1e",
  ":",
  "a:1:",
  ",",
  ", \t",
  "'shape':",
  "'shape': (1, ",
  "a { ",
  'a: "\\',
  "\\377",
  "#",
  "0\n",
  "\r\n",
  "%",
];

const READERS: Record<string, (text: string) => unknown> = {
  "an answer's JSON": (text) => parseJson(bytes(text), "x"),
  "an error's JSON": (text) => parseJson(bytes(`{"error":"${text}`), "x"),
  "numbers of an answer": (text) => parseJson(bytes(`[1,${text}]`), "x"),
  "numbers of an answer, one of them large": (text) =>
    parseJson(bytes(`[1234567890123456789,${text}1]`), "x"),
  "input values": parseJsonTensor,
  "a list of input values": (text) => parseJsonTensor(`[${text}]`),
  "a class": parseClass,
  "a .npy header": (text) => parseNpyHeader(`{${text}`),
  "a shape of a .npy": (text) =>
    parseNpyHeader(`{'descr': '<f4', 'fortran_order': False, 'shape': (${text}`),
  "a text protobuf": (text) => parseText("RequestStatus", text),
  "a message of a text protobuf": (text) => parseText("RequestStatus", `msg: "${text}`),
  "a request head": (text) => parseRequestHead(`GET / HTTP/1.1\r\nX: a${text}b\r\n`),
  "a request's Connection": (text) =>
    parseRequestHead(`GET / HTTP/1.1\r\nConnection: a${text}b\r\n`),
  "a request's Content-Length": (text) =>
    parseRequestHead(`GET / HTTP/1.1\r\nContent-Length: 1${text}b\r\n`),
  "an answer head": (text) => new ResponseHead(bytes(`HTTP/1.1 200 OK\r\nX: a${text}b\r\n\r\n`)),
  "an answer's Connection": (text) =>
    new ResponseHead(bytes(`HTTP/1.1 200 OK\r\nConnection: a${text}b\r\n\r\n`)),
  "an answer's Content-Length": (text) =>
    new ResponseHead(bytes(`HTTP/1.1 200 OK\r\nContent-Length: 1${text}b\r\n\r\n`)),
};

Deno.test("1 MB of anything is read in time, or refused", () => {
  let [slowest, longest] = ["", 0];
  for (const [name, read] of Object.entries(READERS)) {
    for (const piece of PIECES) {
      const text = filled(piece);
      const start = performance.now();
      try {
        read(text);
      } catch (error) {
        const documented = error instanceof InferenceError || error instanceof HttpRefusal;
        assert(documented, `${name} of ${JSON.stringify(piece)}: ${error}`);
      }
      const took = performance.now() - start;
      if (took > longest) [slowest, longest] = [`${name} of ${JSON.stringify(piece)}`, took];
      assert(took < LIMIT_MS, `${name} of ${JSON.stringify(piece)} took ${Math.round(took)} ms`);
    }
  }
  console.log(`  slowest: ${slowest}, ${Math.round(longest)} ms`);
});

Deno.test("a table of 300,000 rows", () => {
  const rows = Array.from({ length: 300_000 }, (_, i) => [`model_${i}`, "READY"]);
  assert(formatTable([["MODEL", "STATE"], ...rows]).endsWith("model_299999  READY\n"));
});
