/**
 * Whether the data has the inputs that a schedule names.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { Arrivals } from "./arrivals.ts";

/**
 * Checks them before anything is sent.
 *
 * @param levels the schedules
 * @param streams the data: all steps in turn are counted from 0
 * @param stateful whether the model has sequences, which take their steps in turn
 * @throws {InferenceError} INVALID_ARG for an input that isn't there
 */
export function checkScheduledInputs(
  levels: readonly { readonly arrivals: Arrivals }[],
  streams: readonly (readonly unknown[])[],
  stateful: boolean,
): void {
  const steps = streams.reduce((sum, stream) => sum + stream.length, 0);
  for (const { arrivals } of levels) checkLevel(arrivals, steps, stateful);
}

function checkLevel(arrivals: Arrivals, steps: number, stateful: boolean): void {
  if (arrivals.kind === "share") return checkLevel(arrivals.of, steps, stateful);
  if (arrivals.kind !== "offsets" || arrivals.inputs === undefined) return;
  if (stateful) {
    throw new InferenceError(
      "INVALID_ARG",
      "cannot take the inputs that the schedule names: the model is stateful, and a sequence takes " +
        "its inputs in turn",
      { hint: "leave them out of the schedule" },
    );
  }
  const missing = arrivals.inputs.findIndex((input) => input >= steps);
  if (missing < 0) return;
  const there = steps === 1 ? "only input 0" : `inputs 0 to ${steps - 1}`;
  throw new InferenceError(
    "INVALID_ARG",
    `cannot keep the schedule: its request ${missing + 1} names input ` +
      `${arrivals.inputs[missing]}, and the data has ${there}`,
    { hint: "give input data with more steps" },
  );
}
