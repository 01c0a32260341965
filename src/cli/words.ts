/**
 * A command line inside of an option, as words.
 *
 * @module
 */
import { usageError } from "./usage.ts";

/** Outside of quotes these end a word. */
const BLANK = /\s/;

/**
 * Splits a text as a POSIX shell does, with single and double quotes and backslashes; nothing is
 * expanded.
 *
 * @param what names the text in messages, such as `--versus`
 * @throws {InferenceError} `USAGE` for a quote that isn't closed, or a backslash at the end
 */
export function splitWords(text: string, what: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = "";
  for (let i = 0; i < text.length; i++) {
    const sign = text[i]!;
    if (quote === "'" ? sign !== "'" : sign === "\\") {
      if (quote === "'") {
        word += sign;
        continue;
      }
      const next = text[++i];
      if (next === undefined) throw usageError(`Cannot read ${what}: it ends with a backslash`);
      // Between double quotes a backslash stands for itself, unless what follows has a meaning there.
      word = (word ?? "") + (quote === '"' && !'"\\$`'.includes(next) ? sign + next : next);
    } else if (quote !== "") {
      if (sign === quote) quote = "";
      else word += sign;
    } else if (sign === "'" || sign === '"') {
      quote = sign;
      word ??= "";
    } else if (BLANK.test(sign)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? "") + sign;
  }
  if (quote !== "") throw usageError(`Cannot read ${what}: the quote ${quote} is not closed`);
  if (word !== undefined) words.push(word);
  return words;
}
