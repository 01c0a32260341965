import { assertEquals, assertLessOrEqual, assertRejects, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { avifHeader } from "./avif_boxes.ts";
import { decodeImage } from "./decode.ts";
import { readHeader } from "./formats.ts";
import { fixture, HEIGHT, WIDTH } from "../testing/fixtures.ts";

Deno.test("avif: the pixels that Pillow reads", async () => {
  const { width, height, data } = await decodeImage(fixture("avif"), "a.avif");
  assertEquals([width, height], [WIDTH, HEIGHT]);
  const pillow = fixture("avifPixels");
  const worst = data.reduce((most, v, i) => Math.max(most, Math.abs(v - pillow[i]!)), 0);
  assertLessOrEqual(worst, 1);
});

Deno.test("avif: its rotation turns it", async () => {
  const { width, height } = await decodeImage(fixture("avifTurned"), "a.avif");
  assertEquals([width, height], [HEIGHT, WIDTH]);
});

Deno.test("avif: rotations and mirrors are EXIF's orientations", () => {
  const file = fixture("avifTurned");
  const at = String.fromCharCode(...file).indexOf("irot") + 4;
  const orientations = [0, 1, 2, 3].map((angle) => {
    const turned = file.slice();
    turned[at] = angle;
    return readHeader(turned).orientation;
  });
  assertEquals(orientations, [1, 8, 3, 6]);
});

Deno.test("avif: damaged files", async () => {
  const whole = fixture("avif");
  for (const length of [16, 40, 100, whole.length - 100, whole.length - 1]) {
    const cut = whole.subarray(0, length);
    const error = await assertRejects(() => decodeImage(cut, "cut"), InferenceError);
    assertEquals(error.code, "FILE");
  }
  assertThrows(() => avifHeader(whole.subarray(0, 60)), InferenceError, "AVIF header");
  assertEquals((await decodeImage(whole, "after a failure")).width, WIDTH);
});
