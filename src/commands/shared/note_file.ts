/**
 * What stands beside a file that one task among many wrote, once it is complete: which share it is.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { readWhole, statIfThere } from "../../base/read_file.ts";
import { writeOutput } from "../../base/write_file.ts";

/** Where the note about a file stands. */
export function notePath(output: string): string {
  return `${output}.shard.json`;
}

/** Writes the note. @throws {InferenceError} FILE */
export async function writeNoteFile(output: string, note: object): Promise<void> {
  await writeOutput(notePath(output), `${JSON.stringify(note, undefined, 2)}\n`);
}

/** A note is read whole. */
const MAX_BYTES = 1 << 26;

/** The text of the note about a file that is there; undefined without a note. @throws {InferenceError} FILE */
export async function readNoteText(output: string): Promise<string | undefined> {
  if (await statIfThere(output) === undefined) {
    throw new InferenceError("FILE", `Cannot read ${output}: there is no such file`);
  }
  const path = notePath(output);
  if (await statIfThere(path) === undefined) return undefined;
  const bytes = await readWhole(path, { doing: `Cannot read ${path}`, maxBytes: MAX_BYTES });
  return new TextDecoder().decode(bytes);
}

/** Removes what an earlier run left: the file begins anew, or goes on. */
export async function removeNote(output: string): Promise<void> {
  await Deno.remove(notePath(output)).catch(() => {});
}
