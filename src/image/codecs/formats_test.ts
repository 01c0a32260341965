import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { readHeader } from "./formats.ts";
import { fixture } from "../testing/fixtures.ts";
import { bytesOf, pngChunk, withOrientation, writePng, writeTiff } from "../testing/writers.ts";

Deno.test("header: format and size of each kind of file", () => {
  const png = writePng({
    width: 3,
    height: 2,
    bits: 1,
    colourType: 0,
    samples: new Array(6).fill(1),
  });
  const tiff = writeTiff(
    { 256: 5, 257: 4, 258: 8, 262: 1, 274: 6, 278: 4, 279: 20 },
    new Array(20).fill(0),
  );
  const cases: [Uint8Array, string, number, number, number][] = [
    [fixture("baseline"), "JPEG", 16, 12, 1],
    [fixture("progressive"), "JPEG", 16, 12, 1],
    [fixture("cmyk"), "JPEG", 16, 12, 1],
    [withOrientation(fixture("gray"), 7), "JPEG", 16, 12, 7],
    [png, "PNG", 3, 2, 1],
    [fixture("gif"), "GIF", 16, 12, 1],
    [fixture("animatedGif"), "GIF", 16, 12, 1],
    [fixture("tiffTiles"), "TIFF", 16, 12, 1],
    [fixture("webpLossless"), "WebP", 16, 12, 1],
    [fixture("webpLossy"), "WebP", 16, 12, 1],
    [fixture("webpTurned"), "WebP", 16, 12, 6],
    [fixture("webpAnimated"), "WebP", 16, 12, 1],
    [fixture("avif"), "AVIF", 16, 12, 1],
    [fixture("avifTurned"), "AVIF", 16, 12, 6],
    [tiff, "TIFF", 5, 4, 6],
  ];
  for (const [bytes, ...expected] of cases) {
    const { format, width, height, orientation } = readHeader(bytes);
    assertEquals([format, width, height, orientation], expected);
  }
});

Deno.test("header: components of JPEG files", () => {
  assertEquals(readHeader(fixture("gray")).components, 1);
  assertEquals(readHeader(fixture("baseline")).components, 3);
  assertEquals(readHeader(fixture("cmyk")).components, 4);
});

Deno.test("header: PNG's eXIf chunk", () => {
  const chunks = [pngChunk("eXIf", writeTiff({ 274: 3 }))];
  const png = writePng({ width: 1, height: 1, bits: 8, colourType: 0, samples: [7], chunks });
  assertEquals(readHeader(png).orientation, 3);
});

Deno.test("header: what can't be decoded is named", () => {
  const jpegFrame = (marker: number, bits = 8, height = 5) =>
    bytesOf([0xff, 0xd8, 0xff, marker, 0, 11, bits, 0, height, 0, 9, 1, 1, 0x11, 0]);
  const tiff = (tags: Record<number, number>) =>
    writeTiff({ 256: 2, 257: 1, 258: 8, 262: 1, 278: 1, 279: 2, ...tags }, [1, 2]);
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(0), "the file is empty"],
    [bytesOf("just some text"), "not an image"],
    [bytesOf([0]), "not an image"],
    [bytesOf("RIFF\x10\0\0\0WEBPVP8 "), "WebP header is cut off"],
    [bytesOf("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "HEIC is not supported"],
    [bytesOf("\0\0\0\x18ftypmif1\0\0\0\0mif1heic"), "HEIC is not supported"],
    [bytesOf("\0\0\0\x18ftypavif\0\0\0\0mif1miaf"), "AVIF header is cut off"],
    [bytesOf([0xff, 0xd8, 0xff]), "JPEG header is cut off"],
    [bytesOf([0xff, 0xd8, 0xff, 0xd9]), "JPEG header is cut off"],
    [jpegFrame(0xc9), "arithmetic-coded"],
    [jpegFrame(0xc3), "lossless"],
    [jpegFrame(0xc1, 12), "12 bits"],
    [jpegFrame(0xc0, 8, 0), "height"],
    [bytesOf("\x89PNG\r\n\x1a\n", "\0\0\0\x0dIHDR"), "PNG header is cut off"],
    [writePng({ width: 1, height: 1, bits: 8, colourType: 5, samples: [1] }), "PNG header"],
    [bytesOf("GIF89a", [1, 0, 1, 0]), "GIF header is cut off"],
    [bytesOf("GIF89a", [1, 0, 1, 0, 0, 0, 0, 0x3b]), "GIF header is cut off"],
    [bytesOf([0x49, 0x49, 42, 0, 8, 0, 0, 0]), "TIFF directory is cut off"],
    [bytesOf([0x49, 0x49, 42, 0, 255, 255, 255, 255]), "TIFF directory is cut off"],
    [writeTiff({ 257: 1 }), "lacks the width"],
    [tiff({ 259: 7 }), "packed with JPEG"],
    [fixture("tiffFax"), "packed with fax"],
    [tiff({ 258: 32 }), "32 bits a sample"],
    [tiff({ 339: 3 }), "floating-point"],
    [tiff({ 262: 6 }), "colour space YCbCr"],
    [tiff({ 262: 2 }), "1 samples"],
    [tiff({ 262: 3 }), "palette"],
    [tiff({ 317: 3 }), "predictor 3"],
    [tiff({ 279: 3000 }), "looks truncated"],
    [tiff({ 257: 9 }), "every strip"],
    [tiff({ 278: 0 }), "no usable size"],
  ];
  for (const [bytes, expected] of cases) {
    const error = assertThrows(() => readHeader(bytes), InferenceError);
    assertEquals(error.code, "FILE");
    assertStringIncludes(error.message, expected);
  }
});

Deno.test("header: a broken EXIF block does not spoil the picture", () => {
  for (
    const tail of [[], [0x49], [0x49, 0x49, 42, 0, 0, 0, 0, 0], [0x4d, 0x4d, 0, 42, 9, 9, 9, 9]]
  ) {
    const exif = bytesOf("Exif\0\0", tail);
    const jpeg = fixture("gray");
    const file = bytesOf(
      jpeg.subarray(0, 2),
      [0xff, 0xe1, 0, exif.length + 2],
      exif,
      jpeg.subarray(2),
    );
    assertEquals(readHeader(file).orientation, 1);
  }
  assertEquals(readHeader(withOrientation(fixture("gray"), 9)).orientation, 1);
  assertEquals(readHeader(withOrientation(fixture("gray"), 0)).orientation, 1);
});
