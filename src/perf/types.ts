/**
 * What a measurement is told and what it finds out. All of it is plain data: reporters see nothing
 * else, and it can be sent to a worker or written to a file. Times are microseconds (`Us`) or
 * milliseconds (`Ms`) with fractions; reporters cut them to whole microseconds as r19.07 does.
 *
 * @module
 */
import type { Calibration } from "./calibration.ts";
import type { Shard } from "../base/shard.ts";
import type { FindMaxResult, FindMaxSettings, FindMaxStep } from "./find_max/settings.ts";
import type { ErrorGroup, RequestCounts } from "./counts.ts";
import type { InputSettings } from "./input_settings.ts";
import type {
  Interval,
  LoadCheck,
  OverallFigures,
  PassSpread,
  SlotFigures,
} from "./intervals/types.ts";
import type { LevelSettings, ScheduleSettings } from "./level_settings.ts";
import type { StartFigures } from "./start_figures.ts";
import type { ScenarioResult, ScenarioSettings } from "./scenario/settings.ts";
import type { SequenceSettings } from "./sequence_settings.ts";
import type { TimeFigures } from "./time_figures.ts";
import type { ThresholdVerdict } from "./threshold/verdict.ts";
import type { ApiVersion, ParameterValue, Wire } from "../protocol/types.ts";
import type { MetricsFigures, MetricsSettings } from "./metrics/types.ts";

export type { HistogramBin, TimeFigures } from "./time_figures.ts";
export type { InputKind, InputSettings, InputSource } from "./input_settings.ts";
export type { MetricsFigures, MetricsSettings, SeriesFigures } from "./metrics/types.ts";

export type * from "./counts.ts";
export type * from "./intervals/types.ts";

export type { LevelSettings, ScheduleSettings } from "./level_settings.ts";
export type { Calibration, CalibrationFigures } from "./calibration.ts";
export type {
  ScenarioName,
  ScenarioResult,
  ScenarioRule,
  ScenarioSettings,
} from "./scenario/settings.ts";
export type { FindMaxResult, FindMaxSettings, FindMaxStep, ThresholdVerdict };

/** All settings of a measurement. */
export interface PerfSettings {
  readonly modelName: string;
  /** Undefined = the newest. */
  readonly modelVersion?: bigint;
  readonly batchSize: number;
  readonly input: InputSettings;
  readonly sequence: SequenceSettings;
  readonly levels: LevelSettings;
  /** Undefined = a closed loop, by `levels`. */
  readonly schedule?: ScheduleSettings;
  /** Instead of `levels`: sets of requests, each sent when those before have had their answers. */
  readonly periodic?: {
    /** Requests of the first set, in all, and of every further set. */
    readonly start: number;
    readonly end: number;
    readonly step: number;
    /** Answers that each request of a set has before the next set. */
    readonly period: number;
  };
  /** One run by the rules of MLPerf's LoadGen, in place of `levels`. */
  readonly scenario?: ScenarioSettings;
  /** Searches the highest load that keeps the thresholds, in place of `levels` or the schedule's. */
  readonly findMax?: FindMaxSettings;
  /** One window of this length instead of passes until stable; 0 = none. */
  readonly durationMs?: number;
  /** Send over bidirectional gRPC streams. */
  readonly streaming: boolean;
  /** Whether a window ends by time or by the number of requests. */
  readonly measurementMode: "time_windows" | "count_windows";
  /** Length of a window; a pass takes 1.2 times as long. */
  readonly windowMs: number;
  /** Requests of a window in the mode `count_windows`. */
  readonly windowRequestCount: number;
  /** Passes may differ from their average by this much, in percent. */
  readonly stabilityPercent: number;
  /** Passes of a level before it is reported as unstable. */
  readonly maxPasses: number;
  /** Judge stability by this percentile instead of the average latency. */
  readonly percentile?: number;
  /** Limits such as `p99<50ms` that the figures are judged by. */
  readonly thresholds?: readonly string[];
  /** Send exactly this many requests in one window; 0 = measure until stable. */
  readonly requestCount: number;
  /** Requests before the first pass of a level, not counted in any figure. */
  readonly warmupRequestCount: number;
  /** Failed requests count as the slowest ones, in place of having times of their own alone. */
  readonly failuresAsSlow?: boolean;
  /** Limit of one request; 0 = none. */
  readonly timeoutMs: number;
  /** A level ends when more than this share of a pass's requests (0 to 1) failed. */
  readonly maxErrorRate: number;
  /** Threads that may send requests; further ones start only when one is not enough. */
  readonly maxThreads: number;
  /** Start and stop the server's profiler around every pass (v1). */
  readonly profile: boolean;
  /** Models that the model calls by itself: the server doesn't tell which ones. */
  readonly blsModels?: readonly { readonly name: string; readonly version?: bigint }[];
  /** Tensors lie in system memory that the server shares, which is on this machine (v2, Linux). */
  readonly sharedMemory?: {
    /** Bytes for an output of variable size. */
    readonly outputBytes: number;
  };
  /** How far floats may be from the expected outputs, see the docs of perf_client. @default 0 */
  readonly tolerance?: number;
  /** Addresses of the servers that the load is spread over; undefined = there is one. */
  readonly addresses?: readonly string[];
  /** How it is spread over them. @default {"round-robin"} */
  readonly balance?: "round-robin" | "least-outstanding";
  /** Models that are asked side by side, in place of one. */
  readonly mix?: readonly MixEntry[];
  /** Metrics pages of the server that are looked at during the passes; undefined = none. */
  readonly metrics?: MetricsSettings;
  /** This is one of many tasks: all other settings are those of all tasks together. */
  readonly shard?: Shard;
  /** Parameters of every request (v2). */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** The defaults of all settings except the model's name. */
export const DEFAULT_SETTINGS: Omit<PerfSettings, "modelName"> = {
  batchSize: 1,
  input: { source: "random", paths: [], shapes: {}, stringLength: 128, seed: 1 },
  sequence: { length: 20, lengthGiven: false, variationPercent: 20 },
  levels: { start: 1, end: 1, step: 1, search: false },
  streaming: false,
  measurementMode: "time_windows",
  windowMs: 5000,
  windowRequestCount: 50,
  stabilityPercent: 10,
  maxPasses: 10,
  requestCount: 0,
  warmupRequestCount: 0,
  timeoutMs: 0,
  maxErrorRate: 1,
  maxThreads: 16,
  profile: false,
};

/**
 * gRPC connections that a load is spread over. On a single one answers come in convoys: what was sent
 * together is answered together, and the server and this program wait for one another.
 */
export const LOAD_CONNECTIONS = 4;

/** Averages of where a request's time goes in the client, and how busy the client was. */
export interface ClientFigures {
  /** From the first byte sent until the whole answer was there: send + wait + receive. */
  readonly requestUs: number;
  readonly sendUs: number;
  readonly waitUs: number;
  readonly receiveUs: number;
  /**
   * This program's own time for a request: what of the latency is none of those, and from the answer
   * before until it started.
   */
  readonly overheadUs: number;
  /** From the moment a request was due until it was sent; 0 in a closed loop. */
  readonly delayUs: number;
  /** Processor time by time passed and load thread; 1 = a whole core each. */
  readonly cpuShare: number;
  /**
   * Share of the time in which some program on this machine waited for a processor, 0 to 1; undefined
   * where the system doesn't tell. Linux's pressure stall information.
   */
  readonly pressure?: number;
  /** How late timers came, on average and at worst. */
  readonly lagAverageUs: number;
  readonly lagMaxUs: number;
}

/** Differences of a model's statistics around a pass; times are averages of a request. */
export interface ServerFigures {
  readonly modelName: string;
  readonly modelVersion: string;
  /** Successful requests, those of other clients included. */
  readonly requestCount: number;
  readonly failedCount: number;
  readonly inferenceCount: number;
  readonly executionCount: number;
  readonly totalUs: number;
  readonly queueUs: number;
  /** v2 only; 0 in v1. */
  readonly computeInputUs: number;
  /** v1: all compute; v2: compute infer. */
  readonly computeUs: number;
  /** v2 only; 0 in v1. */
  readonly computeOutputUs: number;
  readonly cacheHitCount: number;
  readonly cacheMissCount: number;
  readonly cacheHitUs: number;
  readonly cacheMissUs: number;
  /**
   * Instances of the model that were at work, on average: the time of all executions by the time that
   * passed. Undefined when the server doesn't tell, or for an ensemble.
   */
  readonly busyInstances?: number;
  /** Instances that the model's configuration has. */
  readonly instances?: number;
  /** `busyInstances` by `instances`. */
  readonly utilization?: number;
  /** The models of an ensemble; its queue and compute are theirs added up. */
  readonly composing: readonly ServerFigures[];
}

/** Answers of a decoupled model. */
export interface ResponseFigures {
  readonly responseCount: number;
  /** From the start of a request to its first answer; undefined when none had one. */
  readonly first?: TimeFigures;
  /** Between one answer and the next; undefined when no request had two. */
  readonly between?: TimeFigures;
}

/** How many answers were right, of those whose truth is known. */
export interface AccuracyFigures {
  /** Batch entries that were checked. */
  readonly checkedCount: number;
  /** Those whose best class was the truth. */
  readonly top1Count: number;
  /** Their share, 0 to 1. */
  readonly top1: number;
}

/** What a part of the requests came to. */
export interface PartFigures {
  /** Requests that ended well inside the window. */
  readonly requestCount: number;
  /** Requests that failed during the pass. */
  readonly failedCount: number;
  readonly requestPerSecond: number;
  /** From the scheduled moment to the last byte; undefined when there were none. */
  readonly latency?: TimeFigures;
}

/** Requests that went to one of several servers. */
export interface AddressFigures extends PartFigures {
  readonly address: string;
}

/** Requests that asked one of several models. */
export interface ModelFigures extends PartFigures {
  /** As the mix names it. */
  readonly name: string;
  /** What was asked for, 0 to 1. */
  readonly share: number;
  /** What it had of the requests that ended well, 0 to 1. */
  readonly requestShare: number;
  readonly inferPerSecond: number;
  /** Undefined when the server gave none. */
  readonly server?: ServerFigures;
}

/** One model of a mix, as it was asked for. */
export interface MixEntry {
  /** In reports; the model's name unless the mix says otherwise. */
  readonly name: string;
  readonly modelName: string;
  /** Undefined = the newest. */
  readonly modelVersion?: bigint;
  /** More than 0; only its ratio to the others' counts. */
  readonly share: number;
  readonly batchSize: number;
  readonly input: InputSettings;
  /** Servers that have it: some of the load's addresses. */
  readonly addresses: readonly string[];
}

/** A stretch of a schedule in which even the quickest request had to wait. */
export interface BacklogFigures {
  /** When its first request was due, in milliseconds from the window's start. */
  readonly fromMs: number;
  /** When the first request was due that no longer had to wait; undefined when there was none. */
  readonly toMs?: number;
  /** Requests that were due meanwhile. */
  readonly requestCount: number;
  /** The longest response latency among them. */
  readonly maxUs: number;
}

/** One window at one load level. */
export interface PassResult {
  /** From 1. */
  readonly pass: number;
  /** When its window began, by this machine's clock, ISO 8601. */
  readonly startedAt?: string;
  /** False when it was cut short. */
  readonly complete: boolean;
  readonly windowMs: number;
  /** Requests that ended well inside the window. */
  readonly requestCount: number;
  /** Requests that failed during the pass, with their messages. */
  readonly failedCount: number;
  readonly errors: readonly ErrorGroup[];
  /** Failed requests by all that were settled during the pass, 0 to 1. */
  readonly errorRate: number;
  readonly inferPerSecond: number;
  /** Of the reported pass: over all complete passes of the level, and wide enough for this one. */
  readonly inferPerSecondCi95?: Interval;
  /** Sequences that ended inside the window. */
  readonly sequenceCount: number;
  readonly sequencePerSecond: number;
  /** From the scheduled moment to the last byte; undefined when no request ended inside the window. */
  readonly latency?: TimeFigures;
  /** From the actual send to the last byte. In a closed loop the same as `latency`. */
  readonly serviceLatency?: TimeFigures;
  /** From the scheduled moment to the actual send; zeros in a closed loop. */
  readonly delay?: TimeFigures;
  /** Where the server fell behind the schedule. Undefined in a closed loop. */
  readonly backlogs?: readonly BacklogFigures[];
  /** Failed requests: from the scheduled moment until they failed. Undefined when none did. */
  readonly failedLatency?: TimeFigures;
  readonly client: ClientFigures;
  /** Of the reported pass of one task among many: what intervals of the merged report are made of. */
  readonly slots?: SlotFigures;
  /** Undefined when the server gave none. */
  readonly server?: ServerFigures;
  /** Decoupled models only. */
  readonly responses?: ResponseFigures;
  /** By server, where there are several. */
  readonly addresses?: readonly AddressFigures[];
  /** By model of a mix. */
  readonly models?: readonly ModelFigures[];
  /** A figure for each metrics page, when they are collected. */
  readonly metrics?: readonly MetricsFigures[];
  /** When answers are checked, and at least one was inside the window. */
  readonly accuracy?: AccuracyFigures;
}

/**
 * How a level ended: `stable`; `unstable` = not within the passes allowed; `unjudged` = too few
 * passes asked for; `errors` = too many failed requests; `aborted` = by the caller;
 * `overload` = more was asked than the server can take.
 */
export type LevelOutcome = "stable" | "unstable" | "unjudged" | "errors" | "aborted" | "overload";

/** One second of a level. */
export interface TimelinePoint {
  /** From the level's first request, from 0. */
  readonly second: number;
  /** The pass that was running at its start; 0 = warm-up. */
  readonly pass: number;
  /** 1000, or less for the last one. */
  readonly durationMs: number;
  /** Requests that ended in it, measured or not. */
  readonly requestCount: number;
  readonly failedCount: number;
  readonly inferPerSecond: number;
  /** Requests in flight, on average. */
  readonly inFlight: number;
  /** Within 0.1 %; undefined when nothing ended well. */
  readonly p50Us?: number;
  readonly p90Us?: number;
  readonly p99Us?: number;
  readonly maxUs?: number;
}

/** One load level. */
export interface LevelResult {
  /** Requests in flight; with a schedule at most. */
  readonly concurrency: number;
  /** Requests a second that were asked for; undefined in a closed loop. */
  readonly requestRate?: number;
  /** Threads that sent requests at the end. */
  readonly threads: number;
  readonly outcome: LevelOutcome;
  /** Why the outcome isn't `stable`. */
  readonly reason?: string;
  readonly passes: readonly PassResult[];
  /** The pass whose figures stand for the level; one of `passes`. */
  readonly reported: PassResult;
  /** Everything sent at this level, warm-up included. */
  readonly counts: RequestCounts;
  readonly errors: readonly ErrorGroup[];
  readonly warnings: readonly string[];
  /** Undefined when no complete pass has a request. */
  readonly overall?: OverallFigures;
  /** Undefined with fewer than two complete passes. */
  readonly spread?: PassSpread;
  readonly loadCheck?: LoadCheck;
  /** The level second by second, where that was asked for. */
  readonly timeline?: readonly TimelinePoint[];
}

/** What was measured, from where, and with what. */
export interface PerfEnvironment {
  readonly tool: string;
  readonly toolVersion: string;
  readonly runtime: string;
  readonly os: string;
  readonly arch: string;
  readonly cores: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Undefined when it began at once. */
  readonly start?: StartFigures;
  readonly address: string;
  readonly api: ApiVersion;
  readonly wire: Wire;
  readonly serverId?: string;
  readonly serverVersion?: string;
}

/** What the reports need to know of the model. */
export interface PerfModel {
  readonly name: string;
  readonly platform: string;
  readonly maxBatchSize: number;
  readonly sequence: boolean;
  readonly decoupled: boolean;
}

/** What is known before the first request is sent. */
export interface PerfContext {
  readonly settings: PerfSettings;
  readonly environment: PerfEnvironment;
  readonly model: PerfModel;
}

/** The complete measurement, as reporters get it. */
export interface PerfResult extends PerfContext {
  /** In the order in which they were measured. */
  readonly levels: readonly LevelResult[];
  /** Whether the caller ended it. */
  readonly aborted: boolean;
  /** The command line that does it again, secrets and files of results left out; where there was one. */
  readonly command?: string;
  /** What this machine can measure at most, where that was asked for. */
  readonly calibration?: Calibration;
  /** What came of a scenario. */
  readonly scenario?: ScenarioResult;
  /** What a search found; its passes are the levels. */
  readonly findMax?: FindMaxResult;
  /** The settings' thresholds, each at every level it is about. Undefined without thresholds. */
  readonly thresholds?: readonly ThresholdVerdict[];
  /** The same measured several times, run by run; `levels` then are all of them together. */
  readonly runs?: readonly RunLevels[];
}

/** What one of several runs measured. */
export interface RunLevels {
  /** From 1. */
  readonly run: number;
  /** When it began, ISO 8601. */
  readonly startedAt?: string;
  readonly levels: readonly LevelResult[];
}

/** Progress of a measurement. */
export interface PerfProgress {
  readonly phase: "warm-up" | "measuring";
  readonly concurrency: number;
  readonly requestRate?: number;
  /** From 1; 0 during warm-up. */
  readonly pass: number;
  readonly maxPasses: number;
  /** So far in this window. */
  readonly inferPerSecond: number;
  /** So far in this window, within 0.1 %; undefined before the first request ended. */
  readonly p50Us?: number;
  readonly p99Us?: number;
  /** At this level. */
  readonly counts: RequestCounts;
  /** Failures of this pass so far; undefined during warm-up. */
  readonly errors?: readonly ErrorGroup[];
  /** Of this pass; undefined when its end isn't a matter of time. */
  readonly passLeftMs?: number;
  /** Of this level, when it uses up all its passes. */
  readonly levelLeftMs?: number;
}

/** Callbacks of a measurement; they must return quickly. */
export interface PerfObserver {
  /** So many bytes of a JSON file have been read; before `started`. */
  inputRead?(path: string, bytes: number): void;
  /** The server and the model are known, and files have been read; what is sent is made next. */
  started?(context: PerfContext): void;
  levelStarted?(concurrency: number, requestRate?: number): void;
  passDone?(pass: PassResult, concurrency: number): void;
  levelDone?(level: LevelResult): void;
  /** A search tried a load. */
  searchStep?(step: FindMaxStep, level: LevelResult): void;
  progress?(progress: PerfProgress): void;
}
