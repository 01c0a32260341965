import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import { SpareBuffers } from "./spare_buffers.ts";

Deno.test("SpareBuffers: what is given back is used again, whatever the length, if it is large enough", () => {
  const spare = new SpareBuffers();
  const first = spare.take(100);
  assertEquals(first.length, 100);
  spare.give(first);
  const second = spare.take(60);
  assertEquals(second.length, 60);
  assertStrictEquals(second.buffer, first.buffer);
  assert(spare.take(60).buffer !== first.buffer, "it is in use");
  spare.give(second);
  const larger = spare.take(101);
  assertEquals(larger.length, 101);
  assert(larger.buffer !== first.buffer, "it is too small");
});

Deno.test("SpareBuffers: a part of a buffer gives all of it back", () => {
  const spare = new SpareBuffers();
  const whole = spare.take(100);
  spare.give(whole);
  spare.give(spare.take(10));
  assertStrictEquals(spare.take(100).buffer, whole.buffer);
});
