/**
 * Code of the user's around every inference, in the shape that connect-es made common.
 *
 * @module
 */
import type { ApiVersion, Wire } from "../protocol/types.ts";
import type { InferOptions } from "./request.ts";
import type { InferResult } from "./result.ts";

/** An inference on its way. An interceptor may hand on another one: `next({ ...call, options })`. */
export interface InferCall {
  /** The model to run. */
  readonly modelName: string;
  /** Undefined = the newest. */
  readonly modelVersion: bigint | undefined;
  /** What is inferred, and within which limits. */
  readonly options: InferOptions;
  /** The user's own headers, or gRPC metadata; an interceptor may change them. */
  readonly headers: Headers;
  /** The protocol that carries it. */
  readonly api: ApiVersion;
  /** What carries that. */
  readonly wire: Wire;
}

/** Runs an inference. A failed one gives a result with `error`. */
export type InferFunction = (call: InferCall) => Promise<InferResult>;

/**
 * Makes a function that does something of its own before and after `next`. Retries, time limits and the
 * choice of a server happen inside `next`.
 *
 * @example Count failures
 * ```ts
 * import { InferenceClient, type Interceptor, startServer } from "@trtis/trtis";
 *
 * let failures = 0;
 * const counting: Interceptor = (next) => async (call) => {
 *   call.headers.set("x-request-id", crypto.randomUUID());
 *   const result = await next(call);
 *   if (result.error) failures++;
 *   return result;
 * };
 * await using server = await startServer({ httpPort: 0, grpcPort: false });
 * await using client = await InferenceClient.connect({
 *   url: server.httpAddress!,
 *   interceptors: [counting],
 * });
 * await client.infer("no_such_model", { inputs: {} });
 * console.log(failures); // 1
 * ```
 */
export type Interceptor = (next: InferFunction) => InferFunction;
