/**
 * The one load loop: keeps slots busy, whatever the protocol and whatever paces it.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { type InferenceError, toInferenceError } from "../../base/errors.ts";
import type { EncodedRequest } from "../../protocol/types.ts";
import type { Pacer } from "../pacer.ts";
import { type ChunkSink, ChunkWriter, Gap, Sample } from "../samples.ts";
import type { RequestCounts } from "../types.ts";
import { ErrorTally } from "./errors.ts";
import type { Arrivals } from "../schedule/arrivals.ts";
import { Growth } from "./growth.ts";
import type { GrowthPlan } from "./sending.ts";
import { Dispatcher } from "./dispatcher.ts";
import { codeNumber } from "./error_codes.ts";
import { writeFailure, writeRequest } from "./record.ts";
import type { RequestSource } from "./requests.ts";
import { backoffMs, REFUSES_ALL } from "./backoff.ts";
import { createSlot, type Slot } from "./slot.ts";
import type { TransmitSink, Transmitter } from "./transmitter.ts";
import { timerWaker, type Waker } from "./waker.ts";

/** What a loop is made of. */
export interface LoopParts {
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly requests: RequestSource;
  readonly transmitter: (sink: TransmitSink) => Transmitter;
  readonly sink: ChunkSink;
  /** Keeps the moments of a schedule. @default the clock's timers */
  readonly waker?: Waker;
  /** With a schedule: slots take turns. @default false */
  readonly inTurn?: boolean;
  /** Requests are sent in sets, each after the answers to the one before. */
  readonly growth?: GrowthPlan;
}

/** Keeps a number of requests outstanding. */
export class LoadLoop implements TransmitSink {
  readonly #clock: Clock;
  readonly #pacer: Pacer;
  readonly #requests: RequestSource;
  readonly #transmitter: Transmitter;
  readonly #samples: ChunkWriter;
  readonly #failures: ChunkWriter;
  readonly #gaps: ChunkWriter;
  readonly #errors = new ErrorTally();
  readonly #slots: Slot[] = [];
  readonly #stopping = new AbortController();
  #concurrency = 0;
  #remaining = Infinity;
  #sent = 0;
  #succeeded = 0;
  #failed = 0;
  #inFlight = 0;
  /** Failures of all slots since the last success. */
  #failuresInRow = 0;
  #onIdle: (() => void) | undefined;
  /** With a schedule only. */
  #dispatcher: Dispatcher | undefined;
  readonly #growth: Growth | undefined;
  readonly #dispatcherParts: Pick<LoopParts, "waker" | "inTurn">;

  constructor(parts: LoopParts) {
    this.#clock = parts.clock;
    this.#pacer = parts.pacer;
    this.#requests = parts.requests;
    this.#samples = new ChunkWriter("samples", parts.sink);
    this.#failures = new ChunkWriter("failures", parts.sink);
    this.#gaps = new ChunkWriter("gaps", parts.sink);
    this.#transmitter = parts.transmitter(this);
    this.#dispatcherParts = parts;
    this.#growth = parts.growth && new Growth(parts.growth, this.#keep.bind(this));
  }

  /** Sends what a schedule brings, at most `limit` requests, with at most `inFlight` at a time. */
  setSchedule(arrivals: Arrivals, inFlight: number, limit = Infinity): void {
    this.#concurrency = inFlight;
    this.#remaining = limit;
    this.#dispatcher ??= new Dispatcher({
      clock: this.#clock,
      slots: this.#slots,
      waker: this.#dispatcherParts.waker ?? timerWaker(this.#clock),
      inTurn: this.#dispatcherParts.inTurn ?? false,
      fire: (slot, due) => {
        slot.lastEnd = NaN;
        this.#fire(slot, due);
      },
    });
    this.#dispatcher.start(arrivals, inFlight, limit);
  }

  /** Milliseconds for which the next request of the schedule has been due. */
  get backlogMs(): number {
    return this.#dispatcher?.backlogMs ?? 0;
  }

  /** Keeps `concurrency` requests outstanding, until `limit` further ones have been sent. */
  setLoad(concurrency: number, limit = Infinity): void {
    if (this.#growth === undefined) this.#keep(concurrency, limit);
    else this.#growth.start(concurrency, limit);
  }

  #keep(concurrency: number, limit: number): void {
    this.#concurrency = concurrency;
    this.#remaining = limit;
    while (this.#slots.length < concurrency) this.#slots.push(createSlot(this.#slots.length));
    for (const slot of this.#slots) {
      if (slot.busy || slot.waiting) continue;
      slot.lastEnd = NaN;
      this.#continue(slot);
    }
  }

  get counts(): RequestCounts {
    return {
      sent: this.#sent,
      succeeded: this.#succeeded,
      failed: this.#failed,
      inFlight: this.#inFlight,
    };
  }

  /** Hands on the samples so far and returns the errors since the last call. */
  flush() {
    this.#samples.flush();
    this.#failures.flush();
    this.#gaps.flush();
    return this.#errors.take();
  }

  /** Sends nothing more and waits at most so long for what is outstanding. */
  async stop(graceMs: number): Promise<void> {
    this.#stopping.abort();
    this.#dispatcher?.stop();
    // It may run already, though no schedule came.
    this.#dispatcherParts.waker?.close();
    for (const slot of this.#slots) if (!slot.busy && !slot.waiting) this.#continue(slot);
    if (this.#inFlight > 0) {
      const graceOver = new AbortController();
      this.#onIdle = () => graceOver.abort();
      await this.#clock.sleep(graceMs, graceOver.signal);
    }
    this.#transmitter.close();
  }

  #continue(slot: Slot): void {
    if (this.#ended(slot)) return this.#retire(slot);
    if (this.#dispatcher !== undefined) return this.#dispatcher.release(slot);
    if (this.#remaining <= 0) return;
    if (slot.failures > 0) this.#wait(slot, backoffMs(slot.failures));
    else this.#pace(slot);
  }

  #ended(slot: Slot): boolean {
    return this.#stopping.signal.aborted || slot.index >= this.#concurrency;
  }

  #pace(slot: Slot): void {
    const now = this.#clock.now();
    const due = this.#pacer.next(now);
    if (due > now) this.#wait(slot, due - now, due);
    else this.#fire(slot, due < now ? due : undefined);
  }

  async #wait(slot: Slot, ms: number, due?: number): Promise<void> {
    slot.waiting = true;
    slot.lastEnd = NaN;
    await this.#clock.sleep(ms, this.#stopping.signal);
    slot.waiting = false;
    if (this.#ended(slot)) this.#retire(slot);
    else if (due === undefined) this.#pace(slot);
    else this.#fire(slot, due);
  }

  /** `due` undefined: the request is due the moment it is sent. */
  #fire(slot: Slot, due: number | undefined): void {
    if (this.#remaining <= 0) return;
    this.#remaining--;
    let wire: EncodedRequest;
    try {
      wire = this.#requests.next(slot);
    } catch (error) {
      this.#begin(slot, due);
      return this.failed(slot, toInferenceError(error, "INTERNAL", "Cannot make a request"), false);
    }
    this.#begin(slot, due);
    slot.sentBytes = wire.byteLength;
    this.#transmitter.send(slot, wire);
  }

  #begin(slot: Slot, due: number | undefined): void {
    slot.busy = true;
    slot.responses = 0;
    slot.sentBytes = slot.bytes = 0;
    slot.firstReply = NaN;
    slot.failure = undefined;
    this.#sent++;
    this.#inFlight++;
    slot.start = this.#clock.now();
    slot.scheduled = due ?? slot.start;
    slot.idle = slot.start - slot.lastEnd || 0;
  }

  /** Takes a slot out of use, after a last request if something is open at the server. */
  #retire(slot: Slot): void {
    const wire = this.#requests.closing(slot);
    if (wire === undefined) {
      if (this.#inFlight === 0) this.#onIdle?.();
      return;
    }
    this.#begin(slot, undefined);
    slot.sentBytes = wire.byteLength;
    this.#transmitter.send(slot, wire);
  }

  /** See {@linkcode TransmitSink}. */
  done(slot: Slot, end: number, send: number, wait: number, receive: number): void {
    const { rows, offset } = this.#samples;
    writeRequest(rows, offset, slot, end);
    rows[offset + Sample.SEND] = send;
    rows[offset + Sample.WAIT] = wait;
    rows[offset + Sample.RECEIVE] = receive;
    rows[offset + Sample.ERROR] = 0;
    this.#succeeded++;
    this.#failuresInRow = 0;
    slot.failures = 0;
    slot.lastEnd = end;
    this.#samples.commit();
    this.#release(slot);
  }

  /** See {@linkcode TransmitSink}. */
  failed(slot: Slot, error: InferenceError, answered: boolean): void {
    this.#failed++;
    this.#errors.add(error, slot);
    writeFailure(this.#failures, slot, this.#clock.now(), codeNumber(error.code));
    slot.lastEnd = NaN;
    // The server did its work, if not well: its sequence goes on, and it isn't left alone.
    if (error.code === "WRONG_ANSWER") return this.#release(slot);
    this.#requests.failed(slot, answered);
    this.#failuresInRow++;
    const passing = answered || error.code === "TIMEOUT";
    slot.failures = passing && this.#failuresInRow < REFUSES_ALL ? 0 : slot.failures + 1;
    this.#release(slot);
  }

  /** See {@linkcode TransmitSink}. */
  answered(slot: Slot): void {
    this.#growth?.answered(slot);
  }

  /** See {@linkcode TransmitSink}. */
  gap(end: number, time: number): void {
    const { rows, offset } = this.#gaps;
    rows[offset + Gap.END] = end;
    rows[offset + Gap.TIME] = time;
    this.#gaps.commit();
  }

  #release(slot: Slot): void {
    slot.busy = false;
    this.#inFlight--;
    this.#growth?.ended(slot);
    this.#continue(slot);
  }
}
