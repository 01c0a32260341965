/**
 * Where decoded pixels go. Fresh memory for every picture costs about as much time as copying into
 * it, so whoever uses pictures one after the other lends the same memory again and again.
 *
 * @module
 */

/** Gives memory for so many bytes, of any content. */
export type PixelMemory = (size: number) => Uint8Array;

/** New memory each time: pictures can be kept. */
export const freshMemory: PixelMemory = (size) => new Uint8Array(size);

/** Memory beyond this is not kept for the next picture. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** The same memory each time: a picture is good until the next one is decoded. */
export function reusedMemory(): PixelMemory {
  let kept = new Uint8Array(0);
  return (size) => {
    if (size > KEPT_BYTES) return freshMemory(size);
    if (kept.length < size) kept = new Uint8Array(size);
    return kept.subarray(0, size);
  };
}
