/**
 * GIF's logical screen and first frame (GIF89a, sections 18 to 20).
 *
 * @module
 */
import { imageError, type ImageHeader } from "../types.ts";

const EXTENSION = 0x21;
const IMAGE = 0x2c;
/** The longest string that one 12-bit LZW code can stand for. */
const PIXELS_PER_BYTE = 4096 / 1.5;

/**
 * Size of a GIF file: its screen, or its first frame where that is larger.
 *
 * @throws {InferenceError} `FILE` when no frame is found
 */
export function gifHeader(bytes: Uint8Array): ImageHeader {
  const damaged = () => imageError("its GIF header is cut off or damaged");
  if (bytes.length < 13) throw damaged();
  const word = (at: number) => bytes[at]! | bytes[at + 1]! << 8;
  let at = 13 + colourTableSize(bytes[10]!);
  while (bytes[at] === EXTENSION) {
    at += 2;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + bytes[at]!;
    at++;
  }
  if (bytes[at] !== IMAGE || at + 10 > bytes.length) throw damaged();
  return {
    format: "GIF",
    width: Math.max(word(6), word(at + 1) + word(at + 5)),
    height: Math.max(word(8), word(at + 3) + word(at + 7)),
    orientation: 1,
    pixelBound: bytes.length * PIXELS_PER_BYTE,
  };
}

/** The background colour of a GIF file's screen; black where the file has none. */
export function gifBackground(bytes: Uint8Array): readonly [number, number, number] {
  const size = colourTableSize(bytes[10]!);
  const at = 13 + 3 * bytes[11]!;
  if (at + 3 > Math.min(13 + size, bytes.length)) return [0, 0, 0];
  return [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!];
}

function colourTableSize(flags: number): number {
  return flags & 0x80 ? 3 << (flags & 7) + 1 : 0;
}
