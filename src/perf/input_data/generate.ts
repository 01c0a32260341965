/**
 * Values that are made up: random or zeros.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { type DataType, elementByteSize } from "../../tensor/data_type.ts";
import { checkMadeSize, elementCount } from "../../tensor/shape.ts";
import { encodeStrings } from "../../tensor/strings.ts";
import { toBytes } from "../../tensor/typed_array.ts";
import type { Random } from "../random.ts";
import type { InputKind } from "../types.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** How strings are made. */
export interface StringRule {
  readonly stringLength: number;
  /** Every string. */
  readonly stringData?: string;
}

/** What is made up. */
export interface MadeTensor extends InputKind {
  readonly dataType: DataType;
  readonly shape: readonly number[];
}

/**
 * Zeros or random values.
 *
 * @throws {InferenceError} INVALID_ARG for a range that the type doesn't have
 */
export function madeTensor(made: MadeTensor, random: Random, rule: StringRule): Uint8Array {
  const { dataType, shape, kind, range } = made;
  checkMadeSize(dataType, shape);
  const count = elementCount(shape);
  if (kind === "zero") return zeroTensor(dataType, count, rule);
  if (range === undefined) return randomTensor(dataType, count, random, rule);
  if (dataType === "STRING" || dataType === "BOOL") {
    throw new InferenceError(
      "INVALID_ARG",
      `a range of random values is for numbers, not ${dataType}`,
    );
  }
  return toBytes(dataType, Array.from({ length: count }, () => between(range, dataType, random)));
}

/** Integers from the first to the last, both included; floats from the first up to the last. */
function between(
  [low, high]: NonNullable<InputKind["range"]>,
  dataType: DataType,
  random: Random,
): number {
  const span = high - low;
  return dataType.includes("F")
    ? low + random.unit() * span
    : low + Math.min(Math.floor(random.unit() * (span + 1)), span);
}

/** Random values that every type allows: integers of any size, floats in [0, 1], letters and digits. */
export function randomTensor(
  dataType: DataType,
  count: number,
  random: Random,
  rule: StringRule,
): Uint8Array {
  switch (dataType) {
    case "STRING":
      return encodeStrings(
        Array.from({ length: count }, () => rule.stringData ?? randomText(rule, random)),
      );
    case "BOOL":
      return new Uint8Array(count).map(() => random.bits() & 1);
    case "FP16":
    case "BF16":
    case "FP32":
      return toBytes(dataType, new Float32Array(count).map(random.unit));
    case "FP64":
      return toBytes(dataType, new Float64Array(count).map(random.unit));
    default:
      return randomBytes(count * elementByteSize(dataType), random);
  }
}

/** Zeros; strings are empty, or what the rule says. */
export function zeroTensor(dataType: DataType, count: number, rule: StringRule): Uint8Array {
  if (dataType !== "STRING") return new Uint8Array(count * elementByteSize(dataType));
  return encodeStrings(new Array<string>(count).fill(rule.stringData ?? ""));
}

function randomText({ stringLength }: StringRule, random: Random): string {
  let text = "";
  for (let i = 0; i < stringLength; i++) {
    text += LETTERS[Math.floor(random.unit() * LETTERS.length)];
  }
  return text;
}

function randomBytes(size: number, random: Random): Uint8Array {
  const words = new Uint32Array(Math.ceil(size / 4)).map(random.bits);
  return new Uint8Array(words.buffer, 0, size);
}
