import { assertEquals, assertThrows } from "@std/assert";
import { HttpRefusal } from "./message.ts";
import { parseRequestHead } from "./request_head.ts";

const HOST = "Host: 127.0.0.1:8000";
const head = (...lines: string[]) => parseRequestHead([...lines, "", ""].join("\r\n"));

Deno.test("parseRequestHead: a request of curl", () => {
  const { headers, ...rest } = head(
    "POST /api/infer/simple?format=binary HTTP/1.1",
    "Host: 127.0.0.1:8000",
    "NV-InferRequest:  batch_size: 1 ",
    "Content-Length: 128",
    "Expect: 100-continue",
  );
  assertEquals(rest, {
    ...{ method: "POST", path: "/api/infer/simple", query: "format=binary" },
    ...{ contentLength: 128, chunked: false, keepAlive: true },
    ...{ isHttp10: false, expectsContinue: true },
  });
  assertEquals(headers.get("nv-inferrequest"), "batch_size: 1");
});

Deno.test("parseRequestHead: targets", () => {
  const rows: [string, string, string][] = [
    ["/", "/", ""],
    ["/a?", "/a", ""],
    ["/a?b=c?d", "/a", "b=c?d"],
    ["http://h:1/a/b?c", "/a/b", "c"],
    ["http://h", "", ""],
    ["*", "*", ""],
    ["/caf\xe9", "/caf\xe9", ""],
  ];
  for (const [target, path, query] of rows) {
    const { path: p, query: q } = head(`GET ${target} HTTP/1.1`, HOST);
    assertEquals([p, q], [path, query], target);
  }
});

Deno.test("parseRequestHead: whether the connection goes on", () => {
  const rows: [string, string, boolean][] = [
    ["1.1", "", true],
    ["1.1", "Connection: close", false],
    ["1.1", "Connection: x, Close", false],
    ["1.0", "", false],
    ["1.0", "Connection: Keep-Alive", true],
  ];
  for (const [version, line, keepAlive] of rows) {
    const lines = line === "" ? [HOST] : [HOST, line];
    assertEquals(head(`GET / HTTP/${version}`, ...lines).keepAlive, keepAlive, line);
  }
});

Deno.test("parseRequestHead: repeated headers, chunks", () => {
  const { headers, chunked, contentLength } = head(
    ...["PUT / HTTP/1.1", HOST, "A: 1", "a:2", "Transfer-Encoding: Chunked"],
  );
  assertEquals([headers.get("a"), chunked, contentLength], ["1, 2", true, 0]);
  const twice = head("GET / HTTP/1.1", HOST, "Content-Length: 7", "Content-Length: 7");
  assertEquals(twice.contentLength, 7);
});

Deno.test("parseRequestHead: what is refused, and with which status", () => {
  const rows: [number, ...string[]][] = [
    [400, "GET /"],
    [400, "GET  / HTTP/1.1"],
    [400, "G(T / HTTP/1.1"],
    [400, "GET /a b HTTP/1.1"],
    [505, "GET / HTTP/2.0"],
    [400, "GET / HTTP/1.1", "No colon"],
    [400, "GET / HTTP/1.1", "Bad name: x"],
    [400, "GET / HTTP/1.1", "A: 1", " folded"],
    [400, "POST / HTTP/1.1", "Content-Length: -1"],
    [400, "POST / HTTP/1.1", "Content-Length: 1x"],
    [400, "POST / HTTP/1.1", "Content-Length: 1", "Content-Length: 2"],
    [400, "POST / HTTP/1.1", "Content-Length: 1", "Transfer-Encoding: chunked"],
    [413, "POST / HTTP/1.1", "Content-Length: 99999999999999999999"],
    [501, "POST / HTTP/1.1", "Transfer-Encoding: gzip, chunked"],
    [400, "GET / HTTP/1.1", "A: x\0y"],
    [400, "GET / HTTP/1.1", "A: x\ry"],
    [400, "GET / HTTP/1.1", "A: x\ny: z"],
    [400, "GET / HTTP/1.1", "A: x\x7fy"],
    [400, "GET / HTTP/1.1\nA: b"],
    [400, "GET / HTTP/1.1", "host: other"],
  ];
  for (const [status, first, ...lines] of rows) {
    const what = [first, ...lines].join("|");
    const error = assertThrows(() => head(first!, HOST, ...lines), HttpRefusal, "", what);
    assertEquals(error.status, status, what);
  }
});

Deno.test("parseRequestHead: HTTP/1.1 needs a Host, HTTP/1.0 knows no chunks", () => {
  assertThrows(() => head("GET / HTTP/1.1"), HttpRefusal, "no Host header");
  assertEquals(head("GET / HTTP/1.0").headers.size, 0);
  const chunks = ["POST / HTTP/1.0", "Connection: keep-alive", "Transfer-Encoding: chunked"];
  assertThrows(() => head(...chunks), HttpRefusal, "chunks");
});
