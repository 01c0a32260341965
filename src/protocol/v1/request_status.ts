/**
 * RequestStatus: how r19.07 says whether a request succeeded.
 *
 * @module
 */
import { type ErrorCode, InferenceError } from "../../base/errors.ts";

/** The message as plain data. */
export interface RequestStatus {
  code?: string;
  msg?: string;
  serverId?: string;
  requestId?: bigint;
}

/** Names of RequestStatusCode by number. */
export const STATUS_CODES: readonly string[] = [
  "INVALID",
  "SUCCESS",
  "UNKNOWN",
  "INTERNAL",
  "NOT_FOUND",
  "INVALID_ARG",
  "UNAVAILABLE",
  "UNSUPPORTED",
  "ALREADY_EXISTS",
];

/** The error that a status stands for; undefined for SUCCESS. */
export function statusError(status: RequestStatus, address: string): InferenceError | undefined {
  const code = status.code ?? "INVALID";
  if (code === "SUCCESS") return undefined;
  return new InferenceError(
    STATUS_CODES.includes(code) ? code as ErrorCode : "UNKNOWN",
    status.msg || `the server at ${address} gave no reason`,
    { serverId: status.serverId ?? "", requestId: status.requestId ?? 0n, address },
  );
}
