/**
 * From an input's source to its values.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import type { InputValues } from "../../client/request.ts";
import type { TensorInfo } from "../../protocol/types.ts";
import { elementByteSize } from "../../tensor/data_type.ts";
import { elementCount, formatShape, isVariable } from "../../tensor/shape.ts";
import type { TensorValues } from "../../tensor/typed_array.ts";
import { fileError } from "../file_error.ts";
import type { InputSource } from "./input_spec.ts";
import { parseJsonTensor } from "./json_values.ts";
import { isNpy, readNpy } from "./npy.ts";
import { randomValues } from "./random_values.ts";

/** What the values are made for. */
export interface ValueRequest {
  readonly info: TensorInfo;
  readonly batchSize: number;
  /** Whether the tensor may carry a batch dimension in front. */
  readonly batched: boolean;
  /** Of one batch entry, when it was given. */
  readonly shape: readonly number[] | undefined;
}

/**
 * The values of an input.
 *
 * @throws {InferenceError} INVALID_ARG or FILE naming the input, what was expected and what was given
 */
export async function inputValues(
  source: InputSource,
  request: ValueRequest,
): Promise<InputValues> {
  const { name } = request.info;
  try {
    switch (source.kind) {
      case "json":
        return fromJson(source.text, request);
      case "file":
        return fromFile(await readFile(source.path), source.path, request);
      case "zeros":
        return made(request, (count) => zeros(request.info, count));
      case "random":
        return made(request, (count) => randomValues(request.info.dataType, count));
    }
  } catch (error) {
    const cause = toInferenceError(error, "INVALID_ARG", "making values");
    throw new InferenceError(cause.code, `input '${name}': ${cause.message}`, { cause });
  }
}

function fromJson(text: string, request: ValueRequest): InputValues {
  const { shape, elements } = parseJsonTensor(text);
  return {
    values: elements as TensorValues,
    shape: request.shape ?? shapeOfFile(shape, request),
  };
}

function fromFile(bytes: Uint8Array, path: string, request: ValueRequest): InputValues {
  const { info } = request;
  if (info.dataType === "STRING") {
    return { values: [bytes], shape: request.shape ?? variableShape(request, [1]) };
  }
  if (!isNpy(bytes)) return { bytes, shape: request.shape };
  const array = readNpy(bytes, path);
  if (array.dataType !== info.dataType) {
    throw new InferenceError(
      "INVALID_ARG",
      `expected ${info.dataType}, ${path} holds ${array.dataType}`,
    );
  }
  return { bytes: array.data, shape: request.shape ?? shapeOfFile(array.shape, request) };
}

/** The shape of one entry, from values that have a shape of their own. */
function shapeOfFile(
  given: readonly number[],
  request: ValueRequest,
): readonly number[] | undefined {
  const rank = request.info.shape.length;
  const entry = request.batched && given.length === rank + 1 ? given.slice(1) : given;
  return variableShape(request, entry);
}

/** A shape needs to be said only where the model leaves it open. */
function variableShape(request: ValueRequest, shape: readonly number[]) {
  return isVariable(request.info.shape) ? shape : undefined;
}

function made(request: ValueRequest, make: (count: number) => TensorValues): InputValues {
  const shape = request.shape ?? request.info.shape;
  if (isVariable(shape)) {
    throw new InferenceError(
      "INVALID_ARG",
      `its shape ${formatShape(shape)} is variable: say --shape ${request.info.name}:d1,d2`,
    );
  }
  return { values: make(elementCount(shape) * request.batchSize), shape: request.shape };
}

function zeros(info: TensorInfo, count: number): TensorValues {
  if (info.dataType === "STRING") return Array.from({ length: count }, () => "");
  if (elementByteSize(info.dataType) === 8 && info.dataType !== "FP64") {
    return new BigInt64Array(count);
  }
  return new Array<number>(count).fill(0);
}

async function readFile(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (error) {
    throw fileError(error, `cannot read ${path}`);
  }
}
