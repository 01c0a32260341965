/**
 * From what a caller writes to an {@linkcode InferRequest}: values are checked against the model and
 * turned into bytes.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type {
  InferInput,
  InferOutputRequest,
  InferRequest,
  ModelInfo,
  ParameterValue,
  SequenceOptions,
  TensorInfo,
} from "../protocol/types.ts";
import { byteSize, elementCount, formatShape, isVariable } from "../tensor/shape.ts";
import { type TensorValues, toBytes } from "../tensor/typed_array.ts";

/**
 * Values of an input, all batch entries one after the other: a typed array, numbers, bigints (64-bit
 * types), booleans, or strings and byte strings (STRING). Raw little-endian bytes go in as `{ bytes }`.
 */
export type InputValues = TensorValues | {
  /** Raw bytes as they go over the wire, in one piece or in pieces; sent without a copy. */
  readonly bytes: Uint8Array | readonly Uint8Array[];
  /** Shape of one batch entry; needed when the model's is variable. */
  readonly shape?: readonly number[];
} | {
  readonly values: TensorValues;
  /** Shape of one batch entry; needed when the model's is variable. */
  readonly shape?: readonly number[];
};

/** An output to return: its name for the tensor, or the number of classes wanted of it. */
export type OutputWish = string | { readonly name: string; readonly classes?: number };

/** What to infer. */
export interface InferOptions {
  /** By input name. */
  readonly inputs: Readonly<Record<string, InputValues>>;
  /** Default: every output of the model, as a tensor. */
  readonly outputs?: readonly OutputWish[];
  /** Batch entries in the inputs; default 1. */
  readonly batchSize?: number;
  /** Comes back with the answer. v1 takes unsigned 64-bit numbers only. */
  readonly id?: bigint | string;
  /** For stateful models. */
  readonly sequence?: SequenceOptions;
  /** v2 request parameters. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Milliseconds for the whole request. */
  readonly timeoutMs?: number;
  /** Gives the request up; its result has an error of code CANCELLED. */
  readonly signal?: AbortSignal;
}

/**
 * Checks the options against the model and makes the request.
 *
 * @throws {InferenceError} INVALID_ARG naming the tensor, what was expected and what was given
 */
export function buildRequest(
  model: ModelInfo,
  version: bigint | undefined,
  options: InferOptions,
): InferRequest {
  const batchSize = options.batchSize ?? 1;
  checkBatchSize(model, batchSize);
  return {
    modelName: model.name,
    modelVersion: version,
    id: options.id,
    batchSize,
    batched: model.maxBatchSize > 0,
    inputs: buildInputs(model, batchSize, options.inputs),
    outputs: buildOutputs(model, options.outputs),
    sequence: options.sequence,
    parameters: options.parameters,
  };
}

function checkBatchSize(model: ModelInfo, batchSize: number): void {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw invalid(
      `batch size must be a whole number >= 1 for model '${model.name}', got ${batchSize}`,
    );
  }
  const max = Math.max(1, model.maxBatchSize);
  if (batchSize > max) {
    throw invalid(`expecting batch size <= ${max} for model '${model.name}', got ${batchSize}`);
  }
}

function buildInputs(
  model: ModelInfo,
  batchSize: number,
  inputs: InferOptions["inputs"],
): InferInput[] {
  const known = new Map(model.inputs.map((input) => [input.name, input]));
  for (const name of Object.keys(inputs)) {
    if (!known.has(name)) {
      throw invalid(
        `unknown input '${name}' for model '${model.name}', which has ${nameList(model.inputs)}`,
      );
    }
  }
  const built: InferInput[] = [];
  for (const info of model.inputs) {
    const values = inputs[info.name];
    if (values !== undefined) built.push(buildInput(info, batchSize, values));
    else if (!info.optional) {
      throw invalid(`input '${info.name}' of model '${model.name}' has no values`);
    }
  }
  return built;
}

function buildInput(info: TensorInfo, batchSize: number, given: InputValues): InferInput {
  const asked = isPlain(given) ? given.shape : undefined;
  const shape = chooseShape(info, asked);
  const data = inputBytes(info, given);
  checkSize(info, shape, batchSize, data, given);
  return {
    name: info.name,
    dataType: info.dataType,
    shape,
    explicitShape: asked !== undefined || isVariable(info.shape),
    data,
  };
}

function chooseShape(info: TensorInfo, asked: readonly number[] | undefined): readonly number[] {
  if (asked === undefined) {
    if (!isVariable(info.shape)) return info.shape;
    throw invalid(
      `must set shape for variable-size input '${info.name}', whose model says ${
        formatShape(info.shape)
      }`,
    );
  }
  const fits = asked.length === info.shape.length &&
    asked.every((dim, i) =>
      Number.isSafeInteger(dim) && dim >= 0 && [-1, dim].includes(info.shape[i])
    );
  if (!fits) {
    throw invalid(
      `unexpected shape for input '${info.name}': expected ${formatShape(info.shape)}, got ${
        formatShape(asked)
      }`,
    );
  }
  return asked;
}

function inputBytes(info: TensorInfo, given: InputValues): readonly Uint8Array[] {
  if (isPlain(given) && "bytes" in given) {
    return given.bytes instanceof Uint8Array ? [given.bytes] : given.bytes;
  }
  const values = isPlain(given) ? given.values : given;
  try {
    return [toBytes(info.dataType, values)];
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    throw new InferenceError(error.code, `input '${info.name}': ${error.message}`, {
      cause: error,
    });
  }
}

function checkSize(
  info: TensorInfo,
  shape: readonly number[],
  batchSize: number,
  data: readonly Uint8Array[],
  given: InputValues,
): void {
  if (info.dataType === "STRING") {
    const values = isPlain(given) ? ("values" in given ? given.values : undefined) : given;
    const expected = elementCount(shape) * batchSize;
    if (values === undefined || values.length === expected) return;
    throw invalid(`expecting ${expected} strings for input '${info.name}', got ${values.length}`);
  }
  const expected = byteSize(info.dataType, shape) * batchSize;
  const got = data.reduce((sum, piece) => sum + piece.byteLength, 0);
  if (got === expected) return;
  throw invalid(
    `invalid size ${got} bytes for input '${info.name}', expects ${expected} bytes ` +
      `(${info.dataType} ${formatShape(shape)}${batchSize > 1 ? `, batch of ${batchSize}` : ""})`,
  );
}

function buildOutputs(
  model: ModelInfo,
  wishes: readonly OutputWish[] | undefined,
): InferOutputRequest[] {
  if (wishes === undefined) return model.outputs.map(({ name }) => ({ name }));
  const known = new Set(model.outputs.map(({ name }) => name));
  return wishes.map((wish) => {
    const { name, classes } = typeof wish === "string" ? { name: wish, classes: undefined } : wish;
    if (!known.has(name)) {
      throw invalid(
        `unknown output '${name}' for model '${model.name}', which has ${nameList(model.outputs)}`,
      );
    }
    if (classes !== undefined && !(Number.isSafeInteger(classes) && classes >= 1)) {
      throw invalid(
        `number of classes must be a whole number >= 1 for output '${name}', got ${classes}`,
      );
    }
    return { name, classCount: classes };
  });
}

function isPlain(given: InputValues): given is Exclude<InputValues, TensorValues> {
  return !Array.isArray(given) && !ArrayBuffer.isView(given);
}

function nameList(tensors: readonly TensorInfo[]): string {
  return tensors.map(({ name }) => `'${name}'`).join(", ") || "none";
}

function invalid(message: string): InferenceError {
  return new InferenceError("INVALID_ARG", message);
}
