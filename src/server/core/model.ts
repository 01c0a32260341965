/**
 * A model of the embedded server: a configuration and a function that computes.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import type { InferenceError } from "../../base/errors.ts";
import type { ParameterValue } from "../../protocol/types.ts";
import type { ModelConfig } from "./config.ts";

/** A tensor's bytes, batch entries one after the other. */
export interface TensorValue {
  /** Its name in the model. */
  readonly name: string;
  /** Of one batch entry. */
  readonly shape: readonly number[];
  /** Little-endian, row-major. */
  readonly data: Uint8Array;
}

/** Place of a request in a sequence. */
export interface SequencePlace {
  /** 0 and the empty string mean none. */
  readonly id: bigint | string;
  /** The first of its sequence. */
  readonly start: boolean;
  /** The last of its sequence. */
  readonly end: boolean;
}

/** Who waits for an answer. */
export interface Caller {
  /** Nobody waits any more: what hasn't begun needn't be done. */
  readonly gone: boolean;
}

/** A checked request: each required input is present once, with a shape that the model accepts. */
export interface ModelRequest {
  /** At least 1. */
  readonly batchSize: number;
  /** In the model's order. */
  readonly inputs: readonly TensorValue[];
  /** Names of the outputs to compute, all of them the model's. */
  readonly outputs: readonly string[];
  /** Undefined outside a sequence. */
  readonly sequence?: SequencePlace;
  /** Set by the sequence scheduler: which of the instance's states the request belongs to. */
  readonly slot?: number;
  /** Request parameters of v2. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /**
   * For decoupled models: sends an answer, any number of times, before the request is done. What it
   * returns resolves when the client takes more.
   */
  readonly respond?: (outputs: readonly TensorValue[]) => void | Promise<void>;
  /** Undefined where nobody can leave. */
  readonly caller?: Caller;
}

/**
 * The outputs in the order in which they were asked for, or what went wrong. Nothing for a decoupled
 * model, whose answers were sent by then; fewer for a model that was given only some of its inputs.
 */
export type ModelResult = readonly TensorValue[] | InferenceError;

/** One of a model's instances; runs one execution at a time. */
export interface ModelInstance {
  /** Returns one result per request, in order. If it throws, all of them fail. */
  execute(batch: readonly ModelRequest[]): readonly ModelResult[] | Promise<readonly ModelResult[]>;
}

/** What an instance is created with. */
export interface InstanceContext {
  /** Of the model, with defaults filled in. */
  readonly config: ModelConfig;
  /** For models that wait. */
  readonly clock: Clock;
  /** As messages of r19.07 name it, e.g. `simple_0_0_cpu`. */
  readonly instanceName: string;
}

/** A model to serve. */
export interface ServerModel {
  /** Its inputs, outputs and scheduling. */
  readonly config: ModelConfig;
  /** Default 1. */
  readonly version?: bigint;
  /** Class names of an output, by the output's name. */
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  /** Undefined for an ensemble. */
  readonly createInstance?: (context: InstanceContext) => ModelInstance;
}
