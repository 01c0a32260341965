/**
 * `--versus OPTIONS`: a command line inside of an option, read with the command's own table.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { Flag, FlagTable } from "../../cli/flag.ts";
import { flagName } from "../../cli/flag_text.ts";
import { parse } from "../../cli/parse.ts";
import { usageError } from "../../cli/usage.ts";
import { splitWords } from "../../cli/words.ts";
import { shardFlags } from "../shared/shard_flags.ts";
import { commandLine } from "./command_line.ts";
import { perfFlags, type PerfOptions, reportFlags, windowFlags } from "./flags.ts";
import { outputFlags } from "./output_flags.ts";
import { repeatFlags } from "./repeat_flags.ts";
import { scenarioFlags } from "./scenario_flags.ts";
import { scheduleFlags } from "./schedule_flags.ts";
import { searchFlags } from "./search_flags.ts";

/** What is said of both sides, and why it can't differ. */
const COMMON: ReadonlyMap<string, string> = new Map([
  ...[repeatFlags, outputFlags, reportFlags].flatMap((table) =>
    Object.keys(table).map((key) => [key, "both sides go into one report"] as const)
  ),
  ...[scheduleFlags, searchFlags, scenarioFlags].flatMap((table) =>
    Object.keys(table).map((key) => [key, "both sides get the same load"] as const)
  ),
  ...["concurrency", "search", "latencyLimit", "maxConcurrency", "concurrencyRange"]
    .map((key) => [key, "both sides get the same load"] as const),
  ...[
    ...Object.keys({ ...windowFlags, ...shardFlags }),
    ...["requestCount", "warmupRequestCount", "maxErrorRate", "countFailuresAs", "unstableOk"],
    ...["profile", "collectMetrics", "metricsInterval", "metricsFamily"],
  ].map((key) => [key, "both sides are measured in the same way"] as const),
]);

/** The second side. */
export interface Versus {
  /** The first side's options with those that were given. */
  readonly options: PerfOptions;
  /** What was given, without secrets. */
  readonly text: string;
}

/**
 * Reads the options of the second side.
 *
 * @param options the first side's
 * @throws {InferenceError} USAGE with what is wrong
 */
export function readVersus(options: PerfOptions, text: string): Versus {
  const words = splitWords(text, "--versus");
  const table = withoutDefaults(perfFlags);
  let given: Record<string, unknown>;
  try {
    const parsed = parse(words, { name: "--versus", flags: table });
    if (parsed.kind === "help") throw usageError("it asks for help");
    given = Object.fromEntries(
      Object.entries(parsed.options).filter(([, value]) => isGiven(value)),
    );
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    throw new InferenceError("USAGE", `Cannot use the options of --versus: ${error.message}`, {
      hint: error.hint,
    });
  }
  for (const key of Object.keys(given)) {
    const why = COMMON.get(key);
    if (why === undefined) continue;
    const name = flagName(table[key]!);
    throw usageError(
      `Cannot use the options of --versus: ${name} can't differ, as ${why}`,
      `give ${name} outside of it`,
    );
  }
  return {
    options: { ...options, ...given },
    text: commandLine("", table, given).replace(/^trtis ?/, "").trim(),
  };
}

/** A list that is given takes the place of the first side's. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);
}

function withoutDefaults(table: FlagTable): FlagTable {
  return Object.fromEntries(
    Object.entries(table).map(([key, flag]) => [
      key,
      { ...flag, default: undefined, required: false } as Flag,
    ]),
  );
}
