/**
 * Inputs that lie in shared memory.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { InferInput, SharedMemoryPlace, TensorInfo } from "../protocol/types.ts";
import type { DataType } from "../tensor/data_type.ts";
import { byteSize, formatShape, isVariable } from "../tensor/shape.ts";

/** An input whose bytes the server finds in shared memory. */
export interface SharedInput {
  /** Where it lies: `memory.place(...)`. */
  readonly sharedMemory: SharedMemoryPlace;
  /** Shape of one batch entry, when the model's is variable. */
  readonly shape?: readonly number[];
  /** Its type, when it is not the model's. */
  readonly dataType?: DataType;
}

/** Whether an input lies in shared memory. */
export function isShared(given: unknown): given is SharedInput {
  return typeof given === "object" && given !== null && "sharedMemory" in given;
}

/** @throws {InferenceError} INVALID_ARG naming the input */
export function sharedInput(info: TensorInfo, given: SharedInput, batchSize: number): InferInput {
  const bad = (why: string) => new InferenceError("INVALID_ARG", `input '${info.name}' ${why}`);
  const { sharedMemory } = given;
  const shape = given.shape ?? info.shape;
  const fits = shape.length === info.shape.length &&
    info.shape.every((dim, i) => dim === -1 || dim === shape[i]);
  if (!fits) {
    throw bad(`has shape ${formatShape(info.shape)}, ${formatShape(shape)} was given for it`);
  }
  if (isVariable(shape)) throw bad("lies in shared memory and needs a shape");
  if (typeof sharedMemory?.region !== "string") throw bad("needs a place in shared memory");
  const expected = info.dataType === "STRING"
    ? sharedMemory.byteSize
    : byteSize(info.dataType, shape) * batchSize;
  if (sharedMemory.byteSize !== expected) {
    throw bad(
      `takes ${expected} bytes, ${sharedMemory.byteSize} in shared memory were given for it`,
    );
  }
  const { name, dataType } = info;
  return { name, dataType, shape, explicitShape: true, data: [], sharedMemory };
}
