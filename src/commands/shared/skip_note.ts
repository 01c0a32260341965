/**
 * What is left out of a directory, said once for each.
 *
 * @module
 */
import type { Terminal } from "../../cli/context.ts";
import type { SkipListener } from "../../image/directory.ts";

/** Tells of entries that are no files: nobody should think that they were classified. */
export function skipNote(terminal: Terminal): SkipListener {
  return (path, reason) => terminal.err(`note: ${path} is skipped: ${reason}\n`);
}
