/**
 * Gives the requests of a schedule to free slots. What is due while no slot is free is not queued: the
 * schedule stands still at it, and its wait counts from the moment when it was due.
 *
 * @module
 */
import { type Clock, wallMs } from "../../base/clock.ts";
import { type ArrivalCursor, arrivalCursor, type Arrivals } from "../schedule/arrivals.ts";
import { msUntilBegin } from "../schedule/common_start.ts";
import { createSlot, type Slot } from "./slot.ts";
import type { Waker } from "./waker.ts";

/** What a dispatcher needs. */
export interface DispatcherParts {
  readonly clock: Clock;
  readonly waker: Waker;
  /** All slots of the loop; new ones are added when no other is free. */
  readonly slots: Slot[];
  /** The least recently used slot first, so that all sequences go on; otherwise the latest. */
  readonly inTurn: boolean;
  /** The slot's `asked` says which step of the data the request has. */
  readonly fire: (slot: Slot, due: number) => void;
}

/** A schedule on its way. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  readonly #free: Slot[];
  #cursor: ArrivalCursor | undefined;
  #start = 0;
  #due = Infinity;
  #asked = -1;
  #limit = 0;
  #remaining = 0;
  #dispatching = false;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
    this.#free = parts.slots.filter((slot) => !slot.busy && !slot.waiting);
  }

  /** Starts a schedule in place of the one before, with at most `limit` requests in flight. */
  start(arrivals: Arrivals, limit: number, remaining: number): void {
    this.#cursor = arrivalCursor(arrivals);
    this.#start = this.#parts.clock.now() + msUntilBegin(arrivals, wallMs());
    this.#limit = limit;
    this.#remaining = remaining;
    this.#advance();
    this.#dispatch();
  }

  /** Milliseconds for which the next request has been due; 0 when none is late. */
  get backlogMs(): number {
    return Math.max(0, this.#parts.clock.now() - this.#due);
  }

  /** A slot is free. */
  release(slot: Slot): void {
    if (slot.index < this.#limit) this.#free.push(slot);
    this.#dispatch();
  }

  stop(): void {
    this.#cursor = undefined;
    this.#due = Infinity;
    this.#parts.waker.close();
  }

  #advance(): void {
    if (this.#cursor === undefined || this.#remaining-- <= 0) this.#due = Infinity;
    else {
      this.#due = this.#start + this.#cursor.next();
      this.#asked = this.#cursor.input ?? -1;
    }
  }

  #dispatch(): void {
    // A request that fails inside `fire` frees its slot at once.
    if (this.#dispatching) return;
    this.#dispatching = true;
    const { clock, waker, fire } = this.#parts;
    while (this.#due <= clock.now()) {
      const slot = this.#take();
      if (slot === undefined) break;
      const due = this.#due;
      slot.asked = this.#asked;
      this.#advance();
      fire(slot, due);
    }
    this.#dispatching = false;
    if (this.#due === Infinity || this.#due <= clock.now() && !this.#hasFree()) return;
    waker.at(this.#due, () => this.#dispatch());
  }

  #hasFree(): boolean {
    return this.#free.length > 0 || this.#parts.slots.length < this.#limit;
  }

  #take(): Slot | undefined {
    const { slots, inTurn } = this.#parts;
    if (inTurn && slots.length < this.#limit) return this.#add();
    const slot = inTurn ? this.#free.shift() : this.#free.pop();
    if (slot !== undefined) return slot;
    return slots.length < this.#limit ? this.#add() : undefined;
  }

  #add(): Slot {
    const slot = createSlot(this.#parts.slots.length);
    this.#parts.slots.push(slot);
    return slot;
  }
}
