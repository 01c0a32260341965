/**
 * A little help for writing WebAssembly's text: operators as functions.
 *
 * @module
 */

/** An expression: a number is a constant of 32 bits, `$name` a local variable, anything else WebAssembly. */
export type Expression = number | string;

const written = (value: Expression): string =>
  typeof value === "number"
    ? `(i32.const ${value})`
    : value.startsWith("$")
    ? `(local.get ${value})`
    : value;

const operator = (name: string) => (...values: Expression[]) =>
  `(${name} ${values.map(written).join(" ")})`;

export const add = operator("i32.add");
export const sub = operator("i32.sub");
export const mul = operator("i32.mul");
export const and = operator("i32.and");
export const or = operator("i32.or");
export const shl = operator("i32.shl");
export const shr = operator("i32.shr_s");
export const shrU = operator("i32.shr_u");
export const eq = operator("i32.eq");
export const ne = operator("i32.ne");
export const less = operator("i32.lt_s");
export const more = operator("i32.gt_s");
export const isZero = operator("i32.eqz");
export const long = operator("i64.extend_i32_u");
export const wrapped = operator("i32.wrap_i64");

/** A constant of 64 bits. */
export const wide = (value: number | bigint | string) => `(i64.const ${value})`;

/** Sets a local variable. */
export const set = (name: string, value: Expression) => `(local.set ${name} ${written(value)})`;

/** Reads memory, with an instruction such as `i32.load16_u`. */
export const load = (instruction: string, at: Expression, offset = 0) =>
  `(${instruction} offset=${offset} ${written(at)})`;

/** Writes memory. */
export const store = (instruction: string, at: Expression, value: Expression, offset = 0) =>
  `(${instruction} offset=${offset} ${written(at)} ${written(value)})`;

/** Runs statements on a condition. */
export const when = (condition: Expression, yes: string, no?: string) =>
  `(if ${written(condition)} (then ${yes})${no === undefined ? "" : ` (else ${no})`})`;

/** The smaller or larger of two numbers that are no calls. */
export const least = (a: Expression, b: Expression) =>
  `(select ${written(a)} ${written(b)} ${less(a, b)})`;
export const most = (a: Expression, b: Expression) =>
  `(select ${written(a)} ${written(b)} ${more(a, b)})`;
