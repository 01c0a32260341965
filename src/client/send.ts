/**
 * One request on its way: to a server, and to another one when that fails.
 *
 * @module
 */
import { publish } from "../base/diagnostics.ts";
import { InferenceError, toInferenceError } from "../base/errors.ts";
import type { EncodedRequest, InferRequest, ModelInfo, Protocol } from "../protocol/types.ts";
import type { Header } from "../transport/types.ts";
import type { Backend, Backends } from "./backends.ts";
import type { Deadline } from "./deadline.ts";
import { headerList, type HeaderSource, resolveHeaders } from "./headers.ts";
import type { InferCall } from "./interceptor.ts";
import type { ModelEntry } from "./model_cache.ts";
import type { InferOptions } from "./request.ts";
import { failedResult, InferResult } from "./result.ts";
import { retryDelay, type RetryOptions } from "./retry.ts";
import { withCallerStack } from "./stack.ts";
import { requestTimers, type StatisticsCollector } from "./timers.ts";

/** Where a client's requests go, and how. */
export interface Route {
  readonly backends: Backends;
  /** Asked anew for every request. */
  readonly headers: HeaderSource | undefined;
  /** Whether to send a request again whose headers were refused. */
  readonly onRefused: (() => boolean | Promise<boolean>) | undefined;
  readonly retry: RetryOptions | undefined;
  isClosed(): boolean;
}

/** One inference on its way to a server. */
export interface Job {
  readonly entry: ModelEntry;
  readonly info: ModelInfo;
  readonly request: InferRequest;
  readonly options: InferOptions;
  readonly deadline: Deadline;
  readonly call: InferCall | undefined;
  readonly statistics: StatisticsCollector | undefined;
}

/**
 * Sends a request, and again as the retry options say.
 *
 * @throws {InferenceError} INVALID_ARG when the protocol can't say the request
 */
export async function sendWithRetries(job: Job, route: Route): Promise<InferResult> {
  const { entry, options, deadline } = job;
  const retry = options.retry ?? route.retry;
  let failedOn: Backend | undefined;
  let renewed = false;
  for (let attempts = 1;; attempts++) {
    const backend = route.backends.pick(performance.now(), failedOn);
    let result = await sendOnce(job, route, backend);
    if (result.error === undefined) return result;
    if (!renewed && await isRenewed(route.onRefused, result.error)) {
      renewed = true;
      result = await sendOnce(job, route, backend);
      if (result.error === undefined) return result;
    }
    const delay = retryDelay(retry, {
      attempts,
      error: result.error,
      inSequence: options.sequence !== undefined,
      leftMs: deadline.leftMs,
    }, Math.random());
    if (delay === undefined || route.isClosed()) return result;
    const { error } = result;
    publish("retry", () => ({ call: job.call, attempts, error, delayMs: delay }));
    failedOn = backend;
    // Another server need not be waited for.
    const next = route.backends.pick(performance.now(), failedOn);
    if (next !== backend) continue;
    try {
      await deadline.sleep(delay);
    } catch (error) {
      return failedResult(entry, options, error, performance.now() - deadline.startedAt);
    }
  }
}

/** Whether a failure was the headers', and there are others now. What was refused was not carried out. */
export async function isRenewed(
  onRefused: Route["onRefused"],
  error: unknown,
): Promise<boolean> {
  if (onRefused === undefined || !(error instanceof InferenceError)) return false;
  if (error.code !== "UNAUTHENTICATED") return false;
  try {
    return await onRefused();
  } catch {
    return false;
  }
}

/** Sends the request once. */
async function sendOnce(job: Job, route: Route, backend: Backend): Promise<InferResult> {
  const { entry, info, request, options, deadline, statistics } = job;
  const start = performance.now();
  let failure: InferenceError | undefined;
  backend.outstanding++;
  try {
    const protocol = backend.ready ?? await deadline.race(backend.protocol());
    const encoded = encode(protocol, request);
    const headers = await headersOf(route, options, deadline);
    const reply = await protocol.send(encoded, { ...deadline.step(), headers });
    const response = protocol.decode(reply, request);
    const timers = requestTimers(start, reply.times, performance.now());
    failure = response.error;
    if (failure === undefined) statistics?.add(timers);
    return new InferResult(response, info, timers);
  } catch (error) {
    if (error instanceof Misuse) throw withCallerStack(error.error);
    failure = toInferenceError(error, "INTERNAL", `Cannot infer with model '${entry.name}'`);
    return failedResult(entry, options, failure, performance.now() - start);
  } finally {
    backend.returned(failure, performance.now());
  }
}

/** What the protocol can't say is the caller's mistake, and thrown as one. */
function encode(protocol: Protocol, request: InferRequest): EncodedRequest {
  try {
    return protocol.encode(request);
  } catch (error) {
    throw error instanceof InferenceError ? new Misuse(error) : error;
  }
}

/** Undefined when there are none but the protocol's own. */
function headersOf(
  { headers: always }: Route,
  { headers }: InferOptions,
  deadline: Deadline,
): Promise<readonly Header[]> | readonly Header[] | undefined {
  if (always !== undefined || typeof headers === "function") {
    return deadline.race(resolveHeaders(always, headers));
  }
  return headers === undefined ? undefined : headerList(headers);
}

/** Tells the caller's mistakes from what went wrong on the way. */
class Misuse extends Error {
  readonly error: InferenceError;

  constructor(error: InferenceError) {
    super(error.message);
    this.error = error;
  }
}
