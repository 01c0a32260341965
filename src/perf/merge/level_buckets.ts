/**
 * The buckets of a level, added up over tasks.
 *
 * @module
 */
import { TimeHistogram } from "../histogram.ts";
import { TIME_NAMES, type TimeName, timesOf } from "../pass_times.ts";
import type { PassResult } from "../types.ts";
import { addBuckets } from "./buckets.ts";
import { SlotMerger } from "./slots.ts";

/** Histograms by name; one is made when it is needed. */
export class LevelBuckets {
  /** The latencies by slots of time. */
  readonly slots = new SlotMerger();
  readonly #histograms = new Map<TimeName, TimeHistogram>();

  /** The sum. */
  of(name: TimeName): TimeHistogram {
    const found = this.#histograms.get(name) ?? new TimeHistogram();
    this.#histograms.set(name, found);
    return found;
  }

  /** Adds a pass's, which is of so many tasks; undefined, or what is wrong with them. */
  add(pass: PassResult, tasks: number): string | undefined {
    for (const name of TIME_NAMES) {
      const times = timesOf(pass, name);
      if (times === undefined) continue;
      if (typeof times.buckets !== "string") {
        return `its ${name} has no buckets: an older version of the program wrote it`;
      }
      if (addBuckets(times.buckets, this.of(name)) !== times.count) {
        return `the buckets of its ${name} are damaged`;
      }
    }
    return this.slots.add(pass.slots, tasks) ? undefined : "the slots of its latency are damaged";
  }
}
