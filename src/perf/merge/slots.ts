/**
 * Windows of many tasks by slots of time, laid over one another by the clock: what happens to all tasks at
 * once, such as a server that stops, is in one slot of the sum, so that intervals of the sum have it in
 * them. Tasks whose slots were taken for independent would hide it.
 *
 * @module
 */
import { Slot, type WindowSlots } from "../intervals/slots.ts";
import type { PassResult, SlotFigures } from "../types.ts";
import { addBuckets, type Buckets, bucketText } from "./buckets.ts";

/** Slots are of the same length when they differ by less than this share. */
const SAME_LENGTH = 1e-3;
/** With fewer slots that all tasks share there is nothing to see. */
const LEAST_SLOTS = 10;
/** More are no window's. */
const MOST_SLOTS = 1000;

/** What a task's report says of the slots of its reported pass; undefined when it can't. */
export function slotFigures(
  { startedAt }: PassResult,
  { slots, lengthMs }: WindowSlots,
): SlotFigures | undefined {
  if (startedAt === undefined || slots.length === 0) return undefined;
  return { startedAt, lengthMs, buckets: slots.map(bucketText) };
}

interface Cell {
  readonly slot: Slot;
  tasks: number;
}

/** Lays windows over one another. Memory doesn't grow with their number. */
export class SlotMerger {
  readonly #cells = new Map<number, Cell>();
  #lengthMs = 0;
  #originMs = 0;
  #tasks = 0;
  #canTell = true;

  /**
   * Adds a window.
   *
   * @param tasks how many it is made of already
   * @returns whether its slots are whole; none at all are
   */
  add(figures: SlotFigures | undefined, tasks: number): boolean {
    if (figures === undefined) {
      this.#canTell = false;
      return true;
    }
    const { startedAt, lengthMs, buckets } = figures;
    const startMs = Date.parse(startedAt);
    if (!(startMs >= 0) || !(lengthMs > 0) || buckets.length > MOST_SLOTS) return false;
    const slots = buckets.map((text) => {
      const slot = new Slot();
      return addBuckets(text, slot) === undefined ? undefined : slot;
    });
    if (!slots.every((slot) => slot !== undefined)) return false;
    const isFirst = this.#tasks === 0;
    this.#tasks += tasks;
    if (isFirst) [this.#lengthMs, this.#originMs] = [lengthMs, startMs];
    if (Math.abs(lengthMs / this.#lengthMs - 1) > SAME_LENGTH) this.#canTell = false;
    if (!this.#canTell) {
      this.#cells.clear();
      return true;
    }
    const first = Math.round((startMs - this.#originMs) / this.#lengthMs);
    slots.forEach((slot, i) => {
      const cell = this.#cells.get(first + i);
      if (cell === undefined) {
        if (isFirst) this.#cells.set(first + i, { slot, tasks });
      } else {
        cell.slot.merge(slot);
        cell.tasks += tasks;
      }
    });
    for (const [at, cell] of this.#cells) {
      if (cell.tasks < this.#tasks) this.#cells.delete(at);
    }
    return true;
  }

  /**
   * The slots that all tasks share, and what else is in `all`.
   *
   * @returns undefined when a task has no slots, or they share too few
   */
  result(all: Buckets): { readonly slots: WindowSlots; readonly startedAt: string } | undefined {
    const cells = [...this.#cells].sort(([a], [b]) => a - b);
    if (!this.#canTell || cells.length < LEAST_SLOTS) return undefined;
    const left = new Map<number, number>();
    all.forEach((bucket, count) => left.set(bucket, count));
    for (const [, { slot }] of cells) {
      slot.forEach((bucket, count) => left.set(bucket, (left.get(bucket) ?? 0) - count));
    }
    const rest = new Slot();
    for (const [bucket, count] of left) if (count > 0) rest.addBucket(bucket, count);
    return {
      slots: { slots: cells.map(([, { slot }]) => slot), lengthMs: this.#lengthMs, rest },
      startedAt: new Date(this.#originMs + cells[0]![0] * this.#lengthMs).toISOString(),
    };
  }
}
