/**
 * A server that isn't one, for tests: answers after as long as it is told, on whatever clock.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import type {
  DurationStat,
  EncodedRequest,
  InferRequest,
  InferResponse,
  ModelInfo,
  ModelStatistics,
  Protocol,
  ProtocolStream,
  Reply,
  ServerStatus,
  StreamHandlers,
} from "../../protocol/types.ts";
import { callBack } from "../../transport/exchange.ts";
import type { CallOptions, CallTimes } from "../../transport/types.ts";

/** How the server behaves. */
export interface FakeBehaviour {
  /** Milliseconds until request number `n` (from 0) is answered; Infinity = never. */
  readonly latency: (n: number) => number;
  /** The refusal of request number `n`. */
  readonly refuse?: (n: number) => InferenceError | undefined;
  /** Whether a connection can be had at this moment. */
  readonly up?: (now: number) => boolean;
  /** Streams: answers to a request before the final one, each after a share of its latency. */
  readonly responses?: number;
  /** Further requests that the statistics count in each look at them. */
  readonly foreign?: number;
}

/** What was sent. */
export interface FakeWire extends EncodedRequest {
  readonly request: InferRequest;
}

interface FakeReply extends Reply {
  readonly id: string;
  readonly error?: InferenceError;
  readonly final: boolean;
  readonly empty: boolean;
}

/** An add-sub model as a server describes it. */
export const FAKE_MODEL: ModelInfo = {
  name: "fake",
  versions: ["1"],
  platform: "custom",
  maxBatchSize: 8,
  inputs: [{ name: "INPUT0", dataType: "INT32", shape: [16], format: "NONE" }],
  outputs: [{ name: "OUTPUT0", dataType: "INT32", shape: [16], format: "NONE" }],
  scheduling: "default",
  decoupled: false,
  steps: [],
};

const ZERO: DurationStat = { count: 0n, ns: 0n };

/** Makes a server; several protocols may be connected to it. */
export class FakeServer {
  readonly model: ModelInfo;
  readonly clock: Clock;
  readonly behaviour: FakeBehaviour;
  /** Every request that reached it, in order. */
  readonly received: InferRequest[] = [];
  encoded = 0;
  closed = 0;
  #success = 0;
  #failed = 0;
  #foreign = 0;

  constructor(clock: Clock, behaviour: FakeBehaviour, model: Partial<ModelInfo> = {}) {
    this.clock = clock;
    this.behaviour = behaviour;
    this.model = { ...FAKE_MODEL, ...model };
  }

  statistics(): ModelStatistics {
    this.#foreign += this.behaviour.foreign ?? 0;
    const count = BigInt(this.#success + this.#foreign);
    const stat = (us: bigint): DurationStat => ({ count, ns: count * us * 1000n });
    return {
      name: this.model.name,
      version: "1",
      inferenceCount: count,
      executionCount: count,
      success: stat(100n),
      failed: { count: BigInt(this.#failed), ns: 0n },
      queue: stat(30n),
      computeInput: ZERO,
      compute: stat(50n),
      computeOutput: ZERO,
      cacheHit: ZERO,
      cacheMiss: ZERO,
    };
  }

  /** @throws {InferenceError} CONNECTION when the server is down */
  accept(request: InferRequest): number {
    if (this.behaviour.up?.(this.clock.now()) === false) {
      throw new InferenceError("CONNECTION", "connection refused");
    }
    return this.received.push(request) - 1;
  }

  settle(number: number): InferenceError | undefined {
    const error = this.behaviour.refuse?.(number);
    if (error === undefined) this.#success++;
    else this.#failed++;
    return error;
  }

  connect(wire: "http" | "grpc" = "http"): Protocol {
    return fakeProtocol(this, wire);
  }
}

function fakeProtocol(server: FakeServer, wire: "http" | "grpc"): Protocol {
  const { clock } = server;
  const closing = new AbortController();
  return {
    api: "v1",
    wire,
    address: "127.0.0.1:1",
    live: () => Promise.resolve(true),
    ready: () => Promise.resolve(true),
    modelReady: () => Promise.resolve(true),
    status: () =>
      Promise.resolve({ api: "v1", id: "fake:0", version: "0" } as unknown as ServerStatus),
    model: (name) =>
      name === server.model.name
        ? Promise.resolve(server.model)
        : Promise.reject(new InferenceError("INVALID_ARG", `unknown model '${name}'`)),
    statistics: () => Promise.resolve([server.statistics()]),
    encode(request) {
      server.encoded++;
      const made: FakeWire = { byteLength: 64, request };
      return made;
    },
    exchange(wire, options, callback) {
      callBack(this.send(wire, options), callback);
    },
    async send(wire, options) {
      const { request } = wire as FakeWire;
      const start = clock.now();
      const number = server.accept(request);
      const latency = server.behaviour.latency(number);
      const limit = options?.timeoutMs ?? Infinity;
      await wait(clock, Math.min(latency, limit), closing.signal);
      if (closing.signal.aborted) throw new InferenceError("CANCELLED", "closed");
      if (latency > limit) throw new InferenceError("TIMEOUT", `no answer within ${limit} ms`);
      return reply(request, [start, clock.now()], { error: server.settle(number) });
    },
    failure: (answer) => (answer as FakeReply).error,
    decode: (answer) =>
      ({
        outputs: (answer as FakeReply).empty ? [] : [{ name: "OUTPUT0" }],
      }) as unknown as InferResponse,
    replyId: (answer) => (answer as FakeReply).id,
    isFinal: (answer) => (answer as FakeReply).final,
    isEmpty: (answer) => (answer as FakeReply).empty,
    openStream: (handlers, options) => fakeStream(server, handlers, closing.signal, options),
    close() {
      closing.abort();
      server.closed++;
    },
  };
}

/** Waits without an end for Infinity. */
async function wait(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (ms < Infinity) return await clock.sleep(ms, signal);
  await new Promise<void>((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true })
  );
}

function reply(
  request: InferRequest,
  [start, end]: readonly [start: number, end: number],
  { error, final = true, empty = false }: Partial<Pick<FakeReply, "error" | "final" | "empty">>,
): FakeReply {
  const time = end - start;
  const times: CallTimes = {
    sendStart: start,
    sendEnd: start + time * 0.25,
    receiveStart: start + time * 0.75,
    receiveEnd: end,
  };
  return { byteLength: 64, times, id: String(request.id ?? ""), error, final, empty };
}

function fakeStream(
  server: FakeServer,
  handlers: StreamHandlers,
  closing: AbortSignal,
  _options?: CallOptions,
): ProtocolStream {
  const { clock, behaviour } = server;
  const ended = new AbortController();
  closing.addEventListener("abort", () => ended.abort(), { once: true });
  const answer = async (request: InferRequest, number: number) => {
    const start = clock.now();
    const parts = behaviour.responses ?? 0;
    const step = behaviour.latency(number) / (parts + 1);
    for (let i = 0; i < parts; i++) {
      await wait(clock, step, ended.signal);
      if (ended.signal.aborted) return;
      handlers.onReply(reply(request, [start, clock.now()], { final: false }));
    }
    await wait(clock, step, ended.signal);
    if (ended.signal.aborted) return;
    const error = server.settle(number);
    handlers.onReply(reply(request, [start, clock.now()], { error, empty: parts > 0 }));
  };
  return {
    send(wire) {
      const { request } = wire as FakeWire;
      let number: number;
      try {
        number = server.accept(request);
      } catch (error) {
        queueMicrotask(() => {
          ended.abort();
          handlers.onEnd(error as InferenceError);
        });
        return Promise.resolve();
      }
      answer(request, number);
      return Promise.resolve();
    },
    end() {},
    cancel() {
      ended.abort();
    },
  };
}
