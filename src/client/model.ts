/**
 * A model on a server: what r19.07 calls an inference context.
 *
 * @module
 */
import { shownAs } from "../base/inspect.ts";
import { isHttpRequest } from "../protocol/http_protocol.ts";
import type { ApiVersion, InferRequest, ModelInfo } from "../protocol/types.ts";
import type { HttpRequest } from "../transport/types.ts";
import { Batcher, type BatchOptions } from "./batcher.ts";
import type { ClientCore } from "./core.ts";
import { inferEach, type InferEachOptions, type Requests } from "./infer_each.ts";
import type { ModelEntry } from "./model_cache.ts";
import { buildRequest, type InferOptions, untyped } from "./request.ts";
import { type InferResult, typed } from "./result.ts";
import { withCallerStack } from "./stack.ts";
import { InferStream, type StreamOptions } from "./stream.ts";
import { type InferStatistics, StatisticsCollector } from "./timers.ts";
import type { AnyModel, ModelTypes } from "./typed.ts";

/**
 * Handle to one model; any number of requests may be in flight.
 *
 * @example
 * ```ts
 * import { InferenceClient, startServer } from "@trtis/trtis";
 *
 * await using server = await startServer({ httpPort: 0, grpcPort: false });
 * await using client = await InferenceClient.connect(server.httpAddress!);
 * const model = await client.model("addsub_fp32");
 * const values = Float32Array.from({ length: 16 }, (_, i) => i);
 * const result = await model.infer({
 *   inputs: { INPUT0: values, INPUT1: values },
 *   outputs: [{ name: "OUTPUT0", classes: 2 }],
 * });
 * console.log(result.output("OUTPUT0").classes());
 * console.log(result.timers, model.statistics());
 * ```
 */
export class InferModel<M extends ModelTypes = AnyModel> {
  /** The version asked for; undefined = the newest. */
  readonly version: bigint | undefined;
  readonly #core: ClientCore;
  readonly #entry: ModelEntry;
  readonly #first: ModelInfo;
  readonly #statistics = new StatisticsCollector();

  /** Made by `InferenceClient.model`. */
  constructor(core: ClientCore, entry: ModelEntry, info: ModelInfo) {
    this.#core = core;
    this.#entry = entry;
    this.#first = info;
    this.version = entry.version;
  }

  /** The protocol that the server speaks. */
  get api(): ApiVersion {
    return this.#core.api;
  }

  /** The server's description of the model; it is refreshed from time to time. */
  get info(): ModelInfo {
    return this.#entry.known ?? this.#first;
  }

  /**
   * Sends a request and waits for its answer. A request that fails, on the server or on the way, returns a
   * result with `error` (or throws it, with the client's `throwOnError`).
   *
   * @throws {InferenceError} INVALID_ARG when the options don't fit the model; nothing is sent then
   */
  async infer(options: InferOptions<M>): Promise<InferResult<M>> {
    const result = await this.#core.infer(this.#entry, untyped(options), this.#statistics);
    if (result.error && this.#core.throwOnError) throw withCallerStack(result.error);
    return typed(result);
  }

  /**
   * As {@linkcode InferModel.infer}, but a failed request throws.
   *
   * @throws {InferenceError} the error that `infer` puts into the result, and what `infer` throws
   */
  async inferOrThrow(options: InferOptions<M>): Promise<InferResult<M>> {
    const result = await this.#core.infer(this.#entry, untyped(options), this.#statistics);
    if (result.error) throw withCallerStack(result.error);
    return typed(result);
  }

  /**
   * Sends many requests, some at once, and yields their results in the order of the requests. Requests are
   * taken from the source only when there is room. Leaving the loop closes the source and cancels the
   * requests in flight. When the source throws, the answers to what it gave before still come.
   *
   * @example
   * ```ts
   * import { InferenceClient, type InferOptions, startServer } from "@trtis/trtis";
   *
   * await using server = await startServer({ httpPort: 0, grpcPort: false });
   * await using client = await InferenceClient.connect(server.httpAddress!);
   * const model = await client.model("identity_fp32");
   *
   * function* requests(): Generator<InferOptions> {
   *   for (let i = 0; i < 100; i++) yield { inputs: { INPUT0: { values: [i], shape: [1] } } };
   * }
   * for await (const result of model.inferEach(requests(), { concurrency: 4 })) {
   *   if (result.output("OUTPUT0").data[0] === 99) console.log("the last one");
   * }
   * ```
   *
   * @throws {InferenceError} INVALID_ARG when options don't fit the model, and whatever `requests` throws
   */
  inferEach(
    requests: Requests<M>,
    options?: InferEachOptions,
  ): AsyncGenerator<InferResult<M>, void, void> {
    return inferEach(requests, (request) => this.infer(request), options);
  }

  /** Sends a request that was built before; see {@linkcode InferModel.infer}. */
  async send(
    request: InferRequest,
    options: Pick<InferOptions, "timeoutMs" | "signal"> = {},
  ): Promise<InferResult<M>> {
    const result = await this.#core.send(this.#entry, this.info, request, options);
    return typed(result);
  }

  /** The HTTP request that {@linkcode InferModel.infer} would send; undefined over gRPC. */
  httpRequest(options: InferOptions<M>): HttpRequest | undefined {
    const request = buildRequest(this.info, this.version, untyped(options));
    const encoded = this.#core.protocol.encode(request);
    if (!isHttpRequest(encoded)) return undefined;
    const { path, headers, body } = encoded;
    return { method: "POST", path, headers, body };
  }

  /**
   * Opens a bidirectional stream for this model; gRPC only.
   *
   * @throws {InferenceError} UNSUPPORTED over HTTP
   */
  stream(options: StreamOptions = {}): InferStream<M> {
    return new InferStream<M>({
      protocol: this.#core.protocol,
      entry: this.#entry,
      info: () => this.info,
      statistics: this.#statistics,
    }, options);
  }

  /**
   * Gathers single requests of many callers into batches, and deals the answers out.
   *
   * @example
   * ```ts
   * import { InferenceClient, startServer } from "@trtis/trtis";
   *
   * await using server = await startServer({ httpPort: 0, grpcPort: false });
   * await using client = await InferenceClient.connect(server.httpAddress!);
   * const batcher = (await client.model("simple")).batch({ maxDelayMs: 2 });
   * const results = await Promise.all(
   *   [1, 2, 3].map((value) =>
   *     batcher.infer({
   *       inputs: { INPUT0: new Int32Array(16).fill(value), INPUT1: new Int32Array(16) },
   *     })
   *   ),
   * );
   * console.log(results.map((result) => result.output("OUTPUT0").data[0])); // 1, 2, 3: one request
   * ```
   *
   * @throws {InferenceError} UNSUPPORTED when the model takes no batches
   */
  batch(options: BatchOptions = {}): Batcher<M> {
    return new Batcher<M>(this.#core, this.#entry, this.info, options);
  }

  /** Statistics of this handle's successful requests. */
  statistics(): InferStatistics {
    return this.#statistics.snapshot();
  }

  static {
    shownAs(this, "InferModel", ({ info, version }) => ({
      name: info.name,
      version: version ?? "newest",
      inputs: info.inputs,
      outputs: info.outputs,
    }));
  }
}
