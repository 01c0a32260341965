/**
 * What the pool and its workers say to each other.
 *
 * @module
 */
import type { ErrorCode, Remedy } from "../../base/errors.ts";
import type { ImageLimits, PreprocessSpec } from "../types.ts";

/** What a worker is asked. */
export interface WorkerTask {
  /** The image's file, or what errors call it. */
  readonly path: string;
  /** The image itself, when it is no file. */
  readonly bytes?: Uint8Array;
  /** How the model wants it. */
  readonly spec: PreprocessSpec;
  /** Beyond these it is refused. */
  readonly limits: ImageLimits;
  /** Memory that is free for the tensor. */
  readonly spare?: Uint8Array;
}

/** What it answers: one of the two. */
export interface WorkerReply {
  /** The model's input. */
  readonly tensor?: Uint8Array;
  /** Why there is none. */
  readonly error?: { code: ErrorCode; message: string; hint?: string; remedy?: Remedy };
}
