/**
 * The WebAssembly files of imagescript, used directly: its own JavaScript would ask for environment
 * variables, and its main module for a native library.
 *
 * They are read as files of the package, at the place that `import.meta.resolve` names: in the
 * module cache, in a node_modules folder or inside a compiled executable, offline in each case.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";

/** What the codecs have in common. */
export interface CodecExports {
  readonly memory: WebAssembly.Memory;
  walloc(size: number): number;
}

interface Codec {
  readonly url: () => string;
  readonly imports?: WebAssembly.Imports;
  module?: WebAssembly.Module;
  instance?: CodecExports;
}

const nothing = () => {};

const CODECS = {
  gif: {
    url: () => import.meta.resolve("imagescript/wasm/any/gif.wasm"),
    imports: { env: { push_to_stream: nothing } },
  } as Codec,
  jpeg: { url: () => import.meta.resolve("imagescript/wasm/any/jpeg.wasm") } as Codec,
  png: {
    url: () => import.meta.resolve("imagescript/wasm/any/png.wasm"),
    imports: { env: { emscripten_notify_memory_growth: nothing } },
  } as Codec,
};

/** An instance whose memory has grown beyond this is not kept for the next picture. */
export const KEPT_MEMORY = 96 * 1024 * 1024;

/**
 * Lends a codec to `use`. One instance serves picture after picture; after a failure, which may be a
 * trap, and after a very large picture it is dropped, so that memory does not pile up.
 *
 * @throws whatever `use` throws; InferenceError `FILE` when the codec can't be read
 */
export async function withCodec<T extends CodecExports, R>(
  name: keyof typeof CODECS,
  use: (codec: T) => R,
): Promise<R> {
  const codec = CODECS[name];
  codec.module ??= await compile(codec.url());
  codec.instance ??= (await WebAssembly.instantiate(codec.module, codec.imports))
    .exports as unknown as CodecExports;
  const { instance } = codec;
  codec.instance = undefined;
  const result = use(instance as T);
  if (instance.memory.buffer.byteLength <= KEPT_MEMORY) codec.instance = instance;
  return result;
}

async function compile(url: string): Promise<WebAssembly.Module> {
  // Of no use but to bring the package into the module graph, and so into compiled executables.
  await import("imagescript/utils/mem.js");
  return await WebAssembly.compile(await readPackageFile(url));
}

/** Copies bytes into a codec's memory; whom they belong to then is up to the codec. */
export function copyIn(codec: CodecExports, bytes: Uint8Array): number {
  const at = codec.walloc(bytes.length);
  new Uint8Array(codec.memory.buffer, at, bytes.length).set(bytes);
  return at;
}

/** Reads a file of an npm package. @throws {InferenceError} `FILE` */
export async function readPackageFile(url: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(new URL(url));
  } catch (error) {
    const { message, cause } = toInferenceError(error, "FILE", "Cannot load the image decoder");
    const hint = error instanceof Deno.errors.NotCapable
      ? "allow reading of Deno's package folder, or of everything with --allow-read"
      : undefined;
    throw new InferenceError("FILE", message, { hint, cause });
  }
}
