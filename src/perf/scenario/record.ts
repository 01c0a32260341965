/**
 * Every sample of a run: when it was due, sent and answered. LoadGen's percentiles need all of them.
 *
 * @module
 */
import { type Chunk, Sample } from "../samples.ts";
import type { LoadMark, SampleTap } from "../tap.ts";

/** Columns of a row. */
const DUE = 0, SENT = 1, DONE = 2, FAILED = 3, WIDTH = 4;

/** One request of a run; milliseconds. */
export interface Done {
  readonly due: number;
  readonly sent: number;
  readonly done: number;
  readonly failed: boolean;
}

/** Takes what is measured; 32 bytes a request. */
export class ScenarioRecord implements SampleTap {
  #rows = new Float64Array(WIDTH * 4096);
  #count = 0;

  add({ kind, rows, count }: Chunk, shift: number, { pass }: LoadMark): void {
    // The warm-up comes before the first pass.
    if (kind === "gaps" || pass === 0) return;
    for (let i = 0; i < count; i++) {
      const row = i * Sample.WIDTH;
      const at = this.#count * WIDTH;
      if (at === this.#rows.length) this.#grow();
      this.#rows[at + DUE] = rows[row + Sample.SCHEDULED]! + shift;
      this.#rows[at + SENT] = rows[row + Sample.START]! + shift;
      this.#rows[at + DONE] = rows[row + Sample.END]! + shift;
      this.#rows[at + FAILED] = kind === "failures" ? 1 : 0;
      this.#count++;
    }
  }

  #grow(): void {
    const larger = new Float64Array(this.#rows.length * 2);
    larger.set(this.#rows);
    this.#rows = larger;
  }

  get count(): number {
    return this.#count;
  }

  /** All requests, in the order in which they were done. */
  done(): Done[] {
    const list = Array.from({ length: this.#count }, (_, i): Done => {
      const at = i * WIDTH;
      return {
        due: this.#rows[at + DUE]!,
        sent: this.#rows[at + SENT]!,
        done: this.#rows[at + DONE]!,
        failed: this.#rows[at + FAILED] === 1,
      };
    });
    return list.sort((a, b) => a.done - b.done);
  }
}
