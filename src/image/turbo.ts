/**
 * libjpeg-turbo as WebAssembly: the same pixels as the native library.
 *
 * @module
 */
import { spreadGray } from "./decode_other.ts";
import type { PixelMemory } from "./pixel_memory.ts";
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
export async function decodeTurbo(
  bytes: Uint8Array,
  memory: PixelMemory,
): Promise<TurboResult | undefined> {
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
    return refused ? { digest: digest(pixels) } : { image: toImage(decoder, pixels, memory) };
  } finally {
    decoder.delete();
    // What an exception leaves behind in the heap is never freed, and a heap never shrinks.
    if (refused || module.HEAPU8.length > KEPT_MEMORY) loaded = undefined;
  }
}

async function start(wasmBinary: Uint8Array): Promise<TurboModule | undefined> {
  // Imported when first needed: a CommonJS module brings Deno's Node layer along, some 15 ms.
  const { default: createModule } = await import(
    "@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasmjs"
  );
  try {
    return await createModule({ wasmBinary, print: () => {}, printErr: () => {} });
  } catch {
    return undefined;
  }
}

/** Copies the pixels out of the heap. */
function toImage(
  decoder: TurboDecoder,
  pixels: Uint8ClampedArray,
  memory: PixelMemory,
): RgbImage {
  const { width, height, componentCount } = decoder.getFrameInfo();
  const data = memory(width * height * 3);
  if (componentCount === 1) spreadGray(pixels, data);
  else data.set(pixels);
  return { width, height, channels: 3, data };
}

function digest(pixels: Uint8ClampedArray): number {
  let value = 0;
  for (const pixel of pixels) value = Math.imul(value, 31) + pixel | 0;
  return value;
}
