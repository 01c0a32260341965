/**
 * From the values of inputs to their bytes and shapes.
 *
 * @module
 */
import { concatBytes } from "../base/bytes.ts";
import { InferenceError } from "../base/errors.ts";
import type { DeclaredInput } from "./declared_inputs.ts";
import type { InferInput, ModelInfo, TensorInfo } from "../protocol/types.ts";
import { isShared, type SharedInput, sharedInput } from "./shared_inputs.ts";
import { decodeStrings } from "../tensor/strings.ts";
import { flatten, type Nested } from "../tensor/nested.ts";
import { type DataType, elementByteSize } from "../tensor/data_type.ts";
import { byteSize, elementCount, formatShape, isVariable } from "../tensor/shape.ts";
import { checkBools, type TensorValues, toBytes, toTypedArray } from "../tensor/typed_array.ts";

/** An element of an input. */
export type InputElement = number | bigint | boolean | string | Uint8Array;

/**
 * Values of an input, all batch entries one after the other: a typed array, a list of numbers, bigints
 * (64-bit types), booleans, or strings and byte strings (STRING), or lists in lists, one level for the
 * batch and one for each dimension. Values are read when the request is made, before the call returns:
 * what is changed later is not sent. Raw little-endian bytes go in as an ArrayBuffer or as `{ bytes }`;
 * they are sent without a copy and must stay as they are until the result is there.
 */
export type InputValues = TensorValues | readonly Nested<InputElement>[] | ArrayBuffer | {
  /** Raw bytes as they go over the wire, in one piece or in pieces; sent without a copy. */
  readonly bytes: Uint8Array | readonly Uint8Array[];
  /** Shape of one batch entry, when the model's is variable; one -1 is found from the bytes. */
  readonly shape?: readonly number[];
  /** Their type, when it is not the model's: the server has to take it. r19.07 isn't told. */
  readonly dataType?: DataType;
} | {
  /** As above. */
  readonly values: TensorValues | readonly Nested<InputElement>[];
  /** Shape of one batch entry, when the model's is variable; one -1 is found from the values. */
  readonly shape?: readonly number[];
  /** Their type, when it is not the model's or the model declares none. */
  readonly dataType?: DataType;
} | SharedInput;

/** The inputs of a request. */
export interface BuiltInputs {
  readonly inputs: InferInput[];
  readonly batchSize: number;
}

/**
 * Checks the inputs and turns them into bytes.
 *
 * @param batchSize undefined = as many entries as the values are for
 * @throws {InferenceError} INVALID_ARG naming the input
 */
export function buildInputs(
  model: ModelInfo,
  batchSize: number | undefined,
  given: Readonly<Record<string, InputValues>>,
): BuiltInputs {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw invalid(`the inputs of model '${model.name}' must be an object: names and values`);
  }
  const known = new Set(model.inputs.map(({ name }) => name));
  for (const name of Object.keys(given)) {
    if (known.has(name)) continue;
    throw invalid(
      `unknown input '${name}' for model '${model.name}', which has ${nameList(model.inputs)}`,
    );
  }
  const parts: { info: TensorInfo; tensor: Tensor | SharedInput }[] = [];
  for (const wanted of model.inputs) {
    const values = given[wanted.name];
    const info = values === undefined ? wanted : { ...wanted, ...ownType(values) };
    if (isShared(values)) parts.push({ info, tensor: values });
    else if (values !== undefined) parts.push({ info, tensor: readTensor(info, values) });
    else if (!info.optional) {
      throw invalid(`input '${info.name}' of model '${model.name}' has no values`);
    }
  }
  const entries = batchSize ?? batchOf(model, parts);
  const inputs = parts.map(({ info, tensor }) =>
    isShared(tensor) ? sharedInput(info, tensor, entries) : finish(info, tensor, entries)
  );
  return { inputs, batchSize: entries };
}

/** The shape and the type that values bring along. */
export function declarationOf(given: InputValues | undefined): DeclaredInput {
  // Lists and typed arrays have a method that is called `values`.
  if (typeof given !== "object" || given === null || isList(given) || isBuffer(given)) return {};
  const { shape, dataType } = given;
  return Array.isArray(shape) ? { shape, dataType } : { dataType };
}

/** The type that values say they have. */
function ownType(given: InputValues): { readonly dataType?: DataType } {
  const { dataType } = declarationOf(given);
  return dataType === undefined ? {} : { dataType };
}

/** An input's values before its batch size is known. */
interface Tensor {
  readonly data: readonly Uint8Array[];
  /** Elements; undefined for STRING that came as bytes. */
  readonly count: number | undefined;
  /** The shape that the caller gave. */
  readonly asked: readonly number[] | undefined;
  /** The levels of lists in lists, batch first. */
  readonly nested: readonly number[] | undefined;
}

function readTensor(info: TensorInfo, given: Exclude<InputValues, SharedInput>): Tensor {
  if (isBuffer(given)) return fromBytes(info, [new Uint8Array(given)], undefined);
  if (isList(given)) return fromValues(info, given, undefined);
  if (typeof given !== "object" || given === null || !("bytes" in given || "values" in given)) {
    throw invalid(
      `input '${info.name}' must be a typed array, a list, an ArrayBuffer, { values } or { bytes }`,
    );
  }
  const { shape } = given;
  if (shape !== undefined && !Array.isArray(shape)) {
    throw invalid(`the shape of input '${info.name}' must be a list of numbers`);
  }
  if ("bytes" in given) {
    const pieces = given.bytes instanceof Uint8Array ? [given.bytes] : given.bytes;
    if (!Array.isArray(pieces) || !pieces.every((piece) => piece instanceof Uint8Array)) {
      throw invalid(`the bytes of input '${info.name}' must be a Uint8Array or a list of them`);
    }
    return fromBytes(info, pieces, shape);
  }
  if (isBuffer(given.values)) return fromBytes(info, [new Uint8Array(given.values)], shape);
  if (!isList(given.values)) {
    throw invalid(`the values of input '${info.name}' must be a typed array or a list`);
  }
  return fromValues(info, given.values, shape);
}

function fromBytes(
  info: TensorInfo,
  data: readonly Uint8Array[],
  asked: readonly number[] | undefined,
): Tensor {
  if (info.dataType === "STRING") return { data, count: undefined, asked, nested: undefined };
  if (info.dataType === "BOOL") data.forEach((piece) => named(info, () => checkBools(piece)));
  const bytes = data.reduce((sum, piece) => sum + piece.byteLength, 0);
  return { data, count: bytes / elementByteSize(info.dataType), asked, nested: undefined };
}

function fromValues(
  info: TensorInfo,
  values: TensorValues | readonly Nested<InputElement>[],
  asked: readonly number[] | undefined,
): Tensor {
  return named(info, () => {
    const isNested = Array.isArray(values) && Array.isArray(values[0]);
    const { elements, shape: nested } = isNested
      ? flatten(values as Nested<InputElement>)
      : { elements: values as TensorValues, shape: undefined };
    const bytes = toBytes(info.dataType, elements as TensorValues);
    // The caller may change an array as soon as the call returns.
    const data = [ArrayBuffer.isView(values) ? bytes.slice() : bytes];
    return { data, count: elements.length, asked, nested };
  });
}

/** Runs a check; its error names the input. */
function named<T>({ name }: TensorInfo, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    throw new InferenceError(error.code, `input '${name}': ${error.message}`, { cause: error });
  }
}

/**
 * A copy of what a caller may change, for a request that has to wait until its model is known. What is no
 * input stays as it is: it is refused later.
 */
export function keepInputs<T extends Readonly<Record<string, InputValues>>>(inputs: T): T {
  if (typeof inputs !== "object" || inputs === null) return inputs;
  const kept = Object.entries(inputs).map(([name, given]) => {
    if (isList(given)) return [name, copied(given)];
    const hasValues = typeof given === "object" && given !== null && "values" in given;
    return [
      name,
      hasValues && isList(given.values) ? { ...given, values: copied(given.values) } : given,
    ];
  });
  return Object.fromEntries(kept);
}

function copied<T>(values: T): T {
  if (ArrayBuffer.isView(values)) return (values as unknown as { slice(): T }).slice();
  return (Array.isArray(values) ? values.map(copied) : values) as T;
}

/** The inputs of a request as values again, for a model that has become another one. */
export function valuesOf(
  request: readonly InferInput[],
  given: Readonly<Record<string, InputValues>>,
): Record<string, InputValues> {
  return Object.fromEntries(request.map(({ name, dataType, data, shape, explicitShape }) => {
    const original = given[name];
    if (isShared(original)) return [name, original];
    const isRaw = original === undefined || isBuffer(original) ||
      (!isList(original) && "bytes" in original);
    const own = explicitShape ? { shape } : {};
    if (isRaw) {
      return [name, { bytes: data, ...own, ...original === undefined ? {} : ownType(original) }];
    }
    const bytes = concatBytes(data);
    const values = dataType === "STRING" ? decodeStrings(bytes) : toTypedArray(dataType, bytes);
    return [name, { values, ...own }];
  }));
}

/** How many batch entries the first input that tells it has values for. */
function batchOf(
  model: ModelInfo,
  parts: readonly { readonly info: TensorInfo; readonly tensor: Tensor | SharedInput }[],
): number {
  if (model.maxBatchSize === 0) return 1;
  for (const { info, tensor } of parts) {
    if (isShared(tensor)) continue;
    const { count, asked, nested } = tensor;
    const shape = asked ?? info.shape;
    if (nested !== undefined && nested.length === info.shape.length + 1) return nested[0] || 1;
    if (count === undefined || isVariable(shape) || !shape.every(isSize)) continue;
    const each = elementCount(shape);
    if (each > 0 && count > 0 && count % each === 0) return count / each;
  }
  return 1;
}

function finish(info: TensorInfo, tensor: Tensor, batchSize: number): InferInput {
  const shape = chooseShape(info, tensor, batchSize);
  checkSize(info, shape, batchSize, tensor);
  return {
    name: info.name,
    dataType: info.dataType,
    shape,
    explicitShape: tensor.asked !== undefined || isVariable(info.shape),
    data: tensor.data,
  };
}

function chooseShape(
  info: TensorInfo,
  { asked, nested, count }: Tensor,
  batchSize: number,
): readonly number[] {
  if (asked === undefined && nested !== undefined && isVariable(info.shape)) {
    return fitting(info, nested.length > info.shape.length ? nested.slice(1) : nested);
  }
  if (asked === undefined && !isVariable(info.shape)) return info.shape;
  const shape = asked ?? info.shape;
  if (!isVariable(shape)) return fitting(info, shape);
  const found = count === undefined ? undefined : findDimension(shape, count / batchSize);
  if (found !== undefined) return fitting(info, found);
  throw invalid(
    `must set shape for variable-size input '${info.name}', whose model says ${
      formatShape(info.shape)
    }`,
  );
}

/** The shape with its only -1 found from the number of elements. */
function findDimension(shape: readonly number[], count: number): readonly number[] | undefined {
  const rest = shape.filter((dim) => dim !== -1);
  if (shape.length - rest.length !== 1 || !rest.every(isSize)) return undefined;
  const each = elementCount(rest);
  if (each === 0 || !Number.isInteger(count / each)) return undefined;
  return shape.map((dim) => dim === -1 ? count / each : dim);
}

function fitting(info: TensorInfo, shape: readonly number[]): readonly number[] {
  const fits = shape.length === info.shape.length && info.shape.every((allowed, i) => {
    const dim = shape[i];
    return isSize(dim) && (allowed === -1 || allowed === dim);
  });
  if (fits) return shape;
  throw invalid(
    `unexpected shape for input '${info.name}': expected ${formatShape(info.shape)}, got ${
      formatShape(shape)
    }`,
  );
}

function isSize(dim: number | undefined): boolean {
  return Number.isSafeInteger(dim) && Number(dim) >= 0;
}

function checkSize(
  info: TensorInfo,
  shape: readonly number[],
  batchSize: number,
  { data, count, nested }: Tensor,
): void {
  const batch = batchSize > 1 ? `, batch of ${batchSize}` : "";
  if (nested !== undefined && !nests(nested, shape, batchSize)) {
    throw invalid(
      `unexpected lists for input '${info.name}': expected ${formatShape(shape)}${batch}, got ${
        formatShape(nested)
      }`,
    );
  }
  if (info.dataType === "STRING") {
    const expected = elementCount(shape) * batchSize;
    if (count === undefined || count === expected) return;
    throw invalid(`expecting ${expected} strings for input '${info.name}', got ${count}`);
  }
  const expected = byteSize(info.dataType, shape) * batchSize;
  const got = data.reduce((sum, piece) => sum + piece.byteLength, 0);
  if (got === expected) return;
  throw invalid(
    `invalid size ${got} bytes for input '${info.name}', expects ${expected} bytes ` +
      `(${info.dataType} ${formatShape(shape)}${batch})`,
  );
}

/** Whether lists in lists have the levels of a shape, with the batch before them or, of one entry, without. */
function nests(nested: readonly number[], shape: readonly number[], batchSize: number): boolean {
  const wanted = nested.length > shape.length ? [batchSize, ...shape] : shape;
  return nested.length === wanted.length && nested.every((size, i) => size === wanted[i]) &&
    (nested.length > shape.length || batchSize === 1 || shape.length === 0);
}

function isList(given: unknown): given is TensorValues | readonly Nested<InputElement>[] {
  return Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView));
}

function isBuffer(given: unknown): given is ArrayBuffer {
  return given instanceof ArrayBuffer;
}

function nameList(tensors: readonly TensorInfo[]): string {
  return tensors.map(({ name }) => `'${name}'`).join(", ") || "none";
}

function invalid(message: string): InferenceError {
  return new InferenceError("INVALID_ARG", message);
}
