/**
 * Counts what came of the pictures: failures, and hits and misses by class.
 *
 * @module
 */
import type { InferClass } from "../../../protocol/types.ts";
import type { ResultRow } from "./row.ts";
import { nameKey } from "../../../base/class_truth.ts";

/** Hits of one class, or of all. */
export interface Hits {
  readonly count: number;
  readonly top1: number;
  readonly top5: number;
}

/** A picture that the model was wrong about. */
export interface Mistake {
  readonly file: string;
  readonly truth: string;
  readonly best: InferClass;
}

/** Mistakes that are kept: the ones the model was surest of. */
const KEPT_MISTAKES = 10;

/** What a class is called where it has no label. */
export function className({ label, index }: InferClass): string {
  return label === "" ? String(index) : label;
}

/** Counts rows; its size depends on the number of classes, not on that of pictures. */
export class Tally {
  /** Rows, and those of them that have an error. */
  rows = 0;
  failed = 0;
  /** Rows without truth, failed ones excepted. */
  unknown = 0;
  readonly #matrix = new Map<string, Map<string, number>>();
  readonly #top5 = new Map<string, number>();
  readonly #labels = new Map<string, string>();
  #mistakes: Mistake[] = [];

  /** Counts a row. */
  add({ file, error, classes, truth, rank }: ResultRow): void {
    this.rows++;
    const [best] = classes;
    if (error !== undefined || best === undefined) return void this.failed++;
    for (const one of classes) this.#note(one);
    if (truth === undefined) return void this.unknown++;
    const predicted = rank === 1 ? truth : className(best);
    count(this.#rowOf(truth), predicted);
    if (rank !== undefined) this.#top5.set(truth, (this.#top5.get(truth) ?? 0) + 1);
    if (rank === 1) return;
    this.#mistakes.push({ file, truth, best });
    if (this.#mistakes.length > 50 * KEPT_MISTAKES) this.#mistakes = this.mistakes();
  }

  /** The mistakes that the model was surest of, the surest first. */
  mistakes(): Mistake[] {
    return this.#mistakes.toSorted((a, b) => b.best.value - a.best.value).slice(0, KEPT_MISTAKES);
  }

  /** Hits of all pictures with truth. */
  total(): Hits {
    let [all, top1, top5] = [0, 0, 0];
    for (const hits of this.perClass().values()) {
      all += hits.count;
      top1 += hits.top1;
      top5 += hits.top5;
    }
    return { count: all, top1, top5 };
  }

  /** Hits by class, by the classes' names. */
  perClass(): Map<string, Hits> {
    const found = new Map<string, Hits>();
    for (const [truth, row] of [...this.#matrix].sort(byName)) {
      const name = this.#name(truth);
      const before = found.get(name) ?? { count: 0, top1: 0, top5: 0 };
      const sum = [...row.values()].reduce((a, b) => a + b, 0);
      found.set(name, {
        count: before.count + sum,
        top1: before.top1 + (row.get(truth) ?? 0),
        top5: before.top5 + (this.#top5.get(truth) ?? 0),
      });
    }
    return found;
  }

  /** How often each class was taken for each: the truth in rows, what the model said in columns. */
  confusion(): { readonly names: readonly string[]; readonly rows: readonly number[][] } {
    const sums = new Map<string, Map<string, number>>();
    for (const [truth, row] of this.#matrix) {
      const into = sums.get(this.#name(truth)) ?? new Map<string, number>();
      sums.set(this.#name(truth), into);
      for (const [predicted, n] of row) count(into, this.#name(predicted), n);
    }
    const names = [...new Set([...sums].flatMap(([name, row]) => [name, ...row.keys()]))].sort();
    const rows = names.map((name) => names.map((other) => sums.get(name)?.get(other) ?? 0));
    return { names, rows };
  }

  #rowOf(truth: string): Map<string, number> {
    const row = this.#matrix.get(truth) ?? new Map<string, number>();
    this.#matrix.set(truth, row);
    return row;
  }

  /** A truth may be written as a number, or in other letters than the label. */
  #note(one: InferClass): void {
    if (one.label === "") return;
    this.#labels.set(nameKey(one.label), one.label);
    const number = String(one.index);
    if (!this.#labels.has(number)) this.#labels.set(number, one.label);
  }

  #name(text: string): string {
    return this.#labels.get(nameKey(text)) ?? text;
  }
}

function count(row: Map<string, number>, name: string, by = 1): void {
  row.set(name, (row.get(name) ?? 0) + by);
}

function byName(a: readonly [string, unknown], b: readonly [string, unknown]): number {
  return a[0] < b[0] ? -1 : 1;
}
