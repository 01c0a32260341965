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

/**
 * An output tensor, or the classes of one, with all batch entries. Iterating yields the entries one by
 * one, each as an output of batch size 1.
 *
 * @example
 * ```ts
 * import { InferenceClient, startServer } from "@trtis/trtis";
 *
 * await using server = await startServer({ httpPort: 0, grpcPort: false });
 * await using client = await InferenceClient.connect(server.httpAddress!);
 * const result = await client.infer("identity_fp32", {
 *   inputs: { INPUT0: { values: [1, 2, 3, 4], shape: [2] } },
 *   batchSize: 2,
 * });
 * for (const entry of result.output("OUTPUT0")) console.log(entry.data); // 1, 2 and 3, 4
 * ```
 */
export class OutputValue implements Iterable<OutputValue> {
  /** As the model names it. */
  readonly name: string;
  /** Of the tensor, also where classes came back. */
  readonly dataType: DataType;
  /** Of one batch entry; empty for classes. */
  readonly shape: readonly number[];
  /** Entries in the batch. */
  readonly batchSize: number;
  readonly #output: InferOutput;
  #data: TypedArray | undefined;
  #byteStrings: Uint8Array[] | undefined;
  #strings: string[] | undefined;

  /** Wraps an output as a protocol decodes it. */
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
    return this.#data ??= toTypedArray(this.dataType, this.bytes);
  }

  /**
   * The elements of a STRING tensor as text, all batch entries; bytes that are not UTF-8 become U+FFFD.
   *
   * @throws {InferenceError} UNSUPPORTED for another data type
   */
  get strings(): readonly string[] {
    return this.#strings ??= this.byteStrings.map((bytes) => utf8.decode(bytes));
  }

  /** The elements of a STRING tensor as bytes. @throws {InferenceError} as `strings` does. */
  get byteStrings(): readonly Uint8Array[] {
    if (this.dataType !== "STRING") {
      throw new InferenceError(
        "UNSUPPORTED",
        `output '${this.name}' is ${this.dataType}, not STRING`,
      );
    }
    return this.#byteStrings ??= decodeStrings(this.bytes);
  }

  /**
   * One batch entry as an output of its own, of batch size 1; nothing is copied.
   *
   * @throws {InferenceError} INVALID_ARG when there is no such entry; PROTOCOL when the strings can't be
   * dealt out to the entries
   */
  entry(batchIndex: number): OutputValue {
    this.#checkIndex(batchIndex);
    if (this.batchSize === 1) return this;
    const { data, classes } = this.#output;
    const output = {
      ...this.#output,
      data: data && this.#entryBytes(data, batchIndex),
      classes: classes && [classes[batchIndex] ?? []],
    };
    return new OutputValue(output, this.dataType, 1);
  }

  /** The batch entries in their order. @throws {InferenceError} as `entry` does */
  *[Symbol.iterator](): Generator<OutputValue, void, void> {
    for (let index = 0; index < this.batchSize; index++) yield this.entry(index);
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

  #entryBytes(all: Uint8Array, batchIndex: number): Uint8Array {
    if (this.dataType !== "STRING") {
      const size = all.byteLength / this.batchSize;
      return all.subarray(batchIndex * size, (batchIndex + 1) * size);
    }
    const elements = this.byteStrings;
    const count = elements.length / this.batchSize;
    if (!Number.isInteger(count)) {
      throw new InferenceError(
        "PROTOCOL",
        `output '${this.name}' has ${elements.length} strings for ${this.batchSize} batch entries`,
      );
    }
    // Each string stands behind its length of 4 bytes.
    const startOf = (element: number) =>
      element < elements.length
        ? elements[element].byteOffset - all.byteOffset - 4
        : all.byteLength;
    return all.subarray(startOf(batchIndex * count), startOf((batchIndex + 1) * count));
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
  /** The id that the request was given. */
  readonly id?: bigint | string;
  /** The model that answered. */
  readonly modelName: string;
  /** Its version; empty when the server did not say. */
  readonly modelVersion: string;
  /** Batch entries in each output. */
  readonly batchSize: number;
  /** Response parameters (v2). */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  /** How long it took and where. */
  readonly timers: RequestTimers;
  /** False when a decoupled model answers the same request again. */
  readonly final: boolean;
  /** The server that answered, where it says so (v1), e.g. `inference:0`. */
  readonly serverId?: string;
  /** The server's own number of the request (v1); not the caller's `id`. */
  readonly requestId?: bigint;
  readonly #outputs: ReadonlyMap<string, OutputValue>;

  /** Wraps a response as a protocol decodes it. */
  constructor(response: InferResponse, model: ModelInfo, timers: RequestTimers) {
    this.error = response.error;
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
