/**
 * `trtis perf_client`, also `perf_analyzer`: how many requests a server answers, and how fast.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { Protocol, TraceSettings } from "../protocol/types.ts";
import { connectProtocol, type ProtocolDescription } from "../client/connect.ts";
import { usageError } from "../cli/usage.ts";
import { defineCommand } from "../cli/command.ts";
import type { CommandContext, Terminal } from "../cli/context.ts";
import { connectFleet } from "../perf/load/connect_fleet.ts";
import { startLoadWorker } from "../perf/load/worker_thread.ts";
import type { LoadInput } from "../perf/input_data/given.ts";
import { composingReports, csvReport } from "../perf/report/csv.ts";
import { jsonReport } from "../perf/report/json.ts";
import { LOAD_CONNECTIONS, type PerfResult, type PerfSettings } from "../perf/types.ts";
import { formatAddress } from "../base/address.ts";
import { parseProxy } from "../base/proxy.ts";
import { describeServer, type ServerDescription } from "./shared/connection.ts";
import { fileError } from "../base/file_error.ts";
import { isStandardInput } from "../base/read_file.ts";
import { checkOutputFile, writeOutput } from "../base/write_file.ts";
import { perfFlags, type PerfOptions } from "./perf/flags.ts";
import { Display } from "./perf/display.ts";
import { observerOf, Reporter } from "./perf/reporter.ts";
import { commandLine } from "./perf/command_line.ts";
import { checkOutputs, hasOutputs } from "./perf/output_options.ts";
import type { Outputs } from "./perf/outputs.ts";
import { announced, type Begin, readStart } from "./start/plan.ts";
import { modelHint } from "./shared/open_model.ts";
import { readTrace, withTrace } from "./perf/trace.ts";
import { readWire } from "./perf/wire_flags.ts";
import { verdictOf } from "./perf/verdict.ts";
import { openFleet } from "./perf/fleet.ts";
import { hasPictures } from "./perf/picture_options.ts";
import { metricsOpener } from "./perf/metrics_settings.ts";
import { readInsecure, readSettings } from "./perf/settings.ts";

/** What stands for standard output where a file is asked for. */
const STANDARD_OUTPUT = "-";

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
    const alone = await readSettings(options, isDirectory);
    const begin = readStart(options, alone.shard);
    const mixed = options.mix === undefined ? alone : await readMix(alone, options);
    const insecure = readInsecure(options);
    const url = mixed.addresses?.join(",") ?? options.url;
    const described = await describeServer({ ...options, url, insecure });
    const server = { ...described, ...readWire(options, described.wire ?? "http") };
    const settings = spread(mixed, server);
    checkShared(settings, options);
    const trace = readTrace(options);
    checkOutputs(options);
    const { csv, json, html, junit, hdr, records, profileExport } = options;
    const files = [csv, json, html, junit, hdr, records, profileExport]
      .filter((path) => path !== undefined);
    if (files.filter((path) => path === STANDARD_OUTPUT).length > 1) {
      throw usageError("Standard output takes one report: give the others a file");
    }
    for (const path of files) {
      if (path !== STANDARD_OUTPUT) await checkOutputFile(path, reportName(path));
    }
    if (server.proxy !== undefined) {
      const proxy = formatAddress(parseProxy(server.proxy));
      context.terminal.err(
        `warning: the requests go through the proxy at ${proxy}, and its time is in the figures; ` +
          "--no-proxy '*' goes without it\n",
      );
    }
    if (options.async) {
      context.terminal.err(
        "warning: --async (-a) and --sync have no effect: requests never wait for each other\n",
      );
    }
    // The text gives way to a report on standard output.
    const terminal = files.includes(STANDARD_OUTPUT)
      ? { ...context.terminal, out: context.terminal.err }
      : context.terminal;
    const display = new Display(terminal, context.clock, options.progress);
    const reporter = new Reporter(terminal, display, options);
    const outputs = hasOutputs(options)
      ? await (await import("./perf/outputs.ts")).Outputs.open(options, {
        clock: context.clock,
        mode: settings.schedule === undefined ? "concurrency" : "request_rate",
        endpoint: server.url,
        settings,
      })
      : undefined;
    let result: PerfResult;
    try {
      result = await run(settings, server, reporter, {
        ...context,
        input: await inputOf(options, reporter, { ...context, isShown: display.isShown }),
        ...{ display, outputs, trace, begin, calibrates: options.calibrate },
      });
    } catch (error) {
      reporter.failed();
      await outputs?.close().catch(() => {});
      throw error;
    }
    reporter.finished(result);
    for (const warning of await outputs?.close() ?? []) {
      context.terminal.err(`warning: ${warning}\n`);
    }
    await outputs?.note();
    const command = commandLine("perf_client", perfFlags, options);
    result = { ...outputs?.completed(result) ?? result, command };
    await writeReports(options, result, context.terminal);
    const { code, lines } = verdictOf(result, options);
    for (const line of lines) context.terminal.err(`error: ${line}\n`);
    return code;
  },
});

/** @throws {InferenceError} USAGE for memory that several servers or models would have to share */
function checkShared({ sharedMemory, addresses }: PerfSettings, { mix }: PerfOptions): void {
  if (sharedMemory === undefined || mix === undefined && (addresses?.length ?? 1) === 1) return;
  throw usageError(
    "--shared-memory system is for one server and one model: leave out --mix, and " +
      "give -u one address",
  );
}

async function run(
  settings: PerfSettings,
  description: ServerDescription,
  reporter: Reporter,
  context: CommandContext & {
    input?: LoadInput;
    display: Display;
    outputs?: Outputs;
    trace?: TraceSettings;
    begin?: Begin;
    calibrates?: boolean;
  },
): Promise<PerfResult> {
  const { clock, signal, terminal, version = "", giveUpPermissions } = context;
  const { input, display, outputs, trace, begin } = context;
  const observer = observerOf(reporter, display.isShown);
  const { urls } = description;
  // With what only a measurement needs: help and completions start without it.
  const { measure } = await import("../perf/measure.ts");
  const fleet = urls && await openFleet(description, urls, {
    signal,
    warn: (text) => terminal.err(`warning: ${text}\n`),
  });
  const protocol = fleet?.first ?? await connectProtocol(description, { signal });
  const stopping = () => reporter.stopping();
  signal.addEventListener("abort", stopping, { once: true });
  try {
    // The server need not be asked again which protocol it speaks.
    const connection = {
      ...description,
      ...await tensorFormats(protocol, description, signal),
      api: protocol.api,
      connections: LOAD_CONNECTIONS,
    };
    const query = { signal, timeoutMs: description.connectTimeoutMs };
    const measuring = () =>
      measure(settings, {
        protocol,
        fleet: fleet?.protocols,
        connect: () => connectFleet(connection),
        workers: { start: startLoadWorker, connection },
        input,
        openMetrics: metricsOpener(urls ?? [description.url], description),
        clock,
        signal,
        begin: begin && (() => announced(begin, context)),
        observer: outputs?.observer(observer) ?? observer,
        tap: display.tap(outputs?.tap),
        setUpTimeoutMs: description.connectTimeoutMs,
        toolVersion: version,
        startedAt: new Date(),
        memoryOpened: giveUpPermissions,
      });
    const { modelName } = settings;
    const calibration = context.calibrates
      ? await (await import("./perf/calibrate.ts")).calibrate(settings, protocol, signal)
      : undefined;
    const traced = withTrace(protocol, modelName, trace, query, measuring);
    return { ...await named(protocol, modelName, traced), calibration };
  } finally {
    signal.removeEventListener("abort", stopping);
    (fleet ?? protocol).close();
  }
}

/** The models of a mix; nothing of it is loaded otherwise. */
async function readMix(settings: PerfSettings, options: PerfOptions): Promise<PerfSettings> {
  const { withMix } = await import("./perf/mix_settings.ts");
  return await withMix(settings, options, isDirectory);
}

/** The settings with the servers, where there are several. */
function spread(settings: PerfSettings, { urls, balance }: ServerDescription): PerfSettings {
  if (urls === undefined) return { ...settings, addresses: undefined };
  const alone = settings.sharedMemory !== undefined
    ? "shared memory"
    : settings.profile
    ? "--profile (-n)"
    : undefined;
  if (alone !== undefined) throw usageError(`${alone} is for one server: give one address`);
  return { ...settings, addresses: urls, balance };
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
  return pictureLoader({ options, terminal, signal, onProgress });
}

/** Told to every connection of the load, which asks no questions of its own. */
async function tensorFormats(
  protocol: Protocol,
  { connectTimeoutMs: timeoutMs }: ProtocolDescription,
  signal: AbortSignal,
): Promise<Pick<ProtocolDescription, "inputTensorFormat" | "outputTensorFormat">> {
  const formats = await protocol.tensorFormats?.({ signal, timeoutMs });
  return { inputTensorFormat: formats?.input, outputTensorFormat: formats?.output };
}

/** A measurement of a model that isn't there says which ones are. */
async function named<T>(protocol: Protocol, modelName: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    const names = async () => (await protocol.status()).models.map(({ name }) => name);
    const hint = await modelHint(error, modelName, () => names().catch(() => []));
    throw new InferenceError(error.code, error.message, { ...error, ...hint, cause: error });
  }
}

async function writeReports(
  { csv, json, html, junit, verboseCsv }: PerfOptions,
  result: PerfResult,
  terminal: Terminal,
): Promise<void> {
  const write = async (path: string | undefined, report: (result: PerfResult) => string) => {
    if (path === undefined) return;
    if (path === STANDARD_OUTPUT) terminal.out(report(result));
    else await writeOutput(path, report(result), reportName(path));
  };
  await write(csv, (result) => csvReport(result, verboseCsv));
  if (csv !== undefined && csv !== STANDARD_OUTPUT) {
    for (const [model, text] of composingReports(result)) {
      const path = besideFile(csv, model);
      await writeOutput(path, text, reportName(path));
    }
  }
  await write(json, jsonReport);
  if (html !== undefined) {
    const { pageOf } = await import("./report/page_of.ts");
    const page = await pageOf([{ name: "this run", report: result }]);
    await write(html, () => page);
  }
  if (junit !== undefined) {
    const { junitReport } = await import("../perf/report/junit.ts");
    await write(junit, (result) => junitReport(result, result.thresholds));
  }
}

/** What messages call a report. */
const reportName = (path: string) => `the report ${path}`;

/** `levels.csv` -> `resnet50.levels.csv`, as perf_analyzer names them. */
function besideFile(path: string, model: string): string {
  const [, folder, name] = /^(.*[\\/])?([^\\/]*)$/s.exec(path)!;
  return `${folder ?? ""}${model.replace(/[^A-Za-z0-9._-]/g, "_")}.${name}`;
}

async function isDirectory(path: string): Promise<boolean> {
  if (isStandardInput(path)) return false;
  try {
    return (await Deno.stat(path)).isDirectory;
  } catch (error) {
    throw fileError(error, `Cannot read the input data ${path}`);
  }
}
