/**
 * libjpeg-turbo as WebAssembly: the same pixels as the native library.
 *
 * @module
 */
import type { RgbImage, Size } from "../types.ts";
import type { UseImage } from "./codec.ts";
import { LongJump, withCodec } from "./wasm.ts";

interface TurboCodec {
  readonly memory: WebAssembly.Memory;
  malloc(size: number): number;
  free(at: number): void;
  tjInitDecompress(): number;
  tjDestroy(handle: number): void;
  /**
   * Takes where the file is and its length, where the pixels go, their width, the bytes of a row, their
   * height, their format, and flags.
   *
   * @returns 0 = fine, -1 = an error or a mere warning; it jumps out of some errors
   */
  tjDecompress2(handle: number, ...place: readonly number[]): number;
}

/** TurboJPEG's number for R, G, B. */
const RGB = 0;

/** What came of a file: a value of its image, or that libjpeg-turbo had an error or a warning. */
export type TurboOutcome<T> = { readonly value: T } | { readonly refused: true };

/**
 * Decodes a gray or colour JPEG file; orientation not applied.
 *
 * @param size the file's own, or a half, a quarter or an eighth of it, rounded up
 * @returns undefined where libjpeg-turbo does not run: some WebAssembly engines can't start it
 * @throws {InferenceError} `FILE` when the decoder can't be read from the package
 */
export async function decodeTurbo<T>(
  bytes: Uint8Array,
  size: Size,
  use: UseImage<T>,
): Promise<TurboOutcome<T> | undefined> {
  const need = size.width * size.height * 3;
  try {
    return await withCodec("turbo", (turbo: TurboCodec) => {
      const { image, free } = decompress(turbo, bytes, size);
      const value = use(image);
      free();
      return { value };
    }, { need });
  } catch (error) {
    if (error instanceof Refused) return { refused: true };
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) {
      return undefined;
    }
    throw error;
  }
}

/** A refused file's pixels as far as they were decoded, to compare with another attempt. */
export async function digestTurbo(bytes: Uint8Array, size: Size): Promise<number> {
  // Fresh memory is all zeros, so what is not decoded counts the same each time.
  return await withCodec("turbo", (turbo: TurboCodec) => {
    const pixels = size.width * size.height * 3;
    const at = turbo.malloc(pixels);
    try {
      decompress(turbo, bytes, size, at);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    let value = 0;
    for (const pixel of new Uint8Array(turbo.memory.buffer, at, pixels)) {
      value = Math.imul(value, 31) + pixel | 0;
    }
    return value;
  }, { need: size.width * size.height * 3, fresh: true });
}

/** libjpeg-turbo's error or warning. */
class Refused extends Error {}

function decompress(turbo: TurboCodec, bytes: Uint8Array, size: Size, given?: number) {
  const { width, height } = size;
  const pixels = width * height * 3;
  const input = turbo.malloc(bytes.length);
  const at = given ?? turbo.malloc(pixels);
  if (input === 0 || at === 0) throw new RangeError("out of memory");
  new Uint8Array(turbo.memory.buffer, input, bytes.length).set(bytes);
  const handle = turbo.tjInitDecompress();
  const place = [input, bytes.length, at, width, width * 3, height] as const;
  let result: number;
  try {
    result = turbo.tjDecompress2(handle, ...place, RGB, 0);
  } catch (error) {
    throw error instanceof LongJump ? new Refused() : error;
  }
  if (result !== 0) throw new Refused();
  turbo.tjDestroy(handle);
  turbo.free(input);
  const data = new Uint8Array(turbo.memory.buffer, at, pixels);
  const image: RgbImage = { width, height, channels: 3, data };
  return { image, free: () => turbo.free(at) };
}
