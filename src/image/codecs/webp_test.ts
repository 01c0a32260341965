import { assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { decodeImage } from "./decode.ts";
import { firstFrame } from "./webp_chunks.ts";
import { fixture, HEIGHT, testPixels, WIDTH } from "../testing/fixtures.ts";
import { bytesOf } from "../testing/writers.ts";

Deno.test("webp: lossless, lossy and animated", async () => {
  for (
    const [name, pixels] of [
      ["webpLossless", testPixels()],
      ["webpAnimated", testPixels()],
      ["webpLossy", fixture("webpLossyPixels")],
    ] as const
  ) {
    const { width, height, data } = await decodeImage(fixture(name), name);
    assertEquals([width, height], [WIDTH, HEIGHT]);
    assertEquals(data, pixels, name);
  }
});

Deno.test("webp: EXIF turns it", async () => {
  const { width, height, data } = await decodeImage(fixture("webpTurned"), "a");
  assertEquals([width, height], [HEIGHT, WIDTH]);
  // The first pixel is the lowest of the first column.
  assertEquals([...data.subarray(0, 3)], [0, 11 * 23, 11 * 9]);
});

Deno.test("webp: damaged files", async () => {
  for (const name of ["webpLossless", "webpLossy", "webpAnimated"] as const) {
    const whole = fixture(name);
    for (const length of [12, 16, 20, 30, whole.length >> 1]) {
      const cut = whole.subarray(0, length);
      const error = await assertRejects(() => decodeImage(cut, "cut"), InferenceError);
      assertEquals(error.code, "FILE");
    }
  }
  assertEquals((await decodeImage(fixture("webpLossless"), "after a failure")).width, WIDTH);
});

Deno.test("webp: a frame lies where its animation says, or it is refused", async () => {
  const animated = fixture("webpAnimated");
  const at = String.fromCharCode(...animated).indexOf("ANMF") + 8;
  const moved = animated.slice();
  moved[at] = 2;
  const { data } = await decodeImage(moved, "moved");
  assertEquals([...data.subarray(0, 12)], new Array(12).fill(0));
  assertEquals([...data.subarray(12, 18)], [...testPixels().subarray(0, 6)]);
  const outside = animated.slice();
  outside[at] = 200;
  await assertRejects(() => decodeImage(outside, "outside"), InferenceError, "lies outside");
  assertEquals(firstFrame(bytesOf("RIFF\0\0\0\0WEBP")), undefined);
});
