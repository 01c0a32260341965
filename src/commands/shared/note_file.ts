/**
 * What stands beside a file that one task among many wrote, once it is complete: which share it is.
 *
 * @module
 */
import { writeOutput } from "../../base/write_file.ts";

/** Where the note about a file stands. */
export function notePath(output: string): string {
  return `${output}.shard.json`;
}

/** Writes the note. @throws {InferenceError} FILE */
export async function writeNoteFile(output: string, note: object): Promise<void> {
  await writeOutput(notePath(output), `${JSON.stringify(note, undefined, 2)}\n`);
}

/** Removes what an earlier run left: the file begins anew, or goes on. */
export async function removeNote(output: string): Promise<void> {
  await Deno.remove(notePath(output)).catch(() => {});
}
