/**
 * The user's own headers, in the forms in which they may be given.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { Header } from "../transport/types.ts";

/** Headers as a list, or an object: HTTP headers, or gRPC metadata. */
export type HeaderList = readonly Header[] | Readonly<Record<string, string>>;

/** Headers, or a function that gives them anew for every request: a token that is refreshed, a trace. */
export type HeaderSource = HeaderList | (() => HeaderList | Promise<HeaderList>);

/** The headers as a list. */
export function headerList(headers: HeaderList | undefined): readonly Header[] {
  if (headers === undefined) return [];
  return Array.isArray(headers) ? headers : Object.entries(headers);
}

/**
 * What the sources give, one after the other.
 *
 * @throws {InferenceError} INVALID_ARG with the reason when a function throws
 */
export async function resolveHeaders(
  ...sources: readonly (HeaderSource | undefined)[]
): Promise<readonly Header[]> {
  const all: Header[] = [];
  for (const source of sources) {
    try {
      all.push(...headerList(typeof source === "function" ? await source() : source));
    } catch (cause) {
      if (cause instanceof InferenceError) throw cause;
      throw new InferenceError(
        "INVALID_ARG",
        `Cannot get the headers: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      );
    }
  }
  return all;
}
