/**
 * `-` is standard output where that makes sense, and never the name of a file.
 *
 * @module
 */
import { usageError } from "../../cli/usage.ts";

/**
 * Refuses `-` for what goes to files alone; `./-` is still a file of that name.
 *
 * @param paths the files, by the flags that name them
 * @throws {InferenceError} USAGE
 */
export function notStandardOutput(paths: Readonly<Record<string, string | undefined>>): void {
  for (const [flag, path] of Object.entries(paths)) {
    if (path === "-") throw usageError(`${flag} takes a file, not standard output`);
  }
}
