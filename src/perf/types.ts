/**
 * What a measurement is told and what it finds out. All of it is plain data: reporters see nothing
 * else, and it can be sent to a worker or written to a file. Times are microseconds (`Us`) or
 * milliseconds (`Ms`) with fractions; reporters cut them to whole microseconds as r19.07 does.
 *
 * @module
 */
import type { ErrorCode } from "../base/errors.ts";
import type { ApiVersion, ParameterValue, Wire } from "../protocol/types.ts";

/** Where the inputs' values come from. */
export type InputSource = "random" | "zero" | "directory" | "json";

/** What the requests carry. */
export interface InputSettings {
  readonly source: InputSource;
  /** The directory, or the JSON files; empty for the other sources. */
  readonly paths: readonly string[];
  /** Shape of one batch entry by input name; needed for inputs of variable shape. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Characters of every random string. */
  readonly stringLength: number;
  /** Every string, instead of random ones. */
  readonly stringData?: string;
  /** Seed of the random values: the same seed gives the same bytes. */
  readonly seed: number;
}

/** Sequences of a stateful model. */
export interface SequenceSettings {
  /** Base length in requests; each sequence is within +/- `variationPercent` of it. */
  readonly length: number;
  /** Whether the user gave the length; otherwise a JSON file's own streams set it. */
  readonly lengthGiven: boolean;
  /** r19.07: 20. */
  readonly variationPercent: number;
  /** The first correlation id; undefined = a random 48-bit number, so that runs don't collide. */
  readonly firstId?: bigint;
  /** Ids are used again after so many; undefined = never. */
  readonly idCount?: bigint;
}

/** The load levels to measure, in requests that are outstanding at the same time. */
export interface LevelSettings {
  readonly start: number;
  /** The last level; 0 = no limit. */
  readonly end: number;
  readonly step: number;
  /** No further level once the stabilising latency reaches this; undefined = no limit. */
  readonly latencyLimitMs?: number;
  /** Whether levels are searched (`-d`, `--concurrency-range`): reports then show the limits. */
  readonly search: boolean;
}

/** Everything that a measurement is told. */
export interface PerfSettings {
  readonly modelName: string;
  /** Undefined = the newest. */
  readonly modelVersion?: bigint;
  readonly batchSize: number;
  readonly input: InputSettings;
  readonly sequence: SequenceSettings;
  readonly levels: LevelSettings;
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
  /** Send exactly so many requests in one window; 0 = measure until stable. */
  readonly requestCount: number;
  /** Requests before the first pass of a level that no figure includes. */
  readonly warmupRequestCount: number;
  /** Limit of one request; 0 = none. */
  readonly timeoutMs: number;
  /** A level ends when more than this share of a pass's requests (0 to 1) failed. */
  readonly maxErrorRate: number;
  /** Threads that may send requests; further ones start only when one is not enough. */
  readonly maxThreads: number;
  /** Start and stop the server's profiler around every pass (v1). */
  readonly profile: boolean;
  /** Parameters of every request (v2). */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** All settings but the model's name, as the command line has them when nothing is said. */
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

/** One row of a text histogram: values above the row before it, up to and including `upToUs`. */
export interface HistogramBin {
  readonly upToUs: number;
  readonly count: number;
}

/** A percentile of a set of times. */
export interface PercentileFigure {
  readonly percentile: number;
  readonly us: number;
}

/** What is known of a set of times; there is at least one. */
export interface TimeFigures {
  readonly count: number;
  readonly minUs: number;
  readonly maxUs: number;
  readonly averageUs: number;
  /** Standard deviation of the population. */
  readonly deviationUs: number;
  /** Ascending by percentile. */
  readonly percentiles: readonly PercentileFigure[];
  /** False when there were too many to keep: percentiles then are within 0.1 %. */
  readonly exact: boolean;
  readonly histogram: readonly HistogramBin[];
}

/** Requests by what became of them: sent = succeeded + failed + inFlight, always. */
export interface RequestCounts {
  readonly sent: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly inFlight: number;
}

/** Failed requests with the same message. */
export interface ErrorGroup {
  readonly code: ErrorCode;
  readonly message: string;
  readonly count: number;
}

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

/** One window at one load level. */
export interface PassResult {
  /** From 1. */
  readonly pass: number;
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
  /** Sequences that ended inside the window. */
  readonly sequenceCount: number;
  readonly sequencePerSecond: number;
  /** Undefined when no request ended inside the window. */
  readonly latency?: TimeFigures;
  readonly client: ClientFigures;
  /** Undefined when the server gave none. */
  readonly server?: ServerFigures;
  /** Decoupled models only. */
  readonly responses?: ResponseFigures;
}

/**
 * How a level ended: `stable`; `unstable` = not within the passes allowed; `unjudged` = too few
 * passes asked for; `errors` = too many failed requests; `aborted` = by the caller.
 */
export type LevelOutcome = "stable" | "unstable" | "unjudged" | "errors" | "aborted";

/** One load level. */
export interface LevelResult {
  readonly concurrency: number;
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

/** The whole measurement: what reporters see. */
export interface PerfResult extends PerfContext {
  /** In the order in which they were measured. */
  readonly levels: readonly LevelResult[];
  /** Whether the caller ended it. */
  readonly aborted: boolean;
}

/** How far a measurement is. */
export interface Progress {
  readonly phase: "warm-up" | "measuring";
  readonly concurrency: number;
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
  /** Of this pass; undefined when its end isn't a matter of time. */
  readonly passLeftMs?: number;
  /** Of this level, when it uses up all its passes. */
  readonly levelLeftMs?: number;
}

/** What a measurement calls while it runs; nothing it does may take long. */
export interface PerfObserver {
  /** The server and the model are known; what is sent is made next. */
  started?(context: PerfContext): void;
  levelStarted?(concurrency: number): void;
  passDone?(pass: PassResult, concurrency: number): void;
  levelDone?(level: LevelResult): void;
  progress?(progress: Progress): void;
}
