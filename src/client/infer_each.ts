/**
 * Many requests, some at once.
 *
 * @module
 */
import { onAbort } from "../base/abort.ts";
import { detachable, orderedMap } from "../base/pipeline.ts";
import type { InferOptions } from "./request.ts";
import type { InferResult } from "./result.ts";
import type { AnyModel, ModelTypes } from "./typed.ts";

/** Where requests come from: a list, or a stream that may be endless. */
export type Requests<M extends ModelTypes = AnyModel> =
  | Iterable<InferOptions<M>>
  | AsyncIterable<InferOptions<M>>;

/** How many requests are sent. */
export interface InferEachOptions {
  /**
   * Maximum number of requests in flight. Requests of one sequence need 1, unless a stream carries them.
   * @default 8
   */
  readonly concurrency?: number;
}

const DEFAULT_CONCURRENCY = 8;

/**
 * Runs `infer` on each request and yields the results in the order of the requests. Leaving the loop
 * cancels the requests in flight.
 */
export async function* inferEach<M extends ModelTypes>(
  requests: Requests<M>,
  infer: (request: InferOptions<M>) => Promise<InferResult<M>>,
  { concurrency = DEFAULT_CONCURRENCY }: InferEachOptions = {},
): AsyncGenerator<InferResult<M>, void, void> {
  const source = Symbol.asyncIterator in requests ? detachable(requests) : requests;
  const underWay = new Set<AbortController>();
  const cancellable = async (request: InferOptions<M>): Promise<InferResult<M>> => {
    const own = new AbortController();
    const { signal } = request;
    const follow = () => own.abort(signal?.reason);
    if (signal?.aborted) follow();
    const unwatch = signal && onAbort(signal, follow);
    underWay.add(own);
    try {
      return await infer({ ...request, signal: own.signal });
    } finally {
      underWay.delete(own);
      unwatch?.();
    }
  };
  const results = orderedMap(source, Math.max(1, concurrency), cancellable);
  try {
    for (let next = await results.next(); !next.done; next = await results.next()) {
      yield next.value;
    }
  } finally {
    const left = new DOMException("The loop over the results was left", "AbortError");
    for (const request of underWay) request.abort(left);
    await results.return();
  }
}
