import { assertEquals, assertThrows } from "@std/assert";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { InferenceError } from "../../../base/errors.ts";
import { decompress } from "./compression.ts";

const MESSAGE = new TextEncoder().encode("tensor ".repeat(100));

Deno.test("decompress: gzip and deflate, up to the limit", () => {
  for (
    const [encoding, bytes] of [["gzip", gzipSync(MESSAGE)], [
      "deflate",
      deflateSync(MESSAGE),
    ]] as const
  ) {
    assertEquals(decompress(bytes, encoding, MESSAGE.length), MESSAGE);
    assertThrows(
      () => decompress(bytes, encoding, MESSAGE.length - 1),
      InferenceError,
      "larger than",
    );
  }
  assertEquals(decompress(gzipSync(new Uint8Array(0)), "gzip", 10).length, 0);
});

Deno.test("decompress: what can't be read", () => {
  const rows: [string, Uint8Array, string, string][] = [
    ["no encoding", gzipSync(MESSAGE), "identity", "no grpc-encoding"],
    ["unknown encoding", gzipSync(MESSAGE), "snappy", '"snappy"'],
    ["not gzip", deflateSync(MESSAGE), "gzip", "Cannot read"],
    ["cut off", gzipSync(MESSAGE).subarray(0, 20), "gzip", "Cannot read"],
    ["without its header", deflateRawSync(MESSAGE), "deflate", "Cannot read"],
    ["nothing", new Uint8Array(0), "gzip", "Cannot read"],
  ];
  for (const [name, bytes, encoding, says] of rows) {
    const error = assertThrows(
      () => decompress(bytes, encoding, 10_000),
      InferenceError,
      says,
      name,
    );
    assertEquals(error.code, "PROTOCOL", name);
  }
});
