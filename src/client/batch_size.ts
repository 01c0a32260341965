/**
 * Which batches a model takes.
 *
 * @module
 */
import type { ModelInfo } from "../protocol/types.ts";

/** Why a model doesn't take a batch of so many; undefined when it does. */
export function batchSizeProblem(
  { maxBatchSize }: Pick<ModelInfo, "maxBatchSize">,
  batchSize: number,
): "no batching" | "too large" | undefined {
  if (maxBatchSize === 0) return batchSize === 1 ? undefined : "no batching";
  return batchSize > maxBatchSize ? "too large" : undefined;
}
