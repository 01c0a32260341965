/**
 * PNG by imagescript's codec.
 *
 * @module
 */
import { imageError } from "../types.ts";
import type { ImageCodec, UseImage } from "./codec.ts";
import { dropAlpha } from "./pixels.ts";
import { pngHeader, pngProfile, stillAndOpaque } from "./png_chunks.ts";
import { startsWith } from "./sniff.ts";
import { type CodecExports, copyIn, rgbaSize, withCodec } from "./wasm.ts";

/** PNG: every colour type, interlaced or not. */
export const pngCodec: ImageCodec = {
  format: "PNG",
  recognizes: (bytes) => startsWith(bytes, "\x89PNG\r\n\x1a\n"),
  readHeader: pngHeader,
  profile: pngProfile,
  decode: (bytes, header, use) => decodePng(bytes, use, rgbaSize(header)),
};

interface PngCodec extends CodecExports {
  /** Where the RGBA pixels are, or a negative error. */
  decode(bytes: number, length: number): number;
  width(): number;
  height(): number;
  wfree(at: number): void;
}

/**
 * Decodes a PNG file: every colour type, 16 bits cut to 8, interlaced or not; alpha is dropped.
 *
 * @throws {InferenceError} `FILE`, or a WebAssembly trap
 */
function decodePng<T>(bytes: Uint8Array, use: UseImage<T>, need: number): Promise<T> {
  const opaque = stillAndOpaque(bytes);
  return withCodec("png", (png: PngCodec) => {
    const input = copyIn(png, opaque);
    const pixels = png.decode(input, opaque.length);
    png.wfree(input);
    if (pixels < 0) {
      throw imageError("its PNG data can't be decoded; the file may be cut off or damaged");
    }
    const [width, height] = [png.width(), png.height()];
    const rgba = new Uint8Array(png.memory.buffer, pixels, width * height * 4);
    // In place: three bytes never get ahead of four.
    const data = dropAlpha(rgba, rgba).subarray(0, width * height * 3);
    const result = use({ width, height, channels: 3, data });
    png.wfree(pixels);
    return result;
  }, { need });
}
