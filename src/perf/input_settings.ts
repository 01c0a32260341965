/**
 * What the inputs of a measurement are made of. Plain data.
 *
 * @module
 */
import type { DataType } from "../tensor/data_type.ts";

/** Where the inputs' values come from. */
export type InputSource = "random" | "zero" | "directory" | "json" | "images";

/** Values of one input that are made up, whatever the others have. */
export interface InputKind {
  readonly kind: "zero" | "random";
  /** First and last of the random values. */
  readonly range?: readonly [low: number, high: number];
}

/** The inputs of the requests. */
export interface InputSettings {
  readonly source: InputSource;
  /** The directory, the JSON files, or where the pictures are; empty for the other sources. */
  readonly paths: readonly string[];
  /** Shape of one batch entry by input name; needed for inputs of variable shape. */
  readonly shapes: Readonly<Record<string, readonly number[]>>;
  /** Types of inputs that the model doesn't declare. */
  readonly dataTypes?: Readonly<Record<string, DataType>>;
  /** Length of random strings. */
  readonly stringLength: number;
  /** Text for all strings, instead of random ones. */
  readonly stringData?: string;
  /** Seed of the random values: the same seed gives the same bytes. */
  readonly seed: number;
  /** Inputs whose values don't come from the source, by name. */
  readonly kinds?: Readonly<Record<string, InputKind>>;
}
