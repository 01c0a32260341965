/**
 * JPEG's marker segments (ITU-T T.81, annex B).
 *
 * @module
 */
import { concatBytes } from "../../base/bytes.ts";
import { exifOrientation } from "./exif.ts";
import { has } from "./sniff.ts";
import { imageError, type ImageHeader, unsupportedImage } from "../types.ts";

const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const EXIF_PREFIX = "Exif\0\0";
/** An 8 x 8 block takes one bit at least. */
const PIXELS_PER_BYTE = 8 * 64;

export interface Segment {
  readonly marker: number;
  /** Where its content begins and ends, the length field left out. */
  readonly start: number;
  readonly end: number;
}

/** The segments of a file, in order, entropy-coded data skipped; ends where the file does. */
export function* segments(bytes: Uint8Array): Generator<Segment> {
  let at = 2;
  while (true) {
    at = nextMarker(bytes, at);
    if (at < 0) return;
    const marker = bytes[at + 1]!;
    at += 2;
    if (marker === EOI) {
      yield { marker, start: at, end: at };
      return;
    }
    // TEM and SOI stand alone.
    if (marker === 0x01 || marker === 0xd8) continue;
    if (at + 2 > bytes.length) return;
    const end = at + (bytes[at]! << 8 | bytes[at + 1]!);
    if (end < at + 2 || end > bytes.length) return;
    yield { marker, start: at + 2, end };
    at = end;
  }
}

/** Where the next marker is at or after `at`, stuffed zeros, restarts and fill bytes skipped; or -1. */
function nextMarker(bytes: Uint8Array, at: number): number {
  while (true) {
    at = bytes.indexOf(0xff, at);
    if (at < 0 || at + 1 >= bytes.length) return -1;
    const code = bytes[at + 1];
    if (code !== 0 && code !== 0xff && !(code! >= 0xd0 && code! <= 0xd7)) return at;
    at++;
  }
}

/** Whether the file reaches its end marker. */
export function hasEndOfImage(bytes: Uint8Array): boolean {
  for (const { marker } of segments(bytes)) if (marker === EOI) return true;
  return false;
}

/**
 * Size, components and orientation of a JPEG file.
 *
 * @throws {InferenceError} `FILE` when there is no frame header or none that can be decoded
 */
export function jpegHeader(bytes: Uint8Array): ImageHeader {
  let orientation = 1;
  for (const { marker, start, end } of segments(bytes)) {
    if (marker === APP1 && has(bytes, EXIF_PREFIX, start)) {
      orientation = exifOrientation(bytes.subarray(start + EXIF_PREFIX.length, end));
    } else if (isFrame(marker)) {
      if (end - start < 6) break;
      checkCoding(marker, bytes[start]!);
      const height = bytes[start + 1]! << 8 | bytes[start + 2]!;
      const width = bytes[start + 3]! << 8 | bytes[start + 4]!;
      if (height === 0) throw unsupportedImage("a JPEG that does not say its height up front");
      const components = bytes[start + 5];
      const pixelBound = bytes.length * PIXELS_PER_BYTE;
      return { format: "JPEG", width, height, orientation, pixelBound, components };
    } else if (marker === SOS || marker === EOI) break;
  }
  throw imageError("its JPEG header is cut off or damaged");
}

/** More scans than any encoder writes. */
const MANY_SCANS = 64;
/** So many pixels in all scans together take some seconds. */
const MOST_SCANNED = 400_000_000;

/**
 * Every scan of a progressive JPEG goes over the whole image, and takes a few hundred bytes in a forged file.
 *
 * @throws {InferenceError} `FILE` for one that would take minutes
 */
export function checkScans(bytes: Uint8Array, { width, height }: ImageHeader): void {
  if (width * height * (bytes.length / SMALLEST_SCAN) < MOST_SCANNED) return;
  let scans = 0;
  for (const { marker } of segments(bytes)) if (marker === SOS) scans++;
  if (scans > MANY_SCANS && scans * width * height > MOST_SCANNED) {
    throw imageError(`it has ${scans} scans, as only a forged file has`);
  }
}

/** A scan's header: marker, length, one component, spectral selection. */
const SMALLEST_SCAN = 10;

const ADOBE_MARKER = Uint8Array.of(
  ...[0xff, APP14, 0, 14],
  ...[0x41, 0x64, 0x6f, 0x62, 0x65],
  ...[0, 100, 0, 0, 0, 0, 0],
);

/**
 * A file of four components with Adobe's marker: most of those without it hold inks the way that Adobe
 * does, 0 being full, and OpenCV and Pillow read them so.
 */
export function withAdobeMarker(bytes: Uint8Array): Uint8Array {
  for (const { marker, start } of segments(bytes)) {
    if (marker === APP14 && has(bytes, "Adobe", start)) return bytes;
    if (marker === SOS) break;
  }
  return concatBytes([bytes.subarray(0, 2), ADOBE_MARKER, bytes.subarray(2)]);
}

const ICC_PREFIX = "ICC_PROFILE\0";
/** After it: the number of this part, and how many there are. */
const ICC_PART_SIZE = 2;

/** The first part of the colour profile, which may be spread over several segments. */
export function jpegProfile(bytes: Uint8Array): Uint8Array | undefined {
  for (const { marker, start, end } of segments(bytes)) {
    if (marker === APP2 && has(bytes, ICC_PREFIX, start)) {
      return bytes.subarray(start + ICC_PREFIX.length + ICC_PART_SIZE, end);
    }
    if (marker === SOS) return undefined;
  }
  return undefined;
}

/** SOF0 to SOF15 without DHT, JPG and DAC, which share the range. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function checkCoding(marker: number, bits: number): void {
  if (marker > 0xc8) throw unsupportedImage("arithmetic-coded JPEG is not supported");
  if (marker > 0xc2) throw unsupportedImage("lossless or hierarchical JPEG is not supported");
  if (bits !== 8) throw unsupportedImage(`JPEG with ${bits} bits a channel is not supported`);
}
