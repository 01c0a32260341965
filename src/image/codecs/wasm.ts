/**
 * The WebAssembly of our own JPEG decoder, and of imagescript and @cwasm/jpeg-turbo, used directly:
 * imagescript's own JavaScript would ask for environment variables, and its main module for a native
 * library; that of the other can't decode an image smaller.
 *
 * Those of packages are read as files of the package, at the place that `import.meta.resolve` names: in the
 * module cache, in a node_modules folder or inside a compiled executable, offline in each case.
 *
 * @module
 */
import { base64Bytes } from "../../base/base64.ts";
import { readPackageFile } from "../../base/package_file.ts";
import { decoderFailure } from "./decoder_failure.ts";
import { HeapWatch } from "./heap_watch.ts";

/** What all codecs have. */
interface AnyCodec {
  readonly memory: WebAssembly.Memory;
}

/** What imagescript's codecs have in common. */
export interface CodecExports extends AnyCodec {
  walloc(size: number): number;
}

interface Codec {
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
  readonly imports?: WebAssembly.Imports;
  readonly heap: HeapWatch;
  module?: WebAssembly.Module;
  instance?: AnyCodec;
}

/** How libjpeg leaves after an error. */
export class LongJump extends Error {}

const nothing = () => {};
const zero = () => 0;

/** What libjpeg-turbo would ask a system for; it has no use for any of it. */
const TURBO_IMPORTS = {
  env: {
    setjmp: zero,
    longjmp() {
      throw new LongJump();
    },
  },
  wasi_snapshot_preview1: {
    environ_sizes_get: zero,
    environ_get: zero,
    fd_close: zero,
    fd_seek: zero,
    fd_write: zero,
    proc_exit() {
      throw new LongJump();
    },
  },
};

const CODECS = {
  gif: {
    read: () => readPackageFile(import.meta.resolve("imagescript/wasm/any/gif.wasm")),
    imports: { env: { push_to_stream: nothing } },
    heap: new HeapWatch(),
  } as Codec,
  jpeg: {
    read: () => readPackageFile(import.meta.resolve("imagescript/wasm/any/jpeg.wasm")),
    heap: new HeapWatch(),
  } as Codec,
  png: {
    read: () => readPackageFile(import.meta.resolve("imagescript/wasm/any/png.wasm")),
    imports: { env: { emscripten_notify_memory_growth: nothing } },
    heap: new HeapWatch(),
  } as Codec,
  turbo: {
    read: () => readPackageFile(import.meta.resolve("@cwasm/jpeg-turbo/jpeg-turbo.wasm")),
    imports: TURBO_IMPORTS,
    heap: new HeapWatch(),
  } as Codec,
  plainJpeg: {
    read: async () => base64Bytes((await import("./jpeg_wasm.ts")).KERNEL)!,
    heap: new HeapWatch(),
  } as Codec,
};

/** Never called: it brings the package into the module graph, so that Deno fetches it. */
export const fetchedPackages = () => import("@cwasm/jpeg-turbo");

/** How {@linkcode withCodec} lends. */
interface Loan {
  /** Bytes that the image takes; 0 = unknown. */
  readonly need?: number;
  /** A new instance, which isn't kept. */
  readonly fresh?: boolean;
}

/**
 * Lends a codec to `use`. One instance serves image after image; after a failure, which may be a
 * trap, and after a very large image it is dropped, so that memory does not pile up.
 *
 * @throws whatever `use` throws; InferenceError `FILE` when the codec can't be read
 */
export async function withCodec<T extends AnyCodec, R>(
  name: keyof typeof CODECS,
  use: (codec: T) => R,
  { need = 0, fresh = false }: Loan = {},
): Promise<R> {
  const codec = CODECS[name];
  codec.module ??= await compile(codec.read);
  const instance = !fresh && codec.instance ||
    (await WebAssembly.instantiate(codec.module, codec.imports)).exports as unknown as AnyCodec;
  if (instance === codec.instance) codec.instance = undefined;
  let result: R;
  try {
    result = use(instance as T);
  } catch (error) {
    throw decoderFailure(error, instance.memory, need);
  }
  const heap = instance.memory.buffer.byteLength;
  if (!fresh && codec.heap.keeps(heap, need)) codec.instance = instance;
  return result;
}

async function compile(read: Codec["read"]): Promise<WebAssembly.Module> {
  // Of no use but to bring the package into the module graph, and so into compiled executables.
  await import("imagescript/utils/mem.js");
  return await WebAssembly.compile(await read());
}

/** Copies bytes into a codec's memory; whom they belong to then is up to the codec. */
export function copyIn(codec: CodecExports, bytes: Uint8Array): number {
  const at = codec.walloc(bytes.length);
  new Uint8Array(codec.memory.buffer, at, bytes.length).set(bytes);
  return at;
}

/** Bytes of an image's pixels as the codecs have them, with four channels. */
export function rgbaSize({ width, height }: { width: number; height: number }): number {
  return width * height * 4;
}
