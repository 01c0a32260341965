/**
 * The answer to a request as a caller uses it.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";
import type {
  InferClass,
  InferOutput,
  InferRequest,
  InferResponse,
  ModelInfo,
  ParameterValue,
} from "../protocol/types.ts";
import type { DataType } from "../tensor/data_type.ts";
import { decodeStrings } from "../tensor/strings.ts";
import { toTypedArray, type TypedArray } from "../tensor/typed_array.ts";
import type { RequestTimers } from "./timers.ts";

const utf8 = new TextDecoder();

/** An output tensor, or the classes of one. */
export class OutputValue {
  readonly name: string;
  readonly dataType: DataType;
  /** Of one batch entry; empty for classes. */
  readonly shape: readonly number[];
  /** Entries in the batch. */
  readonly batchSize: number;
  readonly #output: InferOutput;

  constructor(output: InferOutput, dataType: DataType, batchSize: number) {
    this.name = output.name;
    this.dataType = dataType;
    this.shape = output.shape ?? [];
    this.batchSize = batchSize;
    this.#output = output;
  }

  /** Whether classes came back instead of the tensor. */
  get isClasses(): boolean {
    return this.#output.classes !== undefined;
  }

  /**
   * The tensor's bytes, little-endian, all batch entries.
   *
   * @throws {InferenceError} UNSUPPORTED for a class output
   */
  get bytes(): Uint8Array {
    if (this.#output.data === undefined) {
      throw new InferenceError(
        "UNSUPPORTED",
        `raw result not available for class output '${this.name}'`,
      );
    }
    return this.#output.data;
  }

  /**
   * The elements as a typed array, all batch entries: bigint for 64-bit integers, numbers for FP16 and
   * BF16 (as a Float32Array), 0 and 1 for BOOL.
   *
   * @throws {InferenceError} UNSUPPORTED for a class output or for STRING (see `strings`)
   */
  get data(): TypedArray {
    if (this.dataType === "STRING") {
      throw new InferenceError("UNSUPPORTED", `output '${this.name}' holds strings: read .strings`);
    }
    return toTypedArray(this.dataType, this.bytes);
  }

  /**
   * The elements of a STRING tensor as text, all batch entries; bytes that are not UTF-8 become U+FFFD.
   *
   * @throws {InferenceError} UNSUPPORTED for another data type
   */
  get strings(): string[] {
    return this.byteStrings.map((bytes) => utf8.decode(bytes));
  }

  /** The elements of a STRING tensor as bytes. @throws {InferenceError} as `strings` does. */
  get byteStrings(): Uint8Array[] {
    if (this.dataType !== "STRING") {
      throw new InferenceError(
        "UNSUPPORTED",
        `output '${this.name}' is ${this.dataType}, not STRING`,
      );
    }
    return decodeStrings(this.bytes);
  }

  /**
   * The bytes of one batch entry.
   *
   * @throws {InferenceError} INVALID_ARG when there is no such entry; UNSUPPORTED for STRING or classes
   */
  entry(batchIndex: number): Uint8Array {
    this.#checkIndex(batchIndex);
    if (this.dataType === "STRING") {
      throw new InferenceError("UNSUPPORTED", `output '${this.name}' holds strings: read .strings`);
    }
    const size = this.bytes.byteLength / this.batchSize;
    return this.bytes.subarray(batchIndex * size, (batchIndex + 1) * size);
  }

  /**
   * The classes of one batch entry, best first.
   *
   * @throws {InferenceError} UNSUPPORTED when the tensor came back; INVALID_ARG when there is no such entry
   */
  classes(batchIndex = 0): readonly InferClass[] {
    const classes = this.#output.classes;
    if (classes === undefined) {
      throw new InferenceError(
        "UNSUPPORTED",
        `class result not available for raw output '${this.name}'`,
      );
    }
    this.#checkIndex(batchIndex);
    return classes[batchIndex] ?? [];
  }

  #checkIndex(batchIndex: number): void {
    if (Number.isInteger(batchIndex) && batchIndex >= 0 && batchIndex < this.batchSize) return;
    throw new InferenceError(
      "INVALID_ARG",
      `unexpected batch entry ${batchIndex} requested for output '${this.name}', ` +
        `batch size is ${this.batchSize}`,
    );
  }
}

/** The answer to one request. A failed request has `error`; reading its outputs throws that error. */
export class InferResult {
  /** What went wrong; undefined for a good answer. */
  readonly error?: InferenceError;
  readonly id?: bigint | string;
  readonly modelName: string;
  readonly modelVersion: string;
  readonly batchSize: number;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly timers: RequestTimers;
  /** False when a decoupled model answers the same request again. */
  readonly final: boolean;
  readonly #outputs: ReadonlyMap<string, OutputValue>;

  constructor(response: InferResponse, model: ModelInfo, timers: RequestTimers) {
    this.error = response.error;
    this.id = response.id;
    this.modelName = response.modelName || model.name;
    this.modelVersion = response.modelVersion;
    this.batchSize = response.batchSize;
    this.parameters = response.parameters ?? {};
    this.timers = timers;
    this.final = response.final;
    const types = new Map(model.outputs.map(({ name, dataType }) => [name, dataType]));
    this.#outputs = new Map(response.outputs.map((output) => {
      const dataType = output.dataType ?? types.get(output.name) ?? "UINT8";
      return [output.name, new OutputValue(output, dataType, response.batchSize)];
    }));
  }

  /** The outputs in the order in which they came. @throws {InferenceError} the error of a failed request */
  get outputs(): readonly OutputValue[] {
    if (this.error) throw this.error;
    return [...this.#outputs.values()];
  }

  /**
   * One output by name.
   *
   * @throws {InferenceError} the error of a failed request, or INVALID_ARG when it was not asked for
   */
  output(name: string): OutputValue {
    if (this.error) throw this.error;
    const output = this.#outputs.get(name);
    if (output) return output;
    const have = [...this.#outputs.keys()].map((known) => `'${known}'`).join(", ") || "none";
    throw new InferenceError("INVALID_ARG", `no output '${name}' in the answer, which has ${have}`);
  }
}

/** The result of a request that never got an answer. */
export function failedResult(
  model: ModelInfo,
  request: InferRequest,
  error: unknown,
  elapsedMs: number,
): InferResult {
  return new InferResult(
    {
      error: toInferenceError(error, "INTERNAL", `Cannot infer with model '${model.name}'`),
      id: request.id,
      modelName: model.name,
      modelVersion: request.modelVersion?.toString() ?? "",
      batchSize: request.batchSize,
      outputs: [],
      final: true,
    },
    model,
    { totalMs: elapsedMs, sendMs: 0, waitMs: 0, receiveMs: 0 },
  );
}
