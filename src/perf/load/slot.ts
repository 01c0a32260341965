/**
 * A place for one outstanding request. Slots are made once and reused: nothing is allocated for a
 * request.
 *
 * @module
 */

import type { InferenceError } from "../../base/errors.ts";
import type { Step } from "./plan.ts";

/** One place; moments in milliseconds of the loop's clock. */
export interface Slot {
  readonly index: number;
  busy: boolean;
  /** Waits for its next request to be due. */
  waiting: boolean;
  /** When the request was due, and when it was sent. */
  scheduled: number;
  start: number;
  /** End of the request before; NaN when the slot has waited since, or that request failed. */
  lastEnd: number;
  /** From `lastEnd` to `start`; 0 when there is none. */
  idle: number;
  /** Streams: when the request was handed over. */
  sendEnd: number;
  /** Streams: id of the request, as its replies carry it. */
  id: string;
  /** Whether the request is the last one of a sequence. */
  endsSequence: boolean;
  /** The outputs that the answer is compared with. */
  expected: Step | undefined;
  /** Transport failures in a row. */
  failures: number;
  /** Bytes of the request, and of its answers so far. */
  sentBytes: number;
  bytes: number;
  /** The sequence's id, its upper and lower 32 bits. */
  sequenceHigh: number;
  sequenceLow: number;
  /** Answers so far, and when the first and the latest came. */
  responses: number;
  firstReply: number;
  lastReply: number;
  /** The step that its schedule names; -1 = the next in turn. */
  asked: number;
  /** Which of the plan's steps it asks; answers are checked against that. */
  step: number;
  /** Batch entries of the answer that were checked, and those of them that were right. */
  checked: number;
  right: number;
  /** Which of several servers the request went to, and which model of a mix it asked; from 1, else 0. */
  address: number;
  model: number;
  /** Streams: the first error among the answers of a decoupled model. */
  failure?: InferenceError;
}

/** A free slot. */
export function createSlot(index: number): Slot {
  return {
    index,
    busy: false,
    waiting: false,
    scheduled: 0,
    start: 0,
    lastEnd: NaN,
    idle: 0,
    sendEnd: 0,
    id: "",
    endsSequence: false,
    expected: undefined,
    failures: 0,
    sentBytes: 0,
    bytes: 0,
    sequenceHigh: 0,
    sequenceLow: 0,
    responses: 0,
    firstReply: 0,
    lastReply: 0,
    asked: -1,
    step: 0,
    checked: 0,
    right: 0,
    address: 0,
    model: 0,
    failure: undefined,
  };
}
