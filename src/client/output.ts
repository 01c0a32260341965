/**
 * An output of an answer as a caller uses it.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { plainNumber, shownAs } from "../base/inspect.ts";
import type { InferClass, InferOutput, SharedMemoryPlace } from "../protocol/types.ts";
import type { DataType } from "../tensor/data_type.ts";
import { nest, type Nested } from "../tensor/nested.ts";
import { decodeStrings } from "../tensor/strings.ts";
import { toTypedArray, type TypedArray, type TypedArrayOf } from "../tensor/typed_array.ts";
import { tensorAt } from "./open_memories.ts";
import type { DataOf } from "./typed.ts";

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

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
export class OutputValue<D extends DataType = DataType> implements Iterable<OutputValue<D>> {
  /** Its name in the model. */
  readonly name: string;
  /** Data type of the tensor, also for a class output. */
  readonly dataType: D;
  /** Of one batch entry; empty for classes. */
  readonly shape: readonly number[];
  /** Entries in the batch. */
  readonly batchSize: number;
  readonly #output: InferOutput;
  #shared: Uint8Array | undefined;
  #data: TypedArray | undefined;
  #byteStrings: Uint8Array[] | undefined;
  #strings: string[] | undefined;

  /** Wraps an output that a protocol decoded. */
  constructor(output: InferOutput, dataType: D, batchSize: number) {
    this.name = output.name;
    this.dataType = dataType;
    this.shape = output.shape ?? [];
    this.batchSize = batchSize;
    this.#output = output;
  }

  /** Whether this output holds classes instead of the tensor. */
  get isClasses(): boolean {
    return this.#output.classes !== undefined;
  }

  /**
   * The tensor's bytes, little-endian, all batch entries. An output in shared memory is read when it is
   * first asked for, before a next request writes to the same place.
   *
   * @throws {InferenceError} UNSUPPORTED for a class output
   */
  get bytes(): Uint8Array {
    const { sharedMemory } = this.#output;
    if (sharedMemory !== undefined) return this.#shared ??= this.#sharedBytes(sharedMemory);
    if (this.#output.data === undefined) {
      throw new InferenceError(
        "UNSUPPORTED",
        `raw result not available for class output '${this.name}'`,
      );
    }
    return this.#output.data;
  }

  #sharedBytes(place: SharedMemoryPlace): Uint8Array {
    const count = this.shape.reduce((product, dim) => product * dim, this.batchSize);
    const bytes = tensorAt(place, { dataType: this.dataType, count });
    if (bytes !== undefined) return bytes;
    throw new InferenceError(
      "UNSUPPORTED",
      `output '${this.name}' lies in the shared memory ${place.region}, which isn't open here`,
    );
  }

  /**
   * The elements as a typed array, all batch entries: bigint for 64-bit integers, numbers for FP16 and
   * BF16 (as a Float32Array), 0 and 1 for BOOL.
   *
   * @throws {InferenceError} UNSUPPORTED for a class output or for STRING (see `strings`)
   */
  get data(): DataOf<D> {
    if (this.dataType === "STRING") {
      throw new InferenceError("UNSUPPORTED", `output '${this.name}' holds strings: read .strings`);
    }
    this.#data ??= toTypedArray(this.dataType, this.bytes);
    return this.#data as DataOf<D>;
  }

  /**
   * The elements as the array that belongs to a data type, all batch entries: `as("INT32")` is an
   * Int32Array, `as("STRING")` a list of texts, `as("FP16")` and `as("BF16")` a Float32Array.
   *
   * @throws {InferenceError} INVALID_ARG when the output has another type; UNSUPPORTED for a class output
   */
  as<T extends D>(dataType: T): TypedArrayOf<T> {
    if (dataType !== this.dataType) {
      throw new InferenceError(
        "INVALID_ARG",
        `Cannot read output '${this.name}' as ${dataType}: it is ${this.dataType}`,
      );
    }
    return (dataType === "STRING" ? this.strings : this.data) as TypedArrayOf<T>;
  }

  /**
   * The elements as numbers, whatever their type, all batch entries.
   *
   * @throws {InferenceError} UNSUPPORTED for STRING or a class output; INVALID_ARG for a 64-bit integer that
   * a number can't hold exactly
   */
  numbers(): number[] {
    return Array.from(this.data as Iterable<number | bigint>, (value, index) => {
      const number = Number(value);
      if (typeof value === "number" || Number.isSafeInteger(number)) return number;
      throw new InferenceError(
        "INVALID_ARG",
        `Cannot give element ${index} of output '${this.name}' as a number: ${value} is beyond 2^53; ` +
          "read .data",
      );
    });
  }

  /**
   * The elements as arrays in arrays: one level for the batch when it has several entries, then one for
   * each dimension of `shape`; a tensor without dimensions is its element.
   *
   * @throws {InferenceError} UNSUPPORTED for a class output; PROTOCOL when shape and elements don't fit
   */
  toNested(): Nested<number | bigint | string> {
    const elements = this.dataType === "STRING" ? this.strings : this.data;
    const shape = this.batchSize > 1 ? [this.batchSize, ...this.shape] : this.shape;
    return nest(elements as ArrayLike<number | bigint | string>, shape);
  }

  /** Plain data for JSON and logs: 64-bit integers beyond 2^53, NaN and the infinities become text. */
  toJSON(): Record<string, unknown> {
    const { name, dataType: datatype, shape, batchSize } = this;
    const classes = this.#output.classes;
    if (classes !== undefined) return { name, batchSize, classes };
    const elements = datatype === "STRING"
      ? this.strings
      : Array.from(this.data as Iterable<number | bigint>, plainNumber);
    return { name, datatype, shape, batchSize, data: elements };
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
   * split among the entries
   */
  entry(batchIndex: number): OutputValue<D> {
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

  /** Some batch entries, as a protocol decodes them; nothing is copied. */
  slice(from: number, count: number): InferOutput {
    const { data, classes } = this.#output;
    return {
      ...this.#output,
      dataType: this.dataType,
      data: data && this.#entryBytes(data, from, count),
      classes: classes?.slice(from, from + count),
    };
  }

  /** The batch entries in their order. @throws {InferenceError} as `entry` does */
  *[Symbol.iterator](): Generator<OutputValue<D>, void, void> {
    for (let index = 0; index < this.batchSize; index++) yield this.entry(index);
  }

  /**
   * The classes of one batch entry, best first.
   *
   * @throws {InferenceError} UNSUPPORTED when the output is a tensor; INVALID_ARG when there is no such
   * entry
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

  #entryBytes(all: Uint8Array, batchIndex: number, entries = 1): Uint8Array {
    if (this.dataType !== "STRING") {
      const size = all.byteLength / this.batchSize;
      return all.subarray(batchIndex * size, (batchIndex + entries) * size);
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
    const startOf = (index: number) => {
      const element = elements[index];
      return element === undefined ? all.byteLength : element.byteOffset - all.byteOffset - 4;
    };
    return all.subarray(startOf(batchIndex * count), startOf((batchIndex + entries) * count));
  }

  #checkIndex(batchIndex: number): void {
    if (Number.isInteger(batchIndex) && batchIndex >= 0 && batchIndex < this.batchSize) return;
    throw new InferenceError(
      "INVALID_ARG",
      `unexpected batch entry ${batchIndex} requested for output '${this.name}', ` +
        `batch size is ${this.batchSize}`,
    );
  }

  #shown(): unknown {
    const { dataType, shape, batchSize, isClasses } = this;
    const values = isClasses
      ? this.#output.classes
      : dataType === "STRING"
      ? this.strings
      : this.data;
    return { dataType, shape, batchSize, [isClasses ? "classes" : "data"]: values };
  }

  static {
    shownAs(this, "OutputValue", (output) => output.#shown());
  }
}
