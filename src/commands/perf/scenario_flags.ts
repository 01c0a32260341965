/**
 * The flags of perf_client for the scenarios of MLPerf's LoadGen.
 *
 * @module
 */
import type { FlagTable } from "../../cli/flag.ts";

const section = "MLPerf scenarios";

/** Which one, and its random choices. */
export const scenarioFlags = {
  scenario: {
    kind: "choice",
    section,
    long: "scenario",
    choices: ["single-stream", "multi-stream", "server", "offline"],
    help:
      "run a scenario by the rules of MLPerf's LoadGen; --duration and --request-count set its " +
      "least length (10m) and number of queries, --request-rate the target queries a second of " +
      "server and offline, -l the latency limit of server",
  },
  scheduleSeed: {
    kind: "integer",
    section,
    long: "schedule-seed",
    value: "N",
    min: 0,
    help: "seed of the arrivals of --scenario server",
    defaultHelp: "that of --random-seed",
  },
  sampleSeed: {
    kind: "integer",
    section,
    long: "sample-seed",
    value: "N",
    min: 0,
    help: "seed of the choice of samples in a --scenario",
    defaultHelp: "that of --random-seed, plus 1",
  },
} as const satisfies FlagTable;
