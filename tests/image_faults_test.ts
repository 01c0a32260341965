/**
 * Files as real life has them: each is decoded, or stands in the output with its reason.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { parse } from "@std/csv";
import { fileURLToPath as fromFileUrl } from "node:url";
import { startServer } from "../src/server/server.ts";
import { bytesOf, withOrientation, writePng } from "../src/image/testing/writers.ts";
import { removeFolder } from "./remove_folder.ts";
import { runCommand } from "./run_command.ts";

const example = (name: string) =>
  Deno.readFileSync(fromFileUrl(new URL(`../examples/images/${name}`, import.meta.url)));
const APPLE = example("apple_red.jpg");
const CHESS = example("chess_board_black.png");

/** A red picture of 4 x 4 in a PNG of this depth and kind. */
function red(bits: number, colourType: number, rest: Record<string, unknown> = {}): Uint8Array {
  const top = 2 ** bits - 1;
  const pixel = { 0: [top], 2: [top, 0, 0], 4: [top, top], 6: [top, 0, 0, top] }[colourType]!;
  const samples = Array.from({ length: 16 }, () => pixel).flat();
  return writePng({ width: 4, height: 4, bits, colourType, samples, ...rest });
}

/** A file with some of its bytes changed. */
function changed(bytes: Uint8Array, at: number, ...to: number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(to, at);
  return copy;
}

/** Where a JPEG tells its height and width. */
const FRAME = APPLE.findIndex((byte, i) =>
  byte === 0xff && /^c[02]$/.test(APPLE[i + 1]!.toString(16))
);

type Expected = string | RegExp;

/** A name, the file, and the class or the reason. */
const FAULTS: [name: string, bytes: Uint8Array | string, expected: Expected][] = [
  // Names.
  [`it's "quoted".jpg`, APPLE, "red"],
  ["two\nlines.jpg", APPLE, "red"],
  ["comma, semicolon; tab\t.jpg", APPLE, "red"],
  ["\u202egpj.exe.jpg", APPLE, "red"],
  ["אדום.jpg", APPLE, "red"],
  ["\u{1f34e}.jpg", APPLE, "red"],
  ["=1+1.jpg", APPLE, "red"],
  ["-b.jpg", APPLE, "red"],
  ["<b>&amp;.jpg", APPLE, "red"],
  ["no ending", APPLE, "red"],
  ["%2e%2e.jpg", APPLE, "red"],
  // Wrong endings.
  ["a jpeg.png", APPLE, "red"],
  ["a png.jpg", CHESS, "black"],
  ["a jpeg.txt", APPLE, "red"],
  // More than a picture.
  ["trailing zeros.jpg", bytesOf(APPLE, new Uint8Array(1000)), "red"],
  ["trailing text.png", bytesOf(CHESS, "and more"), "black"],
  ["two in one.jpg", bytesOf(APPLE, example("sea_blue.jpg")), "red"],
  ...[3, 6, 8].map((o): [string, Uint8Array, Expected] => [
    `turned ${o}.jpg`,
    withOrientation(APPLE, o),
    "red",
  ]),
  ["turned 9.jpg", withOrientation(APPLE, 9), "red"],
  // Kinds.
  ["16 bits.png", red(16, 2), "red"],
  ["1 bit.png", red(1, 0), "white"],
  ["2 bits.png", red(2, 0), "white"],
  ["gray with alpha.png", red(8, 4), "white"],
  ["alpha.png", red(8, 6), "red"],
  ["interlaced.png", red(8, 2, { interlaced: true }), "red"],
  // Nothing in it, or something else.
  ["empty.jpg", new Uint8Array(), /empty|not an image/],
  ["zeros.jpg", new Uint8Array(5000), /not an image/],
  ["a page.jpg", "<!doctype html><title>404</title>", /not an image/],
  ["pointer.jpg", "version https://git-lfs.github.com/spec/v1\noid sha256:0\n", /not an image/],
  ["heic.jpg", bytesOf([0, 0, 0, 24], "ftypheic", [0, 0, 0, 0], "mif1heic"), /HEIC/],
  ["svg.png", '<svg xmlns="http://www.w3.org/2000/svg"/>', /not an image/],
  ["pdf.jpg", "%PDF-1.7\n", /PDF is not supported/],
  ["signature only.jpg", bytesOf([0xff, 0xd8, 0xff]), /Cannot decode/],
  ["signature only.png", CHESS.slice(0, 8), /Cannot decode/],
  // Damage.
  ["half.jpg", APPLE.slice(0, APPLE.length / 2), /truncated/],
  ["half.png", CHESS.slice(0, CHESS.length / 2), /Cannot decode/],
  ["no end.png", CHESS.slice(0, 200), /Cannot decode/],
  ["forged.jpg", changed(APPLE, FRAME + 5, 0xff, 0xdc, 0xff, 0xdc), /limit|can hold/],
  ["forged.png", changed(CHESS, 16, 0x7f, 0xff, 0xff, 0xff), /on a side|Cannot decode/],
  ["no width.jpg", changed(APPLE, FRAME + 7, 0, 0), /0 x|Cannot decode/],
];

Deno.test("files of real life: each is decoded, or refused with the reason", async () => {
  assert(FAULTS.length >= 40);
  const folder = await Deno.makeTempDir();
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  try {
    // Windows has no such names.
    const faults = FAULTS.filter(([name]) =>
      Deno.build.os !== "windows" || !/[\n\t"<>]/.test(name)
    );
    await Deno.mkdir(`${folder}/in`);
    for (const [name, content] of faults) {
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${folder}/in/${name}`, bytes);
    }
    const output = `${folder}/out.csv`;
    const { code } = await runCommand([
      ...["image_client", "-m", "colors", "-u", server.httpAddress!, "--workers", "0", "-b", "3"],
      ...["--gallery", `${folder}/page.html`, "-o", output, `${folder}/in`],
    ]);
    assertEquals(code, 1);
    const [, ...rows] = parse(await Deno.readTextFile(output));
    assertEquals(rows.length, faults.length);
    const found = new Map(rows.map((row) => [row[0]!.slice(`${folder}/in/`.length), row]));
    for (const [name, , expected] of faults) {
      const row = found.get(name);
      assert(row !== undefined, name);
      if (typeof expected === "string") assertEquals([name, row[1], row[3]], [name, "", expected]);
      else assert(expected.test(row[1]!), `${name}: ${row.slice(1, 4).join(" | ")}`);
    }
    const page = await Deno.readTextFile(`${folder}/page.html`);
    assertEquals(page.match(/<li /g)?.length, faults.length);
  } finally {
    await removeFolder(folder);
  }
});
