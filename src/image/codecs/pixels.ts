/**
 * Pixels as codecs have them to RGB.
 *
 * @module
 */

/** Leaves out every fourth channel; both may be the same memory. */
export function dropAlpha(rgba: Uint8Array, rgb: Uint8Array): Uint8Array {
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    rgb[to++] = rgba[from]!;
    rgb[to++] = rgba[from + 1]!;
    rgb[to++] = rgba[from + 2]!;
  }
  return rgb;
}

/** Writes each gray value three times. */
export function spreadGray(gray: ArrayLike<number>, rgb: Uint8Array): Uint8Array {
  for (let from = 0, to = 0; from < gray.length; from++) {
    const value = gray[from];
    rgb[to++] = value!;
    rgb[to++] = value!;
    rgb[to++] = value!;
  }
  return rgb;
}

/** Inks (255 = full) to light, rounded as OpenCV does. */
export function mixInk(cmyk: Uint8Array, rgb: Uint8Array): void {
  for (let from = 0, to = 0; from < cmyk.length; from += 4) {
    const light = 255 - cmyk[from + 3]!;
    for (let c = 0; c < 3; c++) rgb[to++] = light - (cmyk[from + c]! * light >> 8);
  }
}
