/**
 * From what a caller writes to an {@linkcode InferRequest}: values are checked against the model and
 * turned into bytes.
 *
 * @module
 */
import { batchSizeProblem } from "./batch_size.ts";
import { InferenceError } from "../base/errors.ts";
import type {
  InferOutputRequest,
  InferRequest,
  ModelInfo,
  ParameterValue,
  SequenceOptions,
  SharedMemoryPlace,
  TensorInfo,
} from "../protocol/types.ts";
import type { HeaderSource } from "./headers.ts";
import { completeModel, type DeclaredInput } from "./declared_inputs.ts";
import { buildInputs, declarationOf } from "./inputs.ts";
import type { RetryOptions } from "./retry.ts";
import type { AnyModel, ModelTypes, OutputName } from "./typed.ts";

export type { InputElement, InputValues } from "./inputs.ts";

/** An output to return: its name for the tensor, or a number of top classes. */
export type OutputWish<N extends string = string> = N | {
  /** Its name in the model. */
  readonly name: N;
  /** Return this many top classes instead of the tensor. */
  readonly classes?: number;
  /** Where the server writes it (v2): a place of `client.shareMemory`. */
  readonly sharedMemory?: SharedMemoryPlace;
};

/** The options without the model's types, as the code below the public API has them. */
export function untyped<M extends ModelTypes>(options: InferOptions<M>): InferOptions {
  return options as unknown as InferOptions;
}

/** A model version: a whole number, or text with one. */
export type Version = bigint | number | string;

/** Inputs and options of a request. */
export interface InferOptions<M extends ModelTypes = AnyModel> {
  /** By input name. */
  readonly inputs: M["inputs"];
  /** Default: every output of the model, as a tensor. */
  readonly outputs?: readonly OutputWish<OutputName<M>>[];
  /** Batch entries in the inputs; by default as many as the values are for. */
  readonly batchSize?: number;
  /** Returned with the answer. v1 accepts unsigned 64-bit numbers only. */
  readonly id?: bigint | string;
  /** For stateful models. */
  readonly sequence?: SequenceOptions;
  /** v2 request parameters. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Time limit of the whole request in milliseconds, including retries and lookups. */
  readonly timeoutMs?: number;
  /**
   * Cancels the request; its result has an error with the code CANCELLED, or TIMEOUT for
   * `AbortSignal.timeout`.
   */
  readonly signal?: AbortSignal;
  /** Headers of this request, or gRPC metadata; they replace the client's of the same name. */
  readonly headers?: HeaderSource;
  /** Retries of this request, instead of the client's. */
  readonly retry?: RetryOptions;
}

/**
 * Checks the options against the model and makes the request.
 *
 * @throws {InferenceError} INVALID_ARG naming the tensor, what was expected and what was given
 */
export function buildRequest(
  described: ModelInfo,
  version: bigint | undefined,
  options: InferOptions,
): InferRequest {
  checkOptions(described.name, options);
  const model = needsCompletion(described)
    ? completeModel(described, declarations(options.inputs))
    : described;
  if (options.batchSize !== undefined) checkBatchSize(model, options.batchSize);
  const { inputs, batchSize } = buildInputs(model, options.batchSize, options.inputs);
  checkBatchSize(model, batchSize);
  return {
    modelName: model.name,
    modelVersion: version,
    id: options.id,
    batchSize,
    batched: model.maxBatchSize > 0,
    inputs,
    outputs: buildOutputs(model, options.outputs),
    sequence: options.sequence,
    parameters: options.parameters,
  };
}

function needsCompletion(model: ModelInfo): boolean {
  return model.batchGuessed === true || model.inputs.length === 0;
}

/** What inputs say of themselves; what is no object of inputs is found out later. */
function declarations(inputs: InferOptions["inputs"]): Record<string, DeclaredInput> {
  if (typeof inputs !== "object" || inputs === null || Array.isArray(inputs)) return {};
  return Object.fromEntries(
    Object.entries(inputs).map(([name, values]) => [name, declarationOf(values)]),
  );
}

/** @throws {InferenceError} INVALID_ARG when untyped code gives something else */
export function checkOptions(modelName: string, options: unknown): void {
  if (typeof modelName !== "string") {
    throw invalid(`a model's name must be a text, got ${String(modelName)}`);
  }
  if (typeof options === "object" && options !== null) return;
  throw invalid(`what to infer with model '${modelName}' must be an object: { inputs: ... }`);
}

/** A version as the protocols have it. @throws {InferenceError} INVALID_ARG for no whole number >= 0 */
export function toVersion(version: Version | undefined): bigint | undefined {
  if (version === undefined) return undefined;
  const isWhole = typeof version === "bigint" ||
    (typeof version === "number" ? Number.isSafeInteger(version) : /^\d{1,19}$/.test(version));
  if (isWhole) return BigInt(version);
  throw invalid(`a model's version must be a whole number, got ${JSON.stringify(version)}`);
}

/** @throws {InferenceError} INVALID_ARG when the model takes no such batch */
export function checkBatchSize(model: ModelInfo, batchSize: number): void {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw invalid(
      `batch size must be a whole number >= 1 for model '${model.name}', got ${batchSize}`,
    );
  }
  if (batchSizeProblem(model, batchSize) !== undefined) {
    const max = Math.max(1, model.maxBatchSize);
    throw invalid(`expecting batch size <= ${max} for model '${model.name}', got ${batchSize}`);
  }
}

function buildOutputs(
  model: ModelInfo,
  wishes: readonly OutputWish[] | undefined,
): InferOutputRequest[] {
  if (wishes === undefined) return model.outputs.map(({ name }) => ({ name }));
  if (!Array.isArray(wishes)) throw invalid("outputs must be a list of names");
  const known = new Set(model.outputs.map(({ name }) => name));
  return (wishes as readonly OutputWish[]).map((wish) => {
    const { name, classes, sharedMemory } = typeof wish === "string"
      ? { name: wish, classes: undefined, sharedMemory: undefined }
      : wish;
    // A model that declares no outputs may have any.
    if (!known.has(name) && known.size > 0) {
      throw invalid(
        `unknown output '${name}' for model '${model.name}', which has ${nameList(model.outputs)}`,
      );
    }
    if (classes !== undefined && !(Number.isSafeInteger(classes) && classes >= 1)) {
      throw invalid(
        `number of classes must be a whole number >= 1 for output '${name}', got ${classes}`,
      );
    }
    return { name, classCount: classes, sharedMemory };
  });
}

function nameList(tensors: readonly TensorInfo[]): string {
  return tensors.map(({ name }) => `'${name}'`).join(", ") || "none";
}

function invalid(message: string): InferenceError {
  return new InferenceError("INVALID_ARG", message);
}
