/**
 * The tokens of protobuf text: identifiers, numbers, string literals and single characters.
 * Everything is one pass over the text; positions become line and column only for an error.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
import { bytesToText, EscapeError, unescapeBytes } from "./escape.ts";

/** A cursor over protobuf text. White space and comments before a token are skipped. */
export class Scanner {
  readonly #text: string;
  readonly #subject: string;
  #pos = 0;

  /** `subject` is what the text should be, for messages. */
  constructor(text: string, subject: string) {
    this.#text = text;
    this.#subject = subject;
  }

  /** The index of the next token. */
  get position(): number {
    this.#skip();
    return this.#pos;
  }

  get atEnd(): boolean {
    this.#skip();
    return this.#pos >= this.#text.length;
  }

  /** The next token's first character; empty at the end. */
  peek(): string {
    this.#skip();
    return this.#text[this.#pos] ?? "";
  }

  /** Takes `character` if it is next. */
  accept(character: string): boolean {
    this.#skip();
    if (this.#text[this.#pos] !== character) return false;
    this.#pos++;
    return true;
  }

  /** Takes `character` or fails. */
  expect(character: string): void {
    if (!this.accept(character)) this.fail(`expected "${character}", found ${this.describe()}`);
  }

  /** Takes an identifier; empty when something else is next. */
  identifier(): string {
    this.#skip();
    const start = this.#pos;
    if (!isLetter(this.#text.charCodeAt(start))) return "";
    return this.#word(start);
  }

  /** Takes a number without its sign, as it is written; empty when something else is next. */
  number(): string {
    this.#skip();
    const text = this.#text;
    const start = this.#pos;
    const first = text.charCodeAt(start);
    const isNumber = isDigit(first) || first === DOT && isDigit(text.charCodeAt(start + 1));
    if (!isNumber) return "";
    const isHex = first === ZERO && (text.charCodeAt(start + 1) | 0x20) === LOWER_X;
    let i = start + 1;
    for (;; i++) {
      const code = text.charCodeAt(i);
      if (isDigit(code) || isLetter(code) || code === DOT) continue;
      const signed = (code === MINUS || code === PLUS) && !isHex &&
        (text.charCodeAt(i - 1) | 0x20) === LOWER_E;
      if (!signed) break;
    }
    this.#pos = i;
    return text.slice(start, i);
  }

  /** Takes one or more adjacent string literals as text. */
  text(): string {
    const raw = this.#literal();
    if (!raw.includes("\\") && !this.#atQuote()) return raw;
    return bytesToText(this.#joined(raw));
  }

  /** Takes one or more adjacent string literals as bytes. */
  bytes(): Uint8Array {
    return this.#joined(this.#literal());
  }

  /** Names the token at `index`, else the next one, for a message. */
  describe(index = this.position): string {
    this.#pos = index;
    if (this.atEnd) return "the end";
    const word = this.identifier() || this.number() || this.#text[index];
    this.#pos = index;
    return JSON.stringify(shorten(word!));
  }

  /** @throws {InferenceError} `PROTOCOL`, at `index` or at the next token */
  fail(message: string, index = this.position): never {
    let line = 1;
    let lineStart = 0;
    for (;;) {
      const newline = this.#text.indexOf("\n", lineStart);
      if (newline < 0 || newline >= index) break;
      line++;
      lineStart = newline + 1;
    }
    throw new InferenceError(
      "PROTOCOL",
      `Cannot read the text of ${this.#subject} at line ${line}, column ${
        index - lineStart + 1
      }: ${message}`,
    );
  }

  #skip(): void {
    const text = this.#text;
    for (;;) {
      const code = text.charCodeAt(this.#pos);
      if (code === SPACE || code >= TAB && code <= CARRIAGE_RETURN) this.#pos++;
      else if (code === HASH) {
        const newline = text.indexOf("\n", this.#pos);
        this.#pos = newline < 0 ? text.length : newline + 1;
      } else return;
    }
  }

  #word(start: number): string {
    let i = start + 1;
    for (;; i++) {
      const code = this.#text.charCodeAt(i);
      if (!isLetter(code) && !isDigit(code)) break;
    }
    this.#pos = i;
    return this.#text.slice(start, i);
  }

  #atQuote(): boolean {
    const next = this.peek();
    return next === '"' || next === "'";
  }

  /** The inside of one literal. */
  #literal(): string {
    if (!this.#atQuote()) this.fail(`expected a string, found ${this.describe()}`);
    const text = this.#text;
    const start = this.#pos;
    const quote = text.charCodeAt(start);
    for (let i = start + 1; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === quote) {
        this.#pos = i + 1;
        return text.slice(start + 1, i);
      }
      if (code === BACKSLASH) i++;
      else if (code === NEWLINE) break;
    }
    return this.fail("the string has no closing quote on its line", start);
  }

  /** The bytes of a literal just taken and of those right after it. */
  #joined(first: string): Uint8Array {
    const parts: Uint8Array[] = [];
    // Literals without escapes are taken together; there may be a great many of them.
    let plain = "";
    for (let raw = first;; raw = this.#literal()) {
      if (!raw.includes("\\")) plain += raw;
      else {
        if (plain !== "") parts.push(this.#unescape(plain));
        plain = "";
        parts.push(this.#unescape(raw));
      }
      if (!this.#atQuote()) break;
    }
    if (plain !== "" || parts.length === 0) parts.push(this.#unescape(plain));
    if (parts.length === 1) return parts[0]!;
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let offset = 0;
    for (const part of parts) {
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  }

  #unescape(raw: string): Uint8Array {
    const start = this.#pos - 1 - raw.length;
    try {
      return unescapeBytes(raw);
    } catch (error) {
      if (error instanceof EscapeError) this.fail(error.message, start + error.index);
      throw error;
    }
  }
}

/** A token cut to what a message can hold. */
export function shorten(token: string): string {
  return token.length > 40 ? `${token.slice(0, 40)}...` : token;
}

const TAB = 0x09;
const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;
const HASH = 0x23;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const LOWER_E = 0x65;
const LOWER_X = 0x78;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a || code === 0x5f;
}
