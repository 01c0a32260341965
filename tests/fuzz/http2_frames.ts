/**
 * HTTP/2 dialogues, right and damaged frame by frame: dropped, doubled, moved, with other flags, streams
 * and payloads, and with frames in between that nobody asked for.
 *
 * @module
 */
import { frame, FrameType, settingsPayload } from "../../src/transport/http2/frames.ts";
import { HpackEncoder } from "../../src/transport/http2/hpack_encoder.ts";
import type { Header } from "../../src/transport/types.ts";
import { mutated, type Random } from "../mutate.ts";

interface Frame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Uint8Array;
}

const [END_STREAM, END_HEADERS] = [1, 4];
const EMPTY = new Uint8Array(0);

/** What a server sends to calls on streams 1, 3 and 5. */
export function serverFrames(random: Random): Uint8Array {
  const encoder = new HpackEncoder();
  const frames: Frame[] = [{ type: FrameType.SETTINGS, flags: 0, streamId: 0, payload: EMPTY }];
  for (const streamId of [1, 3, 5]) {
    const head: Header[] = [[":status", "200"], ["content-type", "application/grpc"]];
    if (random() < 0.2) head.push(["grpc-encoding", "gzip"]);
    frames.push(
      headers(encoder, streamId, head),
      { type: FrameType.DATA, flags: 0, streamId, payload: framedMessage(random) },
      headers(encoder, streamId, [["grpc-status", random() < 0.8 ? "0" : "13"]], END_STREAM),
    );
  }
  return joined(damaged(frames, random).map(bytesOf));
}

/** What a client sends to begin calls on streams 1, 3 and 5, without the preface. */
export function clientFrames(random: Random): Uint8Array {
  const encoder = new HpackEncoder();
  const frames: Frame[] = [{ type: FrameType.SETTINGS, flags: 0, streamId: 0, payload: EMPTY }];
  for (const streamId of [1, 3, 5]) {
    frames.push(
      headers(encoder, streamId, [
        [":method", "POST"],
        [":scheme", "http"],
        [":path", streamId === 5 ? "/s/Stream" : "/s/Unary"],
        ["te", "trailers"],
        ["content-type", "application/grpc"],
        ...random() < 0.2 ? [["grpc-encoding", "gzip"]] as Header[] : [],
      ]),
      { type: FrameType.DATA, flags: END_STREAM, streamId, payload: framedMessage(random) },
    );
  }
  return joined(damaged(frames, random).map(bytesOf));
}

function headers(encoder: HpackEncoder, streamId: number, list: Header[], flags = 0): Frame {
  const payload = encoder.encode(list);
  return { type: FrameType.HEADERS, flags: flags | END_HEADERS, streamId, payload };
}

/** One to three messages with their prefixes; some prefixes lie. */
function framedMessage(random: Random): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let left = random() < 0.8 ? 1 : 3; left > 0; left--) {
    const length = Math.floor(random() * 30);
    const claimed = random() < 0.9 ? length : Math.floor(random() * 2 ** 32);
    const part = new Uint8Array(5 + length).fill(0x61);
    part[0] = random() < 0.9 ? 0 : Math.floor(random() * 3);
    new DataView(part.buffer).setUint32(1, claimed);
    parts.push(part);
  }
  return joined(parts);
}

function damaged(frames: Frame[], random: Random): Frame[] {
  const below = (limit: number) => Math.floor(random() * limit);
  for (let left = below(5); left > 0; left--) {
    const at = below(frames.length);
    const one = frames[at]!;
    switch (below(7)) {
      case 0:
        if (frames.length > 1) frames.splice(at, 1);
        break;
      case 1:
        frames.splice(at, 0, one);
        break;
      case 2:
        frames.splice(below(frames.length), 0, frames.splice(at, 1)[0]!);
        break;
      case 3:
        frames[at] = { ...one, flags: below(2) === 0 ? below(256) : one.flags ^ 1 << below(6) };
        break;
      case 4:
        frames[at] = { ...one, streamId: [0, 1, 2, 3, 5, 7, 2 ** 31 - 1][below(7)]! };
        break;
      case 5:
        frames[at] = { ...one, payload: mutated(one.payload, random) };
        break;
      default:
        frames.splice(at, 0, ...Array(below(10) === 0 ? 300 : 1).fill(uncalledFor(random)));
    }
  }
  return frames;
}

const SETTING_VALUES = [0, 1, 100, 16_384, 65_535, 2 ** 24 - 1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];

function uncalledFor(random: Random): Frame {
  const below = (limit: number) => Math.floor(random() * limit);
  const streamId = [0, 0, 1, 3, 5, 9][below(6)]!;
  const octets = (length: number) => Uint8Array.from({ length }, () => below(256));
  const values: [number, number][] = Array.from(
    { length: below(4) },
    () => [below(9), SETTING_VALUES[below(SETTING_VALUES.length)]!],
  );
  const payloads: readonly (readonly [type: number, payload: Uint8Array])[] = [
    [FrameType.SETTINGS, settingsPayload(values)],
    [FrameType.PING, octets(8)],
    [FrameType.WINDOW_UPDATE, below(2) === 0 ? octets(4) : Uint8Array.of(0x7f, 255, 255, 255)],
    [FrameType.RST_STREAM, Uint8Array.of(0, 0, 0, below(15))],
    [FrameType.GOAWAY, Uint8Array.of(0, 0, 0, below(6), 0, 0, 0, below(14), 0x61)],
    [FrameType.PRIORITY, octets(5)],
    [FrameType.PUSH_PROMISE, octets(6)],
    [FrameType.CONTINUATION, octets(below(20))],
    [FrameType.DATA, octets(below(20))],
    [below(256), octets(below(20))],
  ];
  const [type, payload] = payloads[below(payloads.length)]!;
  return { type, flags: below(3) === 0 ? below(256) : 0, streamId, payload };
}

const bytesOf = ({ type, flags, streamId, payload }: Frame) =>
  frame(type, flags, streamId, payload);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
