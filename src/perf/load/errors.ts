/**
 * Failed requests grouped by message.
 *
 * @module
 */
import type { InferenceError } from "../../base/errors.ts";
import type { ErrorGroup } from "../types.ts";

/** Different messages that are kept apart; further ones are counted together by code. */
const MAX_GROUPS = 50;

/** Counts errors by code and message. */
export class ErrorTally {
  readonly #groups = new Map<
    string,
    { code: ErrorGroup["code"]; message: string; count: number }
  >();

  /** Counts one. */
  add(error: InferenceError): void {
    this.addGroup({ code: error.code, message: error.message, count: 1 });
  }

  /** Counts a group of another tally. */
  addGroup({ code, message, count }: ErrorGroup): void {
    let key = `${code} ${message}`;
    let group = this.#groups.get(key);
    if (group === undefined) {
      const full = this.#groups.size >= MAX_GROUPS;
      const kept = full ? "(further messages)" : message;
      key = `${code} ${kept}`;
      group = this.#groups.get(key);
      if (group === undefined) this.#groups.set(key, group = { code, message: kept, count: 0 });
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
