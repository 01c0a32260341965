/**
 * The JPEG files that libjpeg-turbo leaves, by imagescript's codec.
 *
 * @module
 */
import { imageError, type RgbImage } from "../types.ts";
import { mixInk, spreadGray } from "./pixels.ts";
import { type CodecExports, copyIn, withCodec } from "./wasm.ts";

interface JpegCodec extends CodecExports {
  /** The image; 0 and 1 = damaged. Takes the bytes over. Width and height 0: not scaled. */
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
export function decodeJpegPortably(bytes: Uint8Array, need = 0): Promise<RgbImage> {
  return withCodec("jpeg", (jpeg: JpegCodec) => {
    const picture = jpeg.decode(copyIn(jpeg, bytes), bytes.length, 0, 0);
    if (picture <= 1) {
      throw imageError("its JPEG data can't be decoded; the file may be cut off or damaged");
    }
    const [width, height] = [jpeg.decode_width(picture), jpeg.decode_height(picture)];
    const channels = [1, 3, 4][jpeg.decode_format(picture)];
    const at = jpeg.decode_buffer(picture);
    const pixels = new Uint8Array(jpeg.memory.buffer, at, width * height * channels!);
    const data = new Uint8Array(width * height * 3);
    if (channels === 1) spreadGray(pixels, data);
    else if (channels === 3) data.set(pixels);
    else mixInk(pixels, data);
    jpeg.decode_free(picture);
    return { width, height, channels: 3, data };
  }, { need });
}
