/**
 * Which of the waiting requests to run together: r19.07's rule for dynamic batching, without state.
 *
 * @module
 */
import type { ModelConfig } from "./config.ts";
import type { ModelRequest } from "./model.ts";

/** How a model's requests may be put together. */
export interface BatchPolicy {
  readonly preferred: ReadonlySet<number>;
  readonly maxPreferred: number;
  readonly maxDelayMs: number;
  /** Requests with inputs of different shapes never share a batch. */
  readonly compareShapes: boolean;
}

/** How many requests of the queue's front to run, or how long to wait before asking again. */
export interface BatchDecision {
  readonly count: number;
  /** Milliseconds; 0 = run now. */
  readonly waitMs: number;
}

/** The policy that a configuration asks for; undefined without dynamic batching. */
export function batchPolicy(config: ModelConfig): BatchPolicy | undefined {
  const dynamic = config.dynamicBatching;
  if (!dynamic) return undefined;
  const preferred = dynamic.preferredBatchSize ?? [];
  return {
    preferred: new Set(preferred),
    maxPreferred: Math.max(0, ...preferred),
    maxDelayMs: Number(dynamic.maxQueueDelayMicroseconds ?? 0n) / 1000,
    compareShapes: config.input.some((input) => input.dims.some((dim) => dim < 0n)),
  };
}

function sameShapes(a: ModelRequest, b: ModelRequest): boolean {
  return a.inputs.every(({ name, shape }) => {
    const other = b.inputs.find((input) => input.name === name);
    return other !== undefined && other.shape.length === shape.length &&
      other.shape.every((dim, i) => dim === shape[i]);
  });
}

/**
 * Takes the longest run of requests that makes a preferred size; else all that fit, once they can't
 * grow or the oldest has waited long enough.
 *
 * @param queue the waiting requests, oldest first; not empty
 * @param waitedMs how long the oldest has waited
 */
export function chooseBatch(
  queue: readonly { readonly request: ModelRequest }[],
  policy: BatchPolicy,
  waitedMs: number,
): BatchDecision {
  let size = 0;
  let count = 0;
  let preferredCount = 0;
  let full = false;
  for (const { request } of queue) {
    if (count > 0) {
      full = size + request.batchSize > policy.maxPreferred ||
        (policy.compareShapes && !sameShapes(queue[0]!.request, request));
      if (full) break;
    }
    size += request.batchSize;
    count++;
    if (policy.preferred.has(size)) preferredCount = count;
  }
  if (preferredCount > 0) return { count: preferredCount, waitMs: 0 };
  const waitMs = policy.maxDelayMs - waitedMs;
  const now = full || size >= policy.maxPreferred || waitMs <= 0;
  return { count, waitMs: now ? 0 : waitMs };
}
