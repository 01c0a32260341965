/**
 * What the server says first on a connection, and reading the client's SETTINGS.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import {
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
} from "../../transport/grpc/lean/frames.ts";
import { MAX_HEADER_LIST } from "../../transport/grpc/lean/hpack_decoder.ts";
import { OUR_WINDOW } from "../../transport/grpc/lean/settings.ts";

/** SETTINGS, and a window for the connection as large as those of its streams. */
export const SERVER_GREETING: Uint8Array = Uint8Array.from([
  ...frame(
    FrameType.SETTINGS,
    0,
    0,
    settingsPayload([
      [Setting.INITIAL_WINDOW_SIZE, OUR_WINDOW],
      [Setting.MAX_FRAME_SIZE, MAX_MAX_FRAME_SIZE],
      [Setting.MAX_HEADER_LIST_SIZE, MAX_HEADER_LIST],
    ]),
  ),
  ...frame(FrameType.WINDOW_UPDATE, 0, 0, uint32Payload(OUR_WINDOW - DEFAULT_WINDOW)),
]);

/** What a client may set that matters to a server. */
export interface ClientSettings {
  headerTableSize?: number;
  initialWindowSize?: number;
  maxFrameSize?: number;
}

/**
 * Reads the payload of a SETTINGS frame, a multiple of six octets.
 *
 * @throws {InferenceError} PROTOCOL for a value that isn't allowed
 */
export function readClientSettings(payload: Uint8Array): ClientSettings {
  const settings: ClientSettings = {};
  for (let at = 0; at < payload.length; at += 6) {
    const id = payload[at] << 8 | payload[at + 1];
    const value = uint32At(payload, at + 2);
    if (id === Setting.HEADER_TABLE_SIZE) settings.headerTableSize = value;
    else if (id === Setting.INITIAL_WINDOW_SIZE) {
      settings.initialWindowSize = within(id, value, 0, MAX_WINDOW);
    } else if (id === Setting.MAX_FRAME_SIZE) {
      settings.maxFrameSize = within(id, value, MIN_MAX_FRAME_SIZE, MAX_MAX_FRAME_SIZE);
    }
  }
  return settings;
}

function within(id: number, value: number, low: number, high: number): number {
  if (value >= low && value <= high) return value;
  throw new InferenceError("PROTOCOL", `HTTP/2: the value ${value} of setting ${id}`);
}
