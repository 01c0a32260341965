import { assert, assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { deflateRawSync, gzipSync } from "node:zlib";
import { InferenceError } from "../../base/errors.ts";
import { compress, decompress } from "./compression.ts";

const pieces = [new Uint8Array(1000).fill(7), new Uint8Array(), Uint8Array.of(1, 2, 3)];
const whole = Uint8Array.from([...pieces[0]!, 1, 2, 3]);

Deno.test("bodies survive both ways of compression", () => {
  for (const how of ["gzip", "deflate"] as const) {
    const body = compress(pieces, how);
    assert(body.byteLength < 100);
    assertEquals(decompress(body, how, 2000), whole);
    assertEquals(decompress(body, ` ${how.toUpperCase()} `, 1003), whole);
    assertStrictEquals(decompress(body, how, 2000).constructor, Uint8Array);
  }
});

Deno.test("bare deflate streams are read too", () => {
  const bare = new Uint8Array(deflateRawSync(whole));
  assertEquals(decompress(bare, "deflate", 2000), whole);
});

Deno.test("uncompressed bodies are not copied", () => {
  for (const encoding of [undefined, "", "identity"]) {
    assertStrictEquals(decompress(whole, encoding, 1), whole);
  }
});

Deno.test("a bomb, damage and unknown encodings are errors", () => {
  const bomb = new Uint8Array(gzipSync(new Uint8Array(10_000_000)));
  const table: [Uint8Array, string, string][] = [
    [bomb, "gzip", "beyond 1000000 bytes"],
    [bomb.subarray(0, 500), "gzip", "Cannot decompress"],
    [whole, "gzip", "Cannot decompress"],
    [whole, "deflate", "Cannot decompress"],
    [new Uint8Array(), "gzip", "Cannot decompress"],
    [whole, "br", '"br"'],
    [whole, "gzip, gzip", '"gzip, gzip"'],
  ];
  for (const [body, encoding, text] of table) {
    const error = assertThrows(() => decompress(body, encoding, 1_000_000), InferenceError, text);
    assertEquals(error.code, "PROTOCOL");
  }
});
