/**
 * The flags of perf_client for the server's own metrics: perf_analyzer's, and which families.
 *
 * @module
 */
import type { FlagTable } from "../../cli/flag.ts";

const section = "Server metrics";

/** Whether, where and how often. */
export const metricsFlags = {
  collectMetrics: {
    kind: "boolean",
    section,
    long: "collect-metrics",
    help: "look at the server's Prometheus metrics during the passes",
  },
  metricsUrl: {
    kind: "string",
    section,
    long: "metrics-url",
    value: "URL",
    help: "where they are, as localhost:8002/metrics; several with commas between them",
    defaultHelp: "port 8002 of each server",
  },
  metricsInterval: {
    kind: "number",
    section,
    long: "metrics-interval",
    value: "MSEC",
    min: 1,
    help: "time between two looks",
    defaultHelp: "1000",
  },
  metricsFamily: {
    kind: "list",
    section,
    long: "metrics-family",
    value: "NAME",
    help: "metric to report beside those of processors, memory, power and waiting requests",
  },
} as const satisfies FlagTable;
