/**
 * The decoders of Squoosh, packaged as @jsquash: libwebp and libavif as WebAssembly. Each is loaded when the
 * first image of its format comes.
 *
 * @module
 */
import { imageError, type RgbImage } from "../types.ts";
import { HeapWatch } from "./heap_watch.ts";
import { decoderFailure } from "./decoder_failure.ts";
import { dropAlpha } from "./pixels.ts";

interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

interface SquooshModule {
  readonly HEAPU8: Uint8Array;
  /** RGBA, or null for what can't be decoded. libavif wants to know the bits of a channel. */
  decode(bytes: Uint8Array, bits?: number): Decoded | null;
}

type MakeModule = (options: Record<string, unknown>) => Promise<SquooshModule>;

/** Where a decoder's parts are. */
export interface SquooshParts {
  /** Of the format, for messages. */
  readonly format: string;
  /** Imports its JavaScript. */
  readonly script: () => Promise<{ readonly default: unknown }>;
  /** Reads its WebAssembly. */
  readonly binary: () => Promise<Uint8Array>;
  /** What its function takes after the bytes. */
  readonly rest: readonly number[];
}

/** A decoder: bytes to RGB, alpha dropped. */
export type SquooshDecode = (bytes: Uint8Array) => Promise<RgbImage>;

/** Makes a decoder, which starts with the first image. */
export function squooshDecoder({ format, script, binary, rest }: SquooshParts): SquooshDecode {
  let loaded: Promise<SquooshModule> | undefined;
  const heap = new HeapWatch();
  const start = async () => {
    const wasmBinary = await binary();
    const make = await importQuietly(script) as MakeModule;
    return await make({ wasmBinary, noInitialRun: true, print() {}, printErr() {} });
  };
  return async (bytes) => {
    const module = await (loaded ??= start());
    let decoded: Decoded | null;
    try {
      decoded = module.decode(bytes, ...rest as [number]);
    } catch (error) {
      loaded = undefined;
      if (typeof error === "number") throw damaged(format);
      throw decoderFailure(error);
    }
    if (!decoded) {
      // Emscripten's exceptions and half-made images stay in a heap that is never cleaned.
      loaded = undefined;
      throw damaged(format);
    }
    const { width, height, data: rgba } = decoded;
    if (!heap.keeps(module.HEAPU8.length, rgba.length)) loaded = undefined;
    const bytesOf = new Uint8Array(rgba.buffer, rgba.byteOffset, rgba.length);
    // In place: three bytes never get ahead of four.
    dropAlpha(bytesOf, bytesOf);
    return { width, height, channels: 3, data: bytesOf.subarray(0, width * height * 3) };
  };
}

function damaged(format: string) {
  return imageError(`its ${format} data can't be decoded; the file may be cut off or damaged`);
}

/** Takes back the `location` that Squoosh's scripts make up where they see Node. */
async function importQuietly(script: SquooshParts["script"]): Promise<unknown> {
  const before = Object.getOwnPropertyDescriptor(globalThis, "location");
  const module = await script();
  if (before) Object.defineProperty(globalThis, "location", before);
  else delete (globalThis as { location?: unknown }).location;
  return module.default;
}
