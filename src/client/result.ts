/**
 * The answer to a request as a caller uses it.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";
import { plainBigints, plainNumber, shownAs } from "../base/inspect.ts";
import type { InferResponse, ModelInfo, ParameterValue } from "../protocol/types.ts";
import { OutputValue } from "./output.ts";
import type { InferOptions } from "./request.ts";
import type { RequestTimers } from "./timers.ts";
import type { AnyModel, ModelTypes, OutputName, OutputType } from "./typed.ts";

export { OutputValue } from "./output.ts";

/** The answer to one request. A failed request has `error`; reading its outputs throws that error. */
export class InferResult<M extends ModelTypes = AnyModel> {
  /** What went wrong; undefined for a good answer. */
  readonly error?: InferenceError;
  /** The ID given in the request. */
  readonly id?: bigint | string;
  /** The model that answered. */
  readonly modelName: string;
  /** Its version; empty if the server did not tell. */
  readonly modelVersion: string;
  /** Batch entries in each output. */
  readonly batchSize: number;
  /** Response parameters (v2). */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** How long it took, and on what. */
  readonly timers: RequestTimers;
  /** False when a decoupled model answers the same request again. */
  readonly final: boolean;
  /** The server that answered, if it tells (v1), e.g. `inference:0`. */
  readonly serverId?: string;
  /** The server's own number of the request (v1); not the caller's `id`. */
  readonly requestId?: bigint;
  readonly #outputs: ReadonlyMap<string, OutputValue>;

  /** Wraps a response that a protocol decoded. */
  constructor(
    response: InferResponse,
    model: Pick<ModelInfo, "name" | "outputs">,
    timers: RequestTimers,
  ) {
    this.id = response.id;
    this.modelName = response.modelName || model.name;
    this.modelVersion = response.modelVersion;
    this.batchSize = response.batchSize;
    this.parameters = response.parameters ?? {};
    this.timers = timers;
    this.final = response.final;
    this.serverId = response.serverId;
    this.requestId = response.requestId;
    const types = new Map(model.outputs.map(({ name, dataType }) => [name, dataType]));
    const outputs = new Map<string, OutputValue>();
    let error = response.error;
    for (const output of response.outputs) {
      const dataType = output.dataType ?? types.get(output.name);
      if (dataType === undefined) error ??= unknownOutput(output.name, this.modelName);
      else outputs.set(output.name, new OutputValue(output, dataType, response.batchSize));
    }
    this.error = error;
    this.#outputs = outputs;
  }

  /** Plain data for JSON and logs: the error, or the outputs with their elements. */
  toJSON(): Record<string, unknown> {
    const { id, requestId, error } = this;
    return {
      ...this.#fields(),
      id: typeof id === "bigint" ? plainNumber(id) : id,
      requestId: requestId?.toString(),
      parameters: plainBigints(this.parameters),
      ...error ? { error } : { outputs: this.outputs },
    };
  }

  #fields() {
    const { modelName, modelVersion, batchSize, final, serverId, timers } = this;
    return { modelName, modelVersion, batchSize, final, serverId, timers };
  }

  /** The outputs, in the order of the answer. @throws {InferenceError} the error of a failed request */
  get outputs(): readonly OutputValue[] {
    if (this.error) throw this.error;
    return [...this.#outputs.values()];
  }

  /**
   * One output by name.
   *
   * @throws {InferenceError} the error of a failed request, or INVALID_ARG when it was not requested
   */
  output<N extends OutputName<M>>(name: N): OutputValue<OutputType<M, N>> {
    if (this.error) throw this.error;
    const output = this.#outputs.get(name);
    if (output) return output as unknown as OutputValue<OutputType<M, N>>;
    const have = [...this.#outputs.keys()].map((known) => `'${known}'`).join(", ") || "none";
    throw new InferenceError("INVALID_ARG", `no output '${name}' in the answer, which has ${have}`);
  }

  static {
    shownAs(this, "InferResult", (result) => ({
      ...result.#fields(),
      ...result.id !== undefined && { id: result.id },
      ...result.error ? { error: result.error } : { outputs: Object.fromEntries(result.#outputs) },
    }));
  }
}

/** v1 answers without data types: the model's description has them. */
function unknownOutput(name: string, model: string): InferenceError {
  return new InferenceError(
    "PROTOCOL",
    `Cannot read the answer: output '${name}' is not one of model '${model}', ` +
      "so its data type is unknown",
  );
}

/** The result with a model's types, which its user vouches for. */
export function typed<M extends ModelTypes>(result: InferResult): InferResult<M> {
  return result as unknown as InferResult<M>;
}

/** Which model a request was for. */
export interface Target {
  readonly name: string;
  readonly version: bigint | undefined;
}

/** The result of a request that never got an answer. */
export function failedResult(
  { name, version }: Target,
  { id, batchSize = 1 }: Pick<InferOptions, "id" | "batchSize">,
  error: unknown,
  elapsedMs: number,
): InferResult {
  return new InferResult(
    {
      error: toInferenceError(error, "INTERNAL", `Cannot infer with model '${name}'`),
      id,
      modelName: name,
      modelVersion: version?.toString() ?? "",
      batchSize,
      outputs: [],
      final: true,
    },
    { name, outputs: [] },
    { totalMs: elapsedMs, sendMs: 0, waitMs: 0, receiveMs: 0 },
  );
}
