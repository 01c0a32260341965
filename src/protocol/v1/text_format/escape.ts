/**
 * String literals of the text format. The literals are bytes: everything beyond printable ASCII is
 * written as octal escapes of its UTF-8 bytes.
 *
 * @module
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The escapes of one letter. */
const LETTERS: Readonly<Record<string, number>> = {
  a: 0x07,
  b: 0x08,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
  "?": 0x3f,
  "\\": 0x5c,
  "'": 0x27,
  '"': 0x22,
};

const ESCAPES: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  switch (byte) {
    case 0x0a:
      return "\\n";
    case 0x0d:
      return "\\r";
    case 0x09:
      return "\\t";
    case 0x22:
      return '\\"';
    case 0x27:
      return "\\'";
    case 0x5c:
      return "\\\\";
  }
  const printable = byte >= 0x20 && byte < 0x7f;
  return printable ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;
});

/** A quoted literal. */
export function quote(value: string | Uint8Array): string {
  if (typeof value === "string" && isVerbatim(value)) return `"${value}"`;
  const bytes = typeof value === "string" ? encoder.encode(value) : value;
  let out = '"';
  for (let i = 0; i < bytes.length; i++) out += ESCAPES[bytes[i]!];
  return out + '"';
}

function isVerbatim(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code >= 0x7f || code === 0x22 || code === 0x27 || code === 0x5c) {
      return false;
    }
  }
  return true;
}

/** A malformed escape and where it stands in the literal. */
export class EscapeError extends Error {
  readonly index: number;
  constructor(index: number, message: string) {
    super(message);
    this.index = index;
  }
}

/**
 * The bytes of a literal's inside.
 *
 * @throws {EscapeError}
 */
export function unescapeBytes(raw: string): Uint8Array {
  // A UTF-16 unit makes at most three bytes; no escape makes more bytes than it has characters.
  const out = new Uint8Array(raw.length * 3);
  let length = 0;
  let i = 0;
  while (i < raw.length) {
    const backslash = raw.indexOf("\\", i);
    const end = backslash < 0 ? raw.length : backslash;
    if (end > i) length += encoder.encodeInto(raw.slice(i, end), out.subarray(length)).written;
    if (backslash < 0) break;
    const letter = raw[backslash + 1] ?? "";
    const simple = LETTERS[letter];
    if (simple !== undefined) {
      out[length++] = simple;
      i = backslash + 2;
    } else if (letter >= "0" && letter <= "7") {
      const digits = takeDigits(raw, backslash + 1, 3, 8);
      const byte = parseInt(digits, 8);
      if (byte > 0xff) throw new EscapeError(backslash, `the escape \\${digits} is above \\377`);
      out[length++] = byte;
      i = backslash + 1 + digits.length;
    } else if (letter === "x" || letter === "X") {
      const digits = takeDigits(raw, backslash + 2, 2, 16);
      if (!digits) throw new EscapeError(backslash, `\\${letter} needs hexadecimal digits`);
      out[length++] = parseInt(digits, 16);
      i = backslash + 2 + digits.length;
    } else if (letter === "u" || letter === "U") {
      const [text, next] = unicodeEscape(raw, backslash);
      length += encoder.encodeInto(text, out.subarray(length)).written;
      i = next;
    } else {
      throw new EscapeError(backslash, `unknown escape \\${letter}`);
    }
  }
  return out.slice(0, length);
}

/** The text of UTF-8 bytes; what is none becomes U+FFFD. */
export function bytesToText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

function takeDigits(text: string, from: number, most: number, radix: 8 | 16): string {
  let end = from;
  while (end < from + most && digitValue(text.charCodeAt(end)) < radix) end++;
  return text.slice(from, end);
}

/** The value of a hexadecimal digit; 16 for anything else, NaN (past the end) included. */
function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : 16;
}

/** `\uXXXX` (also a surrogate pair of two) or `\UXXXXXXXX`: its text and the index after it. */
function unicodeEscape(raw: string, at: number): [text: string, next: number] {
  const size = raw[at + 1] === "u" ? 4 : 8;
  const digits = takeDigits(raw, at + 2, size, 16);
  if (digits.length < size) {
    throw new EscapeError(at, `\\${raw[at + 1]} needs ${size} hexadecimal digits`);
  }
  const code = parseInt(digits, 16);
  if (code > 0x10ffff) throw new EscapeError(at, `\\U${digits} is not a Unicode character`);
  const next = at + 2 + size;
  if (code >= 0xd800 && code < 0xdc00 && raw[next] === "\\" && raw[next + 1] === "u") {
    const low = takeDigits(raw, next + 2, 4, 16);
    const unit = low.length === 4 ? parseInt(low, 16) : 0;
    if (unit >= 0xdc00 && unit < 0xe000) return [String.fromCharCode(code, unit), next + 6];
  }
  return [String.fromCodePoint(code), next];
}
