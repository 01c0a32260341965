/**
 * The flags of perf_client that search for the highest load.
 *
 * @module
 */
import type { FlagTable } from "../../cli/flag.ts";

const section = "Highest load";

/** What is searched, and how closely. */
export const searchFlags = {
  findMax: {
    kind: "choice",
    section,
    long: "find-max",
    choices: ["rate", "concurrency"],
    help: "find the highest rate, or number of requests in flight, that keeps every --threshold",
  },
  from: {
    kind: "number",
    section,
    long: "from",
    value: "A",
    help: "the lowest load of --find-max",
    defaultHelp: "1 in flight; a rate by a look at the server",
  },
  to: {
    kind: "number",
    section,
    long: "to",
    value: "B",
    help: "the highest load of --find-max",
    defaultHelp: "1024 in flight; no limit of rates",
  },
  precision: {
    kind: "string",
    section,
    long: "precision",
    value: "PERCENT",
    default: "2%",
    help: "how closely --find-max searches",
  },
  confirm: {
    kind: "string",
    section,
    long: "confirm",
    value: "TIME",
    default: "30s",
    help: "the length of a run that confirms what --find-max found; 0 leaves it out",
  },
  searchTime: {
    kind: "string",
    section,
    long: "search-time",
    value: "TIME",
    default: "175s",
    help: "the time of --find-max with its confirming runs; only a first answer may take longer",
  },
  binarySearch: {
    kind: "boolean",
    section,
    long: "binary-search",
    help:
      "search START:END:STEP of --concurrency-range or --request-rate for the highest load within " +
      "-l; STEP is how closely",
  },
} as const satisfies FlagTable;
