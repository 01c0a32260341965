/**
 * WebP's chunks (RFC 9649), as far as they must be known before decoding.
 *
 * @module
 */
import { concatBytes } from "../../base/bytes.ts";
import { imageError, type ImageHeader } from "../types.ts";
import { exifOrientation } from "./exif.ts";
import { has } from "./sniff.ts";

const RIFF_HEADER_SIZE = 12;
const CHUNK_HEADER_SIZE = 8;
const ANIMATION_FLAG = 2;
/** Position, size, duration and flags before an animation frame's own chunks. */
const FRAME_HEADER_SIZE = 16;

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** Header and data. */
  readonly whole: Uint8Array;
}

function* chunks(bytes: Uint8Array, from: number): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  while (at + CHUNK_HEADER_SIZE <= bytes.length) {
    const start = at + CHUNK_HEADER_SIZE;
    const end = Math.min(start + view.getUint32(at + 4, true), bytes.length);
    const type = String.fromCharCode(...bytes.subarray(at, at + 4));
    yield { type, data: bytes.subarray(start, end), whole: bytes.subarray(at, end) };
    at = end + (end & 1);
  }
}

function uint24(bytes: Uint8Array, at: number): number {
  return bytes[at]! | bytes[at + 1]! << 8 | bytes[at + 2]! << 16;
}

/** Size and orientation of a WebP file. @throws {InferenceError} `FILE` when its header is damaged */
export function webpHeader(bytes: Uint8Array): ImageHeader {
  let size: { readonly width: number; readonly height: number } | undefined;
  let orientation = 1;
  for (const { type, data } of chunks(bytes, RIFF_HEADER_SIZE)) {
    size ??= sizeOf(type, data);
    if (type === "EXIF") {
      orientation = exifOrientation(has(data, "Exif\0\0", 0) ? data.subarray(6) : data);
    }
  }
  if (!size) throw imageError("its WebP header is cut off or damaged");
  // An image of one colour takes no bits a pixel: there is no bound but the limits.
  return { format: "WebP", ...size, orientation, pixelBound: Infinity };
}

function sizeOf(type: string, data: Uint8Array) {
  if (type === "VP8X" && data.length >= 10) {
    return { width: uint24(data, 4) + 1, height: uint24(data, 7) + 1 };
  }
  if (type === "VP8 " && data.length >= 10 && has(data, "\x9d\x01\x2a", 3)) {
    const side = (at: number) => (data[at]! | data[at + 1]! << 8) & 0x3fff;
    return { width: side(6), height: side(8) };
  }
  if (type === "VP8L" && data.length >= 5 && data[0] === 0x2f) {
    const bits = data[1]! | data[2]! << 8 | data[3]! << 16 | data[4]! << 24;
    return { width: (bits & 0x3fff) + 1, height: (bits >>> 14 & 0x3fff) + 1 };
  }
  return undefined;
}

/** The colour profile. */
export function webpProfile(bytes: Uint8Array): Uint8Array | undefined {
  for (const { type, data } of chunks(bytes, RIFF_HEADER_SIZE)) if (type === "ICCP") return data;
  return undefined;
}

/** The first frame of an animation. */
export interface FirstFrame {
  /** The animation's size. */
  readonly width: number;
  readonly height: number;
  /** Where the frame lies in it. */
  readonly x: number;
  readonly y: number;
  /** A WebP file of the frame alone, without alpha that is stored apart. */
  readonly still: Uint8Array;
}

/**
 * Takes the first frame out of an animation.
 *
 * @returns undefined for a still image
 * @throws {InferenceError} `FILE` for an animation without frames
 */
export function firstFrame(bytes: Uint8Array): FirstFrame | undefined {
  let size: { readonly width: number; readonly height: number } | undefined;
  for (const { type, data } of chunks(bytes, RIFF_HEADER_SIZE)) {
    if (type === "VP8X" && (data[0]! & ANIMATION_FLAG) !== 0) size = sizeOf(type, data);
    if (size === undefined) {
      if (type !== "VP8X") return undefined;
      continue;
    }
    if (type !== "ANMF" || data.length < FRAME_HEADER_SIZE) continue;
    for (const part of chunks(data, FRAME_HEADER_SIZE)) {
      if (part.type !== "VP8 " && part.type !== "VP8L") continue;
      const [x, y] = [uint24(data, 0) * 2, uint24(data, 3) * 2];
      if (x >= size.width || y >= size.height) {
        throw imageError("the first frame of its WebP animation lies outside of it");
      }
      return { ...size, x, y, still: stillFile(part.whole) };
    }
  }
  if (size === undefined) return undefined;
  throw imageError("its WebP animation has no frame that can be read");
}

function stillFile(chunk: Uint8Array): Uint8Array {
  const padding = new Uint8Array(chunk.length & 1);
  const head = new Uint8Array(RIFF_HEADER_SIZE);
  head.set(new TextEncoder().encode("RIFF"));
  new DataView(head.buffer).setUint32(4, 4 + chunk.length + padding.length, true);
  head.set(new TextEncoder().encode("WEBP"), 8);
  return concatBytes([head, chunk, padding]);
}
