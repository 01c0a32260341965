/**
 * Small helpers that the built-in models share.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { toTypedArray } from "../../tensor/typed_array.ts";
import type { ConfigDataType } from "../core/config.ts";
import type { ModelInstance, ModelRequest, ModelResult, TensorValue } from "../core/model.ts";

/** An instance that treats the requests of a batch one by one; what `run` throws fails only its own. */
export function perRequest(run: (request: ModelRequest) => readonly TensorValue[]): ModelInstance {
  const guarded = (request: ModelRequest): ModelResult => {
    try {
      return run(request);
    } catch (error) {
      if (error instanceof InferenceError) return error;
      throw error;
    }
  };
  return { execute: (batch) => batch.map(guarded) };
}

/** An input of a request. @throws {InferenceError} INVALID_ARG when it was not sent */
export function inputOf(request: ModelRequest, name: string): TensorValue {
  const input = request.inputs.find((candidate) => candidate.name === name);
  if (input) return input;
  throw new InferenceError("INVALID_ARG", `input '${name}' is missing`);
}

/** A failure in r19.07's words for what a custom back end reports about one request. */
export function payloadError(instanceName: string, code: number, message: string): InferenceError {
  return new InferenceError(
    "INTERNAL",
    `payload error for '${instanceName}': (${code}) ${message}`,
  );
}

/** Little-endian bytes as 32-bit integers; a view where alignment allows it. */
export function int32Of(data: Uint8Array): Int32Array {
  return toTypedArray("INT32", data) as Int32Array;
}

/** Little-endian bytes as 32-bit floats; a view where alignment allows it. */
export function float32Of(data: Uint8Array): Float32Array {
  return toTypedArray("FP32", data) as Float32Array;
}

/** The bytes of an array of numbers. */
export function bytesOf(values: Int32Array | Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** A tensor of a configuration. */
export function tensorConfig(name: string, dataType: ConfigDataType, dims: readonly number[]) {
  return { name, dataType, dims: dims.map(BigInt) };
}
