/**
 * A measurement, once or several times.
 *
 * @module
 */
import type { CommandContext, Terminal } from "../../cli/context.ts";
import type { LoadInput } from "../../perf/input_data/given.ts";
import { combineRuns } from "../../perf/repeat/combine.ts";
import type { PerfResult } from "../../perf/types.ts";
import { announced, type Begin } from "../start/plan.ts";
import type { Display } from "./display.ts";
import type { PerfOptions } from "./flags.ts";
import { Connection, type Measurement } from "./measurement.ts";
import { filesOfRun, hasOutputs } from "./output_options.ts";
import type { Outputs } from "./outputs.ts";
import { observerOf, type Reporter } from "./reporter.ts";

/** What runs need. */
export interface RunContext extends CommandContext {
  readonly options: PerfOptions;
  readonly reporter: Reporter;
  readonly display: Display;
  readonly input?: LoadInput;
  readonly begin?: Begin;
}

/** What came of them. */
export interface Runs {
  readonly result: PerfResult;
  /** Why there are fewer than were asked for. */
  readonly failure?: unknown;
}

/**
 * Measures as often as the options say.
 *
 * @throws {InferenceError} when the first run can't be set up
 */
export async function measureRuns(measurement: Measurement, context: RunContext): Promise<Runs> {
  const { options, signal, reporter } = context;
  // Files of requests are there before anything is asked of the server.
  const first = await openOutputs(measurement, context, 1);
  const stopping = () => reporter.stopping();
  const results: PerfResult[] = [];
  let failure: unknown;
  let connection: Connection | undefined;
  try {
    connection = await opened(measurement, context, first);
    signal.addEventListener("abort", stopping, { once: true });
    const calibration = options.calibrate ? await connection.calibrate(signal) : undefined;
    for (let run = 1; run <= options.repeat && (run === 1 || !signal.aborted); run++) {
      const outputs = run === 1 ? first : await openOutputs(measurement, context, run);
      const result = await oneRun(connection, run, { ...context, outputs });
      results.push({ ...result, calibration });
    }
  } catch (error) {
    if (results.length === 0) throw error;
    // What the runs before have found is not lost.
    failure = error;
  } finally {
    signal.removeEventListener("abort", stopping);
    connection?.close();
  }
  return { result: options.repeat === 1 ? results[0]! : combineRuns(results), failure };
}

async function opened(
  measurement: Measurement,
  { signal, terminal }: RunContext,
  outputs: Outputs | undefined,
): Promise<Connection> {
  try {
    return await Connection.open(measurement, {
      signal,
      warn: (text) => terminal.err(`warning: ${text}\n`),
    });
  } catch (error) {
    await outputs?.close().catch(() => {});
    throw error;
  }
}

async function oneRun(
  connection: Connection,
  run: number,
  context: RunContext & { readonly outputs: Outputs | undefined },
): Promise<PerfResult> {
  const { options, outputs, reporter, display, clock, signal, begin, terminal } = context;
  if (options.repeat > 1) reporter.part(`Run ${run} of ${options.repeat}`);
  const observer = observerOf(reporter, display.isShown);
  let measured: PerfResult;
  try {
    measured = await connection.measure({
      input: context.input,
      begin: begin && run === 1 ? () => announced(begin, context) : undefined,
      observer: outputs?.observer(observer) ?? observer,
      tap: display.tap(outputs?.tap),
      // Every run opens shared memory of its own.
      memoryOpened: run === options.repeat ? context.giveUpPermissions : undefined,
      toolVersion: context.version ?? "",
      ...{ clock, signal },
    });
  } catch (error) {
    display.clear();
    await outputs?.close().catch(() => {});
    throw error;
  }
  display.clear();
  return await closed(measured, outputs, terminal);
}

async function openOutputs(
  { settings, server }: Measurement,
  { options, clock }: RunContext,
  run: number,
): Promise<Outputs | undefined> {
  const own = filesOfRun(options, run);
  if (!hasOutputs(own)) return undefined;
  return await (await import("./outputs.ts")).Outputs.open(own, {
    clock,
    mode: settings.schedule === undefined ? "concurrency" : "request_rate",
    endpoint: server.url,
    settings,
  });
}

async function closed(
  result: PerfResult,
  outputs: Outputs | undefined,
  terminal: Terminal,
): Promise<PerfResult> {
  if (outputs === undefined) return result;
  for (const warning of await outputs.close()) terminal.err(`warning: ${warning}\n`);
  await outputs.note();
  return outputs.completed(result);
}
