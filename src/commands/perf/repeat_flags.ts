/**
 * The flags of perf_client that measure several times, or two things in turn.
 *
 * @module
 */
import type { FlagTable } from "../../cli/flag.ts";

const section = "Repeat and compare";

/** How often, and against what. */
export const repeatFlags = {
  repeat: {
    kind: "integer",
    section,
    long: "repeat",
    value: "N",
    default: 1,
    min: 1,
    max: 1000,
    help: "do the whole measurement N times: all figures are those of all runs together, with " +
      "intervals that have in them what changes from run to run",
  },
  versus: {
    kind: "string",
    section,
    long: "versus",
    value: "OPTIONS",
    words: true,
    help: "measure a second side in turn with this one, pass by pass, and compare them: the same " +
      "but for these options, such as '-m other -u host:port -b 8'; --threshold then limits " +
      "changes, such as throughput>-3%",
  },
  markdown: {
    kind: "string",
    section,
    long: "markdown",
    value: "FILE",
    path: "file",
    help: "with --versus, write its tables for a pull request; - is standard output",
  },
} as const satisfies FlagTable;
