/**
 * Workers that prepare pictures: started when first needed, one picture each at a time.
 *
 * @module
 */
import { type ErrorCode, InferenceError } from "../base/errors.ts";
import type { ImageLimits, PreprocessSpec } from "./types.ts";

/** What a worker is asked. */
export interface WorkerTask {
  readonly path: string;
  readonly spec: PreprocessSpec;
  readonly limits: ImageLimits;
}

/** What it answers: one of the two. */
export interface WorkerReply {
  readonly tensor?: Uint8Array;
  readonly error?: { code: ErrorCode; message: string; hint?: string };
}

/** The part of a Worker that the pool uses. */
export type PoolWorker = Pick<Worker, "postMessage" | "terminate" | "onmessage" | "onerror">;

/** Starts a worker that answers {@linkcode WorkerTask} messages with {@linkcode WorkerReply}. */
export type SpawnWorker = () => PoolWorker;

/** The pool's own worker. */
export const spawnImageWorker: SpawnWorker = () =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

interface Job {
  readonly task: WorkerTask;
  readonly resolve: (tensor: Uint8Array) => void;
  readonly reject: (error: InferenceError) => void;
}

/** At most `size` workers over a queue of pictures. */
export class WorkerPool {
  readonly #size: number;
  readonly #spawn: SpawnWorker;
  readonly #queue: Job[] = [];
  readonly #idle: PoolWorker[] = [];
  readonly #busy = new Map<PoolWorker, Job>();
  #closed = false;

  constructor(size: number, spawn: SpawnWorker = spawnImageWorker) {
    this.#size = size;
    this.#spawn = spawn;
  }

  /**
   * The tensor of a picture. Pictures are begun in the order of the calls.
   *
   * @throws {InferenceError} what the picture's preparation throws; `INTERNAL` when its worker broke;
   * `CANCELLED` when the pool was closed
   */
  run(task: WorkerTask): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(cancelled());
      this.#queue.push({ task, resolve, reject });
      this.#dispatch();
    });
  }

  /** Ends all workers at once; pictures not yet done fail with `CANCELLED`. */
  close(): void {
    this.#closed = true;
    const jobs = [...this.#busy.values(), ...this.#queue.splice(0)];
    for (const worker of [...this.#idle.splice(0), ...this.#busy.keys()]) worker.terminate();
    this.#busy.clear();
    for (const job of jobs) job.reject(cancelled());
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#idle.pop() ??
        (this.#busy.size < this.#size ? this.#start() : undefined);
      if (!worker) return;
      const job = this.#queue.shift()!;
      this.#busy.set(worker, job);
      worker.postMessage(job.task);
    }
  }

  #start(): PoolWorker {
    const worker = this.#spawn();
    worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
      const job = this.#release(worker);
      this.#idle.push(worker);
      if (data.tensor) job?.resolve(data.tensor);
      else if (data.error) {
        const { code, message, hint } = data.error;
        job?.reject(new InferenceError(code, message, { hint }));
      }
      this.#dispatch();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      const job = this.#release(worker);
      worker.terminate();
      job?.reject(
        new InferenceError(
          "INTERNAL",
          `Cannot decode image "${job.task.path}": its worker broke: ${event.message}`,
        ),
      );
      this.#dispatch();
    };
    return worker;
  }

  #release(worker: PoolWorker): Job | undefined {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    return job;
  }
}

function cancelled(): InferenceError {
  return new InferenceError("CANCELLED", "Reading of the pictures was stopped");
}
