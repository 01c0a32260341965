/**
 * A load that grows by the answers: whenever every request of the latest set has had so many answers,
 * the next set is sent. perf_analyzer's periodic concurrency, and the queries of MLPerf's multi-stream.
 *
 * @module
 */
import type { GrowthPlan } from "./sending.ts";
import type { Slot } from "./slot.ts";

/** What a load loop is told: `inFlight` at most, and `count` further requests. */
type Send = (inFlight: number, count: number) => void;

/** Sends the sets. */
export class Growth {
  readonly #plan: GrowthPlan;
  readonly #send: Send;
  readonly #defer: (work: () => void) => void;
  #limit = 0;
  #remaining = 0;
  #sent = 0;
  /** Requests of the latest set that lack answers. */
  #open = 0;

  /** @param defer runs a piece of work later, outside of what called */
  constructor(plan: GrowthPlan, send: Send, defer = queueMicrotask) {
    this.#plan = plan;
    this.#send = send;
    this.#defer = defer;
  }

  /** Starts anew, with at most `limit` requests in flight and `total` in all. */
  start(limit: number, total: number): void {
    this.#limit = limit;
    this.#remaining = total;
    this.#sent = 0;
    this.#next(this.#plan.start);
  }

  /** A request has had one more answer. */
  answered({ responses }: Slot): void {
    if (responses === this.#plan.answers) this.#settle();
  }

  /** A request is over; one with a single answer has not been told of before. */
  ended({ responses, firstReply }: Slot): void {
    if (responses < this.#plan.answers || Number.isNaN(firstReply)) this.#settle();
  }

  #settle(): void {
    if (--this.#open === 0) this.#defer(() => this.#next(this.#plan.step));
  }

  #next(size: number): void {
    const count = Math.min(size, this.#remaining);
    if (count <= 0) return;
    this.#remaining -= count;
    this.#open = count;
    this.#sent += count;
    this.#send(Math.min(this.#limit, this.#sent), count);
  }
}
