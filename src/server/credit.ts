/**
 * Memory that clients get on their word alone.
 *
 * @module
 */

/** All of them together; memory that is only promised isn't touched, so this is a bound, not a cost. */
const TOTAL = 64 * 2 ** 20;
/** What anyone gets. */
const SMALL = 64 * 2 ** 10;

/**
 * What may be allocated before it has come. A large body gets all of its memory at once while there is
 * credit: to let it grow costs a quarter of the time. Beyond that, memory grows as the bytes come.
 */
export class Credit {
  #left = TOTAL;

  /** Octets that may be allocated for a body of `length`; {@linkcode give} them back. */
  take(length: number): number {
    const granted = length <= this.#left ? length : Math.min(length, SMALL);
    this.#left -= granted;
    return granted;
  }

  /** The body is there, or won't come. */
  give(granted: number): void {
    this.#left += granted;
  }
}

/** The credit of this process. */
export const credit: Credit = new Credit();
