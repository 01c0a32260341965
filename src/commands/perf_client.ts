/**
 * `trtis perf_client`, also `perf_analyzer`: how many requests a server answers, and how fast.
 *
 * @module
 */
import { connectProtocol, type ProtocolDescription } from "../client/connect.ts";
import { defineCommand, EXIT } from "../command/command.ts";
import type { CommandContext } from "../command/context.ts";
import { startLoadWorker } from "../perf/load/worker_thread.ts";
import { measure } from "../perf/measure.ts";
import { csvReport } from "../perf/report/csv.ts";
import { jsonReport } from "../perf/report/json.ts";
import { LOAD_CONNECTIONS, type PerfResult, type PerfSettings } from "../perf/types.ts";
import { describeServer } from "./connection.ts";
import { fileError } from "./file_error.ts";
import { perfFlags, type PerfOptions } from "./perf/flags.ts";
import { observerOf, Reporter } from "./perf/reporter.ts";
import { readSettings } from "./perf/settings.ts";

/** The command. */
export const command = defineCommand({
  name: "perf_client",
  aliases: ["perf_analyzer"],
  summary: "measure throughput and latency of a model",
  group: "measure",
  examples: [
    {
      text: "Four requests at a time over gRPC",
      command: "trtis perf_client -m simple -i grpc -t 4",
    },
    {
      text: "One level after the other until the 95th percentile reaches 20 ms",
      command: "trtis perf_client -m simple -d -l 20 -c 64 --percentile 95 -f levels.csv",
    },
    {
      text: "The same with perf_analyzer's names, all figures as JSON",
      command: "trtis perf_analyzer -m simple --concurrency-range 1:16:5 --json report.json",
    },
  ],
  flags: perfFlags,
  notes: [
    "A level is measured in passes until three of them agree; -p is the window of each. The first Ctrl-C " +
    "ends the measurement and reports what there is, the second one quits.",
    "The exit code is 3 when a level was not stable, and 1 when one had too many failed requests or none " +
    "that could be measured.",
  ],
  async run(options, _positionals, context) {
    const settings = await readSettings(options, isDirectory);
    const server = await describeServer(options);
    const files = [options.csv, options.json].filter((path) => path !== undefined);
    for (const path of files) await write(path, "", true);
    if (options.async) {
      context.terminal.err(
        "warning: --async (-a) and --sync have no effect: requests never wait for one another\n",
      );
    }
    const reporter = new Reporter(context.terminal, options);
    let result: PerfResult;
    try {
      result = await run(settings, server, reporter, context);
    } catch (error) {
      reporter.failed();
      throw error;
    }
    reporter.finished(result);
    await writeReports(options, result);
    return exitCode(result);
  },
});

async function run(
  settings: PerfSettings,
  description: ProtocolDescription,
  reporter: Reporter,
  { clock, signal, terminal, version = "" }: CommandContext,
): Promise<PerfResult> {
  const protocol = await connectProtocol(description);
  try {
    // The server need not be asked again which protocol it speaks.
    const connection = { ...description, api: protocol.api, connections: LOAD_CONNECTIONS };
    return await measure(settings, {
      protocol,
      connect: () => connectProtocol(connection),
      workers: { start: startLoadWorker, connection },
      clock,
      signal,
      observer: observerOf(reporter, terminal.errIsTerminal),
      toolVersion: version,
      startedAt: new Date(),
    });
  } finally {
    protocol.close();
  }
}

async function writeReports({ csv, json }: PerfOptions, result: PerfResult): Promise<void> {
  if (csv !== undefined) await write(csv, csvReport(result));
  if (json !== undefined) await write(json, jsonReport(result));
}

/** Appending nothing finds out before the measurement whether the file can be written. */
async function write(path: string, text: string, append = false): Promise<void> {
  try {
    await Deno.writeTextFile(path, text, { append });
  } catch (error) {
    throw fileError(error, `Cannot write the report ${path}`);
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    throw fileError(error, `Cannot read the input data ${path}`);
  }
}

function exitCode({ aborted, levels }: PerfResult): number {
  if (aborted) return EXIT.interrupted;
  const failed = levels.some(({ outcome, reported }) =>
    outcome === "errors" || reported.latency === undefined
  );
  if (failed) return EXIT.failed;
  return levels.some(({ outcome }) => outcome === "unstable") ? EXIT.unstable : EXIT.ok;
}
