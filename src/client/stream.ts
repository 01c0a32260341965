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
import { buildRequest, type InferOptions } from "./request.ts";
import { failedResult, InferResult } from "./result.ts";
import { requestTimers, type StatisticsCollector } from "./timers.ts";

/** Options of a stream. */
export type StreamOptions = CallOptions;

interface Pending {
  readonly request: InferRequest;
  readonly start: number;
  deliver(result: InferResult): void;
}

/** An open stream; close it when all requests are sent. */
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
   * Sends a request; resolves with its (first) answer. A failed request gives a result with `error` and
   * the stream goes on.
   *
   * @throws {InferenceError} INVALID_ARG when the options don't fit the model
   */
  infer(options: InferOptions): Promise<InferResult> {
    const { promise, resolve } = Promise.withResolvers<InferResult>();
    this.#post(options, resolve);
    return promise;
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

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #post(options: InferOptions, deliver: (result: InferResult) => void): void {
    const id = options.id ?? this.#nextId++;
    const key = String(id);
    if (this.#pending.has(key)) {
      throw new InferenceError(
        "INVALID_ARG",
        `request id ${key} is already under way on this stream`,
      );
    }
    const request = buildRequest(this.#model, this.#version, { ...options, id });
    const start = performance.now();
    if (this.#closed || this.#error) {
      const error = this.#error ??
        new InferenceError("UNAVAILABLE", "Cannot send on a stream that was closed");
      deliver(failedResult(this.#model, request, error, 0));
      return;
    }
    this.#pending.set(key, { request, start, deliver });
    this.#stream.send(this.#protocol.encode(request)).catch((error) => this.#fail(key, error));
  }

  #onReply(reply: WireReply): void {
    const key = this.#protocol.replyId(reply);
    // A reply without an id belongs to the oldest request: servers answer in order.
    const found = this.#pending.has(key) ? key : this.#pending.keys().next().value;
    const pending = found === undefined ? undefined : this.#pending.get(found);
    if (found === undefined || pending === undefined) return;
    const response = this.#protocol.decode(reply);
    const timers = requestTimers(pending.start, reply.times, performance.now());
    if (response.final) this.#pending.delete(found);
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

  #fail(key: string, error: unknown): void {
    const pending = this.#pending.get(key);
    if (pending === undefined) return;
    this.#pending.delete(key);
    const elapsed = performance.now() - pending.start;
    pending.deliver(failedResult(this.#model, pending.request, error, elapsed));
  }
}
