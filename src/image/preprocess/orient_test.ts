import { assertEquals, assertStrictEquals } from "@std/assert";
import { decodeImage } from "../codecs/decode.ts";
import { orient } from "./orient.ts";
import { fixture } from "../testing/fixtures.ts";
import { withOrientation } from "../testing/writers.ts";
import type { RgbImage } from "../types.ts";

/** An image whose pixels are letters: `ab/cd` is two rows. */
function picture(text: string): RgbImage {
  const rows = text.split("/");
  const data = Uint8Array.from(rows.join(""), (c) => c.charCodeAt(0));
  return {
    width: rows[0]!.length,
    height: rows.length,
    channels: 3,
    data: Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)]! + i % 3),
  };
}

function textOf(image: RgbImage): string {
  const letters = Array.from(
    { length: image.width * image.height },
    (_, i) => String.fromCharCode(image.data[i * 3]!),
  ).join("");
  return letters.match(new RegExp(`.{${image.width}}`, "g"))!.join("/");
}

// As stored: a b c over d e f.
const EXPECTED = [
  "abc/def",
  "cba/fed",
  "fed/cba",
  "def/abc",
  "ad/be/cf",
  "da/eb/fc",
  "fc/eb/da",
  "cf/be/ad",
];

Deno.test("orient: all eight orientations", () => {
  EXPECTED.forEach((expected, i) => {
    const image = orient(picture("abc/def"), i + 1);
    assertEquals(textOf(image), expected, `orientation ${i + 1}`);
    assertEquals(image.data.length, 18);
    for (let k = 0; k < 18; k += 3) assertEquals(image.data[k + 2], image.data[k]! + 2);
  });
});

Deno.test("orient: nothing to do, nothing copied", () => {
  const image = picture("ab");
  assertStrictEquals(orient(image, 1), image);
});

Deno.test("orient: decoding follows the EXIF block", async () => {
  const plain = await decodeImage(fixture("baseline"), "plain.jpg");
  for (let orientation = 1; orientation <= 8; orientation++) {
    const file = withOrientation(fixture("baseline"), orientation);
    const image = await decodeImage(file, "turned.jpg");
    assertEquals(image, orient(plain, orientation));
    assertEquals(image.width, orientation < 5 ? 16 : 12);
  }
});
