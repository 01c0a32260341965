/**
 * PNG, GIF, and the JPEG files that libjpeg-turbo leaves, by imagescript's codecs.
 *
 * @module
 */
import { withoutTransparency } from "./png_chunks.ts";
import { imageError, type RgbImage } from "./types.ts";
import { type CodecExports, copyIn, withCodec } from "./wasm.ts";

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
export function decodePng(bytes: Uint8Array): Promise<RgbImage> {
  const opaque = withoutTransparency(bytes);
  return withCodec("png", (png: PngCodec) => {
    const input = copyIn(png, opaque);
    const pixels = png.decode(input, opaque.length);
    png.wfree(input);
    if (pixels < 0) throw imageError("its PNG data are cut off or damaged");
    const [width, height] = [png.width(), png.height()];
    const rgba = new Uint8Array(png.memory.buffer, pixels, width * height * 4);
    const data = dropAlpha(rgba, new Uint8Array(width * height * 3));
    png.wfree(pixels);
    return { width, height, channels: 3, data };
  });
}

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
 * Decodes the first frame of a GIF file, on a black screen where the frame is smaller; transparency
 * is dropped.
 *
 * @throws {InferenceError} `FILE`, or a WebAssembly trap
 */
export function decodeGif(bytes: Uint8Array): Promise<RgbImage> {
  return withCodec("gif", (gif: GifCodec) => {
    const decoder = gif.decoder_new(copyIn(gif, bytes), bytes.length, 0);
    if (decoder === 0) throw imageError("its GIF header is damaged");
    const frame = gif.decoder_frame(decoder);
    if (frame <= 1) throw imageError("its GIF data are cut off or damaged");
    const [x, y] = [gif.decoder_frame_x(frame), gif.decoder_frame_y(frame)];
    const frameWidth = gif.decoder_frame_width(frame);
    const frameHeight = gif.decoder_frame_height(frame);
    const width = Math.max(gif.decoder_width(decoder), x + frameWidth);
    const height = Math.max(gif.decoder_height(decoder), y + frameHeight);
    const at = gif.decoder_frame_buffer(frame);
    const rgba = new Uint8Array(gif.memory.buffer, at, frameWidth * frameHeight * 4);
    const data = new Uint8Array(width * height * 3);
    for (let row = 0; row < frameHeight; row++) {
      const line = rgba.subarray(row * frameWidth * 4, (row + 1) * frameWidth * 4);
      dropAlpha(line, data.subarray(((y + row) * width + x) * 3));
    }
    gif.decoder_frame_free(frame);
    gif.decoder_free(decoder);
    return { width, height, channels: 3, data };
  });
}

interface JpegCodec extends CodecExports {
  /** The picture; 0 and 1 = damaged. Takes the bytes over. Width and height 0: not scaled. */
  decode(bytes: number, length: number, width: number, height: number): number;
  decode_free(picture: number): void;
  decode_width(picture: number): number;
  decode_height(picture: number): number;
  /** 0 = gray, 1 = RGB, 2 = CMYK, 255 = full ink. */
  decode_format(picture: number): number;
  decode_buffer(picture: number): number;
}

/**
 * Decodes a JPEG file, CMYK included; up to 3 levels off libjpeg's pixels. Data that end early are
 * filled up in silence.
 *
 * @throws {InferenceError} `FILE`, or a WebAssembly trap
 */
export function decodeJpegPortably(bytes: Uint8Array): Promise<RgbImage> {
  return withCodec("jpeg", (jpeg: JpegCodec) => {
    const picture = jpeg.decode(copyIn(jpeg, bytes), bytes.length, 0, 0);
    if (picture <= 1) throw imageError("its JPEG data are cut off or damaged");
    const [width, height] = [jpeg.decode_width(picture), jpeg.decode_height(picture)];
    const channels = [1, 3, 4][jpeg.decode_format(picture)];
    const at = jpeg.decode_buffer(picture);
    const pixels = new Uint8Array(jpeg.memory.buffer, at, width * height * channels);
    const data = new Uint8Array(width * height * 3);
    if (channels === 1) spreadGray(pixels, data);
    else if (channels === 3) data.set(pixels);
    else mixInk(pixels, data);
    jpeg.decode_free(picture);
    return { width, height, channels: 3, data };
  });
}

function dropAlpha(rgba: Uint8Array, rgb: Uint8Array): Uint8Array {
  for (let from = 0, to = 0; from < rgba.length; from += 4) {
    rgb[to++] = rgba[from];
    rgb[to++] = rgba[from + 1];
    rgb[to++] = rgba[from + 2];
  }
  return rgb;
}

/** Writes each gray value three times. */
export function spreadGray(gray: ArrayLike<number>, rgb: Uint8Array): Uint8Array {
  for (let from = 0, to = 0; from < gray.length; from++) {
    const value = gray[from];
    rgb[to++] = value;
    rgb[to++] = value;
    rgb[to++] = value;
  }
  return rgb;
}

/** Inks (255 = full) to light, rounded as OpenCV does. */
function mixInk(cmyk: Uint8Array, rgb: Uint8Array): void {
  for (let from = 0, to = 0; from < cmyk.length; from += 4) {
    const light = 255 - cmyk[from + 3];
    for (let c = 0; c < 3; c++) rgb[to++] = light - (cmyk[from + c] * light >> 8);
  }
}
