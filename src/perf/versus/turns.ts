/**
 * Two measurements that take turns: one loads the machine while the other waits. They are measured
 * pass by pass in the order A B, B A, A B, ..., so that a machine that gets slower or faster does so
 * to both alike.
 *
 * @module
 */

/** One of the two. */
export type Side = 0 | 1;

/** What one measurement knows of the turns. */
export interface Turn {
  /** Everything is ready: resolves when the other one is ready too. */
  ready(): Promise<void>;
  /** Resolves when it is this side's turn. */
  begin(): Promise<void>;
  /**
   * The pass is over, and nothing is in flight: the other side may begin. Resolves when both have
   * measured this pass.
   *
   * @param settled whether this side could end the level
   * @returns whether both could
   */
  end(settled: boolean): Promise<boolean>;
  /** This side takes no further turns. */
  leave(): void;
}

interface Waiter {
  readonly may: () => boolean;
  readonly go: () => void;
}

/** The turns of two measurements. */
export class Turns {
  readonly #signal: AbortSignal;
  readonly #ready = [false, false];
  readonly #gone = [false, false];
  /** What each side has said of this round; undefined = it is yet to measure. */
  #said: (boolean | undefined)[] = [undefined, undefined];
  /** Even ones begin with the base. */
  #round: number;
  #agreed = false;
  #waiters: Waiter[] = [];

  /**
   * @param signal ends all waiting
   * @param first measures before the other one
   */
  constructor(signal: AbortSignal, first: Side = 0) {
    this.#signal = signal;
    this.#round = first;
    signal.addEventListener("abort", () => this.#wake(), { once: true });
  }

  /** The turns as one side sees them. */
  of(side: Side): Turn {
    return {
      ready: () => {
        this.#ready[side] = true;
        this.#wake();
        return this.#until(() => this.#ready.every((ready, i) => ready || this.#gone[i]));
      },
      begin: () => this.#until(() => this.#holder === side),
      end: async (settled) => {
        const round = this.#round;
        this.#said[side] = settled;
        this.#closeRound();
        await this.#until(() => this.#round > round);
        return this.#round > round ? this.#agreed : settled;
      },
      leave: () => {
        this.#gone[side] = true;
        this.#closeRound();
      },
    };
  }

  /** Whose turn it is. */
  get #holder(): Side | undefined {
    const order: readonly Side[] = this.#round % 2 === 0 ? [0, 1] : [1, 0];
    return order.find((side) => !this.#gone[side] && this.#said[side] === undefined);
  }

  /** Once both have measured, the next round begins. */
  #closeRound(): void {
    const told = this.#said.filter((settled) => settled !== undefined);
    if (this.#holder === undefined && told.length > 0) {
      this.#agreed = told.every((settled) => settled);
      this.#said = [undefined, undefined];
      this.#round++;
    }
    this.#wake();
  }

  async #until(may: () => boolean): Promise<void> {
    if (this.#signal.aborted || may()) return;
    await new Promise<void>((resolve) => this.#waiters.push({ may, go: resolve }));
  }

  #wake(): void {
    const free = this.#waiters.filter(({ may }) => this.#signal.aborted || may());
    this.#waiters = this.#waiters.filter((waiter) => !free.includes(waiter));
    for (const { go } of free) go();
  }
}
