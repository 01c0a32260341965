/**
 * What a client's models and streams share: servers, limits, headers, retries, interceptors.
 *
 * @module
 */
import { isWatched, publish } from "../base/diagnostics.ts";
import { InferenceError, toInferenceError } from "../base/errors.ts";
import type {
  ApiVersion,
  InferRequest,
  ModelInfo,
  Protocol,
  QueryOptions,
  Wire,
} from "../protocol/types.ts";
import type { CallOptions, Header } from "../transport/types.ts";
import type { Backend, Backends } from "./backends.ts";
import { Deadline } from "./deadline.ts";
import { keepInputs, valuesOf } from "./inputs.ts";
import { type HeaderSource, resolveHeaders } from "./headers.ts";
import type { InferCall, InferFunction, Interceptor } from "./interceptor.ts";
import { ModelCache, type ModelEntry } from "./model_cache.ts";
import { buildRequest, checkOptions, type InferOptions } from "./request.ts";
import { failedResult, type InferResult } from "./result.ts";
import type { RetryOptions } from "./retry.ts";
import { isRenewed, type Route, sendWithRetries } from "./send.ts";
import type { StatisticsCollector } from "./timers.ts";
import { withCallerStack } from "./stack.ts";

/** How a client behaves. */
export interface CoreOptions {
  /** Only sources that must be asked anew; fixed headers are the protocol's. */
  readonly headers?: HeaderSource;
  /** Whether to send a request again whose headers were refused. */
  readonly onRefused?: () => boolean | Promise<boolean>;
  /** Milliseconds for a whole request. */
  readonly timeoutMs?: number;
  /** How failed requests are sent again. */
  readonly retry?: RetryOptions;
  /** Code around every inference. */
  readonly interceptors?: readonly Interceptor[];
  /** After how long the server is asked again what a model looks like. */
  readonly modelMaxAgeMs?: number;
  /** Whether `infer` throws the error of a failed request. */
  readonly throwOnError?: boolean;
}

const DEFAULT_MODEL_MAX_AGE_MS = 60_000;
/** A question that belongs to no caller ends after this time, unless the client has a limit. */
const QUERY_TIMEOUT_MS = 30_000;
/** Answers of the server after which its model may have changed. */
const MISFITS: ReadonlySet<string> = new Set(["INVALID_ARG", "NOT_FOUND", "UNSUPPORTED"]);

/** Sends inferences and questions. */
export class ClientCore {
  readonly api: ApiVersion;
  readonly wire: Wire;
  readonly models: ModelCache;
  readonly #backends: Backends;
  readonly #options: CoreOptions;
  readonly #route: Route;
  #closed = false;
  #draining = false;
  #inFlight = 0;
  readonly #drainers: (() => void)[] = [];
  #onIdle: (() => void) | undefined;

  /** How many there are. */
  get servers(): number {
    return this.#backends.all.length;
  }

  constructor(first: Protocol, backends: Backends, options: CoreOptions) {
    this.api = first.api;
    this.wire = first.wire;
    this.#backends = backends;
    this.#options = options;
    this.#route = {
      backends,
      headers: options.headers,
      onRefused: options.onRefused,
      retry: options.retry,
      isClosed: () => this.#closed,
    };
    this.models = new ModelCache(
      (name, version) => this.#askModel(name, version),
      options.modelMaxAgeMs ?? DEFAULT_MODEL_MAX_AGE_MS,
    );
  }

  /** A server that is connected; for what must not wait. */
  get protocol(): Protocol {
    return this.#backends.all.find(({ ready }) => ready !== undefined)!.ready!;
  }

  /** Whether failed requests throw. */
  get throwOnError(): boolean {
    return this.#options.throwOnError ?? false;
  }

  /** The limits of a call that begins now. */
  deadline({ timeoutMs, signal }: Pick<CallOptions, "timeoutMs" | "signal">): Deadline {
    return new Deadline({ timeoutMs: timeoutMs ?? this.#options.timeoutMs, signal });
  }

  /** Asks one of the servers. @throws {InferenceError} with the caller's stack */
  async query<T>(
    ask: (protocol: Protocol, options: QueryOptions) => Promise<T>,
    options: QueryOptions = {},
  ): Promise<T> {
    try {
      this.#checkOpen();
      const deadline = this.deadline(options);
      const headersNow = () =>
        deadline.race(resolveHeaders(this.#options.headers, options.headers));
      let headers = await headersNow();
      let renewed = false;
      let failed: Backend | undefined;
      for (let left = this.#backends.all.length;; left--) {
        const backend = this.#backends.pick(performance.now(), failed);
        try {
          return await this.#askOne(
            backend,
            deadline,
            (protocol) => ask(protocol, { ...deadline.step(), headers }),
          );
        } catch (error) {
          if (!renewed && await isRenewed(this.#options.onRefused, error)) {
            renewed = true;
            headers = await headersNow();
            left++;
            continue;
          }
          // Where one can't be reached, another may tell.
          if (left <= 1 || (error as InferenceError).code !== "CONNECTION") throw error;
          failed = backend;
        }
      }
    } catch (error) {
      throw withCallerStack(toInferenceError(error, "INTERNAL", "Cannot ask the server"));
    }
  }

  async #askOne<T>(
    backend: Backend,
    deadline: Deadline,
    ask: (protocol: Protocol) => Promise<T>,
  ): Promise<T> {
    let failure: InferenceError | undefined;
    backend.outstanding++;
    try {
      return await ask(await deadline.race(backend.protocol()));
    } catch (error) {
      failure = toInferenceError(error, "INTERNAL", "Cannot ask the server");
      throw failure;
    } finally {
      backend.returned(failure, performance.now());
    }
  }

  async #askModel(name: string, version: bigint | undefined): Promise<ModelInfo> {
    const timeoutMs = this.#options.timeoutMs ?? QUERY_TIMEOUT_MS;
    return await this.query((protocol, options) => protocol.model(name, version, options), {
      timeoutMs,
    });
  }

  /** What a model looks like. @throws {InferenceError} for an unknown one, or as the limits say */
  async modelInfo(entry: ModelEntry, options: CallOptions): Promise<ModelInfo> {
    try {
      this.#checkOpen();
      const deadline = this.deadline(options);
      deadline.check();
      return await entry.get(deadline);
    } catch (error) {
      this.models.drop(entry);
      throw error;
    }
  }

  /** Sends a request that is already made. */
  async send(
    entry: ModelEntry,
    info: ModelInfo,
    request: InferRequest,
    options: CallOptions,
  ): Promise<InferResult> {
    const deadline = this.deadline(options);
    const { id, batchSize } = request;
    const limits = { inputs: {}, id, batchSize };
    const job = { entry, info, request, deadline, options: limits };
    return await this.#counted(() =>
      sendWithRetries({ ...job, call: undefined, statistics: undefined }, this.#route)
    );
  }

  /** Runs an inference. @throws {InferenceError} INVALID_ARG when the options don't fit the model */
  async infer(
    entry: ModelEntry,
    options: InferOptions,
    statistics: StatisticsCollector | undefined,
  ): Promise<InferResult> {
    checkOptions(entry.name, options);
    const deadline = this.deadline(options);
    return await this.#counted(() => {
      const { interceptors = [] } = this.#options;
      if (interceptors.length === 0 && !isWatched("request") && !isWatched("response")) {
        return this.#run(entry, options, deadline, undefined, statistics);
      }
      return this.#watched(entry, options, deadline, interceptors, statistics);
    });
  }

  async #counted<T>(work: () => Promise<T>): Promise<T> {
    this.#inFlight++;
    try {
      return await work();
    } finally {
      this.#inFlight--;
      if (this.#inFlight === 0) this.#onIdle?.();
    }
  }

  async #watched(
    entry: ModelEntry,
    options: InferOptions,
    deadline: Deadline,
    interceptors: readonly Interceptor[],
    statistics: StatisticsCollector | undefined,
  ): Promise<InferResult> {
    options = { ...options, inputs: keepInputs(options.inputs) };
    let headers: readonly Header[];
    try {
      headers = await deadline.race(resolveHeaders(options.headers));
    } catch (error) {
      return failedResult(entry, options, error, performance.now() - deadline.startedAt);
    }
    const call: InferCall = {
      modelName: entry.name,
      modelVersion: entry.version,
      options,
      headers: new Headers(headers.map(([name, value]) => [name, value])),
      api: this.api,
      wire: this.wire,
    };
    const innermost: InferFunction = ({ modelName, modelVersion, options, headers }) => {
      const same = modelName === entry.name && modelVersion === entry.version;
      const target = same ? entry : this.models.entry(modelName, modelVersion);
      return this.#run(target, { ...options, headers: [...headers] }, deadline, call, statistics);
    };
    publish("request", () => ({ call }));
    const result = await interceptors.reduceRight((next, around) => around(next), innermost)(call);
    if (result.error) publish("error", () => ({ call, error: result.error, result }));
    else publish("response", () => ({ call, result }));
    return result;
  }

  /** The inference itself; `call` is what events name. */
  async #run(
    entry: ModelEntry,
    options: InferOptions,
    deadline: Deadline,
    call: InferCall | undefined,
    statistics: StatisticsCollector | undefined,
  ): Promise<InferResult> {
    const start = performance.now();
    let info: ModelInfo;
    try {
      this.#checkOpen();
      deadline.check();
      const known = entry.current();
      if (known === undefined) options = { ...options, inputs: keepInputs(options.inputs) };
      info = known ?? await entry.get(deadline);
    } catch (error) {
      this.models.drop(entry);
      return failedResult(entry, options, error, performance.now() - start);
    }
    let request: InferRequest;
    try {
      request = buildRequest(info, entry.version, options);
    } catch (error) {
      // The options may be right, and the model another one than before.
      options = { ...options, inputs: keepInputs(options.inputs) };
      const fresh = await entry.doubt(info, deadline);
      if (fresh === undefined) throw withCallerStack(error);
      info = fresh;
      request = buildRequest(info, entry.version, options);
    }
    const send = (info: ModelInfo, request: InferRequest) =>
      sendWithRetries({ entry, info, request, options, deadline, call, statistics }, this.#route);
    const result = await send(info, request);
    if (!result.error?.answered || !MISFITS.has(result.error.code)) return result;
    const fresh = await entry.doubt(info, deadline);
    if (fresh === undefined || options.sequence !== undefined) return result;
    const inputs = valuesOf(request.inputs, options.inputs);
    return await send(fresh, buildRequest(fresh, entry.version, { ...options, inputs }));
  }

  #checkOpen(): void {
    if (this.#closed || this.#draining) {
      const what = this.#closed ? "was closed" : "is being closed: it takes no more requests";
      throw new InferenceError("CLOSED", `The client ${what}`);
    }
  }

  /** Calls back when the client takes no more requests but still sends what waits. */
  onDrain(callback: () => void): void {
    this.#drainers.push(callback);
  }

  /** Takes no more requests, and resolves when none is in progress, or after some time. */
  async drain(timeoutMs?: number): Promise<void> {
    for (const flush of this.#drainers) flush();
    this.#draining = true;
    if (this.#inFlight === 0) return;
    const idle = new Promise<void>((resolve) => this.#onIdle = resolve);
    await new Deadline({ timeoutMs }).race(idle).catch(() => {});
  }

  close(): void {
    this.#closed = true;
    this.#backends.close();
  }
}
