import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../../base/errors.ts";
import type { Header, HttpRequest } from "../../types.ts";
import { requestHead, RequestPreparer } from "./request_head.ts";

const authority = "127.0.0.1:8000";
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const get = (headers: Header[] = [], path = "/"): HttpRequest => ({ method: "GET", path, headers });

Deno.test("requestHead: the order of the original client", () => {
  const request: HttpRequest = {
    method: "POST",
    path: "/api/infer/simple?format=binary",
    headers: [
      ["User-Agent", "libcurl-agent/1.0"],
      ["Accept", "*/*"],
      ["NV-InferRequest", 'batch_size: 1 input { name: "INPUT0" }'],
    ],
  };
  assertEquals(
    text(requestHead(authority, request, 128)),
    "POST /api/infer/simple?format=binary HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n" +
      "User-Agent: libcurl-agent/1.0\r\nAccept: */*\r\n" +
      'NV-InferRequest: batch_size: 1 input { name: "INPUT0" }\r\nContent-Length: 128\r\n\r\n',
  );
});

Deno.test("requestHead: no body, no length; IPv6; a Host of the caller's; UTF-8 values", () => {
  assertEquals(
    text(requestHead(authority, get(), undefined)),
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n\r\n",
  );
  assertEquals(
    text(requestHead("[::1]:8000", get(), undefined)),
    "GET / HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n",
  );
  assertEquals(
    text(requestHead(authority, get([["A", "\u00e9\t"], ["host", "model.example"]]), undefined)),
    "GET / HTTP/1.1\r\nHost: model.example\r\nA: \u00e9\t\r\n\r\n",
  );
});

Deno.test("requestHead: nothing can be injected", () => {
  const rows: [HttpRequest, string][] = [
    [get([["A", "b\r\nC: d"]]), 'Cannot send the header "A": it has a line break'],
    [get([["A", "b\nC: d"]]), 'Cannot send the header "A": it has a line break'],
    [get([["A", "b\0"]]), 'Cannot send the header "A": it has a line break'],
    [get([["Host", "a\r\nC: d"]]), 'Cannot send the header "Host": it has a line break'],
    [get([["A: b\r\nC", "d"]]), "it is not a name"],
    [get([["", "d"]]), 'Cannot send the header "": it is not a name'],
    [get([["A B", "d"]]), "it is not a name"],
    [get([["caf\u00e9", "d"]]), "it is not a name"],
    [get([["Content-Length", "5"]]), "it is set by the transport"],
    [get([["transfer-encoding", "chunked"]]), "it is set by the transport"],
    [get([], "/a b"), 'Cannot send the path "/a b"'],
    [get([], "/a\r\nX: y"), 'Cannot send the path "/a\\r\\nX: y"'],
    [get([], "/caf\u00e9"), "Cannot send the path"],
    [get([], "a"), "Cannot send the path"],
    [get([], ""), "Cannot send the path"],
  ];
  for (const [request, says] of rows) {
    const error = assertThrows(
      () => requestHead(authority, request, undefined),
      InferenceError,
      says,
    );
    assertEquals(error.code, "INVALID_ARG");
  }
});

Deno.test("RequestPreparer: lengths, and which requests may be sent twice", () => {
  const preparer = new RequestPreparer(authority);
  const body = [new Uint8Array(3), new Uint8Array(4)];
  const rows: [HttpRequest, number, boolean, boolean][] = [
    [get(), 0, true, false],
    [{ ...get(), method: "POST" }, 0, false, true],
    [{ ...get(), method: "POST", body: [] }, 0, false, true],
    [{ ...get(), method: "POST", body }, 7, false, true],
    [{ ...get(), method: "POST", body, idempotent: true }, 7, true, true],
    [{ ...get(), body }, 7, true, true],
    [{ ...get(), idempotent: false }, 0, false, false],
  ];
  for (const [request, length, idempotent, hasLength] of rows) {
    const prepared = preparer.prepare(request);
    assertEquals(prepared.bodyLength, length);
    assertEquals(prepared.idempotent, idempotent);
    assertEquals(text(prepared.head).includes(`Content-Length: ${length}\r\n`), hasLength);
  }
});

Deno.test("RequestPreparer: the same headers array is rendered once, unless the rest differs", () => {
  const preparer = new RequestPreparer(authority);
  const headers: Header[] = [["A", "b"]];
  const first = preparer.prepare(get(headers));
  assertStrictEquals(preparer.prepare(get(headers)).head, first.head);
  const other = preparer.prepare(get(headers, "/other"));
  assertEquals(text(other.head).startsWith("GET /other "), true);
  const post = preparer.prepare({ ...get(headers), method: "POST" });
  assertEquals(text(post.head).startsWith("POST / "), true);
  const longer = preparer.prepare({ ...get(headers), method: "POST", body: [new Uint8Array(9)] });
  assertEquals(text(longer.head).includes("Content-Length: 9"), true);
  assertEquals(preparer.prepare(get([["A", "b"]])).head === first.head, false);
});
