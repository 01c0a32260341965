/**
 * A whole measurement: set-up, one level after the other, the result.
 *
 * @module
 */
import { type Clock, systemClock } from "../base/clock.ts";
import type { ModelInfo, Protocol, QueryOptions, ServerStatus } from "../protocol/types.ts";
import { describeEnvironment } from "./environment.ts";
import { loadInputData } from "./input_data/input_data.ts";
import type { ReadFile } from "./input_data/tensor_input.ts";
import { profileLevel } from "./level.ts";
import { LoadManager, type MakeThread } from "./load/manager.ts";
import { type LoadPlan, planLoad } from "./load/plan.ts";
import { localThread } from "./load/thread.ts";
import { workerThread } from "./load/worker_thread.ts";
import type { ProfilerParts } from "./pass.ts";
import { nextLevel } from "./search.ts";
import { modelTree } from "./server_probe.ts";
import { stabilizingUs } from "./statistics.ts";
import type { LevelResult, PerfContext, PerfObserver, PerfResult, PerfSettings } from "./types.ts";

/** What a measurement needs from outside. */
export interface PerfParts {
  /** For questions about the server and the model; the caller closes it. */
  readonly protocol: Protocol;
  /** Makes the protocol that sends the load from this thread; the measurement closes it. */
  readonly connect: () => Promise<Protocol>;
  /** How further threads may be had; without it there is only this one. */
  readonly workers?: WorkerParts;
  readonly clock?: Clock;
  /** Ends the measurement; what there is until then is the result. */
  readonly signal?: AbortSignal;
  readonly observer?: PerfObserver;
  readonly toolVersion: string;
  readonly startedAt: Date;
  /** Processor cores; default: this machine's. */
  readonly cores?: number;
  /** Milliseconds of processor time used so far; default: this process's. */
  readonly cpuTime?: () => number;
  readonly readFile?: ReadFile;
  /** A random number in [0, 1), for the first correlation id. */
  readonly random?: () => number;
}

/** Further threads. */
export interface WorkerParts {
  /** `startLoadWorker`. */
  readonly start: () => Worker;
  /** What the worker connects with: a `ProtocolDescription`. */
  readonly connection: unknown;
}

/** A server that does not even describe its model in this time is not waited for. */
const SET_UP_LIMIT_MS = 10_000;

/**
 * Measures a model.
 *
 * @throws {InferenceError} when set-up fails: the server is not there, the model is unknown, inputs
 * can't be made. Once requests are sent, nothing throws but a broken load worker.
 */
export async function measure(settings: PerfSettings, parts: PerfParts): Promise<PerfResult> {
  const { protocol, clock = systemClock, random = Math.random } = parts;
  const signal = parts.signal ?? new AbortController().signal;
  const query: QueryOptions = { signal, timeoutMs: SET_UP_LIMIT_MS };
  const model = await protocol.model(settings.modelName, settings.modelVersion, query);
  const tree = await modelTree(protocol, model, settings.modelVersion, query);
  const server = await serverOf(protocol, model, query);
  const context: PerfContext = {
    settings,
    environment: describeEnvironment(protocol, server, parts.toolVersion, parts.startedAt),
    model: {
      name: model.name,
      platform: model.platform,
      maxBatchSize: model.maxBatchSize,
      sequence: model.scheduling === "sequence",
      decoupled: model.decoupled,
    },
  };
  parts.observer?.started?.(context);
  const data = await loadInputData(
    settings.input,
    model,
    settings.batchSize,
    parts.readFile ?? Deno.readFile,
  );
  const plan = planLoad(settings, model, data, random);
  const threads = threadLimit(settings, parts);
  const load = new LoadManager(threadMaker(plan, threads, parts, clock), threads);
  const profiler: ProfilerParts = {
    settings,
    load,
    protocol,
    tree,
    decoupled: model.decoupled,
    clock,
    signal,
    cpuTime: parts.cpuTime,
    onProgress: parts.observer?.progress?.bind(parts.observer),
  };
  try {
    const levels = await profileLevels(profiler, parts.observer);
    return { ...context, levels, aborted: signal.aborted };
  } finally {
    await load.stop();
  }
}

async function profileLevels(
  profiler: ProfilerParts,
  observer: PerfObserver | undefined,
): Promise<LevelResult[]> {
  const { settings, signal } = profiler;
  const levels: LevelResult[] = [];
  let concurrency = nextLevel(settings.levels, undefined, undefined);
  while (concurrency !== undefined) {
    const level = await profileLevel(profiler, concurrency, observer);
    levels.push(level);
    if (signal.aborted || level.outcome === "errors") break;
    const { latency } = level.reported;
    const latencyUs = latency && stabilizingUs(latency, settings.percentile);
    concurrency = nextLevel(settings.levels, concurrency, latencyUs);
  }
  return levels;
}

/** Who answers, for the record; a server that doesn't tell is measured all the same. */
async function serverOf(
  protocol: Protocol,
  model: ModelInfo,
  query: QueryOptions,
): Promise<ServerStatus | undefined> {
  try {
    return await protocol.status(model.name, query);
  } catch {
    return undefined;
  }
}

/** One core is left to the rest of the machine, and a request needs one thread at most. */
function threadLimit(settings: PerfSettings, parts: PerfParts): number {
  if (parts.workers === undefined) return 1;
  const cores = parts.cores ?? navigator.hardwareConcurrency;
  // Threads share a range of ids only when it has no end.
  if (settings.sequence.idCount !== undefined) return 1;
  return Math.max(1, Math.min(settings.maxThreads, cores - 1));
}

function threadMaker(
  plan: LoadPlan,
  count: number,
  parts: PerfParts,
  clock: Clock,
): MakeThread {
  return async (index, sink) => {
    const place = { index, count };
    if (index > 0 && parts.workers !== undefined) {
      const { start, connection } = parts.workers;
      return await workerThread(start(), plan, place, connection, clock, sink);
    }
    const protocol = await parts.connect();
    try {
      return localThread(plan, place, protocol, clock, sink);
    } catch (error) {
      protocol.close();
      throw error;
    }
  };
}
