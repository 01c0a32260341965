/**
 * A line of Prometheus's text format, read from left to right.
 *
 * @module
 */

/** A metric's name. */
export const NAME = /^[A-Za-z_:][A-Za-z0-9_:]*$/;
const LABEL = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What a decimal number is made of; neither `0x1` nor `1_000`. */
const DECIMAL = /^[+-]?[\d.][\d.e+-]*$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;

/** A sample's value: a number as Go reads it; undefined when it is none. */
export function parseValue(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isNaN(value) ? undefined : value;
  }
  if (/^nan$/i.test(text)) return NaN;
  const infinite = INFINITE.exec(text);
  if (infinite === null) return undefined;
  return infinite[1] === "-" ? -Infinity : Infinity;
}

/** A sample's time in milliseconds; NaN when it is none. */
export function parseTimestamp(text: string): number {
  return /^-?\d{1,19}$/.test(text) ? Number(text) : NaN;
}

/** Reads a line. */
export class LineScanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  get rest(): string {
    return this.#text.slice(this.#at);
  }

  /** Passes over blanks and tabs. */
  blanks(): void {
    while (this.#text[this.#at] === " " || this.#text[this.#at] === "\t") this.#at++;
  }

  /** Passes over a character if it is the next one. */
  take(char: string): boolean {
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  /** Everything up to the next blank. */
  word(): string {
    const start = this.#at;
    while (!this.atEnd && this.#text[this.#at] !== " " && this.#text[this.#at] !== "\t") this.#at++;
    return this.#text.slice(start, this.#at);
  }

  /** A metric's or a label's name; empty when there is none. */
  name(): string {
    const start = this.#at;
    while (isNameChar(this.#text.charCodeAt(this.#at))) this.#at++;
    const name = this.#text.slice(start, this.#at);
    if (NAME.test(name)) return name;
    this.#at = start;
    return "";
  }

  /** The rest as a help text. */
  help(): string {
    return this.#unescaped(undefined) ?? "";
  }

  /** The labels in braces, if there are any, or what is wrong with them. */
  labels(most: number): [name: string, value: string][] | string {
    const labels: [string, string][] = [];
    if (!this.take("{")) return labels;
    const names = new Set<string>();
    for (this.blanks(); !this.take("}"); this.blanks()) {
      const name = this.name();
      if (!LABEL.test(name)) return "a name is missing or no name";
      if (names.has(name)) return `${name.slice(0, 60)} is there twice`;
      if (names.add(name).size > most) return `there are more than ${most}`;
      this.blanks();
      if (!this.take("=")) return `"=" is missing`;
      this.blanks();
      if (!this.take('"')) return "a value is not in quotes";
      const value = this.#unescaped('"');
      if (value === undefined) return "a value has a bad escape or no end";
      labels.push([name, value]);
      this.blanks();
      if (this.take(",")) continue;
      if (!this.take("}")) return `"," or "}" is missing`;
      break;
    }
    return labels;
  }

  /** Text up to an end mark, or to the end of the line; undefined when it ends or escapes wrongly. */
  #unescaped(end: '"' | undefined): string | undefined {
    let text = "";
    let start = this.#at;
    for (; !this.atEnd; this.#at++) {
      const char = this.#text[this.#at];
      if (char === end) {
        text += this.#text.slice(start, this.#at++);
        return text;
      }
      if (char !== "\\") continue;
      text += this.#text.slice(start, this.#at++);
      const escaped = this.#text[this.#at];
      if (escaped === "n") text += "\n";
      else if (escaped === "\\" || (escaped === '"' && end === '"')) text += escaped;
      // A help text keeps what isn't an escape, as Prometheus itself does.
      else if (end === undefined) text += `\\${escaped ?? ""}`;
      else return undefined;
      start = this.#at + 1;
    }
    return end === undefined ? text + this.#text.slice(start) : undefined;
  }
}

function isNameChar(code: number): boolean {
  return code >= 97 && code <= 122 || code >= 65 && code <= 90 || code >= 48 && code <= 58 ||
    code === 95;
}
