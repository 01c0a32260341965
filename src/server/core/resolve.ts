/**
 * Checks a request against a model's configuration and works out the shapes and sizes that it
 * leaves open. The messages are r19.07's.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { elementByteSize } from "../../tensor/data_type.ts";
import type { ModelSpec, TensorSpec } from "./config.ts";

/** An input as a request announces it. */
export interface GivenInput {
  readonly name: string;
  /** Of one batch entry; empty = as configured. */
  readonly shape: readonly number[];
  /** Of the whole batch; 0 = what shape and data type make. */
  readonly byteSize: number;
}

/** An input with its shape and size known. */
export interface ResolvedInput {
  readonly name: string;
  /** Of one batch entry. */
  readonly shape: readonly number[];
  /** Of the whole batch. */
  readonly byteSize: number;
}

function invalid(message: string): InferenceError {
  return new InferenceError("INVALID_ARG", message);
}

/** Multiplies dimensions; the empty shape has one element. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

function matches(shape: readonly number[], configured: readonly number[]): boolean {
  return shape.length === configured.length &&
    shape.every((dim, i) => dim >= 0 && (dim === configured[i] || configured[i]! < 0));
}

function resolveShape(input: GivenInput, tensor: TensorSpec, model: string): readonly number[] {
  const { name, shape } = input;
  if (shape.length === 0) {
    if (!tensor.variable) return tensor.dims;
    throw invalid(
      `model supports variable-size for input '${name}', request must specify input shape for ` +
        `model '${model}'`,
    );
  }
  if (matches(shape, tensor.dims)) return shape;
  throw invalid(
    `unexpected shape for input '${name}' for model '${model}'. Expected [${tensor.dims}], ` +
      `got [${shape}]`,
  );
}

/** @throws {InferenceError} INVALID_ARG when the model takes no batch of that size */
export function checkBatchSize({ config }: ModelSpec, batchSize: number): void {
  if (batchSize < 1) {
    throw invalid(`inference request batch-size must be >= 1 for '${config.name}'`);
  }
  if (batchSize !== 1 && batchSize > config.maxBatchSize) {
    throw invalid(
      `inference request batch-size must be <= ${config.maxBatchSize} for '${config.name}'`,
    );
  }
}

/**
 * Shapes and sizes of a request's inputs, in the request's order.
 *
 * @throws {InferenceError} INVALID_ARG for a wrong number of inputs, an unknown one, a shape or a
 * size that does not fit
 */
export function resolveInputs(
  spec: ModelSpec,
  batchSize: number,
  inputs: readonly GivenInput[],
): ResolvedInput[] {
  const model = spec.config.name;
  if (inputs.length !== spec.inputs.size) {
    throw invalid(
      `expected ${spec.inputs.size} inputs but got ${inputs.length} inputs for model '${model}'`,
    );
  }
  return inputs.map((input) => {
    const tensor = spec.inputs.get(input.name);
    if (!tensor) throw invalid(`unexpected inference input '${input.name}' for model '${model}'`);
    const shape = resolveShape(input, tensor, model);
    const elementSize = elementByteSize(tensor.dataType);
    if (elementSize === 0) return { name: input.name, shape, byteSize: input.byteSize };
    const byteSize = elementCount(shape) * elementSize * batchSize;
    if (input.byteSize !== 0 && input.byteSize !== byteSize) {
      throw invalid(
        `specific batch-byte-size for input '${input.name}' does not match expected byte-size ` +
          `calculated from shape and datatype for model '${model}'`,
      );
    }
    return { name: input.name, shape, byteSize };
  });
}
