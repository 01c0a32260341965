/**
 * RequestStatus: how r19.07 says whether a request succeeded.
 *
 * @module
 */
import { schema } from "./generated/descriptor.ts";
import type { RequestStatus } from "./generated/messages.js";
import { type ErrorCode, InferenceError } from "../../base/errors.ts";

const CODES = [...schema.enums.get("RequestStatusCode")!.numbers.keys()];

/** The error that a status stands for; undefined for SUCCESS. */
export function statusError(status: RequestStatus, address: string): InferenceError | undefined {
  const code = String(status.code ?? "INVALID");
  if (code === "SUCCESS") return undefined;
  return new InferenceError(
    CODES.includes(code) ? code as ErrorCode : "UNKNOWN",
    status.msg || `the server at ${address} gave no reason`,
    { serverId: status.serverId ?? "", requestId: status.requestId ?? 0n, address, answered: true },
  );
}
