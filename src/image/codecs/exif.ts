/**
 * The one thing wanted from EXIF: which way up an image is (EXIF 2.3, 4.6.4, tag 0x0112).
 *
 * @module
 */
import { readDirectory } from "./ifd.ts";

const ORIENTATION = 0x0112;

/**
 * Orientation said by an EXIF block.
 *
 * @param bytes the TIFF structure, after JPEG's `Exif\0\0`
 * @returns 1 to 8; 1 as well when the block is damaged or says nothing: a broken note does not spoil
 * the image
 */
export function exifOrientation(bytes: Uint8Array): number {
  if (!isTiff(bytes)) return 1;
  try {
    return validOrientation(readDirectory(bytes).value(ORIENTATION));
  } catch {
    return 1;
  }
}

/** The value when it is one of the eight, else 1. */
export function validOrientation(value: number | undefined): number {
  return value !== undefined && value >= 1 && value <= 8 ? value : 1;
}

/** Whether bytes begin with TIFF's byte order mark and 42. */
export function isTiff(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes;
  return (a === 0x49 && b === 0x49 && c === 42 && d === 0) ||
    (a === 0x4d && b === 0x4d && c === 0 && d === 42);
}
