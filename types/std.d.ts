// Types for the parts of the standard library that this project uses. The npm package behind the
// @std names ships JavaScript only.

declare module "@std/cli/parse-args" {
  export interface ParseOptions {
    "--"?: boolean;
    alias?: Record<string, string | readonly string[]>;
    boolean?: boolean | readonly string[];
    string?: readonly string[];
    collect?: readonly string[];
    negatable?: readonly string[];
    default?: Record<string, unknown>;
    stopEarly?: boolean;
    unknown?: (arg: string, key?: string, value?: unknown) => unknown;
  }
  export function parseArgs(
    args: readonly string[],
    options?: ParseOptions,
  ): { _: Array<string | number>; [name: string]: unknown };
}

declare module "@std/csv" {
  export function parse(
    text: string,
    options?: { skipFirstRow?: boolean; separator?: string },
  ): string[][];
  export function stringify(
    rows: readonly (readonly (string | number)[])[],
    options?: { headers?: boolean },
  ): string;
}

declare module "@std/assert" {
  export class AssertionError extends Error {}
  export function assert(value: unknown, message?: string): asserts value;
  export function assertEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertNotEquals<T>(actual: T, expected: T, message?: string): void;
  export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): void;
  export function assertAlmostEquals(
    actual: number,
    expected: number,
    tolerance?: number,
    message?: string,
  ): void;
  export function assertExists<T>(value: T, message?: string): asserts value is NonNullable<T>;
  export function assertGreater<T>(actual: T, expected: T, message?: string): void;
  export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void;
  export function assertLess<T>(actual: T, expected: T, message?: string): void;
  export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void;
  export function assertMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertNotMatch(actual: string, expected: RegExp, message?: string): void;
  export function assertStringIncludes(actual: string, expected: string, message?: string): void;
  export function assertArrayIncludes<T>(
    actual: ArrayLike<T>,
    expected: ArrayLike<T>,
    message?: string,
  ): void;
  export function assertObjectMatch(
    actual: object,
    expected: object,
    message?: string,
  ): void;
  export function assertInstanceOf<T>(
    actual: unknown,
    // deno-lint-ignore no-explicit-any
    type: abstract new (...args: any[]) => T,
    message?: string,
  ): asserts actual is T;
  export function assertThrows(fn: () => unknown, message?: string): unknown;
  export function assertThrows<E extends Error>(
    fn: () => unknown,
    // deno-lint-ignore no-explicit-any
    errorClass: abstract new (...args: any[]) => E,
    messageIncludes?: string,
    message?: string,
  ): E;
  export function assertRejects(fn: () => PromiseLike<unknown>, message?: string): Promise<unknown>;
  export function assertRejects<E extends Error>(
    fn: () => PromiseLike<unknown>,
    // deno-lint-ignore no-explicit-any
    errorClass: abstract new (...args: any[]) => E,
    messageIncludes?: string,
    message?: string,
  ): Promise<E>;
  export function fail(message?: string): never;
  export function unreachable(reason?: string): never;
}
