/**
 * What ends the program early: Ctrl-C and its like, and a reader that goes away.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { EXIT } from "../command/command.ts";

/** The parts of the system that signals need. */
export interface SignalPlatform {
  readonly os: typeof Deno.build.os;
  addSignalListener(signal: Deno.Signal, handler: () => void): void;
  removeSignalListener(signal: Deno.Signal, handler: () => void): void;
  /** Ends the program at once. */
  exit(code: number): void;
}

/** Why the program is to stop. */
export interface Interruption {
  /** Aborts on the first signal, or when the output is closed. */
  readonly signal: AbortSignal;
  /** To be called when nobody reads standard output any more. */
  outputClosed(): void;
  /** Gives the signals back to the system. */
  dispose(): void;
}

/** The reason of an abort by a closed output; tells it from a signal. */
export const OUTPUT_CLOSED: InferenceError = new InferenceError(
  "CANCELLED",
  "Stopped: nobody reads the output any more",
);

/** Which signals end a program on a system. */
export function endingSignals(os: typeof Deno.build.os): readonly Deno.Signal[] {
  return os === "windows" ? ["SIGINT", "SIGBREAK"] : ["SIGINT", "SIGTERM"];
}

/** Listens: the first signal aborts, the second one exits with code 130. */
export function watchSignals(platform: SignalPlatform): Interruption {
  const controller = new AbortController();
  const signals = endingSignals(platform.os);
  let signalled = false;
  const handler = () => {
    if (signalled) return platform.exit(EXIT.interrupted);
    signalled = true;
    controller.abort(new InferenceError("CANCELLED", "Interrupted"));
  };
  for (const signal of signals) platform.addSignalListener(signal, handler);
  return {
    signal: controller.signal,
    outputClosed: () => controller.abort(OUTPUT_CLOSED),
    dispose() {
      for (const signal of signals) platform.removeSignalListener(signal, handler);
    },
  };
}
