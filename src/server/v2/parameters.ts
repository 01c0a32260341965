/**
 * Which request parameters are taken, for both wires.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";

/** Asks a stream to mark the last answer by one without outputs. */
export const EMPTY_FINAL = "triton_enable_empty_final_response";

/** @throws {InferenceError} INVALID_ARG for a name that the server keeps to itself */
export function checkReserved(name: string, allowed: string | undefined): void {
  if (!name.startsWith("triton_") || name === allowed) return;
  throw new InferenceError(
    "INVALID_ARG",
    allowed === undefined
      ? "parameter keys starting with 'triton_' are reserved for Triton usage and should not be " +
        "specified."
      : "parameter keys starting with 'triton_' are reserved for Triton usage. Only the following " +
        `keys starting with 'triton_' are allowed: ${allowed}`,
  );
}
