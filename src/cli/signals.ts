/**
 * What ends the program early: Ctrl-C and its like, and a reader that goes away.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { EXIT } from "./command.ts";

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

/** The reason of an abort by SIGTERM. */
export const TERMINATED: InferenceError = new InferenceError("CANCELLED", "Terminated");

/** The exit code of a run that was ended early. */
export function endingCode(reason: unknown): number {
  if (reason === OUTPUT_CLOSED) return EXIT.outputClosed;
  return reason === TERMINATED ? EXIT.terminated : EXIT.interrupted;
}

/** Which signals end a program on a system. */
export function endingSignals(os: typeof Deno.build.os): readonly Deno.Signal[] {
  return os === "windows" ? ["SIGINT", "SIGBREAK"] : ["SIGINT", "SIGTERM"];
}

/** Listens: the first signal aborts, the second one exits with its own code. */
export function watchSignals(platform: SignalPlatform): Interruption {
  const controller = new AbortController();
  const signals = endingSignals(platform.os);
  let signalled = false;
  const handlers = signals.map((signal) => {
    const reason = signal === "SIGTERM"
      ? TERMINATED
      : new InferenceError("CANCELLED", "Interrupted");
    const handler = () => {
      if (signalled) return platform.exit(endingCode(reason));
      signalled = true;
      controller.abort(reason);
    };
    return [signal, handler] as const;
  });
  for (const [signal, handler] of handlers) platform.addSignalListener(signal, handler);
  return {
    signal: controller.signal,
    outputClosed: () => controller.abort(OUTPUT_CLOSED),
    dispose() {
      for (const [signal, handler] of handlers) platform.removeSignalListener(signal, handler);
    },
  };
}
