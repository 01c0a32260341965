/**
 * Collects the values of a tensor as they are read, nested or flat, straight into its bytes.
 *
 * @module
 */
import { concatBytes } from "../../base/bytes.ts";
import { InferenceError } from "../../base/errors.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { type TensorValues, toBytes } from "../../tensor/typed_array.ts";

/** A tensor as it was written. */
export interface BuiltTensor {
  /** The lengths of the nested lists; empty for a single value. */
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** Values that are turned into bytes at once. */
const CHUNK = 4096;
/** No tensor has so many dimensions. */
const MAX_DEPTH = 64;

const invalid = (why: string) => new InferenceError("INVALID_ARG", why);

/** Takes a tensor's lists and values in the order in which they are written. */
export class TensorBuilder {
  readonly #dataType: DataType;
  readonly #pieces: Uint8Array[] = [];
  #chunk: unknown[] = [];
  #flushed = 0;
  /** Entries so far of each list that is open. */
  readonly #counts: number[] = [];
  /** Length of the lists at each depth, once one has ended. */
  readonly #shape: number[] = [];
  /** How deep the values lie. */
  #valueDepth: number | undefined;

  constructor(dataType: DataType) {
    this.#dataType = dataType;
  }

  /** Lists that are open. */
  get depth(): number {
    return this.#counts.length;
  }

  /** A list begins. @throws {InferenceError} INVALID_ARG where a value was expected */
  open(): void {
    const { depth } = this;
    if (this.#valueDepth === depth) throw invalid("a list stands where a value is expected");
    if (depth === MAX_DEPTH) throw invalid(`its lists are nested more than ${MAX_DEPTH} deep`);
    this.#counts.push(0);
  }

  /** A list ends. @throws {InferenceError} INVALID_ARG when it is longer or shorter than those before */
  close(): void {
    const count = this.#counts.pop()!;
    const { depth } = this;
    const first = this.#shape[depth] ??= count;
    if (count !== first) {
      throw invalid(`its lists are uneven: one has ${count} entries, the first ${first}`);
    }
    if (depth > 0) this.#counts[depth - 1]!++;
  }

  /** A value. @throws {InferenceError} INVALID_ARG when it doesn't fit the type or stands among lists */
  add(value: unknown): void {
    const { depth } = this;
    this.#valueDepth ??= depth;
    if (depth !== this.#valueDepth) throw invalid("a value stands where a list is expected");
    if (depth > 0) this.#counts[depth - 1]!++;
    this.#chunk.push(value);
    if (this.#chunk.length === CHUNK) this.#flush();
  }

  /** Values, as {@linkcode add} takes them one by one. */
  addAll(values: readonly unknown[]): void {
    const { depth } = this;
    this.#valueDepth ??= depth;
    if (depth !== this.#valueDepth) throw invalid("a value stands where a list is expected");
    if (depth > 0) this.#counts[depth - 1]! += values.length;
    this.#flush();
    this.#chunk = values as unknown[];
    this.#flush();
  }

  /** The tensor, after its last list has ended. */
  finish(): BuiltTensor {
    this.#flush();
    // Lists of empty lists: what lies below the first empty one has no length.
    const shape = Array.from(this.#shape, (length) => length ?? 0);
    return { shape, bytes: concatBytes(this.#pieces) };
  }

  #flush(): void {
    this.#pieces.push(toBytes(this.#dataType, this.#chunk as TensorValues, this.#flushed));
    this.#flushed += this.#chunk.length;
    this.#chunk = [];
  }
}
