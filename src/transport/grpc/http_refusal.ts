/**
 * HTTP statuses in answer to a gRPC call: a gateway before the server refuses, or it is no gRPC server.
 *
 * @module
 */
import { type ErrorDetails, InferenceError, type Remedy } from "../../base/errors.ts";
import { grpcError, GrpcStatus } from "./status.ts";

// https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md
const FROM_HTTP: Readonly<Record<string, number>> = {
  "400": GrpcStatus.INTERNAL,
  "401": GrpcStatus.UNAUTHENTICATED,
  "403": GrpcStatus.PERMISSION_DENIED,
  "404": GrpcStatus.UNIMPLEMENTED,
  "429": GrpcStatus.UNAVAILABLE,
  "502": GrpcStatus.UNAVAILABLE,
  "503": GrpcStatus.UNAVAILABLE,
  "504": GrpcStatus.UNAVAILABLE,
};

/** What gateways mean by statuses that no gRPC server sends, and what to try. */
const GATEWAY: Readonly<Record<string, readonly [meaning: string, hint: string, remedy?: Remedy]>> =
  {
    "413": [
      "the request is larger than a gateway before the server allows",
      "send less in one request, or raise the gateway's limit (nginx: client_max_body_size)",
    ],
    "421": [
      "the gateway there does not serve this name",
      "say which name you mean as the authority",
      "set-host",
    ],
    "431": [
      "the metadata is more than a gateway before the server allows",
      "send fewer or shorter headers",
      "set-headers",
    ],
    "495": ["the gateway there does not accept the client's certificate", "use one that it trusts"],
    "496": ["the gateway there wants a client's certificate", "give one", "set-certificate"],
    "497": ["the gateway there wants TLS", "connect with TLS", "use-tls"],
  };

/**
 * The error of a call that was answered with an HTTP status other than 200.
 *
 * @param status the status as it came, empty for none
 * @param isGrpc whether the answer calls itself gRPC
 * @param address `host:port`
 */
export function httpRefusal(status: string, isGrpc: boolean, address: string): InferenceError {
  const httpStatus = /^\d{3}$/.test(status) ? Number(status) : undefined;
  const said = `HTTP status ${status || "none"}`;
  const [meaning, hint, remedy] = GATEWAY[status] ?? [];
  if (meaning !== undefined) {
    const details: ErrorDetails = { address, httpStatus, hint, remedy, answered: true };
    return new InferenceError(
      status === "413" ? "RESOURCE_EXHAUSTED" : "PROTOCOL",
      `The server at ${address} answered with ${said}: ${meaning}`,
      { ...details, retryable: false },
    );
  }
  const mapped = FROM_HTTP[status];
  if (isGrpc || (mapped !== undefined && status !== "400")) {
    const text = `the server answered with ${said}`;
    return grpcError(mapped ?? GrpcStatus.UNKNOWN, text, address, httpStatus);
  }
  const port = `is ${address} the HTTP port? gRPC often has the next number`;
  return new InferenceError(
    "PROTOCOL",
    `The server at ${address} answered with ${said}, but not with gRPC`,
    {
      ...{ address, httpStatus },
      ...status === "400"
        ? {
          hint: `a gateway there may want TLS or a client's certificate; or ${port}`,
          remedy: "set-certificate",
        }
        : { hint: port },
    },
  );
}
