import { assert, assertEquals, assertGreater } from "@std/assert";
import { createRandom } from "../../perf/random.ts";
import { type JpegWish, randomJpeg } from "../testing/jpeg_writer.ts";
import { fixture } from "../testing/fixtures.ts";
import { withImage } from "./decode.ts";
import { jpegHeader } from "./jpeg_markers.ts";
import { decodePlain } from "./jpeg_plain.ts";
import { decodeTurbo } from "./turbo.ts";

const pickFrom = (seed: number) => {
  const random = createRandom(seed);
  return (below: number) => Math.floor(random.unit() * below);
};

/** Pixels; undefined for a file that isn't plain. */
async function plain(bytes: Uint8Array, divisor: 1 | 8): Promise<Uint8Array | undefined> {
  return (await decodePlain(bytes, divisor, ({ data }) => data.slice()))?.value;
}

/** What libjpeg makes of it; undefined when it has an error or a warning. */
async function libjpeg(bytes: Uint8Array, divisor: 1 | 8): Promise<Uint8Array | undefined> {
  const { width, height } = jpegHeader(bytes);
  const size = { width: Math.ceil(width / divisor), height: Math.ceil(height / divisor) };
  const outcome = await decodeTurbo(bytes, size, ({ data }) => data.slice());
  return outcome !== undefined && "value" in outcome ? outcome.value : undefined;
}

async function assertSame(bytes: Uint8Array, divisor: 1 | 8, what: string): Promise<void> {
  const own = await plain(bytes, divisor);
  assert(own !== undefined, `${what} is plain`);
  const theirs = await libjpeg(bytes, divisor);
  assert(theirs !== undefined, `libjpeg takes ${what}`);
  assertEquals(own.length, theirs.length, what);
  const at = own.findIndex((value, i) => value !== theirs[i]);
  assertEquals(at, -1, `${what}: byte ${at} is ${own[at]}, libjpeg's is ${theirs[at]}`);
}

Deno.test("plain JPEG: random files are libjpeg's, bit for bit, whole and an eighth", async () => {
  const first = Math.floor(Math.random() * 1e6);
  for (let seed = first; seed < first + 150; seed++) {
    const bytes = randomJpeg(pickFrom(seed), { width: 5 + seed % 60 });
    for (const divisor of [1, 8] as const) {
      await assertSame(bytes, divisor, `the random file of seed ${seed}, 1/${divisor},`);
    }
  }
});

Deno.test("plain JPEG: narrow ones are libjpeg's, for which it has rules of its own", async () => {
  for (const density of [0x21, 0x22]) {
    for (let width = 1; width < 12; width++) {
      const bytes = randomJpeg(pickFrom(width), { width, height: 9, density });
      const what = `${density.toString(16)}, ${width} wide`;
      await assertSame(bytes, 8, what);
      if (width > 4) await assertSame(bytes, 1, what);
      else assertEquals(await plain(bytes, 1), undefined, what);
    }
  }
});

Deno.test("plain JPEG: a draft of any size is libjpeg's, the smallest too", async () => {
  const limits = { maxSide: 100, maxPixels: 10_000, maxBytes: 100_000 };
  for (const density of [0, 0x11, 0x21, 0x22]) {
    for (let width = 1; width < 18; width++) {
      const bytes = randomJpeg(pickFrom(width), { width, height: 1 + width % 5, density });
      const file = { bytes, name: "x", limits, draft: () => ({ width: 1, height: 1 }) };
      const own = await withImage(file, ({ data }) => data.slice());
      assertEquals(own, await libjpeg(bytes, 8), `${density.toString(16)}, ${width} wide`);
    }
  }
});

Deno.test("plain JPEG: tables change from file to file, and memory is used again", async () => {
  const wishes: JpegWish[] = [
    { width: 200, height: 90, density: 0x22 },
    { width: 9, height: 9, density: 0 },
    { width: 120, height: 200, density: 0x11 },
  ];
  for (let round = 0; round < 3; round++) {
    for (const [i, wish] of wishes.entries()) {
      const bytes = randomJpeg(pickFrom(10 * round + i), wish);
      await assertSame(bytes, round === 1 ? 8 : 1, JSON.stringify(wish));
    }
  }
});

Deno.test("plain JPEG: what isn't plain or is damaged is left to libjpeg", async () => {
  assertEquals(await plain(fixture("progressive"), 1), undefined);
  assertEquals(await plain(fixture("cmyk"), 1), undefined);
  const whole = randomJpeg(pickFrom(1), { width: 40, height: 40, density: 0x22 });
  assert(await plain(whole, 1));
  for (const cut of [1, 2, 3, 10, 100, whole.length - 4]) {
    assertEquals(await plain(whole.subarray(0, -cut), 1), undefined, `${cut} bytes short`);
  }
  const surplus = Uint8Array.from([...whole.subarray(0, -2), 1, 2, 0xff, 0xd9]);
  assertEquals(await plain(surplus, 8), undefined, "stray bytes before the end");
  const forged = randomJpeg(pickFrom(2), { width: 80, height: 80, density: 0x11, isForged: true });
  assertEquals(await plain(forged, 1), undefined, "no picture's coefficients");
  // Behind the end anything may stand.
  assert(await plain(Uint8Array.from([...whole, 1, 2, 3]), 8));
});

Deno.test("plain JPEG: a damaged file that is taken is taken by libjpeg, with the same pixels", async () => {
  const first = Math.floor(Math.random() * 1e6);
  let taken = 0;
  for (let seed = first; seed < first + 300; seed++) {
    const pick = pickFrom(seed);
    const bytes = randomJpeg(pick, { width: 5 + pick(30), isForged: pick(4) === 0 });
    for (let i = 0; i <= pick(3); i++) bytes[2 + pick(bytes.length - 2)] = pick(256);
    for (const divisor of [1, 8] as const) {
      const own = await plain(bytes, divisor).catch((error) => {
        throw new Error(`seed ${seed}`, { cause: error });
      });
      if (own === undefined) continue;
      taken++;
      const theirs = await libjpeg(bytes, divisor);
      assert(theirs !== undefined, `libjpeg refuses the file of seed ${seed}, 1/${divisor}`);
      assertEquals(own, theirs, `seed ${seed}, 1/${divisor}`);
    }
  }
  assertGreater(taken, 0, `seeds from ${first} on`);
});
