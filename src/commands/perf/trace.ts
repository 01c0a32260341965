/**
 * perf_analyzer's trace options: what the server traces while it is measured, and before and after not.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { FlagTable, OptionsOf } from "../../cli/flag.ts";
import type { Protocol, QueryOptions, TraceSettings } from "../../protocol/types.ts";

const section = "Server";
const LEVELS = ["OFF", "TIMESTAMPS", "TENSORS"];

/** To be spread into the command's table. */
export const traceFlags = {
  traceLevel: {
    kind: "list",
    section,
    long: "trace-level",
    value: "LEVEL",
    help:
      "what the server traces of the model meanwhile: OFF, TIMESTAMPS or TENSORS (v2); may be given twice",
  },
  traceRate: {
    kind: "integer",
    section,
    long: "trace-rate",
    value: "N",
    min: 1,
    help: "trace one request of so many",
    defaultHelp: "the server's",
  },
  traceCount: {
    kind: "integer",
    section,
    long: "trace-count",
    value: "N",
    min: -1,
    help: "trace so many requests at most; -1 for no limit",
    defaultHelp: "the server's",
  },
  logFrequency: {
    kind: "integer",
    section,
    long: "log-frequency",
    value: "N",
    min: 0,
    help: "write a trace file after so many traces; 0 writes all into one",
    defaultHelp: "the server's",
  },
} as const satisfies FlagTable;

/** The settings by v2's names; undefined when none is given. @throws {InferenceError} USAGE */
export function readTrace(options: OptionsOf<typeof traceFlags>): TraceSettings | undefined {
  const levels = options.traceLevel.map((level) => level.toUpperCase());
  const unknown = levels.find((level) => !LEVELS.includes(level));
  if (unknown !== undefined) {
    throw new InferenceError(
      "USAGE",
      `Cannot use "${unknown}" for --trace-level: expected ${LEVELS.join(", ")}`,
    );
  }
  const settings: Record<string, string | string[]> = {};
  if (levels.length > 0) settings.trace_level = levels;
  const numbers = [
    ["trace_rate", options.traceRate],
    ["trace_count", options.traceCount],
    ["log_frequency", options.logFrequency],
  ] as const;
  for (const [name, value] of numbers) if (value !== undefined) settings[name] = String(value);
  return Object.keys(settings).length === 0 ? undefined : settings;
}

/**
 * Does `work` while the server traces a model; then the settings are again what they were.
 *
 * @throws {InferenceError} what the server refuses, and what `work` throws
 */
export async function withTrace<T>(
  protocol: Protocol,
  modelName: string,
  settings: TraceSettings | undefined,
  query: QueryOptions,
  work: () => Promise<T>,
): Promise<T> {
  if (settings === undefined) return await work();
  const { setTrace } = protocol;
  if (setTrace === undefined) {
    throw new InferenceError("UNSUPPORTED", "Trace settings exist only in v2", {
      hint: "this server speaks r19.07's (v1), whose profiler -n runs",
    });
  }
  const before = await setTrace(modelName, {}, query);
  await setTrace(modelName, settings, query);
  try {
    return await work();
  } finally {
    const own = Object.keys(settings).flatMap((name) =>
      before[name] === undefined ? [] : [[name, before[name]] as const]
    );
    // Whoever ended the measurement doesn't end this; a server that has gone has no settings.
    const { timeoutMs = RESTORE_LIMIT_MS } = query;
    await setTrace(modelName, Object.fromEntries(own), { timeoutMs }).catch(() => {});
  }
}

const RESTORE_LIMIT_MS = 5000;
