/**
 * What the pool and its workers say to each other.
 *
 * @module
 */
import type { ErrorCode } from "../base/errors.ts";
import type { ImageLimits, PreprocessSpec } from "./types.ts";

/** What a worker is asked. */
export interface WorkerTask {
  readonly path: string;
  readonly spec: PreprocessSpec;
  readonly limits: ImageLimits;
}

/** What it answers: one of the two. */
export interface WorkerReply {
  readonly tensor?: Uint8Array;
  readonly error?: { code: ErrorCode; message: string; hint?: string };
}
