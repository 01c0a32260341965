/**
 * The complete records of a file that may have been left in the middle of one.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
import { readPieces } from "../../../base/read_file.ts";

/** A record, without its line's end. */
export interface FileRecord {
  readonly text: string;
  /** Where the next one begins, in bytes. */
  readonly end: number;
}

const LONGEST = 1 << 20;
const [QUOTE, LINE_FEED] = [0x22, 0x0a];

/**
 * Yields records up to the last complete one. A line feed ends a record, except between quotes when
 * `quotes` is set, as CSV has it.
 *
 * @param pieceBytes read at a time, and kept in memory
 * @throws {InferenceError} `FILE` when the file can't be read, or holds what can't be a record
 */
export async function* recordsOf(
  path: string,
  doing: string,
  quotes: boolean,
  pieceBytes?: number,
): AsyncGenerator<FileRecord, void, void> {
  const decoder = new TextDecoder();
  let parts: Uint8Array[] = [];
  let held = 0;
  let offset = 0;
  let quoted = false;
  const options = { doing, maxBytes: Number.MAX_SAFE_INTEGER, pieceBytes };
  for await (const piece of readPieces(path, options)) {
    let start = 0;
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at];
      if (byte === QUOTE && quotes) quoted = !quoted;
      if (byte !== LINE_FEED || quoted) continue;
      parts.push(piece.subarray(start, at));
      const text = parts.map((part) => decoder.decode(part, { stream: true })).join("") +
        decoder.decode();
      yield { text: text.endsWith("\r") ? text.slice(0, -1) : text, end: offset + at + 1 };
      parts = [];
      held = 0;
      start = at + 1;
    }
    parts.push(piece.subarray(start));
    held += piece.length - start;
    offset += piece.length;
    if (held > LONGEST) {
      throw new InferenceError("FILE", `${doing}: it has a record of more than ${LONGEST} bytes`);
    }
  }
}
