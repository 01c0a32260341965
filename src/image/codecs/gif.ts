/**
 * GIF by imagescript's codec.
 *
 * @module
 */
import { imageError, type RgbImage } from "../types.ts";
import type { ImageCodec } from "./codec.ts";
import { gifBackground, gifHeader } from "./gif_header.ts";
import { dropAlpha } from "./pixels.ts";
import { startsWith } from "./sniff.ts";
import { type CodecExports, copyIn, rgbaSize, withCodec } from "./wasm.ts";

/** GIF: the first frame. */
export const gifCodec: ImageCodec = {
  format: "GIF",
  recognizes: (bytes) => startsWith(bytes, "GIF87a") || startsWith(bytes, "GIF89a"),
  readHeader: gifHeader,
  decode: async (bytes, header, use) => use(await decodeGif(bytes, rgbaSize(header))),
};

interface GifCodec extends CodecExports {
  /** The decoder, or 0. Takes the bytes over. */
  decoder_new(bytes: number, length: number, limit: number): number;
  decoder_free(decoder: number): void;
  decoder_width(decoder: number): number;
  decoder_height(decoder: number): number;
  /** The next frame; 1 = no more, 0 = damaged. */
  decoder_frame(decoder: number): number;
  decoder_frame_free(frame: number): void;
  decoder_frame_x(frame: number): number;
  decoder_frame_y(frame: number): number;
  decoder_frame_width(frame: number): number;
  decoder_frame_height(frame: number): number;
  decoder_frame_buffer(frame: number): number;
}

/**
 * Decodes the first frame of a GIF file, on the background colour where it doesn't cover the screen;
 * transparency is dropped.
 *
 * @throws {InferenceError} `FILE`, or a WebAssembly trap
 */
export function decodeGif(bytes: Uint8Array, need = 0): Promise<RgbImage> {
  return withCodec("gif", (gif: GifCodec) => {
    const decoder = gif.decoder_new(copyIn(gif, bytes), bytes.length, 0);
    if (decoder === 0) throw imageError("its GIF header is damaged");
    const frame = gif.decoder_frame(decoder);
    if (frame <= 1) {
      throw imageError("its GIF data can't be decoded; the file may be cut off or damaged");
    }
    const [x, y] = [gif.decoder_frame_x(frame), gif.decoder_frame_y(frame)];
    const frameWidth = gif.decoder_frame_width(frame);
    const frameHeight = gif.decoder_frame_height(frame);
    const width = Math.max(gif.decoder_width(decoder), x + frameWidth);
    const height = Math.max(gif.decoder_height(decoder), y + frameHeight);
    const at = gif.decoder_frame_buffer(frame);
    const rgba = new Uint8Array(gif.memory.buffer, at, frameWidth * frameHeight * 4);
    const data = new Uint8Array(width * height * 3);
    if (frameWidth < width || frameHeight < height) fillWith(data, gifBackground(bytes));
    for (let row = 0; row < frameHeight; row++) {
      const line = rgba.subarray(row * frameWidth * 4, (row + 1) * frameWidth * 4);
      dropAlpha(line, data.subarray(((y + row) * width + x) * 3));
    }
    gif.decoder_frame_free(frame);
    gif.decoder_free(decoder);
    return { width, height, channels: 3, data };
  }, { need });
}

function fillWith(data: Uint8Array, colour: readonly [number, number, number]): void {
  if (colour.every((value) => value === colour[0])) data.fill(colour[0]);
  else for (let at = 0; at < data.length; at += 3) data.set(colour, at);
}
