/**
 * SETTINGS: ours, and reading the peer's.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import {
  CLIENT_PREFACE,
  DEFAULT_WINDOW,
  frame,
  FrameType,
  MAX_MAX_FRAME_SIZE,
  MAX_WINDOW,
  MIN_MAX_FRAME_SIZE,
  Setting,
  settingsPayload,
  uint32At,
  uint32Payload,
} from "./frames.ts";
import { MAX_HEADER_LIST } from "./hpack_decoder.ts";

/**
 * The flow-control window we give on the connection, and a server on each stream: so large that it is
 * seldom given anew, for whatever comes is taken in at once.
 */
export const OUR_WINDOW = 1 << 30;

/**
 * The window that a client gives on each stream: as much as it keeps for a reader that is slow. A longer
 * message gets more as soon as its length is known.
 */
export const STREAM_WINDOW = 1 << 20;

/**
 * What either end says first: SETTINGS, and a window for the connection as large as its streams'.
 *
 * @param more settings of one end only
 * @param streamWindow the window of each stream
 */
export function settingsAndWindow(
  more: readonly (readonly [id: number, value: number])[],
  streamWindow: number = OUR_WINDOW,
): Uint8Array {
  const settings = settingsPayload([
    ...more,
    [Setting.INITIAL_WINDOW_SIZE, streamWindow],
    [Setting.MAX_FRAME_SIZE, MAX_MAX_FRAME_SIZE],
    [Setting.MAX_HEADER_LIST_SIZE, MAX_HEADER_LIST],
  ]);
  const window = uint32Payload(OUR_WINDOW - DEFAULT_WINDOW);
  return Uint8Array.from([
    ...frame(FrameType.SETTINGS, 0, 0, settings),
    ...frame(FrameType.WINDOW_UPDATE, 0, 0, window),
  ]);
}

/** Who has received octets that count for flow control. */
export interface Received {
  /** Octets that came and are not yet given back to the peer by a WINDOW_UPDATE. */
  unreported: number;
}

/** Counts octets that came. @returns the WINDOW_UPDATE that is due now, or 0 */
export function countReceived(who: Received, octets: number): number {
  who.unreported += octets;
  if (who.unreported < OUR_WINDOW / 2) return 0;
  const increment = who.unreported;
  who.unreported = 0;
  return increment;
}

/** A stream that takes in messages. */
export interface Taking {
  /** Octets that the peer may still send. */
  receiveWindow: number;
  /** Octets that are missing of the message in progress. */
  readonly missing: number;
}

/** Gives a stream of a client's more window when it is due. @returns the WINDOW_UPDATE, or 0 */
export function windowDue(stream: Taking): number {
  const missing = Math.min(stream.missing, OUR_WINDOW / 2);
  if (stream.receiveWindow >= Math.max(STREAM_WINDOW / 2, missing)) return 0;
  const increment = missing + STREAM_WINDOW - stream.receiveWindow;
  stream.receiveWindow += increment;
  return increment;
}

/** What a client says first. */
export const GREETING: Uint8Array = Uint8Array.from([
  ...CLIENT_PREFACE,
  ...settingsAndWindow([[Setting.ENABLE_PUSH, 0]], STREAM_WINDOW),
]);

/** The peer's settings that were in a frame; what wasn't keeps its value. */
export interface PeerSettings {
  headerTableSize?: number;
  maxConcurrentStreams?: number;
  initialWindowSize?: number;
  maxFrameSize?: number;
}

/**
 * Reads the payload of a SETTINGS frame, a multiple of six octets; unknown settings are ignored.
 *
 * @param mayTakePushes whether the peer may allow pushed streams, as a client may
 * @throws {InferenceError} PROTOCOL for a value that isn't allowed
 */
export function readSettings(payload: Uint8Array, mayTakePushes = false): PeerSettings {
  const settings: PeerSettings = {};
  for (let at = 0; at < payload.length; at += 6) {
    const id = payload[at]! << 8 | payload[at + 1]!;
    const value = uint32At(payload, at + 2);
    const check = (valid: boolean) => {
      if (valid) return;
      throw new InferenceError("PROTOCOL", `HTTP/2: the value ${value} of setting ${id}`);
    };
    switch (id) {
      case Setting.HEADER_TABLE_SIZE:
        // The smallest in a frame must take effect too; taking it for the only one is as good.
        settings.headerTableSize = Math.min(value, settings.headerTableSize ?? value);
        break;
      case Setting.ENABLE_PUSH:
        check(value === 0 || value === 1 && mayTakePushes);
        break;
      case Setting.MAX_CONCURRENT_STREAMS:
        settings.maxConcurrentStreams = value;
        break;
      case Setting.INITIAL_WINDOW_SIZE:
        check(value <= MAX_WINDOW);
        settings.initialWindowSize = value;
        break;
      case Setting.MAX_FRAME_SIZE:
        check(value >= MIN_MAX_FRAME_SIZE && value <= MAX_MAX_FRAME_SIZE);
        settings.maxFrameSize = value;
    }
  }
  return settings;
}
