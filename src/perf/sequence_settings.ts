/**
 * What a measurement is told of sequences.
 *
 * @module
 */

/** Sequences of a stateful model. */
export interface SequenceSettings {
  /** Base length in requests; each sequence is within +/- `variationPercent` of it. */
  readonly length: number;
  /** Whether the user gave the length; otherwise a JSON file's own streams set it. */
  readonly lengthGiven: boolean;
  /** r19.07: 20. */
  readonly variationPercent: number;
  /** The first correlation id; undefined = a random 48-bit number, so that runs don't collide. */
  readonly firstId?: bigint;
  /** Ids are used again after so many; undefined = never. */
  readonly idCount?: bigint;
}
