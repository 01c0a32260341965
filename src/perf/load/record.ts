/**
 * What is written down of a request, from its slot.
 *
 * @module
 */
import { type ChunkWriter, Sample } from "../samples.ts";
import type { Slot } from "./slot.ts";

/** Writes what a slot knows of its request; how the time passed is added by the caller. */
export function writeRequest(rows: Float64Array, offset: number, slot: Slot, end: number): void {
  rows[offset + Sample.SCHEDULED] = slot.scheduled;
  rows[offset + Sample.START] = slot.start;
  rows[offset + Sample.END] = end;
  rows[offset + Sample.FIRST] = slot.firstReply - slot.start;
  rows[offset + Sample.RESPONSES] = slot.responses;
  rows[offset + Sample.SEQUENCE_END] = slot.endsSequence ? 1 : 0;
  rows[offset + Sample.IDLE] = slot.idle;
  rows[offset + Sample.CHECKED] = slot.checked;
  rows[offset + Sample.RIGHT] = slot.right;
  rows[offset + Sample.SENT_BYTES] = slot.sentBytes;
  rows[offset + Sample.BYTES] = slot.bytes;
  rows[offset + Sample.SEQUENCE_HIGH] = slot.sequenceHigh;
  rows[offset + Sample.SEQUENCE_LOW] = slot.sequenceLow;
  rows[offset + Sample.ADDRESS] = slot.address;
  rows[offset + Sample.MODEL] = slot.model;
}

/** Writes a failed request; `code` is the number of its error's code. */
export function writeFailure(writer: ChunkWriter, slot: Slot, end: number, code: number): void {
  const { rows, offset } = writer;
  writeRequest(rows, offset, slot, end);
  rows[offset + Sample.SEND] = 0;
  rows[offset + Sample.WAIT] = 0;
  rows[offset + Sample.RECEIVE] = 0;
  rows[offset + Sample.ERROR] = code;
  writer.commit();
}
