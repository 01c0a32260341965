/**
 * The second side of `--versus`, read before anything is sent.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { readChangeLimits } from "../../perf/compare/thresholds.ts";
import { commandLine } from "./command_line.ts";
import { perfFlags, type PerfOptions } from "./flags.ts";
import { readMeasurement } from "./measurement.ts";
import { checkInputs } from "./together.ts";
import type { SideOptions, VersusPlan } from "./versus.ts";
import { readVersus } from "./versus_options.ts";

/** What a comparison needs beside the first side. */
export interface Second extends Pick<VersusPlan, "limits" | "names"> {
  readonly side: SideOptions;
}

/**
 * Reads it.
 *
 * @param text the value of `--versus`
 * @throws {InferenceError} USAGE or FILE, as for the first side
 */
export async function readSecond(options: PerfOptions, text: string): Promise<Second> {
  const limits = readChangeLimits(options.thresholds);
  const versus = readVersus(options, text);
  const own: PerfOptions = { ...versus.options, thresholds: [], versus: undefined };
  try {
    const measurement = await readMeasurement(own);
    checkInputs(versus.options, measurement.settings);
    const command = commandLine("perf_client", perfFlags, own);
    const first = { ...options, thresholds: [], versus: undefined };
    return {
      limits,
      side: { measurement, options: own, command },
      names: {
        base: commandLine("perf_client", perfFlags, first),
        new: versus.text === "" ? "the same" : `the same with ${versus.text}`,
      },
    };
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    throw new InferenceError(error.code, `With the options of --versus: ${error.message}`, {
      ...error,
      cause: error,
    });
  }
}
