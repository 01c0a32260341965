/**
 * The one error class of the project and its codes.
 *
 * The first nine codes are those of r19.07's `RequestStatusCode`; the others say what went wrong
 * before a server could answer.
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
  /** No connection could be made, or it broke. */
  | "CONNECTION"
  /** The peer's bytes are not what the protocol allows. */
  | "PROTOCOL"
  /** The time given for the request ran out. */
  | "TIMEOUT"
  /** The caller's AbortSignal ended the request. */
  | "CANCELLED"
  /** A file could not be read, written or decoded. */
  | "FILE"
  /** The command line is wrong. */
  | "USAGE";

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

  /** Makes an error; `message` says what was being done, to what, and what went wrong. */
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.serverId = details.serverId;
    this.requestId = details.requestId;
    this.address = details.address;
    this.hint = details.hint;
  }

  /**
   * One line as the r19.07 clients print it: `[inference:0 12] INVALID_ARG - text`.
   * Errors that no server answered have no bracket.
   */
  describe(): string {
    const origin = this.serverId === undefined ? "" : `[${this.serverId} ${this.requestId ?? 0n}] `;
    const hint = this.hint === undefined ? "" : `; ${this.hint}`;
    return `${origin}${this.code} - ${this.message}${hint}`;
  }
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
