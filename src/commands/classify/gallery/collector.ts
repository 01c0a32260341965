/**
 * The pictures that a gallery shows: of many, those worth looking at.
 *
 * @module
 */
import type { ResultRow } from "../results/row.ts";

/** Pictures that a gallery shows at most. */
export const MOST_PICTURES = 2000;

/** Keeps mistakes that the model was surest of, failures, and what it was least sure of. */
export class GalleryCollector {
  readonly #most: number;
  #mistakes: ResultRow[] = [];
  #others: ResultRow[] = [];
  readonly #failed: ResultRow[] = [];
  #count = 0;

  /** @param most pictures that are kept at most */
  constructor(most = MOST_PICTURES) {
    this.#most = most;
  }

  /** How many were offered. */
  get count(): number {
    return this.#count;
  }

  /** Takes a row, or drops one that is worth less. */
  add(row: ResultRow): void {
    this.#count++;
    if (row.error !== undefined) {
      if (this.#failed.length < this.#most) this.#failed.push(row);
    } else if (row.truth !== undefined && row.rank !== 1) {
      this.#mistakes.push(row);
      if (this.#mistakes.length > 2 * this.#most) this.#mistakes = this.#best(this.#mistakes, -1);
    } else {
      this.#others.push(row);
      if (this.#others.length > 2 * this.#most) this.#others = this.#best(this.#others, 1);
    }
  }

  /** The rows to show: mistakes, failures, then the others. */
  rows(): ResultRow[] {
    const mistakes = this.#best(this.#mistakes, -1);
    const others = this.#best(this.#others, 1);
    return [...mistakes, ...this.#failed, ...others].slice(0, this.#most);
  }

  #best(rows: readonly ResultRow[], sign: 1 | -1): ResultRow[] {
    const sureness = ({ classes }: ResultRow) => classes[0]?.value ?? 0;
    return rows.toSorted((a, b) => sign * (sureness(a) - sureness(b))).slice(0, this.#most);
  }
}
