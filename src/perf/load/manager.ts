/**
 * Spreads a load over threads and brings what they saw together.
 *
 * @module
 */
import type { Chunk } from "../samples.ts";
import type { Arrivals } from "../schedule/arrivals.ts";
import type { ErrorGroup, RequestCounts } from "../types.ts";
import { Window, type WindowOptions } from "../window.ts";
import type { LoadMark, SampleTap } from "../tap.ts";
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
  /** A schedule; sent by one thread. */
  #arrivals: Arrivals | undefined;
  #abandoned = 0;
  readonly #tap: SampleTap | undefined;
  #mark: LoadMark = { level: 0, load: 0, open: false, pass: 0, from: Infinity, to: Infinity };

  /**
   * @param threadLimit threads at most
   * @param tap is told of every request
   */
  constructor(make: MakeThread, threadLimit: number, tap?: SampleTap) {
    this.#make = make;
    this.#limit = threadLimit;
    this.#tap = tap;
  }

  /** What comes in from now on belongs to a new level. */
  markLevel(load: number, open: boolean): void {
    const level = this.#mark.level + 1;
    this.#mark = { level, load, open, pass: 0, from: Infinity, to: Infinity };
  }

  /** What comes in from now on belongs to this pass. */
  markPass(pass: number): void {
    this.#mark = { ...this.#mark, pass, from: Infinity, to: Infinity };
  }

  get threads(): number {
    return this.#threads.length;
  }

  /** Makes the first thread ahead of the load, which then has less to do at its moment. */
  async prepare(): Promise<void> {
    if (this.#threads.length === 0) await this.#addThread();
  }

  /** Keeps so many requests outstanding, until `limit` further ones were sent. */
  async setLoad(concurrency: number, limit = Infinity, arrivals?: Arrivals): Promise<void> {
    if (this.#threads.length === 0) await this.#addThread();
    this.#concurrency = concurrency;
    this.#arrivals = arrivals;
    this.#spread(limit);
  }

  /** Whether a further thread would have something to do. */
  get canGrow(): boolean {
    if (this.#arrivals !== undefined) return false;
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
    const sink: SampleSink = (chunk, shift = 0) => {
      this.#window?.add(chunk, shift);
      if (this.#tap === undefined) return;
      const { from, to } = this.#window ?? this.#mark;
      this.#tap.add(chunk, shift, { ...this.#mark, from, to });
    };
    this.#threads.push(await this.#make(this.#threads.length, sink));
  }

  #spread(limit: number): void {
    const parts = spread(this.#concurrency, this.#threads.length);
    const limits = spread(limit, this.#threads.length);
    this.#threads.forEach((thread, i) => thread.setLoad(parts[i]!, limits[i]!, this.#arrivals));
  }

  /** From now on samples go to a new window over [from, to). */
  openWindow(from: number, to: number, options: WindowOptions = {}): Window {
    const open = this.#arrivals !== undefined || options.open;
    this.#window = new Window(from, to, { ...options, open });
    return this.#window;
  }

  /** Samples are dropped until the next window. */
  closeWindow(): void {
    const { from = Infinity, to = Infinity } = this.#window ?? {};
    this.#mark = { ...this.#mark, from, to };
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
      if (!group.answered) this.#abandoned += group.count;
    }
  }

  /** Collected requests that failed without an answer: the server may have finished them. */
  get abandoned(): number {
    return this.#abandoned;
  }

  /** The errors that were collected since they were taken last. */
  get errors(): ErrorGroup[] {
    return this.#errors.groups();
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
