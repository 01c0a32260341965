/**
 * `trtis compare`: whether one measurement is better than another, or only looks like it.
 *
 * @module
 */
import { checkOutputFile, writeOutput } from "../base/write_file.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import { usageError } from "../cli/usage.ts";
import type { NamedRun } from "../perf/compare/differences.ts";
import { parseRun } from "../perf/run_file/read.ts";
import { readRunText } from "./shared/run_text.ts";

/** The command. */
export const command = defineCommand({
  name: "compare",
  summary: "compare measurements: what is better, worse, or no real difference",
  group: "measure",
  examples: [
    { text: "Before and after a change", command: "trtis compare before.json after.json" },
    {
      text: "Fail when it got slower, and comment on a pull request",
      command: "trtis compare main.json branch.json --threshold 'throughput>-3%' " +
        "--threshold 'p99<+5%' --markdown comment.md",
    },
    {
      text: "Three runs of each side",
      command: "trtis compare a1.json b1.json b2.json b3.json --base a2.json --base a3.json",
    },
  ],
  positionals: [
    {
      name: "BASE",
      help: "what perf_client wrote with --json, or merge",
      required: true,
      path: "file",
    },
    {
      name: "NEW",
      help: "the same, to be judged; several are runs of the same",
      required: true,
      many: true,
      path: "file",
    },
  ],
  flags: {
    base: {
      kind: "list",
      long: "base",
      value: "FILE",
      path: "file",
      help: "a further run of the base",
    },
    thresholds: {
      kind: "list",
      long: "threshold",
      value: "METRIC<CHANGE%",
      help: "fail with exit code 4 when a figure changes by more, such as throughput>-3%, " +
        "p99<+5% or avg<+5%@8; may be given several times",
    },
    markdown: {
      kind: "string",
      long: "markdown",
      value: "FILE",
      path: "file",
      help: "write tables for a pull request; - is standard output",
    },
    json: {
      kind: "string",
      long: "json",
      value: "FILE",
      path: "file",
      help: "write the comparison as JSON; - is standard output",
    },
  },
  notes: [
    "A change counts when its whole 95 % interval is beyond 1 percent. Three and more runs of a side " +
    "take in what changes from run to run. A difference of single runs on a busy machine can't be told.",
    "The exit code is 4 if a --threshold was broken or could not be judged.",
  ],
  async run(options, [base, ...next], { terminal, signal }) {
    const { readChangeLimits, judgeChanges } = await import("../perf/compare/thresholds.ts");
    const limits = readChangeLimits(options.thresholds);
    const { markdown, json } = options;
    if (markdown === "-" && json === "-") {
      throw usageError("Standard output takes one report: give the other a file");
    }
    for (const path of [markdown, json]) {
      if (path !== undefined && path !== "-") await checkOutputFile(path);
    }
    const read = async (path: string): Promise<NamedRun> => (
      { name: path, report: parseRun(`Cannot compare ${path}`, await readRunText(path, signal)) }
    );
    const { compareRuns } = await import("../perf/compare/compare.ts");
    const sides: NamedRun[][] = [[], []];
    for (const path of [base!, ...options.base]) sides[0]!.push(await read(path));
    for (const path of next) sides[1]!.push(await read(path));
    const compared = compareRuns(sides[0]!, sides[1]!);
    const thresholds = limits.length === 0 ? undefined : judgeChanges(limits, compared.levels);
    const comparison = { ...compared, thresholds };
    const text = await import("../perf/compare/text.ts");
    const write = async (path: string | undefined, report: () => string) => {
      if (path === undefined) return;
      if (path === "-") terminal.out(report());
      else await writeOutput(path, report());
    };
    await write(markdown, () => text.comparisonMarkdown(comparison));
    await write(json, () => text.comparisonJson(comparison));
    if (markdown !== "-" && json !== "-") terminal.out(text.comparisonText(comparison));
    const broken = (thresholds ?? []).filter(({ passed }) => !passed);
    for (const one of broken) terminal.err(`error: threshold ${text.limitText(one)}\n`);
    return broken.length > 0 ? EXIT.threshold : EXIT.ok;
  },
});
