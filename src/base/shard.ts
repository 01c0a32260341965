/**
 * Shares of one job that many tasks do at the same time, on one machine or many.
 *
 * @module
 */

/** One of `count` equal shares. */
export interface Shard {
  /** From 0. */
  readonly index: number;
  readonly count: number;
  /** Where it was found: the flag, or the name of a variable. */
  readonly source: string;
  /** How often the engine has started this task again. Undefined = never, as far as is known. */
  readonly restarts?: number;
}

/** `, started again once`, where it was; for the end of a line. */
export function restartsText(restarts: number | undefined): string {
  if (restarts === undefined) return "";
  return `, started again ${restarts === 1 ? "once" : `${restarts} times`}`;
}

/** `2/8` as people write it. */
export function shardName({ index, count }: Shard): string {
  return `${index}/${count}`;
}

/** A shard's part of a whole number; the first shards take the remainder. */
export function partOf(total: number, { index, count }: Pick<Shard, "index" | "count">): number {
  return Math.floor(total / count) + (index < total % count ? 1 : 0);
}

/** Whether the item of this place, from 0, is the shard's. */
export function holds({ index, count }: Pick<Shard, "index" | "count">, place: number): boolean {
  return place % count === index;
}

/** Those of the items that are the shard's; all of them without one. */
export function shareOf<T>(items: readonly T[], shard: Shard | undefined): readonly T[] {
  return shard === undefined ? items : items.filter((_, place) => holds(shard, place));
}
