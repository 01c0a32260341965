/**
 * A model on a server: what r19.07 calls an inference context.
 *
 * @module
 */
import type {
  HttpWireRequest,
  InferRequest,
  ModelInfo,
  Protocol,
  WireReply,
} from "../protocol/types.ts";
import type { HttpRequest } from "../transport/types.ts";
import { inferEach, type InferEachOptions, type Requests } from "./infer_each.ts";
import { buildRequest, type InferOptions } from "./request.ts";
import { failedResult, InferResult } from "./result.ts";
import { InferStream, type StreamOptions } from "./stream.ts";
import { type InferStatistics, requestTimers, StatisticsCollector } from "./timers.ts";

/**
 * Runs one model; any number of requests may be under way at once.
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
export class InferModel {
  /** What the server says of the model. */
  readonly info: ModelInfo;
  /** The version asked for; undefined = the newest. */
  readonly version: bigint | undefined;
  readonly #protocol: Protocol;
  readonly #statistics = new StatisticsCollector();

  /** Wraps a model whose description is known; `InferenceClient.model` is the usual way. */
  constructor(protocol: Protocol, info: ModelInfo, version?: bigint) {
    this.#protocol = protocol;
    this.info = info;
    this.version = version;
  }

  /**
   * Sends a request and waits for its answer. A request that fails, on the server or on the way, gives a
   * result with `error`.
   *
   * @throws {InferenceError} INVALID_ARG when the options don't fit the model; nothing is sent then
   */
  async infer(options: InferOptions): Promise<InferResult> {
    return await this.send(buildRequest(this.info, this.version, options), options);
  }

  /**
   * Sends many requests, some at once, and yields their results in the order of the requests. Requests
   * are asked for only when there is room, and the source is closed when the loop is left.
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
    requests: Requests,
    options?: InferEachOptions,
  ): AsyncGenerator<InferResult, void, void> {
    return inferEach(requests, (request) => this.infer(request), options);
  }

  /** Sends a request that is already made; see {@linkcode InferModel.infer}. */
  async send(
    request: InferRequest,
    options: Pick<InferOptions, "timeoutMs" | "signal"> = {},
  ): Promise<InferResult> {
    const start = performance.now();
    const wire = this.#protocol.encode(request);
    let reply: WireReply;
    try {
      reply = await this.#protocol.send(wire, options);
    } catch (error) {
      return failedResult(this.info, request, error, performance.now() - start);
    }
    const response = this.#protocol.decode(reply);
    const timers = requestTimers(start, reply.times, performance.now());
    if (!response.error) this.#statistics.add(timers);
    return new InferResult(response, this.info, timers);
  }

  /** The HTTP request that {@linkcode InferModel.infer} would send; undefined over gRPC. */
  httpRequest(options: InferOptions): HttpRequest | undefined {
    if (this.#protocol.wire !== "http") return undefined;
    const wire = this.#protocol.encode(buildRequest(this.info, this.version, options));
    const { path, headers, body } = wire as HttpWireRequest;
    return { method: "POST", path, headers, body };
  }

  /**
   * Opens a bidirectional stream for this model; gRPC only.
   *
   * @throws {InferenceError} UNSUPPORTED over HTTP
   */
  stream(options: StreamOptions = {}): InferStream {
    return new InferStream(this.#protocol, this.info, this.version, this.#statistics, options);
  }

  /** Sums over the requests of this handle that succeeded. */
  statistics(): InferStatistics {
    return this.#statistics.snapshot();
  }
}
