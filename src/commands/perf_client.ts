/**
 * `trtis perf_client`, also `perf_analyzer`: how many requests a server answers, and how fast.
 *
 * @module
 */
import { formatAddress } from "../base/address.ts";
import { parseProxy } from "../base/proxy.ts";
import { defineCommand } from "../cli/command.ts";
import type { CommandContext } from "../cli/context.ts";
import type { LoadInput } from "../perf/input_data/given.ts";
import { readStart } from "./start/plan.ts";
import { commandLine } from "./perf/command_line.ts";
import { Display } from "./perf/display.ts";
import { perfFlags, type PerfOptions } from "./perf/flags.ts";
import { type Measurement, readMeasurement } from "./perf/measurement.ts";
import { checkOutputs } from "./perf/output_options.ts";
import { hasPictures } from "./perf/picture_options.ts";
import { Reporter } from "./perf/reporter.ts";
import { checkReports, writeReports } from "./perf/reports.ts";
import { checkInputs, checkTogether } from "./perf/together.ts";
import { verdictOf } from "./perf/verdict.ts";

/** The command. */
export const command = defineCommand({
  name: "perf_client",
  aliases: ["perf_analyzer"],
  summary: "measure throughput and latency of a model",
  group: "measure",
  examples: [
    {
      text: "Four requests in flight, over gRPC",
      command: "trtis perf_client -m simple -i grpc -t 4",
    },
    {
      text: "One level after another, until the 95th percentile reaches 20 ms",
      command: "trtis perf_client -m simple -d -l 20 -c 64 --percentile 95 -f levels.csv",
    },
    {
      text: "The highest rate, as users come, with 99 of 100 answers within 50 ms",
      command:
        "trtis perf_client -m simple --find-max rate --request-distribution poisson --threshold 'p99<50ms'",
    },
    {
      text: "Two servers in turn, five times; fail if the second is slower",
      command: "trtis perf_client -m resnet50 -u a:8000 --versus '-u b:8000' --repeat 5 " +
        "--threshold 'throughput>-3%'",
    },
    {
      text: "Photos as load, and whether the answers are right",
      command:
        "trtis perf_client -m resnet50 --input-images photos --recursive --preset torchvision --truth folders",
    },
    {
      text: "The same with perf_analyzer's option names, all figures as JSON",
      command: "trtis perf_analyzer -m simple --concurrency-range 1:16:5 --json report.json",
    },
  ],
  flags: perfFlags,
  notes: [
    "A level is measured in passes until three in a row agree; -p sets the window of each pass. The first Ctrl-C " +
    "stops the measurement and reports what it has, the second quits.",
    "The exit code is 1 if --find-max found nothing, if requests failed (--max-error-rate allows some), if the latency is above -l, or if there " +
    "was no request to measure; 3 if a level was not stable or -r allows fewer than 3 passes (--unstable-ok: 0); " +
    "4 if a --threshold was broken or could not be judged, or the run of a --scenario is INVALID.",
  ],
  async run(options, _positionals, context) {
    checkTogether(options);
    const { versus } = options;
    const second = versus === undefined
      ? undefined
      : await (await import("./perf/versus_plan.ts")).readSecond(options, versus);
    // The limits of a comparison are about changes.
    const own = second === undefined ? options : { ...options, thresholds: [] };
    const measurement = await readMeasurement(own);
    const { settings } = measurement;
    const begin = readStart(options, settings.shard);
    checkInputs(options, settings);
    checkOutputs(options);
    const toReport = await checkReports(options);
    tell(measurement, options, context);
    // The text gives way to a report on standard output.
    const terminal = toReport
      ? { ...context.terminal, out: context.terminal.err }
      : context.terminal;
    const times = options.repeat * (second === undefined ? 1 : 2);
    const display = new Display(terminal, context.clock, options.progress, times);
    const reporter = new Reporter(terminal, display, options);
    const parts = { ...context, options, reporter, display, begin };
    const inputFor = (options: PerfOptions) =>
      inputOf(options, reporter, { ...context, isShown: display.isShown });
    if (second !== undefined) {
      const { runVersus } = await import("./perf/versus.ts");
      const command = commandLine("perf_client", perfFlags, { ...own, versus: undefined });
      const input = await inputFor(options);
      const base = { measurement, options, input, command };
      const sides = [base, { ...second.side, input: await inputFor(second.side.options) }] as const;
      return await runVersus({ ...second, sides }, parts);
    }
    const { measureRuns } = await import("./perf/runs.ts");
    const input = await inputFor(options);
    const { result: measured, failure } = await measureRuns(measurement, { ...parts, input })
      .catch((error) => {
        reporter.failed();
        throw error;
      });
    if (options.repeat > 1) reporter.combined(measured);
    reporter.finished(measured);
    const command = commandLine("perf_client", perfFlags, options);
    const result = { ...measured, command };
    await writeReports(options, result, context.terminal);
    const { code, lines } = verdictOf(result, options);
    for (const line of lines) context.terminal.err(`error: ${line}\n`);
    if (failure !== undefined) throw failure;
    return code;
  },
});

/** What the user should know before anything is measured. */
function tell(
  { server: { proxy } }: Measurement,
  { async: isAsync }: PerfOptions,
  { terminal }: CommandContext,
): void {
  if (proxy !== undefined) {
    terminal.err(
      `warning: the requests go through the proxy at ${
        formatAddress(parseProxy(proxy))
      }, and its ` +
        "time is in the figures; --no-proxy '*' goes without it\n",
    );
  }
  if (isAsync) {
    terminal.err(
      "warning: --async (-a) and --sync have no effect: requests never wait for each other\n",
    );
  }
}

/** Pictures, when they are the load; nothing of them is loaded otherwise. */
async function inputOf(
  options: PerfOptions,
  reporter: Reporter,
  { terminal, signal, isShown }: CommandContext & { readonly isShown: boolean },
): Promise<LoadInput | undefined> {
  if (!hasPictures(options)) return undefined;
  const { pictureLoader } = await import("./perf/pictures.ts");
  const onProgress = isShown ? (count: number) => reporter.picturesDecoded(count) : undefined;
  const load = pictureLoader({ options, terminal, signal, onProgress });
  // Several runs send the same pictures.
  let made: ReturnType<LoadInput> | undefined;
  return (model, api) => made ??= load(model, api);
}
