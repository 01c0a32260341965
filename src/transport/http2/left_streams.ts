/**
 * Streams that this end reset while the peer was still sending. What the peer had sent before it heard of
 * that still comes; it is not a violation, as long as it is no more than its window allowed.
 *
 * @module
 */

/** Streams that are remembered; of more the oldest ones count as known to be over. */
const REMEMBERED = 1000;

/** The streams of one connection that were left. */
export class LeftStreams {
  readonly #allowed = new Map<number, number>();

  /** @param octets what the peer may still send without breaking the rules */
  add(streamId: number, octets: number): void {
    this.#allowed.set(streamId, octets);
    if (this.#allowed.size <= REMEMBERED) return;
    const [oldest] = this.#allowed.keys();
    this.#allowed.delete(oldest!);
  }

  /** Takes `octets` that came late. @returns whether they were allowed, and not nothing */
  receive(streamId: number, octets: number, end: boolean): boolean {
    const allowed = this.#allowed.get(streamId);
    if (allowed === undefined) return false;
    if (end) this.#allowed.delete(streamId);
    else this.#allowed.set(streamId, allowed - octets);
    return octets > 0 && octets <= allowed;
  }
}
