/**
 * From the flags to the settings of a measurement. Nothing is asked of the server here.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { DEFAULT_SETTINGS, type PerfSettings } from "../../perf/types.ts";
import type { ParameterValue } from "../../protocol/types.ts";
import { parseShapes } from "../infer/input_spec.ts";
import type { PerfOptions } from "./flags.ts";
import { checkRefused } from "./refused.ts";

const usage = (message: string, hint?: string) => new InferenceError("USAGE", message, { hint });

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
  if (options.streaming && options.protocol !== "grpc") {
    throw usage("streaming is only allowed with gRPC protocol", "add -i grpc");
  }
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
    levels: readLevels(options),
    streaming: options.streaming,
    measurementMode: options.measurementMode,
    windowMs: options.windowMs,
    windowRequestCount: options.windowRequestCount,
    stabilityPercent: options.stability,
    maxPasses: options.maxPasses,
    percentile,
    requestCount: options.requestCount,
    warmupRequestCount: options.warmupRequestCount,
    timeoutMs: (options.timeout ?? 0) * 1000,
    maxErrorRate: options.maxErrorRate / 100,
    maxThreads: options.maxThreads,
    profile: options.profile,
    parameters: readParameters(options.parameters),
  };
}

function readPercentile(percentile: number | undefined): number | undefined {
  if (percentile === undefined || percentile === -1) return undefined;
  if (percentile > 0 && percentile < 100) return percentile;
  throw usage("percentile must be -1 for not reporting or in range (0, 100)");
}

function readLevels(options: PerfOptions): PerfSettings["levels"] {
  const { concurrencyRange, concurrency = 1, maxConcurrency, search } = options;
  const latencyLimitMs = options.latencyLimit === 0 ? undefined : options.latencyLimit;
  if (concurrencyRange !== undefined) {
    if (search || options.concurrency !== undefined || maxConcurrency !== undefined) {
      throw usage("--concurrency-range takes the place of -d, -t and -c: give one or the other");
    }
    const range = parseRange(concurrencyRange);
    return limited({ ...range, latencyLimitMs, search: range.end !== range.start });
  }
  if (!search) return { start: concurrency, end: concurrency, step: 1, search: false };
  const end = maxConcurrency ?? 0;
  return limited({ start: concurrency, end, step: 1, latencyLimitMs, search: true });
}

function limited(levels: PerfSettings["levels"]): PerfSettings["levels"] {
  if (levels.end !== 0 || levels.latencyLimitMs !== undefined) return levels;
  throw usage("a search needs a limit: give -l (latency), or -c or END (concurrency)");
}

function parseRange(text: string) {
  const match = /^(\d{1,9})(?::(\d{1,9}))?(?::(\d{1,9}))?$/.exec(text.trim());
  const start = Number(match?.[1]);
  const end = Number(match?.[2] ?? start);
  const step = Number(match?.[3] ?? 1);
  if (match !== null && start > 0 && step > 0 && (end === 0 || end >= start)) {
    return { start, end, step };
  }
  throw usage(
    `Cannot use "${text}" for --concurrency-range: expected START:END:STEP, 1 <= START <= END`,
  );
}

async function readSource(
  options: PerfOptions,
  isDirectory: (path: string) => Promise<boolean>,
): Promise<Pick<PerfSettings["input"], "source" | "paths">> {
  const { zero, dataDirectory, inputData } = options;
  if (zero && (dataDirectory !== undefined || inputData.length > 0)) {
    throw usage("zero input can't be set when data directory is provided", "leave out -z");
  }
  if (zero) return { source: "zero", paths: [] };
  if (dataDirectory !== undefined) {
    if (inputData.length > 0) throw usage("give --data-directory or --input-data, not both");
    return { source: "directory", paths: [dataDirectory] };
  }
  const [first] = inputData;
  if (first === undefined) return { source: "random", paths: [] };
  const directory = first !== "zero" && first !== "random" && await isDirectory(first);
  const file = first !== "zero" && first !== "random" && !directory;
  if (file) return { source: "json", paths: inputData };
  if (inputData.length > 1) throw usage("several --input-data must all be .json files");
  if (directory) return { source: "directory", paths: [first] };
  return { source: first === "zero" ? "zero" : "random", paths: [] };
}

function readIds(text: string | undefined): { firstId?: bigint; idCount?: bigint } {
  if (text === undefined) return {};
  const match = /^(\d{1,19})(?::(\d{1,19}))?$/.exec(text.trim());
  const firstId = match === null ? 0n : BigInt(match[1]);
  const idCount = match?.[2] === undefined ? undefined : BigInt(match[2]) - firstId;
  if (firstId > 0n && (idCount === undefined || idCount > 0n)) return { firstId, idCount };
  throw usage(
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
    const type = match?.[3].toLowerCase() ?? "";
    const value = Object.hasOwn(PARAMETER_TYPES, type)
      ? PARAMETER_TYPES[type](match![2])
      : undefined;
    if (value !== undefined) return [match![1], value];
    throw usage(
      `Cannot use "${text}" for --request-parameter: expected NAME:VALUE:TYPE with a value of type ` +
        Object.keys(PARAMETER_TYPES).join(", "),
    );
  }));
}
