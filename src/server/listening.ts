/**
 * What both listeners need: errors of opening, and an orderly end.
 *
 * @module
 */
import { formatAddress } from "../base/address.ts";
import { describeError, InferenceError } from "../base/errors.ts";

/** The error of a listener that could not be opened. */
export function listenError(wire: string, host: string, port: number, cause: unknown) {
  return new InferenceError(
    "CONNECTION",
    `Cannot listen for ${wire} on ${formatAddress({ host, port })}: ${describeError(cause)}`,
    { hint: "choose another port; 0 takes any free one", cause },
  );
}

/** Waits for `finished`; after `graceMs` calls `force` and waits on. */
export async function finishWithin(
  graceMs: number,
  finished: Promise<void>,
  force: () => void,
): Promise<void> {
  const timer = setTimeout(force, graceMs);
  try {
    await finished;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether `promise` was fulfilled within `graceMs`. */
export async function within(graceMs: number, promise: Promise<void>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), graceMs);
  try {
    return await Promise.race([promise.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
