/**
 * RGB to gray as OpenCV does it on 8-bit images.
 *
 * @module
 */

/** 0.299, 0.587 and 0.114 with 14 fractional bits: the weights of the OpenCV that r19.07 used. */
const [RED, GREEN, BLUE] = [4899, 9617, 1868];
const SHIFT = 14;
const HALF = 1 << SHIFT - 1;

/**
 * Gray values of an image.
 *
 * @param rgb R, G, B interleaved
 * @returns a byte a pixel
 */
export function toGray(rgb: Uint8Array): Uint8Array {
  const gray = new Uint8Array(rgb.length / 3);
  for (let from = 0, to = 0; to < gray.length; from += 3) {
    gray[to++] = rgb[from]! * RED + rgb[from + 1]! * GREEN + rgb[from + 2]! * BLUE + HALF >> SHIFT;
  }
  return gray;
}
