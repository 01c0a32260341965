/**
 * A thread that sends requests: this one, or a worker.
 *
 * @module
 */
import { type Clock, systemClock } from "../../base/clock.ts";
import type { Protocol } from "../../protocol/types.ts";
import { closedLoop, type Pacer } from "../pacer.ts";
import { createRandom } from "../random.ts";
import type { ChunkSink } from "../samples.ts";
import type { Arrivals } from "../schedule/arrivals.ts";
import type { ErrorGroup, RequestCounts } from "../types.ts";
import { answerCheck, type CheckAnswer } from "./check.ts";
import { type Connected, fleetTransmitter, protocolsOf } from "./fleet.ts";
import { LoadLoop } from "./loop.ts";
import { mixRequests } from "./mix.ts";
import type { LoadPlan, MixPlan } from "./plan.ts";
import { plainRequests } from "./requests.ts";
import { sequenceRequests } from "./sequence.ts";
import { streamTransmitter } from "./stream_transmitter.ts";
import { type TransmitSink, unaryTransmitter } from "./transmitter.ts";
import { alarmWaker } from "./alarm.ts";

/** What a thread has done. */
export interface Collected {
  /** Since it started. */
  readonly counts: RequestCounts;
  /** Since the last time. */
  readonly errors: readonly ErrorGroup[];
}

/** Sends requests; its samples go to the sink that it was made with. */
export interface LoadThread {
  /**
   * Keeps so many requests outstanding, until `limit` further ones were sent; with `arrivals` sends
   * what they bring, with at most so many outstanding.
   */
  setLoad(concurrency: number, limit: number, arrivals?: Arrivals): void;
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

/** What a thread sends with. */
export interface LocalThreadParts {
  /** Closed when the thread stops. */
  readonly protocol: Connected;
  readonly clock: Clock;
  readonly sink: ChunkSink;
  /** Default: a closed loop. */
  readonly pacer?: Pacer;
}

/**
 * Sends requests from this thread.
 *
 * @throws {InferenceError} INVALID_ARG when the requests can't be encoded
 */
export function localThread(
  whole: LoadPlan,
  place: ThreadPlace,
  { protocol: connected, clock, sink, pacer = closedLoop }: LocalThreadParts,
): LoadThread {
  const plan = partOf(whole, place);
  const protocols = protocolsOf(connected);
  // What is sent is the same for all servers: they differ in their address alone.
  const protocol = protocols[0]!;
  const encode = protocol.encode.bind(protocol);
  const range = () => {
    const { firstId, idCount, stride = 1n } = plan.sequence!;
    return {
      first: firstId + BigInt(place.index) * stride,
      stride: BigInt(place.count) * stride,
      count: idCount,
    };
  };
  const random = createRandom(plan.seed + place.index);
  const requests = plan.mix !== undefined
    ? mixRequests(plan.mix, encode)
    : plan.sequence === undefined
    ? plainRequests(plan, encode)
    : sequenceRequests(plan, encode, range(), random.unit);
  // Each stateful sequence has a stream of its own, as in r19.07.
  const streams = plan.sequence === undefined ? plan.streamLimit : Infinity;
  const { timeoutMs, decoupled } = plan;
  const check = plan.mix === undefined ? answerCheck(plan, protocol) : mixCheck(plan.mix, protocol);
  const keeper = "protocols" in connected ? connected.keeper : undefined;
  const lane = (server: Protocol, to: TransmitSink) =>
    plan.streamLimit > 0
      ? streamTransmitter(server, clock, { streams, decoupled, timeoutMs, check }, to)
      : unaryTransmitter(server, timeoutMs, to, { check, keeper });
  const loop = new LoadLoop({
    clock,
    pacer,
    requests,
    growth: plan.growth,
    inTurn: plan.sequence !== undefined,
    waker: plan.pacing === "precise" && clock === systemClock
      ? alarmWaker(() => clock.now())
      : undefined,
    sink,
    transmitter: (to) =>
      "protocols" in connected && connected.protocols.length > 1
        ? fleetTransmitter({
          ...{ fleet: connected, lane, clock, sticky: plan.sequence !== undefined },
          serving: plan.mix?.map(({ servers }) => servers),
        }, to)
        : lane(protocol, to),
  });
  const collected = (): Collected => {
    const errors = loop.flush();
    return { counts: loop.counts, errors };
  };
  return {
    setLoad: (concurrency, limit, arrivals) =>
      arrivals === undefined
        ? loop.setLoad(concurrency, limit)
        : loop.setSchedule(arrivals, concurrency, limit),
    collect: () => Promise.resolve(collected()),
    async stop(graceMs) {
      await loop.stop(graceMs);
      const last = collected();
      for (const server of protocols) server.close();
      return last;
    },
  };
}

/** Each model's own check of its answers. */
function mixCheck(mix: readonly MixPlan[], protocol: Protocol): CheckAnswer | undefined {
  const checks = mix.map(({ plan }) => answerCheck(plan, protocol));
  if (checks.every((check) => check === undefined)) return undefined;
  return (slot, reply) => checks[slot.model - 1]?.(slot, reply);
}

/** The plan of one thread: outputs in shared memory are its own. */
function partOf(plan: LoadPlan, { index }: ThreadPlace): LoadPlan {
  const { sharedOutputs } = plan;
  if (sharedOutputs === undefined) return plan;
  return { ...plan, sharedOutputs: { ...sharedOutputs, first: index * sharedOutputs.slots } };
}
