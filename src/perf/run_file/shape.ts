/**
 * Checks of plain data from outside: what a value must look like, and where the first one is that
 * doesn't.
 *
 * @module
 */

/** Tells what is wrong with a value, and where; undefined when nothing is. */
export type Shape = (value: unknown, path: string) => string | undefined;

/** A finite number. */
export const number: Shape = (value, path) =>
  typeof value === "number" && Number.isFinite(value) ? undefined : `${path} is no number`;

/** A text. */
export const string: Shape = (value, path) =>
  typeof value === "string" ? undefined : `${path} is no text`;

/** True or false. */
export const boolean: Shape = (value, path) =>
  typeof value === "boolean" ? undefined : `${path} is neither true nor false`;

/** What may be left out. */
export function optional(shape: Shape): Shape {
  return (value, path) => value === undefined ? undefined : shape(value, path);
}

/** One of a few texts. */
export function oneOf(...texts: readonly string[]): Shape {
  return (value, path) =>
    texts.some((text) => text === value) ? undefined : `${path} is none of ${texts.join(", ")}`;
}

/** A list whose elements all have one shape. */
export function list(shape: Shape): Shape {
  return (value, path) => {
    if (!Array.isArray(value)) return `${path} is no list`;
    for (const [i, one] of value.entries()) {
      const wrong = shape(one, `${path}[${i}]`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** Two numbers. */
export const pair: Shape = (value, path) =>
  Array.isArray(value) && value.length === 2
    ? list(number)(value, path)
    : `${path} is no pair of numbers`;

/** An object with such fields, and with any others. */
export function object(fields: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(fields);
  return (value, path) => {
    if (!isObject(value)) return `${path} is no object`;
    for (const [name, shape] of entries) {
      const wrong = shape(value[name], path === "" ? name : `${path}.${name}`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** An object whose fields, whatever they are called, all have one shape. */
export function record(shape: Shape): Shape {
  return (value, path) =>
    isObject(value) ? list(shape)(Object.values(value), path) : `${path} is no object`;
}

/** Whether a value is an object, and no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
