/**
 * `trtis merge`: the results of many tasks as those of one.
 *
 * @module
 */
import { defineCommand } from "../cli/command.ts";
import { usageError } from "../cli/usage.ts";
import { type FileKind, kindOf } from "./merge/kind.ts";
import { checkOutput } from "./shared/check_output.ts";
import { notStandardOutput } from "./shared/not_standard_output.ts";

/** The command. */
export const command = defineCommand({
  name: "merge",
  summary: "put the results of many tasks together, as if one had done it all",
  group: "machines",
  examples: [
    {
      text: "The reports of a load from many machines",
      command: "trtis merge part-*.json -o all.json",
    },
    {
      text: "Every single request of theirs",
      command: "trtis merge part-*.jsonl -o all.jsonl",
    },
    {
      text: "The pictures of an array job, with their accuracy",
      command: "trtis merge part-*.csv -o all.csv",
    },
  ],
  positionals: [{
    name: "FILE",
    help:
      "what tasks with --shard wrote: --json, --records or --hdr of perf_client, -o or --confusion of " +
      "image_client",
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
      help: "the merged file, of the same kind as the others",
    },
    partial: {
      kind: "boolean",
      long: "partial",
      help: "merge what is there when shards are missing; they are named",
    },
    confusion: {
      kind: "string",
      long: "confusion",
      value: "FILE.csv",
      path: "file",
      help: "write the confusion matrix of all pictures",
    },
  },
  notes: [
    "Percentiles come from the histograms of all tasks, rates are added, and the server's figures are taken once. " +
    "A merged file can be merged again. When a shard is missing or comes twice, or when tasks had other settings, " +
    "nothing is written and the exit code is 1.",
    "Exit code 4: a --threshold of the tasks is broken by what they did together.",
  ],
  async run(options, files, context) {
    const paths = [...files];
    notStandardOutput({ "--output (-o)": options.output, "--confusion": options.confusion });
    await checkOutput(options.output, paths, "merge");
    const kinds: FileKind[] = [];
    for (const path of paths) kinds.push(await kindOf(path));
    const [kind] = kinds;
    const other = kinds.findIndex((one) => one !== kind);
    if (other >= 0) {
      throw usageError(`Cannot merge ${paths[0]} and ${paths[other]}: they are of different kinds`);
    }
    if (options.confusion !== undefined && kind !== "pictures") {
      throw usageError("--confusion is made of the pictures that image_client wrote with -o");
    }
    const job = { ...options, paths };
    if (kind === "reports") {
      return await (await import("./merge/reports.ts")).mergeReports(job, context);
    }
    if (kind === "matrices") {
      return await (await import("./merge/matrices.ts")).mergeMatrices(job, context);
    }
    if (kind === "records") {
      return await (await import("./merge/records.ts")).mergeRecords(job, context);
    }
    if (kind === "histograms") {
      return await (await import("./merge/hdr.ts")).mergeHdr(job, context);
    }
    return await (await import("./merge/pictures.ts")).mergePictures(job, context);
  },
});
