/**
 * Directories of JPEGs for benches.
 *
 * @module
 */
import { Image } from "imagescript";

const WIDTH = 500;
const HEIGHT = 375;
const DISTINCT = 20;

/** Makes a temporary directory of so many images; a few distinct ones, repeated. */
export async function makePictures(count: number): Promise<string> {
  const directory = await Deno.makeTempDir({ prefix: "trtis-bench-" });
  const jpegs: Uint8Array[] = [];
  for (let i = 0; i < Math.min(DISTINCT, count); i++) jpegs.push(await picture(i));
  for (let i = 0; i < count; i++) {
    const name = `${directory}/${String(i).padStart(5, "0")}.jpg`;
    await Deno.writeFile(name, jpegs[i % jpegs.length]!);
  }
  return directory;
}

/** Waves and a little noise: about the file size of a photograph of these dimensions. */
async function picture(seed: number): Promise<Uint8Array> {
  const image = new Image(WIDTH, HEIGHT);
  let state = seed + 1;
  const noise = () => (state = state * 1664525 + 1013904223 >>> 0) / 2 ** 32 * 10 - 5;
  for (let y = 1; y <= HEIGHT; y++) {
    for (let x = 1; x <= WIDTH; x++) {
      const level = (scale: number, phase: number) =>
        Math.max(
          0,
          Math.min(255, 128 + 100 * Math.sin(x / scale + y / (scale + seed) + phase) + noise()),
        );
      image.setPixelAt(x, y, Image.rgbToColor(level(31, 0), level(53, seed), level(97, 2)));
    }
  }
  return await image.encodeJPEG(90);
}
