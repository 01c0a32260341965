/**
 * `trtis report`: saved measurements as a page with plots.
 *
 * @module
 */
import { writeOutput } from "../base/write_file.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import type { PageRun } from "../perf/page/types.ts";
import { parseRun } from "../perf/run_file/read.ts";
import { pageOf, runsOnPage } from "./report/page_of.ts";
import { checkOutput } from "./shared/check_output.ts";
import { notStandardOutput } from "./shared/not_standard_output.ts";
import { readRunText } from "./shared/run_text.ts";

/** The command. */
export const command = defineCommand({
  name: "report",
  summary: "make a page with plots of what perf_client measured",
  group: "measure",
  examples: [
    {
      text: "A page of one run",
      command: "trtis report run.json -o run.html",
    },
    {
      text: "Two runs in the same plots",
      command: "trtis report before.json after.json -o both.html",
    },
  ],
  positionals: [{
    name: "FILE",
    help: "what perf_client wrote with --json, or merge from such files",
    required: true,
    many: true,
    path: "file",
  }],
  flags: {
    output: {
      kind: "string",
      long: "output",
      short: "o",
      value: "FILE",
      path: "file",
      required: true,
      help: "the page: one HTML file that needs no network",
    },
  },
  notes: [
    "The plots over time need a run with --timeline.",
  ],
  async run({ output }, files, { signal }) {
    const paths = [...files];
    notStandardOutput({ "--output (-o)": output });
    await checkOutput(output, paths, "show");
    const names = namesOf(paths);
    const runs: PageRun[] = [];
    for (const [i, path] of paths.entries()) {
      const report = parseRun(`Cannot show ${path}`, await readRunText(path, signal));
      runs.push(...runsOnPage(names[i]!, report));
    }
    await writeOutput(output, await pageOf(runs));
    return EXIT.ok;
  },
});

/** File names, as long as they tell the runs apart; else whole paths, counted when they repeat. */
function namesOf(paths: readonly string[]): string[] {
  const short = paths.map((path) => path.replace(/^.*[\\/]/, "").replace(/\.json$/i, ""));
  if (new Set(short).size === paths.length) return short;
  return paths.map((path, i) => paths.indexOf(path) === i ? path : `${path} (${i + 1})`);
}
