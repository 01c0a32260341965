/**
 * What an image format is made of; formats.ts lists them.
 *
 * @module
 */
import type { ImageHeader, RgbImage, Size } from "../types.ts";

/** How an image is decoded. */
export interface DecodeOptions {
  /**
   * The image may come at a half, a quarter or an eighth of its size, but not smaller than this. Formats
   * that save no work by it decode it whole.
   */
  readonly atLeast?: Size;
}

/** Takes a decoded image. Its pixels may lie in the decoder's own memory: they are good during the call only. */
export type UseImage<T> = (image: RgbImage) => T;

/** One image format. */
export interface ImageCodec {
  /** Its usual name, for messages. */
  readonly format: string;
  /** Whether a file is of this format, by its first bytes; names and endings say nothing. */
  recognizes(bytes: Uint8Array): boolean;
  /**
   * Format, size and orientation, without decoding.
   *
   * @throws {InferenceError} `FILE` with the reason alone
   */
  readHeader(bytes: Uint8Array): ImageHeader;
  /**
   * The ICC colour profile that is embedded in a file, if there is one. Formats without profiles leave
   * it out.
   */
  profile?(bytes: Uint8Array): Uint8Array | undefined | Promise<Uint8Array | undefined>;
  /**
   * Hands the pixels to `use`, orientation not applied, alpha dropped.
   *
   * @returns what `use` returns
   * @throws {InferenceError} `FILE` with the reason alone, or a WebAssembly trap; what `use` throws
   */
  decode<T>(
    bytes: Uint8Array,
    header: ImageHeader,
    use: UseImage<T>,
    options: DecodeOptions,
  ): Promise<T>;
}
