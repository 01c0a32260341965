/**
 * Workers that prepare images: started when first needed, replaced when they break.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { WorkerReply, WorkerTask } from "./worker_messages.ts";

/** The part of a Worker that the pool uses, as far as both web and Node workers can have it. */
export interface PoolWorker {
  /** Gives it a task; buffers of the second list belong to it then. */
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  /** Ends it at once. */
  terminate(): void;
  /** Called with each answer. */
  // deno-lint-ignore no-explicit-any
  onmessage: ((event: any) => any) | null;
  /** Called when it breaks. */
  // deno-lint-ignore no-explicit-any
  onerror: ((event: any) => any) | null;
}

/**
 * Starts a worker that answers {@linkcode WorkerTask} messages, in their order, with {@linkcode WorkerReply}, or
 * several with a list of them.
 */
export type SpawnWorker = () => PoolWorker;

/** The pool's own worker. */
export const spawnImageWorker: SpawnWorker = () =>
  new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });

interface Job {
  readonly task: WorkerTask;
  readonly resolve: (tensor: Uint8Array) => void;
  readonly reject: (error: InferenceError) => void;
  /** A worker broke while it had this job and others: the next one gets no other. */
  isSuspect?: boolean;
}

/** A worker's jobs, and when it answered last. */
interface Desk {
  readonly jobs: Job[];
  since: number;
}

/** Jobs that a worker holds: the one it does, and one more, so that it never waits for the next. */
const FEW_JOBS = 2;
/** Where images are done this fast, a worker holds more, so that it answers several at once. */
const FAST_MS = 2;
const MANY_JOBS = 8;
/** Weight of the newest image in the average time. */
const NEWEST = 0.1;

/** Tensors' memory that is kept for later ones at most. */
const MANY_SPARE = 32;

/** At most `size` workers over a queue of images. */
export class WorkerPool {
  readonly #size: number;
  readonly #spawn: SpawnWorker;
  readonly #queue: Job[] = [];
  /** It answers its jobs in order. */
  readonly #workers = new Map<PoolWorker, Desk>();
  /** Milliseconds that a worker takes for an image; at first nobody knows. */
  #averageMs = Infinity;
  #closed = false;
  readonly #spare: Uint8Array<ArrayBuffer>[] = [];

  /**
   * Makes a pool; workers are started when there is work.
   *
   * @param size workers at most
   */
  constructor(size: number, spawn: SpawnWorker = spawnImageWorker) {
    this.#size = size;
    this.#spawn = spawn;
  }

  /**
   * The tensor of an image. Images are begun in the order of the calls.
   *
   * @throws {InferenceError} what the image's preparation throws; `INTERNAL` when its worker broke;
   * `CANCELLED` when the pool was closed
   */
  run(task: WorkerTask): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(cancelled());
      this.#queue.push({ task, resolve, reject });
      this.#dispatch();
    });
  }

  /**
   * Takes back the memory of a tensor that nobody needs any more, for the tensors to come. The array is
   * empty when one has taken it.
   */
  recycle(tensor: Uint8Array): void {
    const { buffer } = tensor;
    if (this.#closed || this.#spare.length >= MANY_SPARE || !(buffer instanceof ArrayBuffer)) {
      return;
    }
    if (tensor.length > 0) this.#spare.push(tensor as Uint8Array<ArrayBuffer>);
  }

  /** Starts all workers now, so that their start-up runs beside something else. */
  warmUp(): void {
    while (!this.#closed && this.#workers.size < this.#size) this.#start();
  }

  /** Ends all workers at once; images not yet done fail with `CANCELLED`. */
  close(): void {
    this.#closed = true;
    const held = [...this.#workers.values()].flatMap(({ jobs }) => jobs);
    const jobs = [...held, ...this.#queue.splice(0)];
    for (const worker of this.#workers.keys()) worker.terminate();
    this.#workers.clear();
    for (const job of jobs) job.reject(cancelled());
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const worker = this.#freest(this.#queue[0]!);
      if (!worker) return;
      const job = this.#queue.shift()!;
      const desk = this.#workers.get(worker)!;
      if (desk.jobs.length === 0) desk.since = performance.now();
      desk.jobs.push(job);
      const spare = this.#spare.pop();
      if (spare === undefined) worker.postMessage(job.task, []);
      else worker.postMessage({ ...job.task, spare }, [spare.buffer]);
    }
  }

  /** A worker that can take a job: an idle one, else a new one, else the one with the fewest jobs. */
  #freest({ isSuspect = false }: Job): PoolWorker | undefined {
    let found: PoolWorker | undefined;
    let fewest = Infinity;
    for (const [worker, { jobs }] of this.#workers) {
      if (jobs.length >= fewest || jobs.some((job) => job.isSuspect)) continue;
      fewest = jobs.length;
      found = worker;
    }
    if (fewest === 0) return found;
    if (this.#workers.size < this.#size) return this.#start();
    const most = this.#averageMs < FAST_MS ? MANY_JOBS : FEW_JOBS;
    return !isSuspect && fewest < most ? found : undefined;
  }

  #answered(desk: Desk, replies: readonly WorkerReply[]): void {
    const now = performance.now();
    const each = (now - desk.since) / replies.length;
    desk.since = now;
    const known = Number.isFinite(this.#averageMs) ? this.#averageMs : each;
    this.#averageMs = known + (each - known) * NEWEST;
    for (const { tensor, error } of replies) {
      const job = desk.jobs.shift();
      if (tensor) job?.resolve(tensor);
      else if (error) {
        const { code, message, hint, remedy } = error;
        job?.reject(new InferenceError(code, message, { hint, remedy }));
      }
    }
    this.#dispatch();
  }

  #start(): PoolWorker {
    const worker = this.#spawn();
    const desk: Desk = { jobs: [], since: performance.now() };
    this.#workers.set(worker, desk);
    worker.onmessage = ({ data }: MessageEvent<WorkerReply | readonly WorkerReply[]>) => {
      this.#answered(desk, [data].flat() as WorkerReply[]);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      worker.terminate();
      this.#workers.delete(worker);
      // With one job it is clear which one broke it. Of several, some may have been done and not been
      // answered: each gets a worker of its own for once.
      const { jobs } = desk;
      const broken = jobs.length === 1 ? jobs.shift() : undefined;
      for (const job of jobs) job.isSuspect = true;
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
  return new InferenceError("CANCELLED", "Reading the images was stopped");
}
