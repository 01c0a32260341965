import { assertEquals, assertGreaterOrEqual } from "@std/assert";
import { BodyBuffer } from "./body_buffer.ts";

Deno.test("BodyBuffer: pushed pieces and bytes read into its room", () => {
  const buffer = new BodyBuffer();
  assertEquals(buffer.take(), new Uint8Array(0));
  const expected: number[] = [];
  for (let i = 0; i < 2000; i++) {
    const piece = Uint8Array.from({ length: i % 50 }, (_, k) => i + k);
    if (i % 2 === 0) buffer.push(piece);
    else {
      const room = buffer.room(piece.length + 10);
      assertGreaterOrEqual(room.length, piece.length + 10);
      room.set(piece);
      buffer.added(piece.length);
    }
    expected.push(...piece);
    assertEquals(buffer.length, expected.length);
  }
  const whole = buffer.take();
  assertEquals(whole, Uint8Array.from(expected));
  assertEquals(whole.buffer.byteLength, whole.length);
  assertEquals([buffer.length, buffer.take().length], [0, 0]);
});
