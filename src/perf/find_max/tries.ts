/**
 * The loads that were tried, and what they say together.
 *
 * @module
 */
import { type Crossing, crossing, isFarAbove, type TriedLoad } from "./fit.ts";
import type { SearchPhase, SearchRange, TryLength, TryLoad } from "./range.ts";
import { believed } from "./tail.ts";

/** Remembers what came of each try. */
export class Tries {
  readonly #tryLoad: TryLoad;
  /** By threshold. */
  readonly #loads: TriedLoad[][] = [];
  #wall = Infinity;
  /** Whether loads between the tried ones can be tried at all. */
  readonly #fits: boolean;

  constructor({ whole, step }: SearchRange, tryLoad: TryLoad) {
    this.#tryLoad = tryLoad;
    this.#fits = !whole && step === undefined;
  }

  /** Whether a load passes; undefined = the caller ended the measurement. */
  async passes(
    value: number,
    phase: SearchPhase,
    length?: TryLength,
  ): Promise<boolean | undefined> {
    const tried = await this.#tryLoad(value, phase, length);
    if (tried === undefined) return undefined;
    if (tried.wall) this.#wall = Math.min(this.#wall, value);
    else {
      tried.evidence.forEach((evidence, i) => {
        const loads = this.#loads[i] ??= [];
        if (evidence === undefined) return;
        if (isFarAbove(evidence)) this.#wall = Math.min(this.#wall, value);
        else loads.push({ value, ...evidence });
      });
    }
    return tried.passed;
  }

  /** The lowest load that was far too high, or failed for a reason that no figure shows. */
  get wall(): number {
    return this.#wall;
  }

  /** The load at the limit that is broken first; undefined while too little is known. */
  get estimate(): Crossing | undefined {
    if (!this.#fits) return undefined;
    const [lowest] = this.#loads.map((loads) => crossing(believed(loads)))
      .filter((found) => found !== undefined)
      .sort((a, b) => a.value - b.value);
    return lowest !== undefined && lowest.value < this.#wall ? lowest : undefined;
  }
}
