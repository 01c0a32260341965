/**
 * Reads perf_analyzer's JSON as it comes, token by token: memory is that of the tensors, not of the text.
 *
 * @module
 */
import Tokenizer from "@streamparser/json/tokenizer.js";
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import { JsonBytes, toUtf8, WORD_NUMBERS } from "./json_bytes.ts";
import { type NumberRun, numberRun } from "./number_run.ts";

/** A token; punctuation is named by itself, so that it differs from strings. */
export type Token =
  | { readonly kind: "{" | "}" | "[" | "]" | ":" | "," | "end" }
  | { readonly kind: "value"; readonly value: string | number | bigint | boolean | null };

/** The tokenizer's numbers of the tokens, in its order. */
const PUNCTUATION = (["{", "}", "[", "]", ":", ","] as const).map((kind): Token => ({ kind }));

/** Takes tokens until it has enough; a consumer yields one for what it doesn't want to see itself. */
export interface TokenSink {
  /** Whether this was the last one. */
  take(token: Token): boolean;
  /** Whether a number may come next, and many of them at once. */
  readonly takesNumbers: boolean;
  /** Numbers of the list that is open. */
  takeNumbers(run: NumberRun): void;
}

/** Takes the tokens of a document one after the other; done after its last one. */
export type TokenConsumer<T> = Generator<TokenSink | undefined, T, Token>;

class ExactTokenizer extends Tokenizer {
  constructor() {
    super({ numberBufferSize: 64 });
    // The library's own decoder drops a byte order mark at the beginning of a string.
    const strings =
      (this as unknown as { bufferedString: { decoder: TextDecoder } }).bufferedString;
    strings.decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  }

  /** Keeps all digits of integers, and refuses what a double can't hold. */
  // deno-lint-ignore no-explicit-any -- the library's type says number
  override parseNumber(text: string): any {
    const word = WORD_NUMBERS.get(text);
    if (word !== undefined) return word;
    const value = Number(text);
    if (!Number.isFinite(value)) {
      throw new InferenceError("FILE", `${text} is too large for a number`);
    }
    return Number.isSafeInteger(value) || !/^-?\d+$/.test(text) ? value : BigInt(text);
  }
}

/**
 * Feeds a file to a consumer.
 *
 * @throws whatever the consumer throws; {@linkcode InferenceError} FILE when the text is not JSON
 */
export async function readJson<T>(
  pieces: AsyncIterable<Uint8Array>,
  consumer: TokenConsumer<T>,
): Promise<T> {
  const bytes = new JsonBytes();
  const tokenizer = new ExactTokenizer();
  let failure: unknown;
  let result = consumer.next();
  const take = (token: Token) => {
    if (result.done) throw new InferenceError("FILE", "there is something after its end");
    // Values by the million go past the generators.
    if (result.value !== undefined && !result.value.take(token)) return;
    result = consumer.next(token);
  };
  tokenizer.onToken = ({ token, value }) => {
    if (failure !== undefined) return;
    try {
      take(PUNCTUATION[token] ?? { kind: "value", value: value as string });
    } catch (error) {
      failure = error;
    }
  };
  tokenizer.onError = (error) => failure ??= notJson(error);
  const tokenize = (piece: Uint8Array) => {
    tokenizer.write(piece);
    if (failure !== undefined) throw failure;
  };
  const sink = () => result.done ? undefined : result.value;
  // The last byte of the piece before: a number may go on in the next one.
  let before = 0;
  const write = (piece: Uint8Array, last?: boolean) => {
    const all = bytes.rewrite(piece, last);
    for (let at = 0; at < all.length;) {
      const mayBegin = (before === OPEN || before === COMMA) && sink()?.takesNumbers;
      const runs = mayBegin ? runEnd(all, at) : undefined;
      const end = runs ?? nextStart(all, at, sink() !== undefined);
      const part = all.subarray(at, end);
      const run = runs === undefined ? undefined : numberRun(part);
      if (run) sink()!.takeNumbers(run);
      else tokenize(part);
      before = part.at(-1)!;
      at = end;
    }
  };
  try {
    for await (const piece of toUtf8(pieces)) write(piece);
    write(new Uint8Array(0), true);
    if (!tokenizer.isEnded) tokenizer.end();
    if (failure !== undefined) throw failure;
    if (!result.done) take({ kind: "end" });
  } catch (error) {
    throw toInferenceError(error, "FILE", "it is not text in UTF-8 or UTF-16");
  }
  return (result as IteratorReturnResult<T>).value;
}

const [OPEN, CLOSE, COMMA] = [0x5b, 0x5d, 0x2c];

/** Where the numbers from `at` on end: before a bracket, or after the last comma. */
function runEnd(bytes: Uint8Array, at: number): number | undefined {
  const ends = [bytes.indexOf(OPEN, at), bytes.indexOf(CLOSE, at)].filter((end) => end >= 0);
  const bracket = ends.length === 0 ? -1 : Math.min(...ends);
  const end = bracket >= 0 ? bracket : bytes.lastIndexOf(COMMA) + 1;
  return end > at ? end : undefined;
}

/** After the next place where numbers may begin. */
function nextStart(bytes: Uint8Array, at: number, inList: boolean): number {
  const open = bytes.indexOf(OPEN, at);
  const comma = inList ? bytes.indexOf(COMMA, at) : -1;
  const found = [open, comma].filter((end) => end >= 0);
  return found.length === 0 ? bytes.length : Math.min(...found) + 1;
}

/** The tokenizer's own words are about its states. */
function notJson(error: Error): InferenceError {
  if (error instanceof InferenceError) return error;
  const [, what, at] = /^Unexpected "([^]*?)" at .*\(absolute position "(\d+)"\)/.exec(
    error.message,
  ) ?? [];
  const where = what === undefined ? "it ends too early" : `${JSON.stringify(what)} at byte ${at}`;
  const why = /utf-?8|encoded/i.test(error.message) ? "a string is not UTF-8" : where;
  return new InferenceError("FILE", `it is not valid JSON: ${why}`, { cause: error });
}
