/**
 * Pictures that are made to take much time or memory: each is refused by name or decoded, a watchdog
 * ends what takes too much, and the picture after it is classified.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { deflateSync } from "node:zlib";
import { joinPath } from "../src/base/path.ts";
import { fixture } from "../src/image/testing/fixtures.ts";
import { bytesOf, pngChunk, writeTiff } from "../src/image/testing/writers.ts";
import { startServer } from "../src/server/server.ts";
import { pathOf, projectRoot, startProgram } from "./program.ts";
import { watchMemory } from "./watch_memory.ts";

const GOOD = pathOf(new URL("examples/images/apple_red.jpg", projectRoot));
/** Some of these took minutes; the machine may be busy. */
const TIMEOUT_MS = 60_000;
/** The program itself takes some 150. */
const LIMIT_MIB = 400;

interface Bomb {
  readonly name: string;
  readonly file: () => Uint8Array;
  /** What the refusal says; left out: it is decoded. */
  readonly refusal?: string;
  readonly limitMib?: number;
  readonly flags?: readonly string[];
}

const GRAY = { 258: 8, 259: 8, 262: 1, 277: 1 };
const many = (count: number, value: number) => new Array<number>(count).fill(value);

/** 20,000 strips that all point at one stream of a megabyte: 18 GB and 150 s once. */
function sharedStrips(): Uint8Array {
  const strip = deflateSync(new Uint8Array(1_000_000));
  const rows = 20_000;
  const file = writeTiff({
    ...{ ...GRAY, 256: 1000, 257: rows, 278: 1 },
    ...{ 273: many(rows, 8), 279: many(rows, strip.length) },
  });
  return bytesOf(file, strip);
}

function tiles(width: number, height: number, count: number, size: [number, number]): Uint8Array {
  return writeTiff({
    ...{ ...GRAY, 256: width, 257: height, 322: size[0], 323: size[1] },
    ...{ 324: Array.from({ length: count }, (_, i) => 8 + i), 325: many(count, 1) },
  });
}

function uint32(value: number): number[] {
  return [value >>> 24, value >>> 16 & 255, value >>> 8 & 255, value & 255];
}

/** A PNG of one bit a pixel and nothing in it: 12 KB for 100 megapixels. */
function hugePng(side: number): Uint8Array {
  const rows = new Uint8Array(side * (1 + side / 8));
  return bytesOf(
    "\x89PNG\r\n\x1a\n",
    pngChunk("IHDR", [...uint32(side), ...uint32(side), 1, 0, 0, 0, 0]),
    pngChunk("IDAT", deflateSync(rows)),
    pngChunk("IEND", []),
  );
}

/** A progressive JPEG whose frame claims to be large, with a thousand scans over it. */
function manyScans(): Uint8Array {
  const original = fixture("progressive");
  const file = original.slice();
  const frame = file.findIndex((byte, i) => byte === 0xff && file[i + 1] === 0xc2);
  // 8,000 x 8,000 pixels.
  file.set([8000 >> 8, 8000 & 255, 8000 >> 8, 8000 & 255], frame + 5);
  const scan = file.findLastIndex((byte, i) => byte === 0xff && file[i + 1] === 0xda);
  const last = file.subarray(scan, -2);
  const parts: Uint8Array[] = [file.subarray(0, -2)];
  for (let i = 0; i < 10_000; i++) parts.push(last);
  return bytesOf(...parts, [0xff, 0xd9]);
}

/** Four inks, cut off in the middle of its data, with an end marker. */
function cutInks(): Uint8Array {
  return bytesOf(fixture("cmyk").subarray(0, -80), [0xff, 0xd9]);
}

const BOMBS: readonly Bomb[] = [
  { name: "strips.tif", file: sharedStrips, refusal: "overlap" },
  { name: "wide.tif", file: () => tiles(60, 256, 16, [65_584, 16]), refusal: "far larger" },
  { name: "tiny.tif", file: () => tiles(200, 200, 40_000, [1, 1]), refusal: "no usable size" },
  { name: "huge.png", file: () => hugePng(10_000), limitMib: 700 },
  { name: "larger.png", file: () => hugePng(10_400), refusal: "more than the limit of 100000000" },
  {
    name: "lifted.png",
    file: () => hugePng(10_400),
    flags: ["--max-pixels", "110000000"],
    limitMib: 750,
  },
  { name: "scans.jpg", file: manyScans, refusal: "scans, as only a forged file has" },
  { name: "inks.jpg", file: cutInks, refusal: "cut off or damaged" },
];

Deno.test("picture bombs: refused by name or decoded, in bounded time and memory", async (t) => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir({ prefix: "trtis-bombs-" });
  try {
    for (const { name, file, refusal, limitMib = LIMIT_MIB, flags = [] } of BOMBS) {
      await t.step(name, async () => {
        const path = joinPath(folder, name);
        await Deno.writeFile(path, file());
        const program = startProgram([
          ...["image_client", "-m", "colors", "-u", server.httpAddress!, "--workers", "0"],
          ...[...flags, path, GOOD],
        ], { timeoutMs: TIMEOUT_MS });
        const [{ code, stdout, stderr }, peak] = await Promise.all([
          program.result(),
          watchMemory(program.process.pid, limitMib),
        ]);
        assert(peak > 0 && peak <= limitMib, `${peak} MiB`);
        assertEquals(code, refusal === undefined ? 0 : 1, stderr);
        if (refusal !== undefined) assertStringIncludes(stderr, refusal);
        assert(!stderr.includes("unreachable"), stderr);
        assertStringIncludes(stdout, `Image '${GOOD}'`);
      });
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
