/**
 * Inputs from a JSON file in perf_analyzer's format: {"data": [step, ...]} or {"data": [[step, ...],
 * ...]} with one list for each sequence; a step maps each input's name to its values, to {"content",
 * "shape"}, or to {"b64"}.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import type { InferInput, ModelInfo, TensorInfo } from "../../protocol/types.ts";
import { elementByteSize } from "../../tensor/data_type.ts";
import { byteSize, elementCount, formatShape, isVariable } from "../../tensor/shape.ts";
import { decodeStrings } from "../../tensor/strings.ts";
import { type TensorValues, toBytes } from "../../tensor/typed_array.ts";
import { entryShape, tensorInput } from "./tensor_input.ts";

/** What the values are made for. */
export interface JsonTarget {
  readonly model: ModelInfo;
  readonly batchSize: number;
  /** Shapes given on the command line, by input name. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
}

type JsonObject = Record<string, unknown>;

/**
 * The streams of a file, each a list of steps.
 *
 * @param path for messages
 * @throws {InferenceError} FILE naming the file and the step that can't be used
 */
export function parseJsonData(text: string, path: string, target: JsonTarget): InferInput[][][] {
  const bad = (why: string) => new InferenceError("FILE", `Cannot use '${path}' as input: ${why}`);
  let root: unknown;
  try {
    root = JSON.parse(text, keepLargeIntegers);
  } catch (cause) {
    throw bad(`it is no JSON: ${(cause as Error).message}`);
  }
  const data = isObject(root) ? root.data : undefined;
  if (!Array.isArray(data) || data.length === 0) throw bad(`it has no list "data" with a step`);
  const streams: unknown[][] = Array.isArray(data[0]) ? data : [data];
  return streams.map((steps, stream) => {
    if (!Array.isArray(steps) || steps.length === 0) {
      throw bad(`"data" mixes steps and lists, or list ${stream} is empty`);
    }
    return steps.map((step, index) => {
      try {
        return stepInputs(step, target);
      } catch (error) {
        const where = streams.length > 1 ? `step ${index} of stream ${stream}` : `step ${index}`;
        throw bad(`${where}: ${toInferenceError(error, "INVALID_ARG", "its values").message}`);
      }
    });
  });
}

/** Integers that a double can't hold stay exact. */
function keepLargeIntegers(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== "number" || Number.isSafeInteger(value)) return value;
  return /^-?\d+$/.test(context?.source ?? "") ? BigInt(context!.source!) : value;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(why: string): InferenceError {
  return new InferenceError("INVALID_ARG", why);
}

function stepInputs(step: unknown, target: JsonTarget): InferInput[] {
  if (!isObject(step)) throw invalid("it is no object of inputs");
  const { model, batchSize } = target;
  const known = new Set(model.inputs.map((input) => input.name));
  const unknown = Object.keys(step).find((name) => !known.has(name));
  if (unknown !== undefined) throw invalid(`model '${model.name}' has no input '${unknown}'`);
  return model.inputs.flatMap((info) => {
    const value = step[info.name];
    if (value === undefined && info.optional) return [];
    if (value === undefined) throw invalid(`input '${info.name}' is missing`);
    const { shape, bytes } = tensor(value, info, target);
    return [tensorInput(info, shape, bytes, batchSize)];
  });
}

function tensor(value: unknown, info: TensorInfo, { model, shapes }: JsonTarget) {
  const form = isObject(value) ? value : { content: value };
  const content = "content" in form ? form.content : { b64: form.b64 };
  const given = "shape" in form ? shapeOf(form.shape, info.name) : shapes[info.name];
  if (isObject(content)) {
    const bytes = base64(content.b64, info.name);
    const shape = shapeFor(info, model, given, countOfBytes(info, bytes));
    checkBytes(info, shape, bytes);
    return { shape, bytes };
  }
  const values = flatten(content);
  const shape = shapeFor(info, model, given, values.length);
  const expected = elementCount(shape);
  if (values.length !== expected) {
    throw invalid(
      `input '${info.name}' of shape ${formatShape(shape)} needs ${expected} values, ` +
        `${values.length} are given`,
    );
  }
  return { shape, bytes: namedBytes(info, values) };
}

/** With one dimension left open, the number of values says what it is. */
function shapeFor(
  info: TensorInfo,
  model: ModelInfo,
  given: readonly number[] | undefined,
  count: number,
): readonly number[] {
  const shape = given ?? info.shape;
  if (shape.filter((dim) => dim === -1).length !== 1) return entryShape(info, model.name, given);
  const others = elementCount(shape.filter((dim) => dim !== -1));
  const open = count / others;
  const whole = Number.isInteger(open) ? shape.map((dim) => dim === -1 ? open : dim) : shape;
  return entryShape(info, model.name, whole);
}

function shapeOf(value: unknown, name: string): number[] {
  if (Array.isArray(value) && value.every((dim) => Number.isSafeInteger(dim))) return value;
  throw invalid(`the shape of input '${name}' is no list of whole numbers`);
}

function flatten(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flat(Infinity) : [value];
}

function namedBytes(info: TensorInfo, values: unknown[]): Uint8Array {
  try {
    return toBytes(info.dataType, values as unknown as TensorValues);
  } catch (error) {
    throw invalid(`input '${info.name}': ${toInferenceError(error, "INVALID_ARG", "").message}`);
  }
}

function base64(text: unknown, name: string): Uint8Array {
  if (typeof text !== "string") throw invalid(`input '${name}' has neither values nor "b64"`);
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    throw invalid(`"b64" of input '${name}' is no base64`);
  }
}

function countOfBytes(info: TensorInfo, bytes: Uint8Array): number {
  return info.dataType === "STRING"
    ? decodeStrings(bytes).length
    : bytes.length / elementByteSize(info.dataType);
}

function checkBytes(info: TensorInfo, shape: readonly number[], bytes: Uint8Array): void {
  if (isVariable(shape)) return;
  if (info.dataType === "STRING") {
    decodeStrings(bytes, elementCount(shape));
    return;
  }
  const expected = byteSize(info.dataType, shape);
  if (bytes.length === expected) return;
  throw invalid(
    `input '${info.name}' of shape ${formatShape(shape)} needs ${expected} bytes, ` +
      `"b64" has ${bytes.length}`,
  );
}
