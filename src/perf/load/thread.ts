/**
 * A thread that sends requests: this one, or a worker.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import type { Protocol } from "../../protocol/types.ts";
import { closedLoop, type Pacer } from "../pacer.ts";
import { createRandom } from "../random.ts";
import type { ChunkSink } from "../samples.ts";
import type { ErrorGroup, RequestCounts } from "../types.ts";
import { LoadLoop } from "./loop.ts";
import type { LoadPlan } from "./plan.ts";
import { plainRequests } from "./requests.ts";
import { sequenceRequests } from "./sequence.ts";
import { streamTransmitter } from "./stream_transmitter.ts";
import { unaryTransmitter } from "./transmitter.ts";

/** What a thread has done. */
export interface Collected {
  /** Since it started. */
  readonly counts: RequestCounts;
  /** Since the last time. */
  readonly errors: readonly ErrorGroup[];
}

/** Sends requests; its samples go to the sink that it was made with. */
export interface LoadThread {
  /** Keeps so many requests outstanding, until `limit` further ones were sent. */
  setLoad(concurrency: number, limit: number): void;
  /** All samples so far have reached the sink when this resolves. */
  collect(): Promise<Collected>;
  /** Ends it, waiting at most so long for answers. */
  stop(graceMs: number): Promise<Collected>;
}

/** One of the threads of a load. */
export interface ThreadPlace {
  /** From 0. */
  readonly index: number;
  /** Upper bound of the number of threads: correlation ids step by it. */
  readonly count: number;
}

/**
 * Sends requests from this thread.
 *
 * @param protocol is closed when the thread stops
 * @throws {InferenceError} INVALID_ARG when the requests can't be encoded
 */
export function localThread(
  plan: LoadPlan,
  place: ThreadPlace,
  protocol: Protocol,
  clock: Clock,
  sink: ChunkSink,
  pacer: Pacer = closedLoop,
): LoadThread {
  const encode = protocol.encode.bind(protocol);
  const range = () => ({
    first: plan.sequence!.firstId + BigInt(place.index),
    stride: BigInt(place.count),
    count: plan.sequence!.idCount,
  });
  const random = createRandom(plan.seed + place.index);
  const requests = plan.sequence === undefined
    ? plainRequests(plan, encode)
    : sequenceRequests(plan, encode, range(), random.unit);
  // Each stateful sequence has a stream of its own, as in r19.07.
  const streams = plan.sequence === undefined ? plan.streamLimit : Infinity;
  const { timeoutMs, decoupled } = plan;
  const loop = new LoadLoop({
    clock,
    pacer,
    requests,
    sink,
    transmitter: (to) =>
      plan.streamLimit > 0
        ? streamTransmitter(protocol, clock, { streams, decoupled, timeoutMs }, to)
        : unaryTransmitter(protocol, timeoutMs, to),
  });
  const collected = (): Collected => {
    const errors = loop.flush();
    return { counts: loop.counts, errors };
  };
  return {
    setLoad: (concurrency, limit) => loop.setLoad(concurrency, limit),
    collect: () => Promise.resolve(collected()),
    async stop(graceMs) {
      await loop.stop(graceMs);
      const last = collected();
      protocol.close();
      return last;
    },
  };
}
