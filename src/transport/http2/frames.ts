/**
 * HTTP/2 frames (RFC 9113 section 4 and 6): their numbers, and writing them into a buffer.
 *
 * @module
 */

/** Octets before every frame's payload. */
export const FRAME_HEADER = 9;

/** The last number a stream can have. */
export const LAST_STREAM_ID = 0x7fffffff;

/** What a client sends first. */
export const CLIENT_PREFACE: Uint8Array = new TextEncoder().encode(
  "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
);

/** The largest flow-control window there is. */
export const MAX_WINDOW = 0x7fffffff;

/** Flow-control window, in octets, of a connection and its streams before any SETTINGS. */
export const DEFAULT_WINDOW = 65_535;

/** The frame payload every peer must take, and the most that one may announce. */
export const MIN_MAX_FRAME_SIZE = 16_384;
export const MAX_MAX_FRAME_SIZE = 0xffffff;

/** Frame types. */
export const FrameType = {
  DATA: 0,
  HEADERS: 1,
  PRIORITY: 2,
  RST_STREAM: 3,
  SETTINGS: 4,
  PUSH_PROMISE: 5,
  PING: 6,
  GOAWAY: 7,
  WINDOW_UPDATE: 8,
  CONTINUATION: 9,
} as const;

/** Frame flags; ACK shares its bit with END_STREAM. */
export const Flag = {
  END_STREAM: 0x1,
  ACK: 0x1,
  END_HEADERS: 0x4,
  PADDED: 0x8,
  PRIORITY: 0x20,
} as const;

/** Identifiers in a SETTINGS frame. */
export const Setting = {
  HEADER_TABLE_SIZE: 1,
  ENABLE_PUSH: 2,
  MAX_CONCURRENT_STREAMS: 3,
  INITIAL_WINDOW_SIZE: 4,
  MAX_FRAME_SIZE: 5,
  MAX_HEADER_LIST_SIZE: 6,
} as const;

/** Error codes of RST_STREAM and GOAWAY. */
export const Http2Error = {
  NO_ERROR: 0,
  PROTOCOL_ERROR: 1,
  INTERNAL_ERROR: 2,
  FLOW_CONTROL_ERROR: 3,
  SETTINGS_TIMEOUT: 4,
  STREAM_CLOSED: 5,
  FRAME_SIZE_ERROR: 6,
  REFUSED_STREAM: 7,
  CANCEL: 8,
  COMPRESSION_ERROR: 9,
  CONNECT_ERROR: 10,
  ENHANCE_YOUR_CALM: 11,
  INADEQUATE_SECURITY: 12,
  HTTP_1_1_REQUIRED: 13,
} as const;

const ERROR_NAMES = Object.keys(Http2Error);

/** The standard name of an HTTP/2 error code, e.g. `REFUSED_STREAM`. */
export function http2ErrorName(code: number): string {
  return ERROR_NAMES[code] ?? `error ${code}`;
}

/** Writes a big-endian uint32 at `at`. */
export function putUint32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >>> 24;
  bytes[at + 1] = value >>> 16;
  bytes[at + 2] = value >>> 8;
  bytes[at + 3] = value;
}

/** The big-endian uint32 at `at`. */
export function uint32At(bytes: Uint8Array, at: number): number {
  return (bytes[at]! << 24 | bytes[at + 1]! << 16 | bytes[at + 2]! << 8 | bytes[at + 3]!) >>> 0;
}

/** A frame's type and flags in one number. */
export function frameKind(type: number, flags: number): number {
  return type << 8 | flags;
}

/** Writes a frame header at `at`; `length` counts the payload that follows, `kind` is a {@linkcode frameKind}. */
export function putFrameHeader(
  bytes: Uint8Array,
  at: number,
  length: number,
  kind: number,
  streamId: number,
): void {
  putUint32(bytes, at, length << 8 | kind >>> 8);
  bytes[at + 4] = kind;
  putUint32(bytes, at + 5, streamId);
}

/** A whole frame as bytes of its own. */
export function frame(
  type: number,
  flags: number,
  streamId: number,
  payload: Uint8Array = new Uint8Array(0),
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(FRAME_HEADER + payload.length);
  putFrameHeader(bytes, 0, payload.length, frameKind(type, flags), streamId);
  bytes.set(payload, FRAME_HEADER);
  return bytes;
}

/** Payload of a SETTINGS frame. */
export function settingsPayload(
  settings: readonly (readonly [id: number, value: number])[],
): Uint8Array {
  const bytes = new Uint8Array(settings.length * 6);
  settings.forEach(([id, value], index) => {
    bytes[index * 6 + 1] = id;
    putUint32(bytes, index * 6 + 2, value);
  });
  return bytes;
}

/** Payload of a frame that carries one number: WINDOW_UPDATE, RST_STREAM. */
export function uint32Payload(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  putUint32(bytes, 0, value);
  return bytes;
}

/** Payload of a GOAWAY frame. */
export function goAwayPayload(lastStreamId: number, errorCode: number): Uint8Array {
  const bytes = new Uint8Array(8);
  putUint32(bytes, 0, lastStreamId);
  putUint32(bytes, 4, errorCode);
  return bytes;
}
