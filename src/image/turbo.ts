/**
 * libjpeg-turbo as WebAssembly: the same pixels as the native library.
 *
 * @module
 */
import createModule from "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs";
import { spreadGray } from "./decode_other.ts";
import type { RgbImage } from "./types.ts";
import { KEPT_MEMORY, readPackageFile } from "./wasm.ts";

interface TurboDecoder {
  /** Room for the file. */
  getEncodedBuffer(size: number): Uint8Array;
  /** @throws a number, for an error and for a mere warning alike */
  decode(): void;
  getFrameInfo(): { width: number; height: number; componentCount: number };
  getDecodedBuffer(): Uint8ClampedArray;
  delete(): void;
}

interface TurboModule {
  readonly JPEGDecoder: new () => TurboDecoder;
  readonly HEAPU8: Uint8Array;
}

/** What came of a file. */
export interface TurboResult {
  /** Undefined when libjpeg-turbo had an error or a warning. */
  readonly image?: RgbImage;
  /** A refused file's pixels as far as they were decoded, to compare with another attempt. */
  readonly digest?: number;
}

let binary: Uint8Array | undefined;
let loaded: Promise<TurboModule | undefined> | undefined;

/**
 * Decodes a gray or colour JPEG file; orientation not applied.
 *
 * @returns undefined where libjpeg-turbo does not run: some WebAssembly engines can't start it
 * @throws {InferenceError} `FILE` when the decoder can't be read from the package
 */
export async function decodeTurbo(bytes: Uint8Array): Promise<TurboResult | undefined> {
  binary ??= await readPackageFile(
    import.meta.resolve("@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm"),
  );
  const module = await (loaded ??= start(binary));
  if (!module) return undefined;
  const decoder = new module.JPEGDecoder();
  let refused = false;
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    try {
      decoder.decode();
    } catch (error) {
      if (typeof error !== "number") throw error;
      refused = true;
    }
    const pixels = decoder.getDecodedBuffer();
    return refused ? { digest: digest(pixels) } : { image: toImage(decoder, pixels) };
  } finally {
    decoder.delete();
    // What an exception leaves behind in the heap is never freed, and a heap never shrinks.
    if (refused || module.HEAPU8.length > KEPT_MEMORY) loaded = undefined;
  }
}

async function start(wasmBinary: Uint8Array): Promise<TurboModule | undefined> {
  try {
    return await createModule({ wasmBinary, print: () => {}, printErr: () => {} });
  } catch {
    return undefined;
  }
}

/** Copies the pixels out of the heap. */
function toImage(decoder: TurboDecoder, pixels: Uint8ClampedArray): RgbImage {
  const { width, height, componentCount } = decoder.getFrameInfo();
  const data = componentCount === 1
    ? spreadGray(pixels, new Uint8Array(pixels.length * 3))
    : new Uint8Array(pixels);
  return { width, height, channels: 3, data };
}

function digest(pixels: Uint8ClampedArray): number {
  let value = 0;
  for (const pixel of pixels) value = Math.imul(value, 31) + pixel | 0;
  return value;
}
