/**
 * Workers that prepare pictures: started when first needed, replaced when they break.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { WorkerReply, WorkerTask } from "./worker_messages.ts";

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

/** Jobs that a worker holds: the one it does, and one more, so that it never waits for the next. */
const JOBS_PER_WORKER = 2;

/** At most `size` workers over a queue of pictures. */
export class WorkerPool {
  readonly #size: number;
  readonly #spawn: SpawnWorker;
  readonly #queue: Job[] = [];
  /** Each worker with its jobs; it answers them in order. */
  readonly #workers = new Map<PoolWorker, Job[]>();
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

  /** Starts all workers now, so that their start-up runs beside something else. */
  warmUp(): void {
    while (!this.#closed && this.#workers.size < this.#size) this.#start();
  }

  /** Ends all workers at once; pictures not yet done fail with `CANCELLED`. */
  close(): void {
    this.#closed = true;
    const jobs = [...[...this.#workers.values()].flat(), ...this.#queue.splice(0)];
    for (const worker of this.#workers.keys()) worker.terminate();
    this.#workers.clear();
    for (const job of jobs) job.reject(cancelled());
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#freest();
      if (!worker) return;
      const job = this.#queue.shift()!;
      this.#workers.get(worker)!.push(job);
      worker.postMessage(job.task);
    }
  }

  /** A worker that can take a job: an idle one, else a new one, else the one with the fewest jobs. */
  #freest(): PoolWorker | undefined {
    const [worker, jobs] = [...this.#workers].sort((a, b) => a[1].length - b[1].length)[0] ?? [];
    if (worker && jobs!.length === 0) return worker;
    if (this.#workers.size < this.#size) return this.#start();
    return jobs!.length < JOBS_PER_WORKER ? worker : undefined;
  }

  #start(): PoolWorker {
    const worker = this.#spawn();
    const jobs: Job[] = [];
    this.#workers.set(worker, jobs);
    worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => {
      const job = jobs.shift();
      if (data.tensor) job?.resolve(data.tensor);
      else if (data.error) {
        const { code, message, hint } = data.error;
        job?.reject(new InferenceError(code, message, { hint }));
      }
      this.#dispatch();
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      this.#workers.delete(worker);
      // The first job is the one that broke it; the other goes to another worker.
      const broken = jobs.shift();
      this.#queue.unshift(...jobs);
      broken?.reject(
        new InferenceError(
          "INTERNAL",
          `Cannot decode image "${broken.task.path}": its worker broke: ${event.message}`,
        ),
      );
      this.#dispatch();
    };
    return worker;
  }
}

function cancelled(): InferenceError {
  return new InferenceError("CANCELLED", "Reading of the pictures was stopped");
}
