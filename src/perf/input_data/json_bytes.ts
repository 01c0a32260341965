/**
 * A JSON file's bytes as the tokenizer takes them: UTF-8, and NaN and Infinity, which Python writes, as
 * numbers that nobody writes.
 *
 * @module
 */
import { concatBytes } from "../../base/bytes.ts";

const [QUOTE, BACKSLASH, N, I] = [0x22, 0x5c, 0x4e, 0x49];
const encoder = new TextEncoder();
const word = (text: string, becomes: string) => ({
  text: encoder.encode(text),
  becomes: encoder.encode(becomes),
});
const NAN = word("NaN", "0e99999999");
const INFINITY = word("Infinity", "1e99999999");
const NONE = new Uint8Array(0);
/** What may follow a word: the end of a list, of an object, a comma or a blank. */
const AFTER_WORD = new Set(encoder.encode(",]} \t\r\n"));

/** The numbers that stand for NaN and the infinities, by their text. */
export const WORD_NUMBERS: ReadonlyMap<string, number> = new Map([
  ["0e99999999", NaN],
  ["-0e99999999", NaN],
  ["1e99999999", Infinity],
  ["-1e99999999", -Infinity],
]);

/** Rewrites a file piece by piece. */
export class JsonBytes {
  #inString = false;
  #escaped = false;
  /** Bytes at the end of a piece that may be the beginning of a word. */
  #rest: Uint8Array = NONE;

  /** The next piece; `last` with what is left when the file has ended. */
  rewrite(piece: Uint8Array, last = false): Uint8Array {
    const bytes = this.#rest.length === 0 ? piece : concatBytes([this.#rest, piece]);
    this.#rest = NONE;
    if (!this.#inString && isPlain(bytes)) return bytes;
    const out: Uint8Array[] = [];
    let from = 0;
    for (let at = 0; at < bytes.length; at++) {
      const found = this.#step(bytes[at]!);
      if (found === undefined) continue;
      const after = at + found.text.length;
      // The byte after a word tells whether it is one.
      if (after >= bytes.length && !last) {
        out.push(bytes.subarray(from, at));
        this.#rest = bytes.slice(at);
        return concatBytes(out);
      }
      if (!matches(bytes, at, found.text)) continue;
      if (after < bytes.length && !AFTER_WORD.has(bytes[after]!)) continue;
      out.push(bytes.subarray(from, at), found.becomes);
      from = after;
      at = after - 1;
    }
    return out.length === 0 ? bytes : concatBytes([...out, bytes.subarray(from)]);
  }

  /** Follows one byte; the word that may begin with it. */
  #step(byte: number) {
    if (!this.#inString) {
      if (byte === QUOTE) this.#inString = true;
      return byte === N ? NAN : byte === I ? INFINITY : undefined;
    }
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
    return undefined;
  }
}

/** Whether there is neither a string nor a word in it. */
function isPlain(bytes: Uint8Array): boolean {
  return !bytes.includes(QUOTE) && !bytes.includes(N) && !bytes.includes(I);
}

function matches(bytes: Uint8Array, at: number, text: Uint8Array): boolean {
  return text.every((byte, i) => bytes[at + i] === byte);
}

/**
 * Makes UTF-8 of UTF-16, which a byte order mark or a zero byte beside the first character shows.
 *
 * @throws {TypeError} for what is no UTF-16 after all
 */
export async function* toUtf8(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined;
  let first = true;
  for await (const piece of pieces) {
    if (first) {
      first = false;
      const encoding = utf16(piece);
      if (encoding !== undefined) decoder = new TextDecoder(encoding, { fatal: true });
    }
    yield decoder ? encoder.encode(decoder.decode(piece, { stream: true })) : piece;
  }
  if (decoder) yield encoder.encode(decoder.decode());
}

function utf16([a, b]: Uint8Array): string | undefined {
  if (a === 0xff && b === 0xfe || a !== 0 && b === 0) return "utf-16le";
  if (a === 0xfe && b === 0xff || a === 0 && b !== 0) return "utf-16be";
  return undefined;
}
