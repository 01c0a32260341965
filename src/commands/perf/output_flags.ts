/**
 * The flags of what a measurement leaves behind, beside the text.
 *
 * @module
 */
import type { FlagTable } from "../../cli/flag.ts";

const section = "Report";

/** Files of figures and of single requests. */
export const outputFlags = {
  timeline: {
    kind: "boolean",
    section,
    long: "timeline",
    help: "add a series to the JSON: rate, latency, errors and requests in flight every second",
  },
  records: {
    kind: "string",
    section,
    long: "records",
    value: "FILE",
    path: "file",
    help: "write a line for every request; the file's name ends in .jsonl or .csv",
  },
  recordsEvery: {
    kind: "integer",
    section,
    long: "records-every",
    value: "N",
    default: 1,
    min: 1,
    help: "write every Nth request only",
  },
  hdr: {
    kind: "string",
    section,
    long: "hdr",
    value: "FILE",
    path: "file",
    help:
      "write the latencies as an HdrHistogram log, with its percentiles in .hgrm files beside it",
  },
  html: {
    kind: "string",
    section,
    long: "html",
    value: "FILE",
    path: "file",
    help: "write the figures as a page with plots, one file that needs no network; " +
      "collects the series of --timeline, too",
  },
  junit: {
    kind: "string",
    section,
    long: "junit",
    value: "FILE",
    path: "file",
    help: "write levels and thresholds as JUnit XML, for CI; - is standard output",
  },
  profileExport: {
    kind: "string",
    section,
    long: "profile-export-file",
    value: "FILE",
    path: "file",
    help: "write the time stamps of every measured request as perf_analyzer's JSON does",
  },
  verboseCsv: {
    kind: "boolean",
    section,
    long: "verbose-csv",
    help:
      "add perf_analyzer's further columns to the CSV: average, request/response, response wait",
  },
} as const satisfies FlagTable;
