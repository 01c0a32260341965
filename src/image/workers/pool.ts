/**
 * Many image files to tensors: in order, in worker threads, a bounded number at a time.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import { prepareFile } from "./prepare.ts";
import { elementByteSize } from "../../tensor/data_type.ts";
import type { ListedFile } from "../walk.ts";
import { DEFAULT_LIMITS, type ImageLimits, type PreprocessSpec } from "../types.ts";
import { type SpawnWorker, WorkerPool } from "./worker_pool.ts";

/** The outcome of one file: exactly one of `tensor` and `error` is set. */
export interface PreparedFile {
  /** Its index in the list of paths. */
  readonly index: number;
  /** The path as given. */
  readonly path: string;
  /** Little-endian bytes, as {@linkcode PreprocessSpec} says. */
  readonly tensor?: Uint8Array;
  /** Why there is no tensor; names the file. */
  readonly error?: InferenceError;
}

/** Options of {@linkcode preprocessFiles}. */
export interface PreprocessOptions {
  /**
   * Number of workers; 0 = do everything in the calling thread.
   * @default one per core, at most 4; 0 for a few files, which a worker's start-up of
   * some 40 ms would only delay
   */
  readonly workers?: number;
  /**
   * Maximum number of images started and not yet consumed; at least one.
   * @default four times the workers, and up to 16 times for small inputs
   */
  readonly inFlight?: number;
  /** Cancels it: running workers are stopped and the iteration throws. */
  readonly signal?: AbortSignal;
  /**
   * Size limits.
   * @default {@linkcode DEFAULT_LIMITS}
   */
  readonly limits?: ImageLimits;
  /** Starts a worker; for tests. */
  readonly spawn?: SpawnWorker;
  /** Workers that are there already, see {@linkcode startWorkers}; closed at the end. */
  readonly pool?: WorkerPool;
}

/** Files: all at once, or one at a time as they are listed; one that can't be listed is an outcome. */
export type ImagePaths = readonly string[] | AsyncIterable<string | ListedFile>;

/** Up to this many files are done sooner without workers. */
const FEW_FILES = 4;
const MOST_WORKERS = 4;

/**
 * Reads, decodes and preprocesses files. Outcomes come in the order of the paths; a file that fails is an
 * outcome too, and the others go on. At most `inFlight` images are started ahead of the caller, so memory
 * does not grow with the number of files. Leaving the loop ends the workers.
 *
 * @throws {InferenceError} `CANCELLED` when the signal aborts
 */
export async function* preprocessFiles(
  paths: ImagePaths,
  spec: PreprocessSpec,
  options: PreprocessOptions = {},
): AsyncGenerator<PreparedFile, void, void> {
  const { signal, limits = DEFAULT_LIMITS } = options;
  const workers = options.workers ??
    defaultWorkers(Array.isArray(paths) ? paths.length : Infinity);
  const pool = options.pool ?? (workers > 0 ? new WorkerPool(workers, options.spawn) : undefined);
  const prepare = (path: string) =>
    pool ? pool.run({ path, spec, limits }) : prepareHere(path, spec, limits, signal);
  const begin = async (index: number, file: string | ListedFile): Promise<PreparedFile> => {
    const { path, error = undefined } = typeof file === "string" ? { path: file } : file;
    if (error !== undefined) return { index, path, error };
    try {
      return { index, path, tensor: await prepare(path) };
    } catch (error) {
      return { index, path, error: toInferenceError(error, "FILE", `Cannot use image "${path}"`) };
    }
  };
  // Without workers nothing runs beside the caller, and an image begun early would only wait.
  const ahead = pool ? Math.max(options.inFlight ?? defaultAhead(workers, spec), 1) : 1;
  const begun: Promise<PreparedFile>[] = [];
  const stop = () => pool?.close();
  signal?.addEventListener("abort", stop);
  try {
    const names = Symbol.asyncIterator in paths ? paths[Symbol.asyncIterator]() : paths.values();
    let isOver = false;
    for (let next = 0; !isOver || begun.length > 0;) {
      throwIfAborted(signal);
      while (!isOver && begun.length < ahead) {
        const name = await names.next();
        if (name.done) isOver = true;
        else begun.push(begin(next++, name.value));
      }
      const outcome = await begun.shift();
      if (outcome === undefined) break;
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

/** Inputs that wait may take so much memory. */
const AHEAD_BYTES = 32 * 1024 * 1024;

/** Images begun ahead of the caller: as many as workers hold at most, while their inputs are small. */
export function defaultAhead(
  workers: number,
  { width, height, channels, dataType }: PreprocessSpec,
): number {
  const size = width * height * channels * elementByteSize(dataType);
  return workers * Math.min(Math.max(Math.floor(AHEAD_BYTES / size / workers), 4), 16);
}

/** Timers, signals and the network wait no longer than this for an image, and the image they are in. */
const TURN_MS = 20;
let lastTurn = 0;

/** Lets others have their turn now and then; a time-out takes longer than a small image. */
async function prepareHere(
  path: string,
  spec: PreprocessSpec,
  limits: ImageLimits,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  if (performance.now() - lastTurn > TURN_MS) {
    await new Promise((resolve) => setTimeout(resolve));
    lastTurn = performance.now();
  }
  return await prepareFile(path, spec, limits, signal);
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (!signal?.aborted) return;
  throw new InferenceError("CANCELLED", "Reading the images was stopped", {
    cause: signal.reason,
  });
}
