/**
 * What can't go together with `--repeat` and `--versus`, by name, before anything is sent.
 *
 * @module
 */
import { isStandardInput } from "../../base/read_file.ts";
import { usageError } from "../../cli/usage.ts";
import type { PerfSettings } from "../../perf/types.ts";
import type { PerfOptions } from "./flags.ts";

/** A flag, whether it was given, and why it can't be. */
type Rule = readonly [flag: string, given: (options: PerfOptions) => boolean, why: string];

const ALONE: readonly Rule[] = [
  ["--find-max", ({ findMax }) => findMax !== undefined, "a search has loads of its own each time"],
  [
    "--binary-search",
    ({ binarySearch }) => binarySearch,
    "a search has loads of its own each time",
  ],
  [
    "--scenario",
    ({ scenario }) => scenario !== undefined,
    "the rules of a scenario are about one run",
  ],
  [
    "--shard",
    ({ shard }) => shard !== undefined,
    "merge puts the tasks of one run together; repeat the whole job",
  ],
];

const one = (path: string | undefined) => path !== undefined;
const SIDES = "it has no column for the side; --json has both sides";
const REQUESTS = "requests of two sides would be in one file; measure each side by itself";
const RISING = "a pass would only see how the schedule begins; use --request-rate";

const TWO_SIDES: readonly Rule[] = [
  ["-f (--latency-report-file)", ({ csv }) => one(csv), SIDES],
  ["--junit", ({ junit }) => one(junit), "its tests are those of one side; use the exit code"],
  ["--timeline", ({ timeline }) => timeline, "each side only has the load half of the time"],
  ["--records", ({ records }) => one(records), REQUESTS],
  ["--hdr", ({ hdr }) => one(hdr), REQUESTS],
  ["--profile-export-file", ({ profileExport }) => one(profileExport), REQUESTS],
  ["--calibrate", ({ calibrate }) => calibrate, "it is about this machine; calibrate without it"],
  ["--ramp", ({ ramp }) => one(ramp), RISING],
  ["--stages", ({ stages }) => one(stages), RISING],
  ["--schedule", ({ schedule }) => one(schedule), RISING],
];

/**
 * Refuses what can't go together.
 *
 * @throws {InferenceError} USAGE
 */
export function checkTogether(options: PerfOptions): void {
  const { versus, repeat, markdown } = options;
  if (markdown !== undefined && versus === undefined) {
    throw usageError("--markdown is the table of a comparison: add --versus OPTIONS");
  }
  const check = (rules: readonly Rule[], flag: string) => {
    const broken = rules.find(([, given]) => given(options));
    if (broken !== undefined) {
      throw usageError(`Cannot use ${broken[0]} with ${flag}: ${broken[2]}`);
    }
  };
  if (repeat > 1) check(ALONE, "--repeat");
  if (versus !== undefined) check([...ALONE, ...TWO_SIDES], "--versus");
}

/**
 * Standard input can be read once.
 *
 * @throws {InferenceError} USAGE
 */
export function checkInputs(options: PerfOptions, { input }: PerfSettings): void {
  if (options.repeat === 1 && options.versus === undefined) return;
  if (input.source === "images" || !input.paths.some(isStandardInput)) return;
  const flag = options.versus === undefined ? "--repeat" : "--versus";
  throw usageError(
    `Cannot read inputs from standard input with ${flag}, which reads them more than once`,
    "give --input-data a file",
  );
}
