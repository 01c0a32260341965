/**
 * Requests of stateful models: every slot works through one sequence after another, the next request
 * only after the answer to the one before it.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { EncodedRequest } from "../../protocol/types.ts";
import { type LoadPlan, planRequest } from "./plan.ts";
import { type Encode, type RequestSource, SlotIds } from "./requests.ts";
import type { Slot } from "./slot.ts";

/** A sequence on its way. */
interface Sequence {
  readonly id: bigint;
  readonly stream: number;
  readonly length: number;
  /** Requests handed out. */
  position: number;
  /** The request between start and end, which is the same each time when the data has one step. */
  middle?: EncodedRequest;
}

/** Correlation ids of one thread among `threads`: every one once in all threads. */
export interface IdRange {
  readonly first: bigint;
  readonly stride: bigint;
  /** Ids of this thread, used again in turn; undefined = no end. */
  readonly count?: bigint;
}

/**
 * The length of a sequence by r19.07's rule: the base length and a random offset, cut to a whole
 * number, of at most `variationPercent` of it; at least 1.
 *
 * @param random a random number in [0, 1)
 */
export function sequenceLength(base: number, variationPercent: number, random: number): number {
  const offset = Math.trunc((2 * random - 1) * (variationPercent / 100) * base);
  return Math.max(1, base + offset);
}

/**
 * The requests of sequences.
 *
 * @param random random numbers in [0, 1), for the lengths
 * @throws {InferenceError} INVALID_ARG when a request can't be encoded
 */
export function sequenceRequests(
  plan: LoadPlan,
  encode: Encode,
  range: IdRange,
  random: () => number,
): RequestSource {
  const rule = plan.sequence!;
  const streaming = plan.streamLimit > 0;
  const ids = new SlotIds();
  const open: (Sequence | undefined)[] = [];
  let begun = 0;
  let turn = 0n;
  const held: bigint[] = [];
  const nextId = (slot: Slot): bigint => {
    // A slot begins a sequence only after the answer to the last request of the one before.
    held[slot.index] = 0n;
    for (let tried = 0; tried <= held.length; tried++) {
      const id = range.first + turn * range.stride;
      turn = turn + 1n === range.count ? 0n : turn + 1n;
      if (range.count !== undefined && held.includes(id)) continue;
      return held[slot.index] = id;
    }
    throw new InferenceError(
      "INVALID_ARG",
      `the ${range.count} correlation ids are not enough for the sequences that run at a time`,
      { hint: "give a larger range of correlation ids", remedy: "more-sequence-ids" },
    );
  };
  const begin = (slot: Slot): Sequence => {
    const number = begun++;
    const stream = number % plan.streams.length;
    const length = rule.length === undefined
      ? plan.streams[stream]!.length
      : sequenceLength(rule.length, rule.variationPercent, random());
    const id = nextId(slot);
    slot.sequenceHigh = Number(id >> 32n);
    slot.sequenceLow = Number(id & 0xffff_ffffn);
    return { id, stream, length, position: 0 };
  };

  const encodeNext = (slot: Slot, sequence: Sequence, end: boolean): EncodedRequest => {
    const steps = plan.streams[sequence.stream];
    const inputs = steps![sequence.position % steps!.length];
    const id = streaming ? ids.of(slot) : undefined;
    slot.id = id === undefined ? "" : String(id);
    const start = sequence.position === 0;
    sequence.position++;
    const place = { id: sequence.id, start, end };
    return encode(planRequest(plan, inputs!, { id, slot: slot.index, sequence: place }));
  };

  return {
    next(slot) {
      const sequence = open[slot.index] ??= begin(slot);
      const end = sequence.position === sequence.length - 1;
      slot.endsSequence = end;
      const answers = plan.expected?.[sequence.stream];
      slot.expected = answers?.[sequence.position % answers.length];
      if (end) {
        open[slot.index] = undefined;
        return encodeNext(slot, sequence, true);
      }
      const repeats = sequence.position > 0 && plan.streams[sequence.stream]!.length === 1;
      if (!repeats) return encodeNext(slot, sequence, false);
      if (sequence.middle !== undefined) {
        sequence.position++;
        return sequence.middle;
      }
      return sequence.middle = encodeNext(slot, sequence, false);
    },
    failed(slot, answered) {
      open[slot.index] = undefined;
      if (!answered) ids.renew(slot);
    },
    closing(slot) {
      const sequence = open[slot.index];
      if (sequence === undefined) return undefined;
      open[slot.index] = undefined;
      slot.endsSequence = true;
      slot.expected = undefined;
      return encodeNext(slot, sequence, true);
    },
  };
}
