/**
 * Images for smoke runs: every format, and names as people give them.
 *
 * @module
 */
import { fixture } from "../../src/image/testing/fixtures.ts";
import { ROOT } from "../compile/project.ts";

/** File names by what is in them. */
export const PICTURES = {
  JPEG: "baseline.jpg",
  "progressive JPEG": "with spaces and \u00e4\u00f6\u00fc \u5199\u771f.jpg",
  "CMYK JPEG": "cmyk.jpg",
  "gray JPEG": "gray.jpg",
  PNG: "lemon.png",
  GIF: "sixteen.gif",
  TIFF: "lzw.tiff",
} as const;

/** Writes all images to a folder. */
export async function writePictures(folder: string): Promise<void> {
  await Deno.mkdir(folder);
  const write = (name: string, bytes: Uint8Array) => Deno.writeFile(`${folder}/${name}`, bytes);
  await write(PICTURES.JPEG, fixture("baseline"));
  await write(PICTURES["progressive JPEG"], fixture("progressive"));
  await write(PICTURES["CMYK JPEG"], fixture("cmyk"));
  await write(PICTURES["gray JPEG"], fixture("gray"));
  await write(PICTURES.GIF, fixture("gif"));
  await write(PICTURES.TIFF, fixture("tiffLzw"));
  await write(
    PICTURES.PNG,
    await Deno.readFile(new URL("examples/images/lemon_yellow.png", ROOT)),
  );
}
