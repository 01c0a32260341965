/**
 * Decompressing what clients send, so that all of it together stays within bounds.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { decompress } from "../transport/grpc/compression.ts";
import { maxDecompressed, type ServerLimits } from "./limits.ts";

/** As many of the largest messages may be in memory. */
const LARGEST_AT_A_TIME = 2;

/** Deflate makes nothing more than so much smaller. */
const MAX_RATIO = 1032;

/** Decompresses messages; of those that are too many, the later ones wait. */
export class Inflater {
  /** Octets that a message may grow to. */
  readonly limit: number;
  #free: number;
  /** They are decompressed one after the other: at once they would only take more memory. */
  #last: Promise<void> = Promise.resolve();
  readonly #waiting: (() => void)[] = [];

  constructor(limits: ServerLimits) {
    this.limit = maxDecompressed(limits);
    this.#free = this.limit * LARGEST_AT_A_TIME;
  }

  /**
   * Decompresses a message; {@linkcode release} its octets when it isn't used any more.
   *
   * @param isOver asked before the work begins
   * @throws {InferenceError} PROTOCOL, RESOURCE_EXHAUSTED for more than the limit
   */
  async inflate(
    message: Uint8Array,
    encoding: string,
    isOver: () => boolean = () => false,
  ): Promise<Uint8Array> {
    const reserved = Math.min(this.limit, message.length * MAX_RATIO);
    while (this.#free < reserved) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#free -= reserved;
    let used = 0;
    try {
      if (isOver()) throw new InferenceError("CANCELLED", "The call is over");
      const before = this.#last;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#last = promise;
      await before;
      try {
        const plain = await decompress(message, encoding, this.limit);
        used = plain.length;
        return plain;
      } finally {
        resolve();
      }
    } finally {
      this.release(reserved - used);
    }
  }

  /** So many octets aren't used any more. */
  release(octets: number): void {
    if (octets === 0) return;
    this.#free += octets;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
