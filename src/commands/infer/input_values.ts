/**
 * From an input's source to its values.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import { MAX_FILE_BYTES, readWhole } from "../../base/read_file.ts";
import type { InputValues } from "../../client/request.ts";
import type { TensorInfo } from "../../protocol/types.ts";
import { elementByteSize } from "../../tensor/data_type.ts";
import { fileTensor } from "../../tensor/file_tensor.ts";
import { entryShape } from "../../tensor/given_shape.ts";
import { NPY_HEADER_LIMIT } from "../../tensor/npy.ts";
import {
  byteSize,
  checkMadeSize,
  elementCount,
  formatShape,
  isVariable,
} from "../../tensor/shape.ts";
import { serializedStrings } from "../../tensor/strings.ts";
import type { TensorValues } from "../../tensor/typed_array.ts";
import type { ValueSource } from "./input_spec.ts";
import { parseJsonTensor } from "./json_values.ts";
import { randomValues } from "./random_values.ts";

/** What the values are made for. */
export interface ValueRequest {
  readonly info: TensorInfo;
  readonly batchSize: number;
  /** Whether the tensor may carry a batch dimension in front. */
  readonly batched: boolean;
  /** Of one batch entry, when it was given. */
  readonly shape: readonly number[] | undefined;
  /** Ends the wait for a pipe. */
  readonly signal?: AbortSignal;
}

/**
 * The values of an input.
 *
 * @throws {InferenceError} INVALID_ARG or FILE naming the input, what was expected and what was given
 */
export async function inputValues(
  source: ValueSource,
  request: ValueRequest,
): Promise<InputValues> {
  const { name } = request.info;
  try {
    switch (source.kind) {
      case "json":
        return fromJson(source.text, request);
      case "file":
        return fromFile(await readFile(source.path, request), source.path, request);
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

/** The shape that is wanted: the one given on the command line, else the model's. */
function wantedShape({ info, shape }: ValueRequest): readonly number[] {
  return shape ?? info.shape;
}

function fromJson(text: string, request: ValueRequest): InputValues {
  const json = parseJsonTensor(text);
  if (json.bytes) return fromBytes(json.bytes, request);
  const shape = entryShape(json.shape, { ...request, shape: wantedShape(request) }, true);
  return { values: json.elements as TensorValues, shape: sentShape(shape, request) };
}

function fromFile(bytes: Uint8Array, path: string, request: ValueRequest): InputValues {
  const { info } = request;
  const file = fileTensor(bytes, info.dataType, path);
  if (file.kind === "array") {
    const shape = entryShape(file.shape, { ...request, shape: wantedShape(request) }, false);
    return { bytes: file.data, shape: sentShape(shape, request) };
  }
  if (info.dataType !== "STRING") return fromBytes(bytes, request);
  // A file is one string, whatever is in it.
  const wanted = wantedShape(request);
  const shape = entryShape([1], { ...request, shape: isVariable(wanted) ? [1] : wanted }, true);
  return { values: [bytes], shape: sentShape(shape, request) };
}

/** A tensor's own bytes; for STRING each string with its length in front, or the only string. */
function fromBytes(bytes: Uint8Array, request: ValueRequest): InputValues {
  if (request.info.dataType !== "STRING") return { bytes, shape: request.shape };
  const shape = wantedShape(request);
  const wanted = isVariable(shape) ? [1] : shape;
  const count = elementCount(wanted) * request.batchSize;
  return { bytes: serializedStrings(bytes, count), shape: sentShape(wanted, request) };
}

/** A shape is sent only where the model leaves it open, and checked where it was given. */
function sentShape(shape: readonly number[], request: ValueRequest) {
  return isVariable(request.info.shape) || request.shape !== undefined ? shape : undefined;
}

function made(request: ValueRequest, make: (count: number) => TensorValues): InputValues {
  const shape = wantedShape(request);
  if (isVariable(shape)) {
    throw new InferenceError(
      "INVALID_ARG",
      `its shape ${formatShape(shape)} is variable; set it with --shape ${request.info.name}:d1,d2`,
    );
  }
  checkMadeSize(request.info.dataType, [request.batchSize, ...shape]);
  return { values: make(elementCount(shape) * request.batchSize), shape: request.shape };
}

function zeros(info: TensorInfo, count: number): TensorValues {
  if (info.dataType === "STRING") return Array.from({ length: count }, () => "");
  if (elementByteSize(info.dataType) === 8 && info.dataType !== "FP64") {
    return new BigInt64Array(count);
  }
  return new Array<number>(count).fill(0);
}

/** No more than the tensor has, where that is known. */
function readFile(path: string, request: ValueRequest): Promise<Uint8Array> {
  const { info, batchSize, signal } = request;
  const shape = wantedShape(request);
  const known = info.dataType !== "STRING" && !isVariable(shape);
  const size = known ? byteSize(info.dataType, shape) * batchSize : MAX_FILE_BYTES;
  return readWhole(path, {
    doing: `cannot read ${path}`,
    maxBytes: Math.min(MAX_FILE_BYTES, 2 * size + NPY_HEADER_LIMIT),
    signal,
  });
}
