import { assert, assertEquals, assertRejects } from "@std/assert";
import { deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { InferenceError } from "../../base/errors.ts";
import { decompress } from "./compression.ts";

const MESSAGE = new TextEncoder().encode("tensor ".repeat(100));

Deno.test("decompress: gzip and deflate, up to the limit", async () => {
  const rows = [
    ["gzip", gzipSync(MESSAGE)],
    ["deflate", deflateSync(MESSAGE)],
    ["deflate-raw", deflateRawSync(MESSAGE)],
  ] as const;
  for (const [encoding, bytes] of rows) {
    assertEquals(await decompress(bytes, encoding, MESSAGE.length), MESSAGE);
    const error = await assertRejects(
      () => decompress(bytes, encoding, MESSAGE.length - 1),
      InferenceError,
      "grows beyond 699 bytes",
    );
    assertEquals(error.code, "RESOURCE_EXHAUSTED");
  }
  assertEquals((await decompress(gzipSync(new Uint8Array(0)), "gzip", 10)).length, 0);
});

Deno.test("decompress: what can't be read", async () => {
  const rows: [string, Uint8Array, string, string][] = [
    ["no encoding", gzipSync(MESSAGE), "identity", "no grpc-encoding"],
    ["unknown encoding", gzipSync(MESSAGE), "snappy", '"snappy"'],
    ["not gzip", deflateSync(MESSAGE), "gzip", "Cannot read"],
    ["cut off", gzipSync(MESSAGE).subarray(0, 20), "gzip", "Cannot read"],
    ["without its header", deflateRawSync(MESSAGE), "deflate", "Cannot read"],
    ["nothing", new Uint8Array(0), "gzip", "Cannot read"],
  ];
  for (const [name, bytes, encoding, says] of rows) {
    const error = await assertRejects(
      () => decompress(bytes, encoding, 10_000),
      InferenceError,
      says,
      name,
    );
    assertEquals(error.code, "PROTOCOL", name);
  }
});

Deno.test("decompress: the event loop turns while a bomb goes off, which ends at the limit", async () => {
  const bomb = gzipSync(new Uint8Array(2 ** 28));
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await assertRejects(
    () => decompress(bomb, "gzip", 2 ** 27),
    InferenceError,
    "grows beyond 134217728 bytes",
  );
  clearInterval(timer);
  assert(turns > 1, `${turns} turns`);
});
