/**
 * How objects look in logs: `console.log` on every engine, and JSON in spite of bigints.
 *
 * @module
 */

type Inspect = (value: unknown, options?: unknown) => string;

/**
 * Makes `console.log` show instances as `Name { ... }` with what `show` gives, on Deno, Node and Bun.
 * What `show` throws is shown too: a log must not fail.
 */
export function shownAs<T>(
  shownClass: { readonly prototype: T },
  name: string,
  show: (instance: T) => unknown,
): void {
  const text = (instance: T, inspect: Inspect, options: unknown): string => {
    let value: unknown;
    try {
      value = show(instance);
    } catch (error) {
      value = { unreadable: error instanceof Error ? error.message : String(error) };
    }
    return `${name} ${inspect(value, options)}`;
  };
  const hooks: Record<symbol, unknown> = {
    [Symbol.for("Deno.customInspect")](this: T, inspect: Inspect, options: unknown) {
      return text(this, inspect, options);
    },
    [Symbol.for("nodejs.util.inspect.custom")](
      this: T,
      _depth: number,
      options: unknown,
      inspect: Inspect,
    ) {
      return text(this, inspect, options);
    },
  };
  for (const symbol of Object.getOwnPropertySymbols(hooks)) {
    Object.defineProperty(shownClass.prototype, symbol, {
      value: hooks[symbol],
      configurable: true,
      writable: true,
    });
  }
}

/** A number as JSON has it: text for bigints beyond 2^53, NaN and the infinities. */
export function plainNumber(value: number | bigint): number | string {
  const number = Number(value);
  if (typeof value === "bigint") return Number.isSafeInteger(number) ? number : value.toString();
  return Number.isFinite(value) ? value : String(value);
}

/** The same data with every bigint as {@linkcode plainNumber} has it. */
export function plainBigints(value: unknown): unknown {
  if (typeof value === "bigint") return plainNumber(value);
  if (Array.isArray(value)) return value.map(plainBigints);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [key, plainBigints(entry)]),
  );
}

/** Gives plain data with bigints in it a `toJSON`, so that it can be logged. */
export function loggable<T extends object>(data: T): T {
  return Object.defineProperty(data, "toJSON", {
    value: () => plainBigints({ ...data }),
    configurable: true,
  });
}
