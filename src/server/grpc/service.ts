/**
 * What a gRPC service is to the listener: methods that take and give serialized messages.
 *
 * @module
 */
import { describeError, type ErrorCode, InferenceError } from "../../base/errors.ts";
import type { Caller } from "../core/model.ts";
import { GrpcStatus } from "../../transport/grpc/status.ts";

/** A method with one message each way. */
export interface UnaryMethod {
  readonly kind: "unary";
  readonly name: string;
  /** What it throws becomes the call's gRPC status. */
  handle(message: Uint8Array, caller: Caller): Uint8Array | Promise<Uint8Array>;
}

/**
 * Sends a message; does nothing after the client has gone. Returns a promise when enough waits to be sent
 * for now: it resolves when there is room again, or the client has gone.
 */
export type Send = (message: Uint8Array) => void | Promise<void>;

/** The receiving side of a stream. */
export interface StreamReceiver {
  /** Resolves when the message is done with; the stream ends after that. What it throws ends it. */
  onMessage(message: Uint8Array): Promise<void>;
}

/** A method with streams both ways. */
export interface StreamMethod {
  readonly kind: "stream";
  readonly name: string;
  /** Called for each stream. */
  open(send: Send, caller: Caller): StreamReceiver;
}

/** A method of either kind. */
export type GrpcMethod = UnaryMethod | StreamMethod;

/** A service and its methods. */
export interface GrpcService {
  /** With its package. */
  readonly name: string;
  readonly methods: readonly GrpcMethod[];
}

/** How a call ended. */
export interface CallStatus {
  /** Number of the gRPC status. */
  readonly code: number;
  readonly details: string;
}

const STATUS_OF: Partial<Record<ErrorCode, number>> = {
  INVALID: GrpcStatus.INTERNAL,
  INTERNAL: GrpcStatus.INTERNAL,
  PROTOCOL: GrpcStatus.INTERNAL,
  RESOURCE_EXHAUSTED: GrpcStatus.RESOURCE_EXHAUSTED,
  NOT_FOUND: GrpcStatus.NOT_FOUND,
  INVALID_ARG: GrpcStatus.INVALID_ARGUMENT,
  UNAVAILABLE: GrpcStatus.UNAVAILABLE,
  UNSUPPORTED: GrpcStatus.UNIMPLEMENTED,
  ALREADY_EXISTS: GrpcStatus.ALREADY_EXISTS,
};

/** The status of a call that went well. */
export const OK_STATUS: CallStatus = { code: GrpcStatus.OK, details: "" };

/** The status that whatever was thrown becomes. */
export function statusOf(error: unknown): CallStatus {
  const known = error instanceof InferenceError ? STATUS_OF[error.code] : undefined;
  const own = error instanceof InferenceError ? error.grpcStatus : undefined;
  const code = own ?? known ?? GrpcStatus.UNKNOWN;
  return { code, details: error instanceof InferenceError ? error.message : describeError(error) };
}
