import { assertEquals } from "@std/assert";
import { portableBase64, toBase64 } from "./base64.ts";

Deno.test("base64 by the engine and by our own code is the same", () => {
  for (const length of [0, 1, 2, 3, 255, 8191, 8192, 8193, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 7 & 255);
    assertEquals(portableBase64(bytes), bytes.toBase64());
    assertEquals(toBase64(bytes), bytes.toBase64());
  }
});
