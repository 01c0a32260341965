/**
 * Which of the image clients' scalings a tensor went through, told from its values, and how to
 * undo it.
 *
 * @module
 */

/** `level = value * scale + offset[channel]`, with levels 0 to 255. */
export interface PixelRange {
  readonly scaling: "NONE" | "INCEPTION" | "VGG";
  readonly scale: number;
  /** Red, green, blue. */
  readonly offset: readonly [number, number, number];
}

const NONE: PixelRange = { scaling: "NONE", scale: 1, offset: [0, 0, 0] };
const INCEPTION: PixelRange = { scaling: "INCEPTION", scale: 128, offset: [128, 128, 128] };
const VGG: PixelRange = { scaling: "VGG", scale: 1, offset: [104, 117, 123] };

/**
 * Tells the scaling of one image.
 *
 * - all values in [-1, 1], and some other than 0 and 1: INCEPTION, `x / 128 - 1`
 * - else some below 0: VGG, the channels' means subtracted
 * - else NONE, 0 to 255
 *
 * Two kinds of image can't be told apart and are taken for NONE: exact middle gray under INCEPTION
 * (all zeros, as is black under NONE), and one so bright that VGG leaves nothing below 0.
 */
export function detectPixelRange(values: Float32Array): PixelRange {
  let low = Infinity;
  let high = -Infinity;
  let whole = true;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value! < low) low = value!;
    if (value! > high) high = value!;
    if (value !== 0 && value !== 1) whole = false;
  }
  if (low >= -1 && high <= 1 && !whole) return INCEPTION;
  return low < 0 ? VGG : NONE;
}
