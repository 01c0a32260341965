import { assertEquals } from "@std/assert";
import { deflateSync } from "node:zlib";
import { foreignProfile } from "./colour_profile.ts";
import { fixture } from "./testing/fixtures.ts";
import { bytesOf, pngChunk, writePng, writeTiff } from "./testing/writers.ts";

function uint32(value: number): number[] {
  return [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255];
}

const HEADER = new Array<number>(128).fill(0);
/** One tag, right behind the table. */
const entry = (size: number) => bytesOf(uint32(1), "desc", uint32(144), uint32(size));

/** A profile of version 2, whose name is ASCII. */
function plain(name: string): Uint8Array<ArrayBuffer> {
  const tag = bytesOf("desc", uint32(0), uint32(name.length + 1), name, [0]);
  return bytesOf(HEADER, entry(tag.length), tag);
}

/** A profile of version 4, whose name is UTF-16. */
function wide(name: string): Uint8Array<ArrayBuffer> {
  const text = [...name].flatMap((char) => [0, char.charCodeAt(0)]);
  const head = bytesOf("mluc", uint32(0), uint32(1), uint32(12), "enUS");
  const tag = bytesOf(head, uint32(text.length), uint32(28), text);
  return bytesOf(HEADER, entry(tag.length), tag);
}

function jpeg(icc: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = bytesOf("ICC_PROFILE\0", [1, 1], icc);
  const size = body.length + 2;
  const [start, rest] = [fixture("gray").subarray(0, 2), fixture("gray").subarray(2)];
  return bytesOf(start, [0xff, 0xe2, size >> 8, size & 255], body, rest);
}

function png(icc: Uint8Array): Uint8Array<ArrayBuffer> {
  const chunks = [pngChunk("iCCP", bytesOf("icc", [0, 0], deflateSync(icc)))];
  return writePng({ width: 1, height: 1, bits: 8, colourType: 0, samples: [7], chunks });
}

function webp(icc: Uint8Array): Uint8Array<ArrayBuffer> {
  const size = [icc.length & 255, icc.length >> 8, 0, 0];
  return bytesOf("RIFF\0\0\0\0WEBP", "ICCP", size, icc, "VP8 ");
}

function tiff(icc: Uint8Array): Uint8Array<ArrayBuffer> {
  return writeTiff({ 256: 1, 257: 1, 258: 8, 262: 1, 34675: [...icc] }, [1]);
}

Deno.test("colour profile: the name of one that isn't sRGB, in every format", async () => {
  for (const make of [jpeg, png, webp, tiff]) {
    assertEquals(await foreignProfile(make(plain("Adobe RGB (1998)"))), "Adobe RGB (1998)");
    assertEquals(await foreignProfile(make(wide("Display P3"))), "Display P3");
    assertEquals(await foreignProfile(make(plain("sRGB IEC61966-2.1"))), undefined);
    assertEquals(await foreignProfile(make(wide("sRGB"))), undefined);
  }
});

Deno.test("colour profile: none, damaged ones, and what is no image", async () => {
  for (const name of ["baseline", "gif", "webpLossless", "avif", "tiffLzw"] as const) {
    assertEquals(await foreignProfile(fixture(name)), undefined, name);
  }
  assertEquals(await foreignProfile(new Uint8Array(3)), undefined);
  for (const cut of [0, 100, 131, 150]) {
    assertEquals(await foreignProfile(jpeg(plain("Display P3").subarray(0, cut))), "unnamed");
  }
  const bomb = png(new Uint8Array(100_000_000));
  assertEquals(await foreignProfile(bomb), "unnamed");
  const endless = plain("x");
  endless.fill(255, 128, 132);
  assertEquals(await foreignProfile(jpeg(endless)), "x");
});
