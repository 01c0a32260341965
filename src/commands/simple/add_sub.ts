/**
 * What the simple clients send and print: sixteen sums and differences.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferOptions } from "../../client/request.ts";
import type { InferResult } from "../../client/result.ts";

const COUNT = 16;

/** 0 to 15, and sixteen ones. */
export const INPUT0: readonly number[] = Array.from({ length: COUNT }, (_, i) => i);
export const INPUT1: readonly number[] = Array.from({ length: COUNT }, () => 1);

/** The request that adds and subtracts them as INT32. */
export function addSubRequest(): InferOptions {
  return { inputs: { INPUT0: Int32Array.from(INPUT0), INPUT1: Int32Array.from(INPUT1) } };
}

/** The same with the numbers written as strings. */
export function addSubStringRequest(): InferOptions {
  return { inputs: { INPUT0: INPUT0.map(String), INPUT1: INPUT1.map(String) } };
}

/**
 * The lines of a result, checked.
 *
 * @throws {InferenceError} the request's own error, or INTERNAL for a wrong sum or difference
 */
export function addSubLines(result: InferResult): string {
  const sums = elements(result, "OUTPUT0");
  const differences = elements(result, "OUTPUT1");
  return INPUT0.map((a, i) => {
    const b = INPUT1[i];
    check("sum", a + b!, sums[i]!, i);
    check("difference", a - b!, differences[i]!, i);
    return `${a} + ${b} = ${sums[i]}\n${a} - ${b} = ${differences[i]}\n`;
  }).join("");
}

function elements(result: InferResult, name: string): readonly (string | number | bigint)[] {
  const output = result.output(name);
  return output.dataType === "STRING" ? output.strings : [...output.data];
}

function check(what: string, expected: number, got: string | number | bigint, index: number): void {
  if (Number(got) === expected) return;
  throw new InferenceError(
    "INTERNAL",
    `incorrect ${what} at index ${index}: expected ${expected}, got ${got ?? "nothing"}`,
  );
}
