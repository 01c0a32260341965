import { assertEquals, assertNotEquals, assertStrictEquals } from "@std/assert";
import { decodeImage } from "./decode.ts";
import { freshMemory, reusedMemory } from "./pixel_memory.ts";
import { fixture } from "./testing/fixtures.ts";
import { DEFAULT_LIMITS } from "./types.ts";

Deno.test("pixel memory: reused while it is large enough", () => {
  const memory = reusedMemory();
  const first = memory(100);
  assertEquals(first.length, 100);
  assertStrictEquals(memory(40).buffer, first.buffer);
  assertEquals(memory(40).length, 40);
  const larger = memory(101);
  assertEquals(larger.length, 101);
  assertStrictEquals(memory(100).buffer, larger.buffer);
});

Deno.test("pixel memory: very large pictures are not kept", () => {
  const memory = reusedMemory();
  const small = memory(10);
  assertEquals(memory(65 * 1024 * 1024).length, 65 * 1024 * 1024);
  assertStrictEquals(memory(10).buffer, small.buffer);
});

Deno.test("pixel memory: fresh memory is never shared", () => {
  assertNotEquals(freshMemory(3), freshMemory(4));
  const first = freshMemory(3);
  first[0] = 1;
  assertEquals([...freshMemory(3)], [0, 0, 0]);
});

Deno.test("pixel memory: what was there before does not show", async () => {
  const memory = reusedMemory();
  for (const name of ["baseline", "gray", "progressive", "gray", "restarts"] as const) {
    const { data } = await decodeImage(fixture(name), name, DEFAULT_LIMITS, memory);
    assertEquals(data, fixture(`${name}Pixels`), name);
  }
});
