/**
 * Numbers of a JSON list, many at once: most of a large file is nothing else, and a tokenizer takes each
 * character by itself.
 *
 * @module
 */
import { WORD_NUMBERS } from "./json_bytes.ts";

const ascii = new TextDecoder("latin1");
/** As JSON writes them, with blanks around. */
const NUMBER = /^[ \t\r\n]*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?[ \t\r\n]*$/;
const BLANK = /^[ \t\r\n]*$/;

/** Some of a list's numbers. */
export interface NumberRun {
  readonly values: readonly (number | bigint)[];
  /** Whether a comma follows the last of them. */
  readonly open: boolean;
}

/**
 * Reads numbers with commas between them, and after the last one or not.
 *
 * @returns undefined when there is anything else, or a number that a double can't hold
 */
export function numberRun(bytes: Uint8Array): NumberRun | undefined {
  const parts = ascii.decode(bytes).split(",");
  const open = BLANK.test(parts.at(-1)!);
  if (open) parts.pop();
  if (parts.length === 0) return undefined;
  const values = new Array<number | bigint>(parts.length);
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (!NUMBER.test(part)) return undefined;
    const value = exact(part);
    if (value === undefined) return undefined;
    values[i] = value;
  }
  return { values, open };
}

function exact(part: string): number | bigint | undefined {
  const value = Number(part);
  if (value === 0 || !Number.isFinite(value)) {
    const word = WORD_NUMBERS.get(part.trim());
    if (word !== undefined) return word;
    return value === 0 ? value : undefined;
  }
  // Integers beyond 2^53 keep their digits.
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER || /[.eE]/.test(part)) return value;
  return BigInt(part.trim());
}
