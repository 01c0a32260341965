/**
 * From the flags to the settings of a measurement. Nothing is asked of the server here.
 *
 * @module
 */
import { usageError } from "../../cli/usage.ts";
import { DEFAULT_SETTINGS, type InputKind, type PerfSettings } from "../../perf/types.ts";
import type { ParameterValue } from "../../protocol/types.ts";
import { wireOf } from "../shared/connection.ts";
import { shardOf } from "../shared/shard_flags.ts";
import { parseDataTypes, parseShapes } from "../infer/input_spec.ts";
import type { PerfOptions } from "./flags.ts";
import { checkPictures, hasPictures, namedTypes } from "./picture_options.ts";
import { readMetrics } from "./metrics_settings.ts";
import { checkRefused } from "./refused.ts";
import { readLimits } from "./thresholds.ts";
import { readScenario } from "./scenario_settings.ts";
import { readPeriodic } from "./periodic_settings.ts";
import { readLevels } from "./level_settings.ts";
import { type ReadSchedule, readSchedule } from "./schedule_settings.ts";
import { readTime } from "../shared/time.ts";
import { readSearch, searchedLevels, searchedSchedule } from "./search_settings.ts";

/** For an output of variable size; perf_analyzer's default. */
const OUTPUT_MEMORY_BYTES = 102_400;

/**
 * Reads the settings.
 *
 * @param isDirectory tells directories from files
 * @throws {InferenceError} USAGE when flags contradict one another or can't apply
 */
export async function readSettings(
  options: PerfOptions,
  isDirectory: (path: string) => Promise<boolean>,
): Promise<PerfSettings> {
  checkRefused(options);
  checkPictures(options);
  if (options.streaming && wireOf(options) !== "grpc") {
    throw usageError("streaming is only allowed with gRPC protocol", "add -i grpc");
  }
  const cores = navigator.hardwareConcurrency;
  const search = readSearch(options);
  const scenario = readScenario(options, cores);
  const { schedule, requestCount }: ReadSchedule = scenario ??
    await (search === undefined
      ? readSchedule(options, cores)
      : searchedSchedule(search, options, cores));
  const periodic = readPeriodic(options);
  const levels = scenario !== undefined
    ? scenario.levels
    : periodic !== undefined
    ? { ...DEFAULT_SETTINGS.levels, start: periodic.end, end: periodic.end }
    : search === undefined
    ? readLevels(options)
    : searchedLevels(search);
  const durationMs = scenario === undefined ? readDuration(options) : undefined;
  const percentile = readPercentile(options.percentile);
  const { firstId, idCount } = readIds(options.sequenceIds);
  return {
    modelName: options.model,
    modelVersion: options.modelVersion === undefined || options.modelVersion < 0
      ? undefined
      : BigInt(options.modelVersion),
    batchSize: options.batchSize,
    input: {
      ...await readSource(options, isDirectory),
      shapes: Object.fromEntries(parseShapes(options.shapes)),
      dataTypes: Object.fromEntries(parseDataTypes(namedTypes(options))),
      stringLength: options.stringLength,
      stringData: options.stringData,
      seed: options.seed,
    },
    sequence: {
      length: options.sequenceLength ?? DEFAULT_SETTINGS.sequence.length,
      lengthGiven: options.sequenceLength !== undefined,
      variationPercent: options.sequenceVariation,
      firstId,
      idCount,
    },
    levels,
    schedule,
    periodic,
    scenario: scenario?.scenario,
    findMax: search?.findMax,
    durationMs,
    streaming: options.streaming,
    measurementMode: options.measurementMode,
    windowMs: durationMs ?? options.windowMs,
    windowRequestCount: options.windowRequestCount,
    stabilityPercent: options.stability,
    maxPasses: options.maxPasses,
    percentile,
    ...readLimits(search?.thresholds ?? options.thresholds, levels, schedule),
    requestCount: durationMs === undefined && scenario === undefined
      ? periodic?.end ?? requestCount ?? options.requestCount
      : 0,
    warmupRequestCount: options.warmupRequestCount,
    failuresAsSlow: options.countFailuresAs === "slow" ? true : undefined,
    timeoutMs: (options.timeout ?? 0) * 1000,
    maxErrorRate: (options.maxErrorRate ?? 100) / 100,
    maxThreads: options.maxThreads,
    profile: options.profile,
    tolerance: options.tolerance,
    sharedMemory: readSharedMemory(options),
    blsModels: readBlsModels(options.blsModels),
    metrics: readMetrics(options),
    parameters: readParameters(options.parameters),
    shard: shardOf(options),
  };
}

/**
 * Whether the server's certificate goes unchecked: perf_analyzer's options or ours say so.
 *
 * @throws {InferenceError} USAGE for a name alone that goes unchecked
 */
export function readInsecure(
  { insecure, verifyPeer, verifyHost }: Pick<PerfOptions, "insecure" | "verifyPeer" | "verifyHost">,
): boolean {
  if (insecure || verifyPeer === "0") return true;
  if (verifyHost !== "0") return false;
  throw usageError(
    "Cannot use --ssl-https-verify-host 0: the name alone can't go unchecked",
    "use --insecure, or --server-name with the certificate's name",
  );
}

function readBlsModels(texts: readonly string[]): PerfSettings["blsModels"] {
  if (texts.length === 0) return undefined;
  return texts.flatMap((text) => text.split(",")).map((text) => {
    const match = /^([^:]+)(?::(\d{1,19}))?$/.exec(text.trim());
    if (match !== null) {
      return { name: match[1]!, version: match[2] === undefined ? undefined : BigInt(match[2]) };
    }
    throw usageError(
      `Cannot use "${text}" for --bls-composing-models: expected NAME or NAME:VERSION, with commas`,
    );
  });
}

function readSharedMemory(
  { sharedMemory, outputSharedMemorySize: size }: PerfOptions,
): PerfSettings["sharedMemory"] {
  if (sharedMemory === "cuda") {
    throw usageError(
      "Cannot use --shared-memory cuda: a GPU's memory can't be reached from here",
      "use --shared-memory system",
    );
  }
  if (sharedMemory === "system") return { outputBytes: size ?? OUTPUT_MEMORY_BYTES };
  if (size === undefined) return undefined;
  throw usageError("--output-shared-memory-size needs --shared-memory system");
}

function readPercentile(percentile: number | undefined): number | undefined {
  if (percentile === undefined || percentile === -1) return undefined;
  if (percentile > 0 && percentile < 100) return percentile;
  throw usageError("percentile must be -1 for not reporting or in range (0, 100)");
}

function readDuration({ duration, requestCount, measurementMode }: PerfOptions) {
  if (duration === undefined) return undefined;
  const ms = readTime(duration, "--duration", "90s or 10m");
  if (requestCount > 0) {
    throw usageError("--duration and --request-count both end the window: give one");
  }
  if (measurementMode === "count_windows") {
    throw usageError("--duration can't be used with --measurement-mode count_windows");
  }
  return ms;
}

async function readSource(
  options: PerfOptions,
  isDirectory: (path: string) => Promise<boolean>,
): Promise<Pick<PerfSettings["input"], "source" | "paths" | "kinds">> {
  const { zero, dataDirectory } = options;
  if (hasPictures(options)) {
    const list = options.fromFile === undefined ? [] : [options.fromFile];
    return { source: "images", paths: [...options.inputImages, ...list] };
  }
  const { kinds, rest: inputData } = readKinds(options.inputData);
  const source = await readMainSource({ zero, dataDirectory, inputData }, isDirectory);
  return kinds === undefined ? source : { ...source, kinds };
}

/**
 * What texts as `--input-data` takes them say.
 *
 * @throws {InferenceError} USAGE
 */
export async function readInputData(
  texts: readonly string[],
  isDirectory: (path: string) => Promise<boolean>,
): Promise<Pick<PerfSettings["input"], "source" | "paths" | "kinds">> {
  const { kinds, rest: inputData } = readKinds(texts);
  const source = await readMainSource(
    { zero: false, dataDirectory: undefined, inputData },
    isDirectory,
  );
  return kinds === undefined ? source : { ...source, kinds };
}

async function readMainSource(
  { zero, dataDirectory, inputData }: Pick<PerfOptions, "zero" | "dataDirectory" | "inputData">,
  isDirectory: (path: string) => Promise<boolean>,
): Promise<Pick<PerfSettings["input"], "source" | "paths">> {
  if (zero && (dataDirectory !== undefined || inputData.length > 0)) {
    throw usageError("zero input can't be set when data directory is provided", "leave out -z");
  }
  if (zero) return { source: "zero", paths: [] };
  if (dataDirectory !== undefined) {
    if (inputData.length > 0) throw usageError("give --data-directory or --input-data, not both");
    return { source: "directory", paths: [dataDirectory] };
  }
  const [first] = inputData;
  if (first === undefined) return { source: "random", paths: [] };
  const directory = first !== "zero" && first !== "random" && await isDirectory(first);
  const file = first !== "zero" && first !== "random" && !directory;
  if (file) return { source: "json", paths: inputData };
  if (inputData.length > 1) throw usageError("several --input-data must all be .json files");
  if (directory) return { source: "directory", paths: [first] };
  return { source: first === "zero" ? "zero" : "random", paths: [] };
}

const RANGE = /^(-?\d*(?:\.\d+)?)\.\.(-?\d*(?:\.\d+)?)$/;

/** `zero:NAME`, `random:NAME` and `random:NAME=LOW..HIGH` are about one input. */
function readKinds(texts: readonly string[]) {
  const kinds: Record<string, InputKind> = {};
  const rest: string[] = [];
  for (const text of texts) {
    const match = /^(zero|random):(.+)$/s.exec(text);
    if (match === null) {
      rest.push(text);
      continue;
    }
    const [, kind, named] = match;
    const equals = named!.lastIndexOf("=");
    const [, low, high] = RANGE.exec(equals > 0 ? named!.slice(equals + 1) : "") ?? [];
    const name = low === undefined ? named : named!.slice(0, equals);
    if (Object.hasOwn(kinds, name!)) throw usageError(`--input-data names input '${name}' twice`);
    kinds[name!] = low === undefined ? { kind: kind as "zero" | "random" } : {
      kind: "random",
      range: readRange(text, Number(low), Number(high)),
    };
    if (low !== undefined && kind === "zero") {
      throw usageError(`Cannot use "${text}" for --input-data: zeros have no range`);
    }
  }
  return { kinds: Object.keys(kinds).length === 0 ? undefined : kinds, rest };
}

function readRange(text: string, low: number, high: number): readonly [number, number] {
  if (
    Math.abs(low) <= Number.MAX_SAFE_INTEGER && Math.abs(high) <= Number.MAX_SAFE_INTEGER &&
    low <= high
  ) {
    return [low, high];
  }
  throw usageError(
    `Cannot use "${text}" for --input-data: expected random:NAME=LOW..HIGH, LOW <= HIGH`,
  );
}

function readIds(text: string | undefined): { firstId?: bigint; idCount?: bigint } {
  if (text === undefined) return {};
  const match = /^(\d{1,19})(?::(\d{1,19}))?$/.exec(text.trim());
  const firstId = match === null ? 0n : BigInt(match[1]!);
  const idCount = match?.[2] === undefined ? undefined : BigInt(match[2]) - firstId;
  if (firstId > 0n && (idCount === undefined || idCount > 0n)) return { firstId, idCount };
  throw usageError(
    `Cannot use "${text}" for --sequence-id-range: expected START or START:END, 0 < START < END`,
  );
}

const PARAMETER_TYPES: Readonly<Record<string, (text: string) => ParameterValue | undefined>> = {
  int: (text) => /^[+-]?\d+$/.test(text) ? BigInt(text) : undefined,
  uint: (text) => /^\d+$/.test(text) ? BigInt(text) : undefined,
  bool: (text) => /^(true|false)$/i.test(text) ? text.toLowerCase() === "true" : undefined,
  double: (text) => text.trim() !== "" && isFinite(Number(text)) ? Number(text) : undefined,
  string: (text) => text,
};

function readParameters(texts: readonly string[]): PerfSettings["parameters"] {
  if (texts.length === 0) return undefined;
  return Object.fromEntries(texts.map((text) => {
    const match = /^([^:]+):(.*):([a-z]+)$/is.exec(text);
    const type = match?.[3]?.toLowerCase() ?? "";
    const value = Object.hasOwn(PARAMETER_TYPES, type)
      ? PARAMETER_TYPES[type]!(match![2]!)
      : undefined;
    if (value !== undefined) return [match![1], value];
    throw usageError(
      `Cannot use "${text}" for --request-parameter: expected NAME:VALUE:TYPE with a value of type ` +
        Object.keys(PARAMETER_TYPES).join(", "),
    );
  }));
}
