/**
 * What the server's protocol, or the wire, can't do.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";

/** Streams asked for over HTTP. */
export function streamsNeedGrpc(): InferenceError {
  return new InferenceError("UNSUPPORTED", "Streams exist only over gRPC", {
    hint: "connect over gRPC, with the server's gRPC port",
    remedy: "use-grpc",
  });
}

/** The profiler of a server that has none. */
export function noProfiler(): InferenceError {
  return new InferenceError("UNSUPPORTED", "The profiler exists only in v1 (r19.07)", {
    hint: "Triton 2.x has traces instead: see its trace settings",
  });
}

/** What only v2 servers do; `what` begins the sentence. */
export function onlyV2(what: string): InferenceError {
  return new InferenceError("UNSUPPORTED", `${what} exists only in v2`, {
    hint: "this server speaks r19.07's (v1)",
  });
}
