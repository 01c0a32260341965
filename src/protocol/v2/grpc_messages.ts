/**
 * What the gRPC side of v2 hands out as opaque requests and replies.
 *
 * @module
 */
import type { InferenceError } from "../../base/errors.ts";
import type { WireReply, WireRequest } from "../types.ts";
import type { InferRequestBytes } from "./grpc_request.ts";
import type { ReplyContext } from "./reply_context.ts";

/** A request as bytes. */
export interface GrpcWireRequest extends WireRequest, InferRequestBytes {
  readonly id: string;
  readonly context: ReplyContext;
}

/** An answer as bytes, or a refusal. */
export interface GrpcWireReply extends WireReply {
  /** A ModelInferResponse; empty for a refusal. */
  readonly message: Uint8Array;
  readonly context: ReplyContext;
  readonly error?: InferenceError;
  /** Known for a stream's answers. */
  readonly id?: string;
  /** Known for a stream's answers. */
  readonly final?: boolean;
}
