/**
 * A bidirectional stream of requests to one model (gRPC). Replies are matched to requests by id.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type {
  InferRequest,
  ModelInfo,
  Protocol,
  ProtocolStream,
  WireReply,
} from "../protocol/types.ts";
import type { CallOptions } from "../transport/types.ts";
import { inferEach, type InferEachOptions, type Requests } from "./infer_each.ts";
import { buildRequest, type InferOptions } from "./request.ts";
import { failedResult, InferResult } from "./result.ts";
import { requestTimers, type StatisticsCollector } from "./timers.ts";

/** Options of a stream. */
export type StreamOptions = CallOptions;

/** Timers of the platform fire at once beyond this. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** A request whose (last) answer has not come yet. */
interface Pending {
  readonly request: InferRequest;
  readonly start: number;
  deliver(result: InferResult): void;
  /** Stops watching its time limit and its signal. */
  release(): void;
  /** The caller has been told of its failure; the answer, when it comes, is for nobody. */
  abandoned: boolean;
}

/**
 * An open stream; close it when all requests are sent.
 *
 * @example
 * ```ts
 * import { InferenceClient, startServer } from "@trtis/trtis";
 *
 * await using server = await startServer({ httpPort: false, grpcPort: 0 });
 * await using client = await InferenceClient.connect(`grpc://${server.grpcAddress}`);
 * const model = await client.model("simple_sequence");
 * await using stream = model.stream();
 * const values = [3, 4, 5];
 * const requests = values.map((value, i) => ({
 *   inputs: { INPUT: [value] },
 *   sequence: { id: 1n, start: i === 0, end: i === values.length - 1 },
 * }));
 * for await (const result of stream.inferEach(requests)) {
 *   console.log(result.output("OUTPUT").data[0]); // 3, 7, 12
 * }
 * ```
 */
export class InferStream implements AsyncDisposable {
  readonly #protocol: Protocol;
  readonly #model: ModelInfo;
  readonly #version: bigint | undefined;
  readonly #statistics: StatisticsCollector;
  readonly #stream: ProtocolStream;
  readonly #pending = new Map<string, Pending>();
  readonly #ended = Promise.withResolvers<void>();
  #nextId = 1n;
  #closed = false;
  #error: InferenceError | undefined;

  /** Opens the stream; `InferModel.stream` is the usual way. */
  constructor(
    protocol: Protocol,
    model: ModelInfo,
    version: bigint | undefined,
    statistics: StatisticsCollector,
    options: StreamOptions,
  ) {
    this.#protocol = protocol;
    this.#model = model;
    this.#version = version;
    this.#statistics = statistics;
    this.#stream = protocol.openStream({
      onReply: (reply) => this.#onReply(reply),
      onEnd: (error) => this.#onEnd(error),
    }, options);
  }

  /**
   * Sends a request; resolves with its (first) answer. Requests go out in the order of the calls. A
   * failed request gives a result with `error` and the stream goes on.
   *
   * @throws {InferenceError} INVALID_ARG when the options don't fit the model
   */
  async infer(options: InferOptions): Promise<InferResult> {
    const { promise, resolve } = Promise.withResolvers<InferResult>();
    this.#post(options, resolve);
    return await promise;
  }

  /**
   * Sends many requests, some at once, and yields their results in the order of the requests. Requests
   * are asked for only when there is room, and the source is closed when the loop is left.
   *
   * @throws {InferenceError} INVALID_ARG when options don't fit the model, and whatever `requests` throws
   */
  inferEach(
    requests: Requests,
    options?: InferEachOptions,
  ): AsyncGenerator<InferResult, void, void> {
    return inferEach(requests, (request) => this.infer(request), options);
  }

  /**
   * Sends a request and yields every answer to it: one for ordinary models, 0..n for decoupled ones.
   *
   * @throws {InferenceError} INVALID_ARG when the options don't fit the model
   */
  async *inferMany(options: InferOptions): AsyncGenerator<InferResult, void, void> {
    const arrived: InferResult[] = [];
    let wake = () => {};
    this.#post(options, (result) => {
      arrived.push(result);
      wake();
    });
    while (true) {
      const result = arrived.shift();
      if (result === undefined) {
        await new Promise<void>((resolve) => wake = resolve);
        continue;
      }
      // A decoupled model closes with an empty answer that only says "final".
      const isMarker = result.final && !result.error && this.#model.decoupled &&
        result.outputs.length === 0;
      if (!isMarker) yield result;
      if (result.final) return;
    }
  }

  /** Ends the sending side and waits until the server has answered everything. */
  async close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#stream.end();
    }
    await this.#ended.promise;
  }

  /** Gives up: requests without an answer fail with code CANCELLED. */
  cancel(): void {
    this.#closed = true;
    this.#stream.cancel();
  }

  /** As {@linkcode InferStream.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #post(options: InferOptions, deliver: (result: InferResult) => void): void {
    const id = options.id ?? this.#freeId();
    const key = String(id);
    if (this.#pending.has(key)) {
      throw new InferenceError(
        "INVALID_ARG",
        `request id ${key} is already under way on this stream`,
      );
    }
    const request = buildRequest(this.#model, this.#version, { ...options, id });
    const start = performance.now();
    const wire = this.#protocol.encode(request);
    const refusal = this.#refusal(options);
    if (refusal) {
      deliver(failedResult(this.#model, request, refusal, 0));
      return;
    }
    const pending: Pending = {
      request,
      start,
      deliver,
      release: this.#watch(key, options),
      abandoned: false,
    };
    this.#pending.set(key, pending);
    this.#stream.send(wire).catch((error) => this.#fail(key, error));
  }

  #freeId(): bigint {
    while (this.#pending.has(String(this.#nextId))) this.#nextId++;
    return this.#nextId++;
  }

  /** Why nothing can be sent. */
  #refusal({ signal }: InferOptions): InferenceError | undefined {
    if (this.#error) return this.#error;
    if (this.#closed) {
      return new InferenceError("UNAVAILABLE", "Cannot send on a stream that was closed");
    }
    return signal?.aborted ? givenUp(signal) : undefined;
  }

  /** Watches a request's own limits. The stream can't take it back: only its answer is given up. */
  #watch(key: string, { timeoutMs, signal }: InferOptions): () => void {
    const giveUp = (error: InferenceError) => this.#fail(key, error, { answerComes: true });
    const onAbort = () => giveUp(givenUp(signal));
    const timer = timeoutMs && timeoutMs <= LONGEST_TIMER_MS
      ? setTimeout(() => giveUp(tooLate(timeoutMs)), timeoutMs)
      : undefined;
    signal?.addEventListener("abort", onAbort);
    return () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  }

  #onReply(reply: WireReply): void {
    const key = this.#protocol.replyId(reply);
    // A reply without an id belongs to the oldest request: servers answer in order.
    const found = key === "" ? this.#pending.keys().next().value : key;
    const pending = found === undefined ? undefined : this.#pending.get(found);
    if (found === undefined || pending === undefined) return;
    const response = this.#protocol.decode(reply);
    if (response.final) this.#pending.delete(found);
    if (pending.abandoned) return;
    if (response.final) pending.release();
    const timers = requestTimers(pending.start, reply.times, performance.now());
    if (!response.error) this.#statistics.add(timers);
    pending.deliver(new InferResult(response, this.#model, timers));
  }

  #onEnd(error: InferenceError | undefined): void {
    this.#closed = true;
    this.#error = error;
    for (const key of [...this.#pending.keys()]) {
      this.#fail(
        key,
        error ??
          new InferenceError("UNAVAILABLE", "The server ended the stream before it answered"),
      );
    }
    this.#ended.resolve();
  }

  #fail(key: string, error: unknown, { answerComes = false } = {}): void {
    const pending = this.#pending.get(key);
    if (pending === undefined) return;
    if (!answerComes) this.#pending.delete(key);
    if (pending.abandoned) return;
    pending.abandoned = true;
    pending.release();
    const elapsed = performance.now() - pending.start;
    pending.deliver(failedResult(this.#model, pending.request, error, elapsed));
  }
}

function givenUp(signal: AbortSignal | undefined): InferenceError {
  return new InferenceError("CANCELLED", "The request was given up by its caller", {
    cause: signal?.reason,
  });
}

function tooLate(timeoutMs: number): InferenceError {
  return new InferenceError("TIMEOUT", `The server did not answer within ${timeoutMs} ms`);
}
