/**
 * What both wires say of an input beside its bytes.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferInput, InferRequest } from "../types.ts";

/**
 * The shape of an input as it is sent: with the batch dimension, if the model has one.
 *
 * @throws {InferenceError} INVALID_ARG for dimensions that are no whole numbers >= 0
 */
export function wireShape(request: InferRequest, input: InferInput): number[] {
  const shape = request.batched ? [request.batchSize, ...input.shape] : [...input.shape];
  if (!shape.every((dim) => Number.isSafeInteger(dim) && dim >= 0)) {
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot send input '${input.name}' with shape [${shape}]: dimensions are whole numbers >= 0`,
    );
  }
  return shape;
}

/** Bytes of an input, all pieces. */
export function byteLength(input: InferInput): number {
  return input.data.reduce((sum, piece) => sum + piece.byteLength, 0);
}
