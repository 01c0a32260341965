/**
 * An inference request and its answer between the wires and the service.
 *
 * @module
 */
import type { ParameterValue, SharedMemoryPlace } from "../../protocol/types.ts";

/** A tensor as it stands on the wire. */
export interface WireTensor {
  readonly name: string;
  /** In v2's words; a request may say anything. */
  readonly dataType: string;
  /** With the batch dimension. */
  readonly shape: readonly number[];
  readonly data: Uint8Array;
  /** Where it lies instead; `data` is empty then. */
  readonly sharedMemory?: SharedMemoryPlace;
}

/** A requested output. */
export interface OutputCall {
  readonly name: string;
  /** 0 = the tensor itself. */
  readonly classCount: number;
  /** Where it is to be written. */
  readonly sharedMemory?: SharedMemoryPlace;
}

/** A request for inference. */
export interface InferCall {
  readonly modelName: string;
  /** Undefined = the newest. */
  readonly modelVersion?: bigint;
  /** Empty = none. */
  readonly id: string;
  readonly parameters: Readonly<Record<string, ParameterValue>>;
  readonly inputs: readonly WireTensor[];
  /** Empty = all. */
  readonly outputs: readonly OutputCall[];
}

/** An answer. */
export interface InferAnswer {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly id: string;
  /** Undefined = none. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  readonly outputs: readonly WireTensor[];
}
