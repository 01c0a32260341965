/**
 * The files of one task among many.
 *
 * @module
 */
import { holds, type Shard } from "../../base/shard.ts";

/** Takes the files that are a shard's, and counts what is listed in all. */
export class FileShare {
  /** Files of all shards together that were listed so far. */
  listed = 0;
  readonly #shard: Shard | undefined;

  /** @param shard undefined: all files */
  constructor(shard: Shard | undefined) {
    this.#shard = shard;
  }

  /** Every n-th file: the order is stable, so each file has one shard. */
  async *of<T>(files: AsyncIterable<T>): AsyncGenerator<T, void, void> {
    for await (const file of files) {
      const place = this.listed++;
      if (this.#shard === undefined || holds(this.#shard, place)) yield file;
    }
  }
}
