/**
 * Which models r19.07's messages have words for.
 *
 * @module
 */
import type { ModelSpec } from "../core/config.ts";

/** Whether v1 clients see a model: none with optional inputs, BF16, or several answers a request. */
export function isV1Model({ config }: ModelSpec): boolean {
  return !config.modelTransactionPolicy?.decoupled &&
    !config.input.some(({ optional, dataType }) => optional || dataType === "TYPE_BF16") &&
    !config.output.some(({ dataType }) => dataType === "TYPE_BF16");
}
