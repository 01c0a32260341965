/**
 * From what a JSON file says of an input to what a request carries.
 *
 * @module
 */
import { base64Bytes } from "../../base/base64.ts";
import { InferenceError } from "../../base/errors.ts";
import type { InferInput, TensorInfo } from "../../protocol/types.ts";
import { type DataType, elementByteSize } from "../../tensor/data_type.ts";
import { entryShape as shapeOfValues } from "../../tensor/given_shape.ts";
import { byteSize, elementCount, formatShape, isVariable } from "../../tensor/shape.ts";
import { decodeStrings, serializedStrings } from "../../tensor/strings.ts";
import { checkBools } from "../../tensor/typed_array.ts";
import type { BuiltTensor } from "./tensor_builder.ts";
import { entryShape, tensorInput, type TensorOwner } from "./tensor_input.ts";

/** An input as the file has it: values or base64, and a shape if it gives one. */
export interface WrittenInput {
  readonly dataType: DataType;
  readonly values?: BuiltTensor;
  readonly base64?: string;
  readonly shape?: readonly number[];
}

/** What the input is for. */
export interface InputTarget {
  readonly model: TensorOwner;
  readonly batchSize: number;
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}

const invalid = (why: string) => new InferenceError("INVALID_ARG", why);

/** @throws {InferenceError} INVALID_ARG naming what doesn't fit */
export function makeInput(
  written: WrittenInput,
  info: TensorInfo,
  { model, batchSize, shapes }: InputTarget,
): InferInput {
  const given = written.shape ?? shapes[info.name];
  const { values } = written;
  if (values !== undefined) {
    const shape = valuesShape(values.shape, info, model, given);
    return tensorInput(info, shape, values.bytes, batchSize);
  }
  const bytes = base64(written.base64!);
  const shape = openShape(info, model, given, countOfBytes(info, bytes));
  return tensorInput(info, shape, checkedBytes(info, shape, bytes), batchSize);
}

function valuesShape(
  own: readonly number[],
  info: TensorInfo,
  model: TensorOwner,
  given: readonly number[] | undefined,
): readonly number[] {
  const wanted = given ?? info.shape;
  if (own.length === 0 && wanted.length > 0) {
    throw invalid(
      `a single value stands where a list for shape ${formatShape(wanted)} is expected`,
    );
  }
  // Nested lists have a shape; a flat list takes the one that is given or asked for.
  if (own.length > 1 || own.length === wanted.length && given === undefined) {
    const shape = shapeOfValues(own, { shape: wanted, batchSize: 1, batched: false }, false);
    return entryShape(info, model, shape);
  }
  const shape = openShape(info, model, given, own[0] ?? 1);
  const expected = elementCount(shape);
  if ((own[0] ?? 1) === expected) return shape;
  throw invalid(`shape ${formatShape(shape)} needs ${expected} values, ${own[0] ?? 1} are given`);
}

/** With one dimension left open, the number of values says what it is. */
function openShape(
  info: TensorInfo,
  model: TensorOwner,
  given: readonly number[] | undefined,
  count: number,
): readonly number[] {
  const shape = given ?? info.shape;
  if (shape.filter((dim) => dim === -1).length !== 1) return entryShape(info, model, given);
  const others = elementCount(shape.filter((dim) => dim !== -1));
  const open = count / others;
  const whole = Number.isInteger(open) ? shape.map((dim) => dim === -1 ? open : dim) : shape;
  return entryShape(info, model, whole);
}

function base64(text: string): Uint8Array {
  const bytes = base64Bytes(text);
  if (bytes === undefined) throw invalid(`"b64" is not base64`);
  return bytes;
}

/** Strings are serialized, each with its length in front, or there is one and these are its bytes. */
function countOfBytes(info: TensorInfo, bytes: Uint8Array): number {
  if (info.dataType !== "STRING") return bytes.length / elementByteSize(info.dataType);
  try {
    return decodeStrings(bytes).length;
  } catch {
    return 1;
  }
}

function checkedBytes(info: TensorInfo, shape: readonly number[], bytes: Uint8Array): Uint8Array {
  if (isVariable(shape)) return bytes;
  if (info.dataType === "STRING") return serializedStrings(bytes, elementCount(shape));
  const expected = byteSize(info.dataType, shape);
  if (bytes.length !== expected) {
    throw invalid(
      `shape ${formatShape(shape)} needs ${expected} bytes, "b64" has ${bytes.length}`,
    );
  }
  if (info.dataType === "BOOL") checkBools(bytes);
  return bytes;
}
