/**
 * Pictures in workers, for services: uploads are prepared without stalling the event loop.
 *
 * @module
 */
import { onAbort } from "../../base/abort.ts";
import { InferenceError } from "../../base/errors.ts";
import { DEFAULT_LIMITS, type PreprocessSpec } from "../types.ts";
import type { ImageSource, PrepareOptions } from "./prepare.ts";
import { type SpawnWorker, WorkerPool } from "./worker_pool.ts";

/** How a pool works. */
export interface ImagePoolOptions {
  /**
   * Workers at most.
   * @default one per core, at most 4
   */
  readonly workers?: number;
  /**
   * Pictures that may wait for a worker; of more, `prepare` fails with the code RESOURCE_EXHAUSTED.
   * @default {1000}
   */
  readonly maxWaiting?: number;
  /** Starts a worker; for tests, and for bundlers that put the worker's file elsewhere. */
  readonly spawn?: SpawnWorker;
}

const MOST_WORKERS = 4;
const DEFAULT_MAX_WAITING = 1000;

/**
 * Prepares pictures in workers, which start with the first picture. Close it when the service ends.
 *
 * @example
 * ```ts
 * import { readFile } from "node:fs/promises";
 * import { ImagePool, type PreprocessSpec } from "@trtis/trtis/image";
 *
 * const spec: PreprocessSpec = {
 *   ...{ width: 32, height: 32, channels: 3, dataType: "FP32" },
 *   ...{ format: "NHWC", scaling: "INCEPTION" },
 * };
 * using pool = new ImagePool({ workers: 2 });
 * const upload = await readFile("examples/images/apple_red.jpg");
 * console.log((await pool.prepare(upload, spec)).length); // 12288 bytes
 * ```
 */
export class ImagePool implements Disposable {
  readonly #pool: WorkerPool;
  readonly #maxWaiting: number;
  #waiting = 0;

  /** Makes a pool; no worker is started yet. */
  constructor(options: ImagePoolOptions = {}) {
    const workers = options.workers ?? Math.min(navigator.hardwareConcurrency, MOST_WORKERS);
    this.#pool = new WorkerPool(Math.max(1, workers), options.spawn);
    this.#maxWaiting = options.maxWaiting ?? DEFAULT_MAX_WAITING;
  }

  /**
   * The tensor of a picture: of a file's path, or of bytes, which are copied.
   *
   * @throws {InferenceError} `FILE`, naming the picture and the reason; RESOURCE_EXHAUSTED when too many
   * wait; CANCELLED by the signal, or when the pool is closed
   */
  async prepare(
    image: ImageSource,
    spec: PreprocessSpec,
    options: PrepareOptions & { readonly signal?: AbortSignal } = {},
  ): Promise<Uint8Array> {
    const { limits = DEFAULT_LIMITS, signal } = options;
    if (this.#waiting >= this.#maxWaiting) {
      throw new InferenceError("RESOURCE_EXHAUSTED", `${this.#waiting} images wait already`);
    }
    if (signal?.aborted) throw stopped(signal);
    const isPath = typeof image === "string";
    const path = options.name ?? (isPath ? image : "image");
    const task = isPath ? { path: image, spec, limits } : { path, bytes: image, spec, limits };
    const given = Promise.withResolvers<never>();
    const unwatch = signal && onAbort(signal, () => given.reject(stopped(signal)));
    this.#waiting++;
    try {
      return await Promise.race([this.#pool.run(task), given.promise]);
    } finally {
      this.#waiting--;
      unwatch?.();
    }
  }

  /** Ends the workers at once; pictures not yet done fail with CANCELLED. */
  close(): void {
    this.#pool.close();
  }

  /** As {@linkcode ImagePool.close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}

function stopped(signal: AbortSignal): InferenceError {
  return new InferenceError("CANCELLED", "The image was given up by its caller", {
    cause: signal.reason,
  });
}
