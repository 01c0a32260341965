/**
 * How a client reaches its servers and what it does beside.
 *
 * @module
 */
import type { Backoff, RetryOptions } from "./retry.ts";
import type { Balance } from "./backends.ts";
import type { ProtocolDescription } from "./description.ts";
import type { HeaderSource } from "./headers.ts";
import type { Interceptor } from "./interceptor.ts";

export type { Backoff, Balance, RetryOptions };

/** How to reach the server, or several that serve the same models, and how the client behaves. */
export interface ConnectOptions extends Omit<ProtocolDescription, "url" | "headers"> {
  /**
   * Address of the server, `host:port`, optionally with a scheme: `http`, `https`, `grpc` or `grpcs`. With
   * several addresses, requests are spread over them; one that can't be reached is skipped for a while.
   */
  readonly url: string | readonly string[];
  /**
   * How requests are spread over several servers.
   *
   * @default {"round-robin"}
   */
  readonly balance?: Balance;
  /** Headers for every request; sent as metadata over gRPC. A function is called for each request. */
  readonly headers?: HeaderSource;
  /**
   * Called when a server refuses a request's headers (HTTP 401, gRPC UNAUTHENTICATED). With `true` the request
   * is sent once more, with `headers` asked for again: for a token that is kept and has run out.
   */
  readonly onRefused?: () => boolean | Promise<boolean>;
  /**
   * Time limit of a whole request in milliseconds, including retries and lookups; a request may set its
   * own.
   */
  readonly timeoutMs?: number;
  /**
   * Retries of failed requests. By default there are none; with several addresses, each is tried once.
   */
  readonly retry?: RetryOptions;
  /** Interceptors around every inference; the first one is the outermost. */
  readonly interceptors?: readonly Interceptor[];
  /**
   * Make `infer` throw the error of a failed request, as `inferOrThrow` does.
   *
   * @default {false}
   */
  readonly throwOnError?: boolean;
  /**
   * After so many milliseconds the server is asked again what a model looks like, beside the requests.
   * When a request does not fit any more, it is asked at once.
   *
   * @default {60000}
   */
  readonly modelMaxAgeMs?: number;
  /** Cancels connecting and the detection of the protocol. */
  readonly signal?: AbortSignal;
}
