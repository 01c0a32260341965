/**
 * A whole measurement: set-up, one level after the other, the result.
 *
 * @module
 */
import { type Clock, systemClock } from "../base/clock.ts";
import type { ModelInfo, Protocol, QueryOptions, ServerStatus } from "../protocol/types.ts";
import { describeEnvironment } from "./environment.ts";
import { completeModel } from "../client/declared_inputs.ts";
import { declaredInputs } from "./declared.ts";
import { givenPlan, type LoadInput } from "./input_data/given.ts";
import { loadInputData } from "./input_data/input_data.ts";
import { profileLevel } from "./level.ts";
import type { MetricsPage } from "./metrics/page.ts";
import type { MetricsSettings } from "./metrics/types.ts";
import type { MetricsScraper } from "./metrics/scraper.ts";
import { type Connected, protocolsOf } from "./load/fleet.ts";
import { LoadManager, type MakeThread } from "./load/manager.ts";
import { type LoadPlan, planLoad } from "./load/plan.ts";
import { shareLoad } from "./load/shared_load.ts";
import { localThread } from "./load/thread.ts";
import { workerThread } from "./load/worker_thread.ts";
import { setUpMix } from "./mix_set_up.ts";
import type { ProfilerParts } from "./pass.ts";
import { ScenarioRecord } from "./scenario/record.ts";
import { joinTaps, type SampleTap } from "./tap.ts";
import type { StartFigures } from "./start_figures.ts";
import { checkScheduledInputs } from "./schedule/inputs.ts";
import { nextLevel } from "./search.ts";
import type { Turn } from "./versus/turns.ts";
import { anchorSchedule, shareOfLevel, shareSettings, wholeRate } from "./share.ts";
import { modelTree, withCalled } from "./server_probe.ts";
import { stabilizingUs } from "./statistics.ts";
import {
  judgeThresholds,
  readThresholds,
  type Threshold,
  thresholdPercentiles,
} from "./threshold/mod.ts";
import type { LevelResult, PerfContext, PerfObserver, PerfResult, PerfSettings } from "./types.ts";

/** What a measurement needs from outside. */
export interface PerfParts {
  /** For questions about the server and the model; the caller closes it. */
  readonly protocol: Protocol;
  /** The same for each of the settings' addresses, where there are several. */
  readonly fleet?: readonly Protocol[];
  /** Makes the protocol that sends the load from this thread; the measurement closes it. */
  readonly connect: () => Promise<Connected>;
  /** How further threads may be had; without it there is only this one. */
  readonly workers?: WorkerParts;
  /** Called when all shared memory is open: nothing more than what is open is needed then. */
  readonly memoryOpened?: () => void;
  /** Makes the inputs, in place of the settings' own source. Then one thread sends them. */
  readonly input?: LoadInput;
  /** Opens a metrics page of the settings; the measurement closes it. */
  readonly openMetrics?: (url: string) => Promise<MetricsPage>;
  readonly clock?: Clock;
  /** Ends the measurement; what there is until then is the result. */
  readonly signal?: AbortSignal;
  /** When everything is ready: resolves at the moment at which the load begins. @default at once */
  readonly begin?: () => Promise<StartFigures | undefined>;
  readonly observer?: PerfObserver;
  /** Another measurement is made pass by pass with this one, and this one loads nothing meanwhile. */
  readonly turn?: Turn;
  /** Is told of every request. */
  readonly tap?: SampleTap;
  /** For each question about the server and the model before the load. @default {10000} */
  readonly setUpTimeoutMs?: number;
  readonly toolVersion: string;
  readonly startedAt: Date;
  /** Processor cores; default: this machine's. */
  readonly cores?: number;
  /** Milliseconds of processor time used so far; default: this process's. */
  readonly cpuTime?: () => number;
  /** Milliseconds in which programs waited for a processor so far. @default nobody looks */
  readonly pressureTime?: () => number | undefined;
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

/** With the record of a scenario, which is one of the taps. */
interface RecordedParts extends PerfParts {
  readonly record?: ScenarioRecord;
}

function recorded(parts: PerfParts): RecordedParts {
  const record = new ScenarioRecord();
  const taps = parts.tap === undefined ? [record] : [record, parts.tap];
  return { ...parts, record, tap: joinTaps(taps) };
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
  const own = settings.scenario === undefined ? parts : recorded(parts);
  if (settings.metrics === undefined) return await measureLoad(settings, own, undefined);
  const metrics = await openMetrics(settings.metrics, parts);
  try {
    return await measureLoad(settings, own, metrics);
  } finally {
    metrics.close();
  }
}

async function measureLoad(
  asked: PerfSettings,
  parts: RecordedParts,
  metrics: MetricsScraper | undefined,
): Promise<PerfResult> {
  const settings = shareSettings(asked);
  const { protocol, clock = systemClock, random = Math.random } = parts;
  const signal = parts.signal ?? new AbortController().signal;
  // What can't be judged is refused before anything is asked.
  const thresholds = readThresholds(settings.thresholds ?? []);
  const query: QueryOptions = { signal, timeoutMs: parts.setUpTimeoutMs ?? SET_UP_LIMIT_MS };
  if (settings.mix !== undefined) {
    const fleet = parts.fleet ?? [protocol];
    const mixed = await setUpMix(settings, settings.mix, { fleet, query, random });
    const context: PerfContext = {
      settings: asked,
      environment: describeEnvironment(protocol, undefined, parts.toolVersion, parts.startedAt),
      model: mixed.model,
    };
    parts.observer?.started?.(context);
    const threads = threadLimit(settings, parts, mixed.plan);
    const load = loadManager(mixed.plan, threads, parts, clock);
    return await runLoad(context, thresholds, parts, {
      ...{ settings, load, protocol, metrics, clock, signal, decoupled: false },
      tree: mixed.probes[0]!.tree,
      probes: mixed.probes,
    });
  }
  const described = await protocol.model(settings.modelName, settings.modelVersion, query);
  const model = completeModel(described, declaredInputs(settings.input));
  const own = await modelTree(protocol, model, settings.modelVersion, query);
  const called = settings.blsModels;
  const tree = called === undefined ? own : await withCalled(protocol, own, called, query);
  const server = await serverOf(protocol, model, query);
  const context: PerfContext = {
    settings: asked,
    environment: describeEnvironment(protocol, server, parts.toolVersion, parts.startedAt),
    model: {
      name: model.name,
      platform: model.platform,
      maxBatchSize: model.maxBatchSize,
      sequence: model.scheduling === "sequence",
      decoupled: model.decoupled,
    },
  };
  const load = async (): Promise<DataPlan> => {
    if (parts.input === undefined) {
      return await loadInputData(settings.input, model, settings.batchSize, {
        signal,
        onProgress: parts.observer?.inputRead?.bind(parts.observer),
      });
    }
    return givenPlan(await parts.input(model, protocol.api), model, settings.batchSize);
  };
  const checked = (data: DataPlan): DataPlan => {
    const scheduled = settings.schedule?.levels ?? [];
    checkScheduledInputs(scheduled, data.streams, model.scheduling === "sequence");
    return data;
  };
  // A file that can't be used is found out before anything is reported.
  const read = settings.input.paths.length > 0 || parts.input ? checked(await load()) : undefined;
  parts.observer?.started?.(context);
  const data = read ?? checked(await load());
  const planned = { ...planLoad(settings, model, data, random), ...data };
  const threads = threadLimit(settings, parts, planned);
  const shared = settings.sharedMemory && await shareLoad(protocol, planned, {
    ...{ model, threads, query, slots: mostInFlight(settings) },
    outputBytes: settings.sharedMemory.outputBytes,
  });
  if (shared !== undefined) parts.memoryOpened?.();
  const plan = shared?.plan ?? planned;
  const manager = loadManager(plan, threads, parts, clock);
  try {
    return await runLoad(context, thresholds, parts, {
      ...{ settings, load: manager, protocol, tree, metrics, clock, signal },
      probes: parts.fleet && [{ tree, protocols: parts.fleet }],
      decoupled: model.decoupled,
      sequence: model.scheduling === "sequence",
    });
  } finally {
    await shared?.close();
  }
}

/** Measures all levels, then ends the load. */
async function runLoad(
  context: PerfContext,
  thresholds: readonly Threshold[],
  { cpuTime, pressureTime, observer, begin, record, turn }: RecordedParts,
  parts: ProfilerParts,
): Promise<PerfResult> {
  const profiler: ProfilerParts = {
    ...parts,
    cpuTime,
    pressureTime,
    turn,
    percentiles: thresholdPercentiles(thresholds),
    onProgress: observer?.progress?.bind(observer),
  };
  try {
    if (begin !== undefined || turn !== undefined) await parts.load.prepare();
    const start = await begin?.();
    await turn?.ready();
    const environment = { ...context.environment, start };
    const anchored = { ...profiler, settings: anchorSchedule(profiler.settings, start?.atMs) };
    if (parts.settings.findMax !== undefined) {
      const { findMax } = await import("./find_max/find_max.ts");
      const found = await findMax(profiler, thresholds, observer);
      return { ...context, environment, ...found, aborted: parts.signal.aborted };
    }
    const { levels, scenario } = record === undefined
      ? { levels: await profileLevels(anchored, observer) }
      : await (await import("./scenario/run.ts")).runScenario(profiler, record, observer);
    return {
      ...context,
      environment,
      scenario,
      levels,
      aborted: parts.signal.aborted,
      // What all tasks did together is judged, once their results are merged.
      thresholds: thresholds.length === 0 || context.settings.shard !== undefined
        ? undefined
        : judgeThresholds(thresholds, levels),
    };
  } finally {
    await parts.load.stop();
    turn?.leave();
  }
}

/** Places for outputs of a search that has no end; more requests in flight share them. */
const MANY_IN_FLIGHT = 1024;

/** Requests that one thread may have in flight. */
function mostInFlight({ schedule, levels }: PerfSettings): number {
  if (schedule !== undefined) return schedule.maxInFlight;
  return levels.end === 0 ? Math.max(MANY_IN_FLIGHT, levels.start) : levels.end;
}

/** Whoever asks for metrics that can't be had is told before any load. */
async function openMetrics(
  metrics: MetricsSettings,
  { openMetrics: open, signal, clock = systemClock }: PerfParts,
): Promise<MetricsScraper> {
  const { openScraper } = await import("./metrics/scraper.ts");
  return await openScraper(metrics, clock, { open, signal });
}

/** The part of the plan that the data are. */
type DataPlan = Pick<LoadPlan, "streams" | "expected" | "truth" | "encodedLimit">;

async function profileLevels(
  profiler: ProfilerParts,
  observer: PerfObserver | undefined,
): Promise<LevelResult[]> {
  const { settings, signal } = profiler;
  if (settings.schedule !== undefined) return await profileSchedules(profiler, observer);
  const levels: LevelResult[] = [];
  let concurrency = nextLevel(settings.levels, undefined, undefined);
  while (concurrency !== undefined) {
    const point = { concurrency: shareOfLevel(concurrency, settings.shard), name: concurrency };
    const level = await profileLevel(profiler, point, observer);
    levels.push(level);
    if (signal.aborted || level.outcome === "errors") break;
    const { latency } = level.reported;
    const latencyUs = latency && stabilizingUs(latency, settings.percentile);
    concurrency = nextLevel(settings.levels, concurrency, latencyUs);
  }
  return levels;
}

/** Schedules in turn, until one is too much. */
async function profileSchedules(
  profiler: ProfilerParts,
  observer: PerfObserver | undefined,
): Promise<LevelResult[]> {
  const { settings, signal } = profiler;
  const levels: LevelResult[] = [];
  const { maxInFlight, sequences = maxInFlight } = settings.schedule!;
  const concurrency = profiler.sequence ? Math.min(sequences, maxInFlight) : maxInFlight;
  for (const { requestRate, arrivals } of settings.schedule!.levels) {
    const name = wholeRate(requestRate, settings.shard);
    const point = { concurrency, requestRate, arrivals, name };
    const level = await profileLevel(profiler, point, observer);
    levels.push(level);
    if (signal.aborted || level.outcome === "errors" || level.outcome === "overload") break;
    const limit = settings.levels.latencyLimitMs;
    const { latency } = level.reported;
    if (latency === undefined) break;
    if (limit !== undefined && stabilizingUs(latency, settings.percentile) >= limit * 1000) break;
  }
  return levels;
}

/** The server's status, for the record; a server that doesn't tell is measured as well. */
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
function threadLimit(settings: PerfSettings, parts: PerfParts, plan: LoadPlan): number {
  // Only the thread that opened shared memory can look into it.
  if (settings.sharedMemory !== undefined && plan.expected !== undefined) return 1;
  // Each thread would have a copy of what was given.
  if (parts.workers === undefined || parts.input !== undefined) return 1;
  // A schedule is one row of moments, and sets of requests wait for one another: one thread keeps them.
  const { schedule, periodic, scenario } = settings;
  if (schedule !== undefined || periodic !== undefined || scenario !== undefined) return 1;
  const cores = parts.cores ?? navigator.hardwareConcurrency;
  // Threads share a range of ids only when it has no end.
  if (settings.sequence.idCount !== undefined) return 1;
  return Math.max(1, Math.min(settings.maxThreads, cores - 1));
}

function loadManager(
  plan: LoadPlan,
  count: number,
  parts: PerfParts,
  clock: Clock,
): LoadManager {
  const start: MakeThread = async (index, sink) => {
    const place = { index, count };
    if (index > 0 && parts.workers !== undefined) {
      const { start, connection } = parts.workers;
      return await workerThread(start(), plan, place, { connection, clock, sink });
    }
    const protocol = await parts.connect();
    try {
      return localThread(plan, place, { protocol, clock, sink });
    } catch (error) {
      for (const server of protocolsOf(protocol)) server.close();
      throw error;
    }
  };
  return new LoadManager(start, count, parts.tap);
}
