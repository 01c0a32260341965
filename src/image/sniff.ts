/**
 * What a file is, by its first bytes. Names and endings say nothing.
 *
 * @module
 */
import { isTiff } from "./exif.ts";
import type { ImageFormat } from "./types.ts";

/** Formats that are known by sight only, to say so in the error. */
const FOREIGN: readonly (readonly [name: string, magic: string, offset: number])[] = [
  ["WebP", "WEBP", 8],
  ["BMP", "BM", 0],
  ["AVIF", "ftypavif", 4],
  ["HEIC", "ftyphei", 4],
  ["HEIC", "ftypmif1", 4],
  ["JPEG 2000", "\0\0\0\x0cjP  ", 0],
  ["JPEG 2000", "\xff\x4f\xff\x51", 0],
  ["JPEG XL", "\0\0\0\x0cJXL ", 0],
  ["JPEG XL", "\xff\x0a", 0],
  ["Photoshop", "8BPS", 0],
  ["ICO", "\0\0\x01\0", 0],
  ["PDF", "%PDF-", 0],
  ["BigTIFF", "II\x2b\0", 0],
  ["BigTIFF", "MM\0\x2b", 0],
];

/** The format of a file that can be decoded, or undefined. */
export function sniffFormat(bytes: Uint8Array): ImageFormat | undefined {
  if (has(bytes, "\xff\xd8\xff", 0)) return "JPEG";
  if (has(bytes, "\x89PNG\r\n\x1a\n", 0)) return "PNG";
  if (has(bytes, "GIF87a", 0) || has(bytes, "GIF89a", 0)) return "GIF";
  return isTiff(bytes) ? "TIFF" : undefined;
}

/** The name of a picture format that can't be decoded, or undefined when it is none. */
export function sniffForeign(bytes: Uint8Array): string | undefined {
  return FOREIGN.find(([, magic, offset]) => has(bytes, magic, offset))?.[0];
}

/** Whether `text`, a character a byte, stands at `offset`. */
export function has(bytes: Uint8Array, text: string, offset: number): boolean {
  if (bytes.length < offset + text.length) return false;
  for (let i = 0; i < text.length; i++) {
    if (bytes[offset + i] !== text.charCodeAt(i)) return false;
  }
  return true;
}
