/**
 * Failed requests grouped by message.
 *
 * @module
 */
import type { InferenceError } from "../../base/errors.ts";
import type { ErrorGroup } from "../types.ts";

/** Different messages that are kept apart; further ones are counted together by code. */
const MAX_GROUPS = 50;

/** Where a request failed: see `Slot`. */
interface ErrorPlace {
  readonly address: number;
  readonly model: number;
}

/** Counts errors by code and message, and by server and model where there are several. */
export class ErrorTally {
  readonly #groups = new Map<
    string,
    { -readonly [K in keyof ErrorGroup]: ErrorGroup[K] }
  >();

  /** Counts one. */
  add(error: InferenceError, place: ErrorPlace = { address: 0, model: 0 }): void {
    const { code, message, answered, retryable } = error;
    this.addGroup({
      ...{ code, message, count: 1, answered, retryable },
      ...place.address > 0 && { address: place.address },
      ...place.model > 0 && { model: place.model },
    });
  }

  /** Counts a group of another tally. */
  addGroup({ message, count, ...rest }: ErrorGroup): void {
    const { code } = rest;
    // Each wrong answer is wrong in its own way; the first one stands for all.
    const place = `${rest.address ?? 0} ${rest.model ?? 0} ${code}`;
    let key = code === "WRONG_ANSWER" ? place : `${place} ${message}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      const full = this.#groups.size >= MAX_GROUPS;
      const kept = full ? "(further messages)" : message;
      key = `${place} ${kept}`;
      group = this.#groups.get(key);
      if (group === undefined) this.#groups.set(key, group = { ...rest, message: kept, count: 0 });
    }
    group.count += count;
  }

  /** The groups, the most frequent first. */
  groups(): ErrorGroup[] {
    return [...this.#groups.values()].map((group) => ({ ...group })).sort((a, b) =>
      b.count - a.count
    );
  }

  /** The groups so far; counting starts anew. */
  take(): ErrorGroup[] {
    const groups = this.groups();
    this.#groups.clear();
    return groups;
  }
}
