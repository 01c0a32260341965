/**
 * The error of a wrong command line.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";

/** An error that ends the program with exit code 2. */
export function usageError(message: string, hint?: string): InferenceError {
  return new InferenceError("USAGE", message, { hint });
}

/** `message`, or `message: did you mean x?` when something is near. */
export function withSuggestion(message: string, suggestion: string | undefined): string {
  return suggestion === undefined ? message : `${message}: did you mean ${suggestion}?`;
}
