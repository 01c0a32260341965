/**
 * Many picture files to tensors, in order, in workers, a bounded number at once.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";
import { prepareFile } from "./prepare.ts";
import { DEFAULT_LIMITS, type ImageLimits, type PreprocessSpec } from "./types.ts";
import { type SpawnWorker, WorkerPool } from "./worker_pool.ts";

/** One file's outcome; exactly one of `tensor` and `error` is there. */
export interface PreparedFile {
  /** Its place in the list of paths. */
  readonly index: number;
  /** As it was given. */
  readonly path: string;
  /** Little-endian bytes, as {@linkcode PreprocessSpec} says. */
  readonly tensor?: Uint8Array;
  /** Why there is no tensor; names the file. */
  readonly error?: InferenceError;
}

/** How {@linkcode preprocessFiles} goes about it. */
export interface PreprocessOptions {
  /**
   * Workers; 0 = all in the calling thread.
   * @default as many as there are cores, at most 4; 0 for a few files, which a worker's start-up of
   * some 40 ms would only delay
   */
  readonly workers?: number;
  /**
   * Pictures begun and not yet taken by the caller, at most; at least one.
   * @default four times the workers
   */
  readonly inFlight?: number;
  /** Ends it: running workers are stopped and the iteration throws. */
  readonly signal?: AbortSignal;
  /**
   * How large a picture may be.
   * @default {@linkcode DEFAULT_LIMITS}
   */
  readonly limits?: ImageLimits;
  /** Starts a worker; for tests. */
  readonly spawn?: SpawnWorker;
  /** Workers that are there already, see {@linkcode startWorkers}; closed at the end. */
  readonly pool?: WorkerPool;
}

/** Up to this many files are done sooner without workers. */
const FEW_FILES = 4;
const MOST_WORKERS = 4;

/**
 * Reads, decodes and preprocesses files. Outcomes come in the order of the paths; a file that fails
 * is an outcome too, and the others go on. No more than `inFlight` pictures are begun ahead of the
 * caller, so memory does not grow with the number of files. Leaving the loop ends the workers.
 *
 * @throws {InferenceError} `CANCELLED` when the signal aborts
 */
export async function* preprocessFiles(
  paths: readonly string[],
  spec: PreprocessSpec,
  options: PreprocessOptions = {},
): AsyncGenerator<PreparedFile, void, void> {
  const { signal, limits = DEFAULT_LIMITS } = options;
  const workers = options.workers ?? defaultWorkers(paths.length);
  const pool = options.pool ?? (workers > 0 ? new WorkerPool(workers, options.spawn) : undefined);
  const prepare = (path: string) =>
    pool ? pool.run({ path, spec, limits }) : prepareHere(path, spec, limits);
  const begin = async (index: number): Promise<PreparedFile> => {
    const path = paths[index];
    try {
      return { index, path, tensor: await prepare(path) };
    } catch (error) {
      return { index, path, error: toInferenceError(error, "FILE", `Cannot use image "${path}"`) };
    }
  };
  // Without workers nothing runs beside the caller, and a picture begun early would only wait.
  const ahead = pool ? Math.max(options.inFlight ?? workers * 4, 1) : 1;
  const begun: Promise<PreparedFile>[] = [];
  const stop = () => pool?.close();
  signal?.addEventListener("abort", stop);
  try {
    for (let next = 0; next < paths.length || begun.length > 0;) {
      throwIfAborted(signal);
      while (next < paths.length && begun.length < ahead) begun.push(begin(next++));
      const outcome = await begun.shift()!;
      throwIfAborted(signal);
      yield outcome;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    pool?.close();
  }
}

/**
 * Starts the workers for so many files ahead of {@linkcode preprocessFiles}, whose option `pool` takes
 * them: their start-up then runs beside the questions to the server. Undefined where none are wanted.
 */
export function startWorkers(
  files: number,
  workers = defaultWorkers(files),
): WorkerPool | undefined {
  if (workers === 0) return undefined;
  const pool = new WorkerPool(workers);
  pool.warmUp();
  return pool;
}

/** Workers for so many files. */
export function defaultWorkers(files: number, cores = navigator.hardwareConcurrency): number {
  return files <= FEW_FILES ? 0 : Math.min(cores, MOST_WORKERS, files);
}

/** Lets timers, signals and the network have their turn before the thread is busy for a while. */
async function prepareHere(
  path: string,
  spec: PreprocessSpec,
  limits: ImageLimits,
): Promise<Uint8Array> {
  await new Promise((resolve) => setTimeout(resolve));
  return await prepareFile(path, spec, limits);
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new InferenceError("CANCELLED", "Reading of the pictures was stopped", {
    cause: signal.reason,
  });
}
