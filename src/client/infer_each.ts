/**
 * Many requests, some at once.
 *
 * @module
 */
import { detachable, orderedMap } from "../base/pipeline.ts";
import type { InferOptions } from "./request.ts";
import type { InferResult } from "./result.ts";

/** Where requests come from: a list, or a stream that may be endless. */
export type Requests = Iterable<InferOptions> | AsyncIterable<InferOptions>;

/** How many requests are sent. */
export interface InferEachOptions {
  /**
   * Requests under way at once, at most. Requests of one sequence need 1, unless a stream carries them.
   * @default 8
   */
  readonly concurrency?: number;
}

const DEFAULT_CONCURRENCY = 8;

/** Runs `infer` on each request and yields the results in the order of the requests. */
export function inferEach(
  requests: Requests,
  infer: (request: InferOptions) => Promise<InferResult>,
  { concurrency = DEFAULT_CONCURRENCY }: InferEachOptions = {},
): AsyncGenerator<InferResult, void, void> {
  const source = Symbol.asyncIterator in requests ? detachable(requests) : requests;
  return orderedMap(source, Math.max(1, concurrency), infer);
}
