/**
 * File errors in plain words.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";

/** The system's own words repeat the path and a number. */
const REASONS: readonly (readonly [new (message: string) => Error, string])[] = [
  [Deno.errors.NotFound, "no such file or directory"],
  [Deno.errors.IsADirectory, "it is a directory"],
  [Deno.errors.NotADirectory, "a part of the path is not a directory"],
  [Deno.errors.AlreadyExists, "a file is in the way"],
  [Deno.errors.PermissionDenied, "permission denied"],
];

/** The FILE error of what a file operation threw; `doing` names the file. */
export function fileError(error: unknown, doing: string): InferenceError {
  const reason = REASONS.find(([kind]) => error instanceof kind)?.[1];
  if (reason === undefined) return toInferenceError(error, "FILE", doing);
  return new InferenceError("FILE", `${doing}: ${reason}`, { cause: error });
}
