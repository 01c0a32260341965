/**
 * What a file to merge holds, by its name and its first bytes.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { fileError } from "../../base/file_error.ts";
import { notePath } from "../shared/note_file.ts";

/** What can be merged. */
export type FileKind = "reports" | "pictures" | "matrices" | "records" | "histograms";

/** How files begin, by their endings; what begins otherwise holds pictures. */
const BEGINNINGS: readonly (readonly [ending: RegExp, text: string, kind: FileKind])[] = [
  [/\.csv$/i, "truth \\ predicted", "matrices"],
  [/\.csv$/i, "scheduled,start,", "records"],
  [/\.csv$/i, "shard,scheduled,", "records"],
  [/\.jsonl$/i, '{"scheduled":', "records"],
  [/\.jsonl$/i, '{"shard":', "records"],
];
/** How logs of histograms begin, whatever their names. */
const LOG = "#[";
const LONGEST = 32;
/** Of a note about records or histograms; of one about pictures it is another. */
const RUN_NOTE = '{\n  "runNoteVersion"';

/** Finds out what a file holds. @throws {InferenceError} USAGE, FILE */
export async function kindOf(path: string): Promise<FileKind> {
  if (/\.json$/i.test(path)) return "reports";
  const head = await headOf(path);
  if (head.startsWith(LOG)) return "histograms";
  if (!/\.(csv|jsonl)$/i.test(path)) {
    throw new InferenceError(
      "USAGE",
      `Cannot merge ${path}: expected a file that ends in .json, .csv or .jsonl, or a log of --hdr`,
    );
  }
  for (const [ending, text, kind] of BEGINNINGS) {
    if (ending.test(path) && head.startsWith(text)) return kind;
  }
  // A shard of few requests may have no record at all.
  const note = head === "" ? await headOf(notePath(path)).catch(() => "") : "";
  return note.startsWith(RUN_NOTE) ? "records" : "pictures";
}

async function headOf(path: string): Promise<string> {
  const buffer = new Uint8Array(LONGEST);
  try {
    using file = await Deno.open(path);
    const count = await file.read(buffer) ?? 0;
    return new TextDecoder().decode(buffer.subarray(0, count));
  } catch (error) {
    throw fileError(error, `Cannot read ${path}`);
  }
}
