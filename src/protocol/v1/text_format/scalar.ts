/**
 * The scalar values of protobuf text.
 *
 * @module
 */
import type { FieldSchema } from "../../schema.ts";
import { isLong, isUnsigned } from "../../to_plain.ts";
import { type Scanner, shorten } from "./scanner.ts";

/** More significant digits than any 64-bit integer has, in any base; keeps BigInt off long input. */
const MAX_DIGITS = 24;

const TRUE = new Set(["true", "True", "t", "1"]);
const FALSE = new Set(["false", "False", "f", "0"]);

/** Reads the value of a field that is no message. @throws {InferenceError} `PROTOCOL` */
export function readScalar(scanner: Scanner, field: FieldSchema): unknown {
  switch (field.type) {
    case "string":
      return scanner.text();
    case "bytes":
      return scanner.bytes();
    case "bool":
      return readBool(scanner, field);
    case "float":
      return Math.fround(readFloat(scanner, field));
    case "double":
      return readFloat(scanner, field);
    case "enum":
      return readEnum(scanner, field);
    default:
      return readInteger(scanner, field, field.type);
  }
}

function readBool(scanner: Scanner, field: FieldSchema): boolean {
  const start = scanner.position;
  const word = scanner.identifier() || scanner.number();
  if (TRUE.has(word)) return true;
  if (FALSE.has(word)) return false;
  return mismatch(scanner, "true or false", field, start);
}

function readEnum(scanner: Scanner, field: FieldSchema): string | number {
  const enumeration = field.enum!;
  const start = scanner.position;
  const name = scanner.identifier();
  if (!name) {
    const number = readInteger(scanner, field, "int32") as number;
    return enumeration.names.get(number) ?? number;
  }
  if (!enumeration.numbers.has(name)) {
    scanner.fail(`${enumeration.name} has no value "${shorten(name)}"`, start);
  }
  return name;
}

function readFloat(scanner: Scanner, field: FieldSchema): number {
  const start = scanner.position;
  const sign = scanner.accept("-") ? -1 : 1;
  const word = scanner.identifier().toLowerCase();
  if (word === "inf" || word === "infinity") return sign * Infinity;
  if (word === "nan") return NaN;
  const number = word ? "" : scanner.number();
  const last = number.at(-1);
  const value = number && isDecimal(number)
    ? Number(last === "f" || last === "F" ? number.slice(0, -1) : number)
    : NaN;
  if (Number.isNaN(value)) mismatch(scanner, "a number", field, start);
  return sign * value;
}

/** Not hexadecimal and not octal, which protobuf refuses for floating point. */
function isDecimal(number: string): boolean {
  if (number[0] !== "0" || number.length === 1) return true;
  const second = number[1];
  return second === "." || second === "e" || second === "E" || second === "f" || second === "F";
}

function readInteger(scanner: Scanner, field: FieldSchema, type: string): number | bigint {
  const start = scanner.position;
  const unsigned = isUnsigned(type);
  const negative = !unsigned && scanner.accept("-");
  const token = scanner.number();
  const magnitude = parseMagnitude(token);
  if (magnitude === undefined) mismatch(scanner, type, field, start);
  const value = negative ? -magnitude : magnitude;
  const bits = isLong(type) ? 64 : 32;
  const low = unsigned ? 0 : -(2 ** (bits - 1));
  const limit = unsigned ? 2 ** bits : 2 ** (bits - 1);
  if (value < low || value >= limit) {
    scanner.fail(`${negative ? "-" : ""}${shorten(token)} does not fit ${type}`, start);
  }
  if (bits === 64) return BigInt(value);
  return value === 0 ? 0 : Number(value);
}

function mismatch(scanner: Scanner, wanted: string, field: FieldSchema, start: number): never {
  scanner.fail(`expected ${wanted} for "${field.name}", found ${scanner.describe(start)}`, start);
}

/** An unsigned integer in base 10, 16 or 8; Infinity when it is far too long. */
function parseMagnitude(text: string): number | bigint | undefined {
  if (!text) return undefined;
  const isHex = text.length > 2 && (text[1] === "x" || text[1] === "X");
  const isOctal = !isHex && text.length > 1 && text[0] === "0";
  let first = isHex ? 2 : 0;
  for (let i = first; i < text.length; i++) {
    const code = text.charCodeAt(i) | 0x20;
    const digit = code >= 0x30 && code <= (isOctal ? 0x37 : 0x39);
    if (!digit && !(isHex && code >= 0x61 && code <= 0x66)) return undefined;
  }
  while (first < text.length - 1 && text[first] === "0") first++;
  const digits = text.slice(first);
  if (digits.length > MAX_DIGITS) return Infinity;
  if (!isHex && !isOctal && digits.length < 16) return Number(digits);
  return BigInt((isHex ? "0x" : isOctal ? "0o" : "") + digits);
}
