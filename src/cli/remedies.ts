/**
 * The library's advice with the flags of the command line: errors of the library name none.
 *
 * @module
 */
import { describeError, InferenceError, type Remedy } from "../base/errors.ts";

const FLAGS: Readonly<Record<Remedy, string>> = {
  "choose-api": "--api v1 or --api v2",
  "use-grpc": "-i grpc, and -u with the gRPC port",
  "use-http": "-i http, and -u with the HTTP port",
  "use-streaming": "-i grpc --streaming",
  "use-tls": "--tls",
  "no-tls": "no --tls, and no https:// or grpcs://",
  "set-shape": "--shape",
  "declare-input": "--shape NAME:1,4 --datatype NAME:FP32",
  "set-server-name": "--server-name",
  "set-authority": "--ca",
  "set-certificate": "--cert and --key",
  "set-headers": "-H NAME:VALUE",
  "more-sequence-ids": "--sequence-id-range",
  "more-pixels": "--max-pixels",
  "image-size": "--crop N or --resize WxH",
  "set-proxy": "--proxy and --no-proxy",
  "set-host": "--authority",
  "set-address": "-u",
  "unsafe-grpc-js": "--grpc-channel native, or TRTIS_UNSAFE_GRPC_JS=1",
};

/** What to try next on the command line, if anything is known. */
export function adviceOf({ hint, remedy }: InferenceError): string | undefined {
  if (remedy === undefined) return hint;
  const flags = FLAGS[remedy];
  return hint === undefined ? `try ${flags}` : `${hint} (${flags})`;
}

/** Whatever was thrown, as one line for whoever typed a command: {@linkcode describeError} with flags. */
export function describeFailure(error: unknown): string {
  return error instanceof InferenceError
    ? error.describe(adviceOf(error) ?? "")
    : describeError(error);
}
