/**
 * The search against a queue, without clients, connections and clocks in between: seconds of a server
 * take milliseconds, so that whether it finds what theory says can be tested with many seeds.
 *
 * @module
 */
import { BacklogTrend } from "../backlog.ts";
import { findHighest } from "../find_max/highest.ts";
import { isBacklog, isOver, LOOK_MS, requestsNeeded } from "../find_max/probe.ts";
import type { Found, TryLength } from "../find_max/range.ts";
import { ThresholdWatch } from "../find_max/watch.ts";
import { createRandom } from "../random.ts";
import { readThresholds } from "../threshold/mod.ts";
import { Window } from "../window.ts";
import { exponentialService, virtualSlots } from "./queue.ts";

/** A queue with Poisson arrivals whose highest rate is known. */
export interface TheoryQueue {
  readonly name: string;
  readonly slots: number;
  readonly constant: boolean;
  /** The highest rate with a p99 of 20 ms, at a mean service time of 2 ms. */
  readonly highest: number;
}

/** By queueing theory: of M/M/c by formula, of M/D/1 by the series of its waiting time. */
export const THEORY: readonly TheoryQueue[] = [
  { name: "M/M/4", slots: 4, constant: false, highest: 1750.45 },
  { name: "M/M/1", slots: 1, constant: false, highest: 269.74 },
  { name: "M/D/1", slots: 1, constant: true, highest: 386.74 },
];

const SERVICE_MS = 2;
const SETTLE_MS = 500;
/** Setting up and draining a pass. */
const AROUND_MS = 150;
const USUAL: TryLength = { minMs: 1000, maxMs: 10_000, until: "clear" };
const THRESHOLDS = readThresholds(["p99<=20ms"]);

/** What a search found, and the seconds that it took. */
export interface SearchedQueue {
  readonly found?: Found;
  readonly seconds: number;
  /** Of all passes that kept the limit. */
  readonly kept: readonly number[];
}

/** Searches the highest rate with the settings that perf_client has by default. */
export async function searchQueue(
  { slots, constant }: TheoryQueue,
  seed: number,
): Promise<SearchedQueue> {
  let now = 0;
  let pass = 0;
  const kept: number[] = [];
  const tryLoad = (rate: number, _phase: string, length: TryLength = USUAL) => {
    const passSeed = seed * 1000 + pass++;
    const gap = exponentialService(1000 / rate, passSeed);
    const service = constant ? () => SERVICE_MS : exponentialService(SERVICE_MS, -1 - passSeed);
    const tried = runPass(rate, gap, virtualSlots(slots, service), length);
    now += tried.ms;
    if (tried.passed) kept.push(rate);
    return Promise.resolve(tried);
  };
  const found = await findHighest(
    { start: startOf(seed), lowest: 1, highest: 1e6, precision: 0.02, whole: false },
    { now: () => now, endsAt: 175_000, passMs: 10_000, confirmMs: 30_000 },
    tryLoad,
  );
  return { found, seconds: now / 1000, kept };
}

/** Half of what one request at a time gets, as half a second of a look tells it. */
function startOf(seed: number): number {
  const unit = createRandom(seed).unit();
  return Math.round(250 * (0.85 + 0.3 * unit));
}

function runPass(
  rate: number,
  gap: () => number,
  latencyAt: (arrival: number) => number,
  length: TryLength,
) {
  const window = new Window(SETTLE_MS, Infinity);
  const counts = { sent: 0, succeeded: 0, failed: 0, inFlight: 0 };
  const watch = new ThresholdWatch(THRESHOLDS, window, counts);
  const backlog = new BacklogTrend(0, rate, counts);
  const needed = requestsNeeded(THRESHOLDS);
  const pending: { end: number; latency: number }[] = [];
  let arrival = gap();
  for (let look = SETTLE_MS + LOOK_MS;; look += LOOK_MS) {
    for (; arrival < look; arrival += gap()) {
      const latency = latencyAt(arrival);
      const end = arrival + latency;
      let i = pending.length;
      while (i > 0 && pending[i - 1]!.end < end) i--;
      pending.splice(i, 0, { end, latency });
    }
    while (pending.length > 0 && pending.at(-1)!.end < look) {
      const { end, latency } = pending.pop()!;
      counts.succeeded++;
      if (end >= SETTLE_MS) window.latency.add(latency);
    }
    watch.look(window, counts);
    backlog.add(look, counts);
    counts.inFlight = pending.length;
    const due = rate * (look - SETTLE_MS) / 1000;
    const grows = backlog.grows && isBacklog(counts, due, Infinity);
    const enough = window.latency.count >= needed;
    if (!isOver(look - SETTLE_MS, watch, length, { enough, grows })) continue;
    const p99 = window.latency.figures([99])?.percentiles[0]?.us ?? Infinity;
    return {
      passed: !grows && enough && p99 <= 20_000,
      wall: grows,
      evidence: watch.evidence,
      ms: look + AROUND_MS,
    };
  }
}
