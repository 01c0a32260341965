/**
 * Protobuf messages damaged field by field: tags, lengths and nested messages stay right, so that the
 * damage gets past the first octets.
 *
 * @module
 */
import { mutated, type Random } from "../mutate.ts";

interface Field {
  readonly number: number;
  readonly type: number;
  /** Of a varint its octets; of a length-delimited field what is inside. */
  readonly bytes: Uint8Array;
}

const WIDE = [[0], [1], [0x7f], [0xff, 0xff, 0xff, 0xff, 0x0f]].concat(
  [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]],
  [[0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]],
);

/** A message with one to three of its fields damaged, at any depth. */
export function damagedFields(message: Uint8Array, random: Random): Uint8Array {
  let damaged = message;
  for (let left = 1 + Math.floor(random() * 3); left > 0; left--) {
    damaged = damageOne(damaged, random);
  }
  return damaged;
}

function damageOne(message: Uint8Array, random: Random): Uint8Array {
  const fields = readFields(message);
  if (fields === undefined || fields.length === 0) return mutated(message, random);
  const at = Math.floor(random() * fields.length);
  const field = fields[at]!;
  switch (Math.floor(random() * 7)) {
    case 0:
      fields.splice(at, 1);
      break;
    case 1:
      for (let times = random() < 0.9 ? 1 : 200; times > 0; times--) fields.splice(at, 0, field);
      break;
    case 2:
      fields[at] = { ...field, number: 1 + Math.floor(random() * 12) };
      break;
    case 3:
      fields[at] = { ...field, type: [0, 1, 2, 5][Math.floor(random() * 4)]! };
      break;
    case 4:
      fields.push(fields.splice(at, 1)[0]!);
      break;
    default:
      fields[at] = { ...field, bytes: damagedValue(field, random) };
  }
  return writeFields(fields);
}

function damagedValue({ type, bytes }: Field, random: Random): Uint8Array {
  if (type === 0) return Uint8Array.from(WIDE[Math.floor(random() * WIDE.length)]!);
  return type === 2 && random() < 0.8 ? damageOne(bytes, random) : mutated(bytes, random);
}

/** Undefined for what is no message. */
function readFields(bytes: Uint8Array): Field[] | undefined {
  const fields: Field[] = [];
  for (let at = 0; at < bytes.length;) {
    const tagEnd = varintEnd(bytes, at);
    const tag = varint(bytes, at, tagEnd);
    const [number, type] = [tag >>> 3, tag & 7];
    const valueEnd = type === 0 || type === 2 ? varintEnd(bytes, tagEnd) : tagEnd;
    const length = type === 2
      ? varint(bytes, tagEnd, valueEnd)
      : type === 1
      ? 8
      : type === 5
      ? 4
      : 0;
    if (number === 0 || ![0, 1, 2, 5].includes(type) || valueEnd + length > bytes.length) {
      return undefined;
    }
    const from = type === 0 ? tagEnd : valueEnd;
    fields.push({ number, type, bytes: bytes.subarray(from, valueEnd + length) });
    at = valueEnd + length;
  }
  return fields;
}

function writeFields(fields: readonly Field[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const { number, type, bytes } of fields) {
    parts.push(varintOf(number << 3 | type));
    if (type === 2) parts.push(varintOf(bytes.length));
    parts.push(bytes);
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function varintEnd(bytes: Uint8Array, at: number): number {
  while (at < bytes.length && bytes[at]! >= 0x80) at++;
  return at + 1;
}

function varint(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = to - 1; at >= from; at--) value = value * 128 + ((bytes[at] ?? 0) & 0x7f);
  return Math.min(value, 2 ** 31 - 1);
}

function varintOf(value: number): Uint8Array {
  const octets: number[] = [];
  for (let rest = value; rest > 0 || octets.length === 0; rest >>>= 7) {
    octets.push(rest & 0x7f | (rest > 0x7f ? 0x80 : 0));
  }
  return Uint8Array.from(octets);
}
