/**
 * Spreads a load over threads and brings what they saw together.
 *
 * @module
 */
import type { ErrorCode } from "../../base/errors.ts";
import type { Chunk } from "../samples.ts";
import type { ErrorGroup, RequestCounts } from "../types.ts";
import { Window } from "../window.ts";
import { ErrorTally } from "./errors.ts";
import type { Collected, LoadThread } from "./thread.ts";

/** Takes a thread's samples; `shift` = milliseconds from its clock to the main thread's. */
export type SampleSink = (chunk: Chunk, shift?: number) => void;

/** Makes the load thread of this number, from 0. */
export type MakeThread = (index: number, sink: SampleSink) => Promise<LoadThread>;

/** Answers are waited for this long when a load ends; r19.07 waits as long. */
export const STOP_GRACE_MS = 500;

/** Parts of `total` for each of `count` threads, the first ones getting what is left over. */
export function spread(total: number, count: number): number[] {
  if (!Number.isFinite(total)) return new Array(count).fill(total);
  const each = Math.floor(total / count);
  return Array.from({ length: count }, (_, i) => each + (i < total % count ? 1 : 0));
}

const ABANDONED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "TIMEOUT",
  "CANCELLED",
  "CONNECTION",
]);

const NO_COUNTS: RequestCounts = { sent: 0, succeeded: 0, failed: 0, inFlight: 0 };

/** Adds up counts. */
export function addCounts(a: RequestCounts, b: RequestCounts): RequestCounts {
  return {
    sent: a.sent + b.sent,
    succeeded: a.succeeded + b.succeeded,
    failed: a.failed + b.failed,
    inFlight: a.inFlight + b.inFlight,
  };
}

/** The load of a run. */
export class LoadManager {
  readonly #threads: LoadThread[] = [];
  readonly #make: MakeThread;
  #limit: number;
  readonly #errors = new ErrorTally();
  /** What threads did that are gone. */
  #retired = NO_COUNTS;
  #window: Window | undefined;
  #concurrency = 0;
  #abandoned = 0;

  /** @param threadLimit threads at most */
  constructor(make: MakeThread, threadLimit: number) {
    this.#make = make;
    this.#limit = threadLimit;
  }

  get threads(): number {
    return this.#threads.length;
  }

  /** Keeps so many requests outstanding, until `limit` further ones were sent. */
  async setLoad(concurrency: number, limit = Infinity): Promise<void> {
    if (this.#threads.length === 0) await this.#addThread();
    this.#concurrency = concurrency;
    this.#spread(limit);
  }

  /** Whether a further thread would have something to do. */
  get canGrow(): boolean {
    return this.#threads.length < Math.min(this.#limit, this.#concurrency);
  }

  /** Starts a further thread and gives it its share. */
  async grow(): Promise<void> {
    await this.#addThread();
    this.#spread(Infinity);
  }

  /** Takes the last thread away again, for the rest of the run; the others get its share. */
  async shrink(): Promise<void> {
    const thread = this.#threads.pop();
    if (thread === undefined) return;
    this.#limit = this.#threads.length;
    this.#spread(Infinity);
    const last = await thread.stop(STOP_GRACE_MS);
    this.#retired = addCounts(this.#retired, last.counts);
    this.#takeIn([last]);
  }

  async #addThread(): Promise<void> {
    const sink: SampleSink = (chunk, shift) => this.#window?.add(chunk, shift);
    this.#threads.push(await this.#make(this.#threads.length, sink));
  }

  #spread(limit: number): void {
    const parts = spread(this.#concurrency, this.#threads.length);
    const limits = spread(limit, this.#threads.length);
    this.#threads.forEach((thread, i) => thread.setLoad(parts[i], limits[i]));
  }

  /** From now on samples go to a new window over [from, to). */
  openWindow(from: number, to: number): Window {
    this.#window = new Window(from, to);
    return this.#window;
  }

  /** Samples are dropped until the next window. */
  closeWindow(): void {
    this.#window = undefined;
  }

  /** Brings in all samples and errors so far. Counts are those since the start. */
  async collect(): Promise<RequestCounts> {
    return this.#merge(await Promise.all(this.#threads.map((thread) => thread.collect())));
  }

  #merge(parts: readonly Collected[]): RequestCounts {
    this.#takeIn(parts);
    return parts.map((part) => part.counts).reduce(addCounts, this.#retired);
  }

  #takeIn(parts: readonly Collected[]): void {
    for (const group of parts.flatMap((part) => part.errors)) {
      this.#errors.addGroup(group);
      if (ABANDONED.has(group.code)) this.#abandoned += group.count;
    }
  }

  /** Collected requests that failed without an answer: the server may have finished them. */
  get abandoned(): number {
    return this.#abandoned;
  }

  /** The errors that were collected since the last call. */
  takeErrors(): ErrorGroup[] {
    return this.#errors.take();
  }

  /** Ends all threads. */
  async stop(): Promise<RequestCounts> {
    return this.#merge(
      await Promise.all(this.#threads.map((thread) => thread.stop(STOP_GRACE_MS))),
    );
  }
}
