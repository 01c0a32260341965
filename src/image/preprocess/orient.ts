/**
 * Turns a stored image the way up that its EXIF orientation says.
 *
 * @module
 */
import type { RgbImage } from "../types.ts";

/**
 * An image as it is meant to be seen. Orientations 5 to 8 swap width and height.
 *
 * @param orientation 1 to 8; 1 returns the image itself
 */
export function orient(image: RgbImage, orientation: number): RgbImage {
  if (orientation === 1) return image;
  const { width: w, height: h, data: source } = image;
  const transposed = orientation >= 5;
  const mirrorX = orientation === 2 || orientation === 3 || orientation === 7 || orientation === 8;
  const mirrorY = orientation === 3 || orientation === 4 || orientation === 6 || orientation === 7;
  // Where the stored pixel of the output's first pixel lies, and how far one step right or down in
  // the output moves in the stored image.
  const origin = (mirrorY ? (h - 1) * w : 0) + (mirrorX ? w - 1 : 0);
  const alongX = mirrorX ? -1 : 1;
  const alongY = mirrorY ? -w : w;
  const [width, height] = transposed ? [h, w] : [w, h];
  const [right, down] = transposed ? [alongY, alongX] : [alongX, alongY];
  const data = new Uint8Array(source.length);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0, from = (origin + y * down) * 3; x < width; x++, from += right * 3) {
      data[to++] = source[from]!;
      data[to++] = source[from + 1]!;
      data[to++] = source[from + 2]!;
    }
  }
  return { width, height, channels: 3, data };
}
