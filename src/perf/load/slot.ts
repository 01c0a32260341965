/**
 * A place for one outstanding request. Slots are made once and reused: nothing is allocated for a
 * request.
 *
 * @module
 */

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
  /** Transport failures in a row. */
  failures: number;
  /** Answers so far, and when the first and the latest came. */
  responses: number;
  firstReply: number;
  lastReply: number;
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
    failures: 0,
    responses: 0,
    firstReply: 0,
    lastReply: 0,
  };
}
