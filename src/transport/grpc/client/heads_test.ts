import { assertEquals, assertNotEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../../base/errors.ts";
import { HpackDecoder } from "../../http2/hpack_decoder.ts";
import { HpackEncoder } from "../../http2/hpack_encoder.ts";
import {
  decodeStatusMessage,
  headError,
  replyHead,
  ReplyHeads,
  statusOfReset,
} from "./reply_head.ts";
import { grpcTimeout, RequestBlocks, requestHead, RequestHeads } from "./request_head.ts";

const CHANNEL = { scheme: "http", authority: "localhost:8001" } as const;

Deno.test("grpcTimeout: at most eight digits, never too short", () => {
  const rows: [number, string][] = [
    [0.0001, "1u"],
    [0.5, "500u"],
    [1, "1m"],
    [1.2, "2m"],
    [99_999_999, "99999999m"],
    [100_000_000, "100000S"],
    [100_000_001, "100001S"],
    [1e12, "277778H"],
    [Number.MAX_VALUE, "99999999H"],
  ];
  for (const [ms, expected] of rows) assertEquals(grpcTimeout(ms), expected);
});

Deno.test("requestHead: what goes out, metadata last", () => {
  const { headers } = requestHead(CHANNEL, "/a.B/C", 250, [["x-a", "1"], ["x-a", "2"]]);
  assertEquals(headers, [
    [":method", "POST"],
    [":scheme", "http"],
    [":path", "/a.B/C"],
    [":authority", "localhost:8001"],
    ["te", "trailers"],
    ["content-type", "application/grpc"],
    ["user-agent", "grpc-trtis"],
    ["grpc-accept-encoding", "identity,deflate,gzip"],
    ["grpc-timeout", "250m"],
    ["x-a", "1"],
    ["x-a", "2"],
  ]);
  for (const method of ["", "a.B/C", "/a b", "/\n", "/caf\u00e9"]) {
    assertThrows(() => requestHead(CHANNEL, method, 0, []), InferenceError, "not a gRPC method");
  }
});

Deno.test("RequestHeads: one for all calls of a kind", () => {
  const heads = new RequestHeads(CHANNEL);
  const rows = [
    () => heads.get("/a.B/C"),
    () => heads.get("/a.B/D"),
    () => heads.get("/a.B/C", 10),
    () => heads.get("/a.B/C", 0, [["a", "b"]]),
    () => heads.get("/a.B/C", 10, [["a", "b"]]),
    () => heads.get("/a.B/C", 0, [["a", "b"], ["c", ""]]),
  ];
  const made = rows.map((row) => row());
  assertEquals(new Set(made).size, rows.length);
  rows.forEach((row, i) => assertStrictEquals(row(), made[i]));
  for (let i = 0; i < 3000; i++) heads.get("/a.B/C", 0, [["x", String(i)]]);
  assertEquals(heads.get("/a.B/C"), made[0]);
});

Deno.test("RequestBlocks: what is sent always decodes to the head, and soon repeats", () => {
  const encoder = new HpackEncoder();
  const blocks = new RequestBlocks(encoder);
  const decoder = new HpackDecoder();
  const heads = Array.from(
    { length: 5 },
    (_, i) => requestHead(CHANNEL, `/a.B/C${i}`, 0, [["x", "v".repeat(700 * i)]]),
  );
  const send = (i: number) => {
    const block = blocks.get(heads[i]!);
    assertEquals(decoder.decode(block, 0, block.length), heads[i]!.headers as [string, string][]);
    return block;
  };
  for (const i of [0, 0, 0, 1, 0, 1, 2, 3, 4, 0, 4, 4, 3, 2, 1, 0]) send(i);
  assertEquals(send(0).length, 9);
  assertStrictEquals(send(0), send(0));
  assertStrictEquals(send(4), send(4));
  encoder.setPeerLimit(60);
  const before = send(1);
  assertNotEquals(before, send(1));
  for (const i of [1, 0, 1, 2, 2]) send(i);
});

Deno.test("replyHead: what counts", () => {
  assertEquals(
    replyHead([
      [":status", "200"],
      ["content-type", "application/grpc+proto"],
      ["grpc-encoding", "gzip"],
    ]),
    {
      httpStatus: "200",
      contentType: "application/grpc+proto",
      encoding: "gzip",
      grpcStatus: undefined,
      grpcMessage: "",
    },
  );
  const statuses: [string, number][] = [["0", 0], ["16", 16], ["", 2], ["-1", 2], ["x", 2]];
  for (const [text, expected] of statuses) {
    assertEquals(replyHead([["grpc-status", text]]).grpcStatus, expected, text);
  }
});

Deno.test("decodeStatusMessage", () => {
  const rows: [string, string][] = [
    ["", ""],
    ["plain", "plain"],
    ["100%25 \u00fc", "100% \ufffd"],
    ["gr%C3%B6%c3%9fe%0A", "gr\u00f6\u00dfe\n"],
    ["%", "%"],
    ["%4", "%4"],
    ["%zz%41", "%zzA"],
    ["%F0%9F%98%80%", "\u{1f600}%"],
  ];
  for (const [text, expected] of rows) assertEquals(decodeStatusMessage(text), expected);
});

Deno.test("ReplyHeads: equal blocks are read once, unless the table has changed", () => {
  const heads = new ReplyHeads();
  const encoder = new HpackEncoder();
  const read = (block: Uint8Array) => heads.read(block, 0, block.length);
  const ok = [[":status", "200"], ["content-type", "application/grpc"]] as const;
  const first = read(encoder.encode(ok));
  const again = encoder.encode(ok);
  const second = read(again);
  assertEquals(second, first);
  assertStrictEquals(read(again), second);
  // The same bytes mean something else once the table has moved on.
  read(encoder.encode([["content-type", "text/html"]]));
  assertEquals(read(again).contentType, "text/html");
  for (let i = 0; i < 10; i++) {
    assertEquals(read(encoder.encode([["grpc-status", String(i)]])).grpcStatus, i);
  }
});

Deno.test("headError and statusOfReset", () => {
  const rows: [string | undefined, string | undefined, string][] = [
    ["200", "application/grpc", ""],
    ["200", "application/grpc+proto", ""],
    ["200", "text/html", 'content type "text/html"'],
    ["200", undefined, 'content type ""'],
    ["503", "text/html", "HTTP status 503"],
    [undefined, "application/grpc", "HTTP status none"],
  ];
  for (const [httpStatus, contentType, says] of rows) {
    const error = headError({ httpStatus, contentType, grpcMessage: "" }, "host:1");
    assertEquals(error?.message.includes(says) ?? says === "", true, says);
  }
  const gateway: [string, string, string, RegExp][] = [
    ["413", "RESOURCE_EXHAUSTED", "larger than a gateway", /client_max_body_size/],
    ["421", "PROTOCOL", "does not serve this name", /as the authority/],
    [
      "400",
      "PROTOCOL",
      "HTTP status 400, but not with gRPC",
      /a client's certificate; or is host:1/,
    ],
    ["405", "PROTOCOL", "HTTP status 405, but not with gRPC", /^is host:1 the HTTP port/],
    ["496", "PROTOCOL", "wants a client's certificate", /give one/],
  ];
  for (const [httpStatus, code, says, hint] of gateway) {
    const error = headError({ httpStatus, contentType: "text/html", grpcMessage: "" }, "host:1")!;
    assertEquals([error.code, error.httpStatus, error.retryable], [
      code,
      Number(httpStatus),
      false,
    ]);
    assertEquals(error.message.includes(says), true, error.message);
    assertEquals(hint.test(error.hint!), true, error.hint);
  }
  const unavailable = headError({ httpStatus: "503", grpcMessage: "" }, "host:1");
  assertEquals([unavailable?.code, unavailable?.address], ["UNAVAILABLE", "host:1"]);
  assertEquals([0, 5, 7, 8, 11, 12, 13, 99].map(statusOfReset), [13, 2, 14, 1, 8, 7, 2, 2]);
});
