/**
 * A load thread in a worker, seen from the main thread.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import type { Chunk } from "../samples.ts";
import type { LoadReply, LoadRequest } from "./messages.ts";
import type { LoadPlan } from "./plan.ts";
import type { Collected, LoadThread, ThreadPlace } from "./thread.ts";

/** Starts the worker whose main module is `worker_main.ts`. */
export function startLoadWorker(): Worker {
  return new Worker(new URL("./worker_main.ts", import.meta.url), { type: "module" });
}

/** Questions by which a worker's clock is compared with ours; the quickest answer counts. */
const CLOCK_ROUNDS = 8;

/** What a worker sends with. */
export interface WorkerThreadParts {
  /** Plain data for the worker's `connect`. */
  readonly connection: unknown;
  readonly clock: Clock;
  /** Gets the worker's samples, `shift` being the milliseconds to add to its clock. */
  readonly sink: (chunk: Chunk, shift: number) => void;
}

/**
 * Sends requests from a worker.
 *
 * @throws {InferenceError} what the worker could not start with
 */
export async function workerThread(
  worker: Worker,
  plan: LoadPlan,
  place: ThreadPlace,
  { connection, clock, sink }: WorkerThreadParts,
): Promise<LoadThread> {
  const line = openLine(worker, (chunk) => sink(chunk, shift));
  let shift = 0;
  try {
    await line.ask({ type: "start", call: 0, plan, place, connection });
    shift = await clockShift(line.ask, clock);
  } catch (error) {
    worker.terminate();
    throw error;
  }
  const collected = async (request: LoadRequest): Promise<Collected> => {
    const reply = await line.ask(request);
    if (reply.type !== "collected") throw new TypeError(`a worker answered "${reply.type}"`);
    return reply.collected;
  };
  return {
    setLoad: (concurrency, limit, arrivals) =>
      line.tell({ type: "load", concurrency, limit, arrivals }),
    collect: () => collected({ type: "collect", call: 0 }),
    async stop(graceMs) {
      try {
        return await collected({ type: "stop", call: 0, graceMs });
      } finally {
        worker.terminate();
      }
    },
  };
}

type Ask = (request: LoadRequest) => Promise<LoadReply>;

interface Waiting {
  readonly resolve: (reply: LoadReply) => void;
  readonly reject: (error: Error) => void;
}

/** Questions and answers over the worker's port; chunks go to `onChunk`. */
function openLine(worker: Worker, onChunk: (chunk: Chunk) => void) {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let broken: InferenceError | undefined;

  const settle = (call: number, use: (waiting: Waiting) => void) => {
    const entry = waiting.get(call);
    waiting.delete(call);
    if (entry !== undefined) use(entry);
  };
  worker.addEventListener("message", ({ data }: MessageEvent<LoadReply>) => {
    if (data.type === "chunk") return onChunk(data);
    if (data.type !== "error") return settle(data.call, (entry) => entry.resolve(data));
    const error = new InferenceError(data.code, data.message);
    if (data.call === 0) breakLine(error);
    else settle(data.call, (entry) => entry.reject(error));
  });
  const breakLine = (error: InferenceError) => {
    broken = error;
    for (const call of [...waiting.keys()]) settle(call, (entry) => entry.reject(error));
  };
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    breakLine(new InferenceError("INTERNAL", `a load worker broke down: ${event.message}`));
  });

  const ask: Ask = (request) =>
    new Promise((resolve, reject) => {
      if (broken !== undefined) return reject(broken);
      const call = ++calls;
      waiting.set(call, { resolve, reject });
      worker.postMessage({ ...request, call });
    });
  return { ask, tell: (request: LoadRequest) => worker.postMessage(request) };
}

/** Milliseconds from the worker's clock to ours, as exact as half of the quickest round trip. */
async function clockShift(ask: Ask, clock: Clock): Promise<number> {
  let best = Infinity;
  let shift = 0;
  for (let round = 0; round < CLOCK_ROUNDS; round++) {
    const before = clock.now();
    const reply = await ask({ type: "time", call: 0 });
    const after = clock.now();
    if (reply.type !== "time" || after - before >= best) continue;
    best = after - before;
    shift = (before + after) / 2 - reply.now;
  }
  return shift;
}
