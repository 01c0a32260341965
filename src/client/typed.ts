/**
 * Models with types: `trtis types` writes them, and the compiler checks names, values and arrays.
 *
 * @module
 */
import type { DataType } from "../tensor/data_type.ts";
import type { Nested } from "../tensor/nested.ts";
import type { Float16ArrayLike, TypedArray, TypedArrayOf } from "../tensor/typed_array.ts";
import type { InputValues } from "./inputs.ts";

/** The inputs and outputs of a model, as `trtis types` writes them. */
export interface ModelTypes {
  /** What each input takes, by name. */
  readonly inputs: object;
  /** The data type of each output, by name. */
  readonly outputs: object;
}

/** A model of which nothing is known when the program is compiled. */
export interface AnyModel {
  /** Any names and values. */
  readonly inputs: Readonly<Record<string, InputValues>>;
  /** Any names. */
  readonly outputs: Readonly<Record<string, DataType>>;
}

/** The names of a model's outputs. */
export type OutputName<M extends ModelTypes> = keyof M["outputs"] & string;

/** The data type of an output. */
export type OutputType<M extends ModelTypes, N extends OutputName<M>> = M["outputs"][N] extends
  DataType ? M["outputs"][N] : DataType;

/** The array that `OutputValue.data` is; STRING has none. */
export type DataOf<T extends DataType> = DataType extends T ? TypedArray
  : T extends "STRING" ? never
  : TypedArrayOf<T>;

/** One element as it may be given for a data type. */
export type ElementOf<T extends DataType> = T extends "STRING" ? string | Uint8Array
  : T extends "BOOL" ? boolean | 0 | 1
  : T extends "INT64" | "UINT64" ? bigint | number
  : number;

/** The typed array that may be given for a data type. */
export type ArrayFor<T extends DataType> = T extends "STRING" ? never
  : T extends "FP16" ? Float16ArrayLike | Float32Array
  : T extends "UINT8" ? Uint8Array | Uint8ClampedArray
  : TypedArrayOf<T>;

/** What an input of a data type takes. */
export type InputOf<T extends DataType> =
  | ArrayFor<T>
  | readonly Nested<ElementOf<T>>[]
  | ArrayBuffer
  | {
    /** Raw little-endian bytes. */
    readonly bytes: Uint8Array | readonly Uint8Array[];
    /** Of one batch entry; one dimension may be -1. */
    readonly shape?: readonly number[];
  }
  | {
    /** Values as above. */
    readonly values: ArrayFor<T> | readonly Nested<ElementOf<T>>[];
    /** Of one batch entry; one dimension may be -1. */
    readonly shape?: readonly number[];
  };
