/**
 * Flag values: text in, checked value out.
 *
 * @module
 */
import type { ChoiceFlag, Flag, IntegerFlag, NumberFlag } from "./flag.ts";
import { expectation, flagName } from "./flag_text.ts";
import { usageError } from "./usage.ts";

const INTEGER = /^[+-]?\d+$/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * The value of a flag that takes one, other than a list.
 *
 * @throws {InferenceError} `USAGE` when the text is not what the flag takes
 */
export function readValue(flag: Flag, text: string): string | number {
  switch (flag.kind) {
    case "integer":
      return readInteger(flag, text);
    case "number":
      return readNumber(flag, text);
    case "choice":
      return readChoice(flag, text);
    default:
      return text;
  }
}

function readInteger(flag: IntegerFlag, text: string): number {
  const trimmed = text.trim();
  if (!INTEGER.test(trimmed)) throw refuse(flag, text);
  const value = Number(trimmed);
  if (!Number.isSafeInteger(value)) {
    throw usageError(
      `Cannot use "${text}" for ${
        flagName(flag)
      }: whole numbers go up to ${Number.MAX_SAFE_INTEGER}`,
    );
  }
  return inRange(flag, value, text);
}

function readNumber(flag: NumberFlag, text: string): number {
  const trimmed = text.trim();
  const value = NUMBER.test(trimmed) ? Number(trimmed) : NaN;
  if (!Number.isFinite(value)) throw refuse(flag, text);
  return inRange(flag, value, text);
}

function inRange(flag: IntegerFlag | NumberFlag, value: number, text: string): number {
  if (value < (flag.min ?? -Infinity) || value > (flag.max ?? Infinity)) throw refuse(flag, text);
  // "-0" is zero to whoever wrote it.
  return value === 0 ? 0 : value;
}

function readChoice(flag: ChoiceFlag, text: string): string {
  const given = text.trim().toLowerCase();
  const choice = flag.choices.find((word) => word.toLowerCase() === given) ?? flag.former?.[given];
  if (choice === undefined) throw refuse(flag, text);
  return choice;
}

function refuse(flag: Flag, text: string) {
  return usageError(`Cannot use "${text}" for ${flagName(flag)}: expected ${expectation(flag)}`);
}
