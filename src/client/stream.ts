/**
 * A bidirectional stream of requests to one model (gRPC). Replies are matched to requests by id.
 *
 * @module
 */
import { LONGEST_TIMER_MS } from "../base/clock.ts";
import { onAbort } from "../base/abort.ts";
import { InferenceError } from "../base/errors.ts";
import type {
  InferRequest,
  ModelInfo,
  Protocol,
  ProtocolStream,
  Reply,
} from "../protocol/types.ts";
import type { CallOptions } from "../transport/types.ts";
import { givenUp, tooLate } from "./deadline.ts";
import { inferEach, type InferEachOptions, type Requests } from "./infer_each.ts";
import { buildRequest, type InferOptions, untyped } from "./request.ts";
import { failedResult, InferResult, type Target, typed } from "./result.ts";
import type { AnyModel, ModelTypes } from "./typed.ts";
import { requestTimers, type StatisticsCollector } from "./timers.ts";
import { streamsNeedGrpc } from "./unsupported.ts";

/** Options of a stream. */
export type StreamOptions = CallOptions;

/** What a stream sends to. */
export interface StreamParts {
  readonly protocol: Protocol;
  readonly entry: Target;
  /** The model as it is known now. */
  readonly info: () => ModelInfo;
  readonly statistics: StatisticsCollector;
}

/** How long {@linkcode InferStream.close} waits for answers. */
const DEFAULT_CLOSE_TIMEOUT_MS = 30_000;
/** Answers, and bytes of them, that wait for a slow reader before the server is held back. */
const MAX_WAITING = 64;
const MAX_WAITING_BYTES = 1 << 20;

/** A request whose (last) answer has not come yet. */
interface Pending {
  readonly request: InferRequest;
  readonly start: number;
  /** `bytes` = the size of the answer; 0 when there is none. */
  deliver(result: InferResult, bytes: number): void;
  /** Stops watching its time limit and its signal. */
  release(): void;
  /** The caller has been told of its failure; the answer, when it comes, is for nobody. */
  abandoned: boolean;
}

/**
 * An open stream; close it once all requests are sent.
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
export class InferStream<M extends ModelTypes = AnyModel> implements AsyncDisposable {
  readonly #parts: StreamParts;
  readonly #options: StreamOptions;
  readonly #pending = new Map<string, Pending>();
  readonly #ended = Promise.withResolvers<void>();
  #stream: ProtocolStream;
  #nextId = 1n;
  #closed = false;
  #error: InferenceError | undefined;

  /** Opens the stream; `InferModel.stream` is the usual way. */
  constructor(parts: StreamParts, options: StreamOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#stream = this.#open();
  }

  #open(): ProtocolStream {
    const { protocol } = this.#parts;
    if (protocol.openStream === undefined) throw streamsNeedGrpc();
    const stream: ProtocolStream = protocol.openStream({
      onReply: (reply) => {
        if (this.#stream === stream) this.#onReply(reply);
      },
      onEnd: (error) => {
        // Undefined when it ends while it is being opened.
        if (this.#stream === undefined || this.#stream === stream) this.#onEnd(error);
      },
    }, this.#options);
    return stream;
  }

  /**
   * Sends a request and resolves with its (first) answer. Requests are sent in the order of the calls. A
   * failed request returns a result with `error`; the stream stays open.
   *
   * @throws {InferenceError} INVALID_ARG when the options don't fit the model
   */
  async infer(options: InferOptions<M>): Promise<InferResult<M>> {
    const { promise, resolve } = Promise.withResolvers<InferResult>();
    this.#post(untyped(options), resolve);
    return typed(await promise);
  }

  /**
   * Sends many requests, some at once, and yields their results in the order of the requests. Requests are
   * taken from the source only when there is room. Leaving the loop closes the source.
   *
   * @throws {InferenceError} INVALID_ARG when options don't fit the model, and whatever `requests` throws
   */
  inferEach(
    requests: Requests<M>,
    options?: InferEachOptions,
  ): AsyncGenerator<InferResult<M>, void, void> {
    return inferEach(requests, (request) => this.infer(request), options);
  }

  /**
   * Sends a request and yields every answer to it: one for ordinary models, 0..n for decoupled ones. While
   * the reader is slow the server is held back. Leaving the loop cancels the request: its call is
   * cancelled, unless other requests of this stream are in flight; then its answers are dropped.
   *
   * @throws {InferenceError} INVALID_ARG when the options don't fit the model
   */
  async *inferMany(options: InferOptions<M>): AsyncGenerator<InferResult<M>, void, void> {
    const arrived: { readonly result: InferResult; readonly bytes: number }[] = [];
    let waiting = 0;
    let isHeld = false;
    let isDone = false;
    let wake = () => {};
    const key = this.#post(untyped(options), (result, bytes) => {
      arrived.push({ result, bytes });
      waiting += bytes;
      if (!isHeld && (arrived.length >= MAX_WAITING || waiting >= MAX_WAITING_BYTES)) {
        isHeld = true;
        this.#stream.pause?.();
      }
      wake();
    });
    try {
      while (true) {
        const next = arrived.shift();
        if (next === undefined) {
          if (isHeld) this.#stream.resume?.();
          isHeld = false;
          await new Promise<void>((resolve) => wake = resolve);
          continue;
        }
        waiting -= next.bytes;
        const { result } = next;
        isDone = result.final;
        // A decoupled model closes with an empty answer that only says "final".
        const isMarker = result.final && !result.error && this.#parts.info().decoupled &&
          result.outputs.length === 0;
        if (!isMarker) yield typed(result);
        if (isDone) return;
      }
    } finally {
      if (isHeld) this.#stream.resume?.();
      if (!isDone) this.#leave(key);
    }
  }

  /** The reader of a request's answers has gone. */
  #leave(key: string): void {
    const pending = this.#pending.get(key);
    if (pending === undefined) return;
    pending.abandoned = true;
    pending.release();
    if (this.#closed || [...this.#pending.values()].some(({ abandoned }) => !abandoned)) return;
    // Nobody waits for anything on this call: it ends, and the stream goes on with another.
    this.#pending.clear();
    const before = this.#stream;
    this.#stream = this.#open();
    before.cancel();
  }

  /**
   * Closes the sending side and waits until the server has answered everything.
   *
   * @param options after `timeoutMs` (default 30 s) the stream is cancelled; 0 = wait for ever
   */
  async close(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#stream.end();
    }
    const timeoutMs = options.timeoutMs ?? DEFAULT_CLOSE_TIMEOUT_MS;
    const timer = timeoutMs > 0 && timeoutMs <= LONGEST_TIMER_MS
      ? setTimeout(() => this.cancel(), timeoutMs)
      : undefined;
    await this.#ended.promise;
    clearTimeout(timer);
  }

  /** Cancels the stream: requests without an answer fail with the code CANCELLED. */
  cancel(): void {
    this.#closed = true;
    this.#stream.cancel();
  }

  /** As {@linkcode InferStream.close}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Sends a request. @returns its id as text */
  #post(options: InferOptions, deliver: Pending["deliver"]): string {
    const { protocol, entry, info } = this.#parts;
    const id = options.id ?? this.#freeId();
    const key = String(id);
    if (this.#pending.has(key)) {
      throw new InferenceError(
        "INVALID_ARG",
        `request id ${key} is already in use on this stream`,
      );
    }
    const request = buildRequest(info(), entry.version, { ...options, id });
    const start = performance.now();
    const encoded = protocol.encode(request);
    const refusal = this.#refusal(options);
    if (refusal) {
      deliver(failedResult(entry, request, refusal, 0), 0);
      return key;
    }
    const pending: Pending = {
      request,
      start,
      deliver,
      release: this.#watch(key, options),
      abandoned: false,
    };
    this.#pending.set(key, pending);
    this.#stream.send(encoded).catch((error) => this.#fail(key, error));
    return key;
  }

  #freeId(): bigint {
    while (this.#pending.has(String(this.#nextId))) this.#nextId++;
    return this.#nextId++;
  }

  /** Why nothing can be sent. */
  #refusal({ signal }: InferOptions): InferenceError | undefined {
    if (this.#error) return this.#error;
    if (this.#closed) {
      return new InferenceError("CLOSED", "Cannot send on a stream that was closed");
    }
    return signal?.aborted ? givenUp(signal) : undefined;
  }

  /** Watches a request's own limits. The stream can't take it back: only its answer is given up. */
  #watch(key: string, { timeoutMs, signal }: InferOptions): () => void {
    const giveUp = (error: InferenceError) => this.#fail(key, error, { answerComes: true });
    const onEnd = () => giveUp(givenUp(signal));
    const timer = timeoutMs && timeoutMs <= LONGEST_TIMER_MS
      ? setTimeout(() => giveUp(tooLate(timeoutMs)), timeoutMs)
      : undefined;
    const unwatch = signal && onAbort(signal, onEnd);
    return () => {
      clearTimeout(timer);
      unwatch?.();
    };
  }

  #onReply(reply: Reply): void {
    const key = this.#parts.protocol.replyId(reply);
    // A reply without an id belongs to the oldest request: servers answer in order.
    const found = key === "" ? this.#pending.keys().next().value : key;
    const pending = found === undefined ? undefined : this.#pending.get(found);
    if (found === undefined || pending === undefined) return;
    const response = this.#parts.protocol.decode(reply, pending.request);
    if (response.final) this.#pending.delete(found);
    if (pending.abandoned) return;
    if (response.final) pending.release();
    const timers = requestTimers(pending.start, reply.times, performance.now());
    if (!response.error) this.#parts.statistics.add(timers);
    pending.deliver(new InferResult(response, this.#parts.info(), timers), reply.byteLength);
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
    pending.deliver(failedResult(this.#parts.entry, pending.request, error, elapsed), 0);
  }
}
