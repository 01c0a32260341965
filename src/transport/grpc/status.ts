/**
 * gRPC status numbers, their names, and the {@linkcode ErrorCode} each one becomes.
 *
 * @module
 */
import { type ErrorCode, InferenceError } from "../../base/errors.ts";

/** A gRPC status other than OK: the `cause` of the {@linkcode InferenceError} made from it. */
export class GrpcStatusError extends Error {
  /** Always `GrpcStatusError`. */
  override readonly name = "GrpcStatusError";
  /** Number of the status, e.g. 12 for UNIMPLEMENTED. */
  readonly grpcStatus: number;
  /** The status message as the server sent it, percent-decoded. */
  readonly details: string;

  /** Makes the status with its number and message. */
  constructor(grpcStatus: number, details: string) {
    super(`gRPC status ${grpcStatusName(grpcStatus)}${details === "" ? "" : `: ${details}`}`);
    this.grpcStatus = grpcStatus;
    this.details = details;
  }
}

/** Status numbers that the code needs by name. */
export const GrpcStatus = {
  OK: 0,
  CANCELLED: 1,
  UNKNOWN: 2,
  INVALID_ARGUMENT: 3,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  ABORTED: 10,
  OUT_OF_RANGE: 11,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  DATA_LOSS: 15,
  UNAUTHENTICATED: 16,
} as const;

const NAMES = Object.keys(GrpcStatus);

// Indexed by status number. The second field tells whether the code says as much as the status: if
// not, the status name goes into the message.
const CODES: readonly (readonly [code: ErrorCode, exact: boolean])[] = [
  ["UNKNOWN", false],
  ["CANCELLED", true],
  ["UNKNOWN", true],
  ["INVALID_ARG", true],
  ["TIMEOUT", true],
  ["NOT_FOUND", true],
  ["ALREADY_EXISTS", true],
  ["PERMISSION_DENIED", true],
  ["RESOURCE_EXHAUSTED", true],
  ["INVALID_ARG", false],
  ["UNAVAILABLE", false],
  ["INVALID_ARG", false],
  ["UNSUPPORTED", true],
  ["INTERNAL", true],
  ["UNAVAILABLE", true],
  ["INTERNAL", false],
  ["UNAUTHENTICATED", true],
];

/** The call's own end, which the server merely confirms. */
const NOT_ANSWERS: ReadonlySet<number> = new Set([
  GrpcStatus.CANCELLED,
  GrpcStatus.DEADLINE_EXCEEDED,
]);

const ASKS_WHO: ReadonlySet<number> = new Set([
  GrpcStatus.PERMISSION_DENIED,
  GrpcStatus.UNAUTHENTICATED,
]);

/** The standard name of a status, e.g. `UNIMPLEMENTED`; `STATUS_99` for an unknown number. */
export function grpcStatusName(status: number): string {
  return NAMES[status] ?? `STATUS_${status}`;
}

/** The error code that a status other than OK becomes; `UNKNOWN` for an unknown number. */
export function grpcErrorCode(status: number): ErrorCode {
  return CODES[status]?.[0] ?? "UNKNOWN";
}

/**
 * The error for a status other than OK that a server sent.
 *
 * @param status number of the status
 * @param details the status message, percent-decoded; becomes the error's message
 * @param address `host:port` of the server
 * @param httpStatus the HTTP status that stood for the gRPC one, if any
 */
export function grpcError(
  status: number,
  details: string,
  address: string,
  httpStatus?: number,
): InferenceError {
  const name = grpcStatusName(status);
  const exact = CODES[status]?.[1] ?? false;
  const message = details === ""
    ? `The server at ${address} answered with gRPC status ${name} and no message`
    : exact
    ? details
    : `${name}: ${details}`;
  return new InferenceError(grpcErrorCode(status), message, {
    address,
    answered: !NOT_ANSWERS.has(status),
    grpcStatus: status,
    httpStatus,
    cause: new GrpcStatusError(status, details),
    ...ASKS_WHO.has(status) && {
      hint: "check the headers (metadata) and certificates sent with the request",
      remedy: "set-headers",
    },
  });
}
