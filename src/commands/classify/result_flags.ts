/**
 * The flags that say what becomes of the results.
 *
 * @module
 */
import type { FlagTable, OptionsOf } from "../../cli/flag.ts";

const section = "Results";

/** Output, truth and what is made of them. */
export const resultFlags = {
  output: {
    kind: "string",
    section,
    long: "output",
    short: "o",
    value: "FILE.csv|.jsonl",
    path: "file",
    help: "write a row for each image to this file, instead of the text",
  },
  resume: {
    kind: "boolean",
    section,
    long: "resume",
    help: "go on where the file of -o ends, after whatever ended the run before",
  },
  labels: {
    kind: "string",
    section,
    long: "labels",
    value: "FILE",
    path: "file",
    help: "labels, one a line, in place of the server's",
  },
  softmax: {
    kind: "boolean",
    section,
    long: "softmax",
    help: "turn the model's values into probabilities",
  },
  truth: {
    kind: "string",
    section,
    long: "truth",
    value: "folders|FILE.csv",
    path: "file",
    help: "what the images are: the name of their folder, label or class number, or a file's",
  },
  confusion: {
    kind: "string",
    section,
    long: "confusion",
    value: "FILE.csv",
    path: "file",
    help: "write the confusion matrix (with --truth)",
  },
  gallery: {
    kind: "string",
    section,
    long: "gallery",
    value: "PAGE.html",
    path: "file",
    help: "write a page with thumbnails, predictions, mistakes first, and the confusion matrix",
  },
  failIf: {
    kind: "list",
    section,
    long: "fail-if",
    value: "CONDITION",
    help: "exit with 4 if it holds, as 'top1<75%', 'top5<0.9' or 'failed>0' do",
  },
} as const satisfies FlagTable;

/** Their options. */
export type ResultOptions = OptionsOf<typeof resultFlags>;
