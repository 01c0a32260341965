/**
 * The one error class of the project and its codes.
 *
 * The first codes are those of r19.07's `RequestStatusCode` and of gRPC: a server may answer with them.
 * The others say what went wrong before a server could answer.
 *
 * @module
 */

/** What kind of thing went wrong. */
export type ErrorCode =
  | "INVALID"
  | "UNKNOWN"
  | "INTERNAL"
  | "NOT_FOUND"
  | "INVALID_ARG"
  | "UNAVAILABLE"
  | "UNSUPPORTED"
  | "ALREADY_EXISTS"
  /** The server wants to know who asks: a missing or wrong password or token. */
  | "UNAUTHENTICATED"
  /** The server knows who asks and does not allow it. */
  | "PERMISSION_DENIED"
  /** The server has had enough requests for now, or one that is too large. */
  | "RESOURCE_EXHAUSTED"
  /** No connection could be made, or it broke. */
  | "CONNECTION"
  /** The peer's bytes are not what the protocol allows. */
  | "PROTOCOL"
  /** The server answered, and not what was expected: only where expected outputs were given. */
  | "WRONG_ANSWER"
  /** The time given for the request ran out. */
  | "TIMEOUT"
  /** The caller's AbortSignal ended the request. */
  | "CANCELLED"
  /** The client, model or stream was closed before. */
  | "CLOSED"
  /** A file could not be read, written or decoded. */
  | "FILE"
  /** The command line is wrong. */
  | "USAGE";

/**
 * What would help, for programs that know better how their user does it: the command line names its
 * flags. `hint` says the same in the library's words.
 */
export type Remedy =
  | "choose-api"
  | "use-grpc"
  | "use-http"
  | "use-streaming"
  | "use-tls"
  | "no-tls"
  | "set-shape"
  | "declare-input"
  | "set-server-name"
  | "set-authority"
  | "set-certificate"
  | "set-headers"
  | "more-sequence-ids"
  | "more-pixels"
  | "image-size"
  | "set-proxy"
  | "set-host"
  | "set-address"
  | "unsafe-grpc-js";

/** Failures that may be gone when the same request is sent again. */
const RETRYABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "UNAVAILABLE",
  "RESOURCE_EXHAUSTED",
  "CONNECTION",
  "TIMEOUT",
]);

/** Where an error comes from, as far as it is known. */
export interface ErrorDetails {
  /** The server that answered, e.g. `inference:0`. */
  serverId?: string;
  /** The server's own number of the request (not the caller's `id`). */
  requestId?: bigint;
  /** `host:port` of the server. */
  address?: string;
  /** What to try next, one sentence; shown after the message. */
  hint?: string;
  /** What `hint` advises, by name. */
  remedy?: Remedy;
  /**
   * The server itself said it.
   * @default {false}
   */
  answered?: boolean;
  /** Whether trying again can help; by default the code tells. */
  retryable?: boolean;
  /** Status of the HTTP answer. */
  httpStatus?: number;
  /** Number of the gRPC status. */
  grpcStatus?: number;
  /** How long the server wants to be left alone, in milliseconds. */
  retryAfterMs?: number;
  /** The error underneath. */
  cause?: unknown;
}

/** An error of a request, a connection, a file or a command line. */
export class InferenceError extends Error {
  /** Always `InferenceError`. */
  override readonly name = "InferenceError";
  /** What kind of thing went wrong. */
  readonly code: ErrorCode;
  /** The server that answered, e.g. `inference:0`. */
  readonly serverId?: string;
  /** The server's own number of the request. */
  readonly requestId?: bigint;
  /** `host:port` of the server. */
  readonly address?: string;
  /** What to try next. */
  readonly hint?: string;
  /** What `hint` advises, by name. */
  readonly remedy?: Remedy;
  /** Whether the server answered, with a refusal; false when no answer came that could be read. */
  readonly answered: boolean;
  /** Whether the same request may succeed when it is sent again. */
  readonly retryable: boolean;
  /** Status of the HTTP answer, e.g. 503. */
  readonly httpStatus?: number;
  /** Number of the gRPC status, e.g. 14 for UNAVAILABLE. */
  readonly grpcStatus?: number;
  /** How long the server wants to be left alone, in milliseconds (`Retry-After`). */
  readonly retryAfterMs?: number;

  /** Makes an error; `message` says what was being done, to what, and what went wrong. */
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.serverId = details.serverId;
    this.requestId = details.requestId;
    this.address = details.address;
    this.hint = details.hint;
    this.remedy = details.remedy;
    this.answered = details.answered ?? false;
    this.retryable = details.retryable ?? RETRYABLE.has(code);
    this.httpStatus = details.httpStatus;
    this.grpcStatus = details.grpcStatus;
    this.retryAfterMs = details.retryAfterMs;
  }

  /** Plain data for logs; bigints become text, causes are told down to the first. */
  toJSON(): Record<string, unknown> {
    return plainError(this, MAX_CAUSES);
  }

  /**
   * One line as the r19.07 clients print it: `[inference:0 12] INVALID_ARG - text`.
   * Errors that no server answered have no bracket.
   *
   * @param advice what to try next, when the caller can say it better than `hint`
   */
  describe(advice: string = this.hint ?? ""): string {
    const origin = this.serverId === undefined ? "" : `[${this.serverId} ${this.requestId ?? 0n}] `;
    return `${origin}${this.code} - ${this.message}${advice === "" ? "" : `; ${advice}`}`;
  }
}

/** Causes of causes that are told. */
const MAX_CAUSES = 8;

function plainError(error: InferenceError, depth: number): Record<string, unknown> {
  const { name, code, message, requestId, stack: _, ...rest } = error;
  return {
    name,
    code,
    message,
    ...rest,
    requestId: requestId?.toString(),
    cause: plainCause(error.cause, depth - 1),
  };
}

function plainCause(cause: unknown, depth: number): unknown {
  if (cause === undefined || depth < 0) return undefined;
  if (cause instanceof InferenceError) return plainError(cause, depth);
  if (cause instanceof Error) {
    return { name: cause.name, message: cause.message, cause: plainCause(cause.cause, depth - 1) };
  }
  return typeof cause === "string" ? cause : describeError(cause);
}

/** Whatever was thrown, as one line for a person. */
export function describeError(error: unknown): string {
  if (error instanceof InferenceError) return error.describe();
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}

/** Wraps whatever was thrown in an {@linkcode InferenceError}, leaving one alone that is. */
export function toInferenceError(error: unknown, code: ErrorCode, doing: string): InferenceError {
  if (error instanceof InferenceError) return error;
  return new InferenceError(code, `${doing}: ${describeError(error)}`, { cause: error });
}
