/**
 * What a baseline JPEG file says of itself, as far as `jpeg_eighth.ts` understands it (ITU-T T.81, annex B).
 *
 * @module
 */
import { segments } from "./jpeg_markers.ts";
import { has, startsWith } from "./sniff.ts";

/** A component of the image. */
export interface JpegComponent {
  /** How many times as dense as the coarsest component: 1 or 2. */
  readonly across: number;
  readonly down: number;
  /** Numbers of its tables, 0 to 3. */
  readonly quantization: number;
  readonly dc: number;
  readonly ac: number;
}

/** A gray or YCbCr image in one scan. */
export interface JpegBaseline {
  readonly width: number;
  readonly height: number;
  /** Luma, and two of chroma if it has colours. */
  readonly components: readonly JpegComponent[];
  /** MCUs from one restart to the next; 0 = no restarts. */
  readonly restart: number;
  /** By number: 64 numbers in zigzag order. */
  readonly quantization: ReadonlyMap<number, Uint8Array>;
  /** By number, 4 more for AC: 16 counts of codes by length, then their symbols. */
  readonly huffman: ReadonlyMap<number, Uint8Array>;
  /** Where its image data begin. */
  readonly data: number;
}

interface FrameComponent extends Pick<JpegComponent, "across" | "down" | "quantization"> {
  readonly id: number;
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly components: readonly FrameComponent[];
}

const SOF0 = 0xc0;
const SOF1 = 0xc1;
const DHT = 0xc4;
const SOS = 0xda;
const DQT = 0xdb;
const DRI = 0xdd;
const APP14 = 0xee;
const COM = 0xfe;

/** Segments that baseline files have; those of applications are skipped. */
const isUnderstood = (marker: number) =>
  [SOF0, SOF1, DHT, SOS, DQT, DRI, COM].includes(marker) || marker >> 4 === 0xe;

const ADOBE_COLOURS = 11;
const YCBCR = 1;

/** Reads a file up to its image data; undefined for what isn't plain, which libjpeg is left to judge. */
export function readBaseline(bytes: Uint8Array): JpegBaseline | undefined {
  let frame: Frame | undefined;
  let restart = 0;
  const quantization = new Map<number, Uint8Array>();
  const huffman = new Map<number, Uint8Array>();
  if (!startsWith(bytes, "\xff\xd8")) return undefined;
  let last = 2;
  for (const { marker, start, end } of segments(bytes)) {
    // Stray bytes between segments are damage.
    if (start !== last + 4) return undefined;
    last = end;
    const part = bytes.subarray(start, end);
    if (!isUnderstood(marker)) return undefined;
    if (marker === DQT && !readQuantization(part, quantization)) return undefined;
    if (marker === DHT && !readHuffman(part, huffman)) return undefined;
    if (marker === DRI) {
      if (part.length !== 2) return undefined;
      restart = part[0]! << 8 | part[1]!;
    }
    if (marker === APP14 && has(part, "Adobe", 0) && part[ADOBE_COLOURS] !== YCBCR) {
      return undefined;
    }
    if (marker === SOF0 || marker === SOF1) {
      if (frame !== undefined) return undefined;
      frame = readFrame(part);
      if (frame === undefined) return undefined;
    }
    if (marker !== SOS) continue;
    const tables = frame && readScan(part, frame.components);
    if (frame === undefined || tables === undefined) return undefined;
    const components = frame.components.map((one, i) => ({ ...one, ...tables[i]! }));
    const hasTables = components.every((one) =>
      quantization.has(one.quantization) && huffman.has(one.dc) && huffman.has(4 + one.ac)
    );
    return hasTables
      ? { ...frame, components, restart, quantization, huffman, data: end }
      : undefined;
  }
  return undefined;
}

function readQuantization(part: Uint8Array, into: Map<number, Uint8Array>): boolean {
  for (let at = 0; at < part.length; at += 65) {
    // Numbers of 16 bits are for 12-bit images.
    if (part[at]! > 3 || at + 65 > part.length) return false;
    into.set(part[at]!, part.subarray(at + 1, at + 65));
  }
  return true;
}

function readHuffman(part: Uint8Array, into: Map<number, Uint8Array>): boolean {
  for (let at = 0; at < part.length;) {
    const [kind, number] = [part[at]! >> 4, part[at]! & 15];
    const counts = part.subarray(at + 1, at + 17);
    const size = 16 + counts.reduce((sum, count) => sum + count, 0);
    if (kind > 1 || number > 3 || counts.length < 16 || at + 1 + size > part.length) return false;
    into.set(4 * kind + number, part.subarray(at + 1, at + 1 + size));
    at += 1 + size;
  }
  return true;
}

/** How dense luma is, where chroma is 1 x 1. */
const DENSITIES = [0x11, 0x21, 0x22];

function readFrame(part: Uint8Array): Frame | undefined {
  const count = part[5];
  if (count !== 1 && count !== 3 || part.length !== 6 + 3 * count || part[0] !== 8) {
    return undefined;
  }
  const components = Array.from({ length: count }, (_, i) => {
    const [id, density, quantization] = part.subarray(6 + 3 * i);
    return { id: id!, density: density!, quantization: quantization! };
  });
  // Other names may be other colours; other densities are rare.
  const isPlain = components.every(({ id, density, quantization }, i) =>
    (count === 1 || id === i + 1) && quantization < 4 &&
    (i === 0 && count === 3 ? DENSITIES.includes(density) : density === 0x11)
  );
  if (!isPlain) return undefined;
  return {
    height: part[1]! << 8 | part[2]!,
    width: part[3]! << 8 | part[4]!,
    components: components.map(({ id, density, quantization }) => ({
      ...{ id, across: density >> 4, down: density & 15, quantization },
    })),
  };
}

function readScan(part: Uint8Array, components: readonly FrameComponent[]) {
  const count = components.length;
  // All components, all coefficients, all bits of them.
  const end = 1 + 2 * count;
  const isWhole = part[0] === count && part.length === end + 3 && part[end] === 0 &&
    part[end + 1] === 63 && part[end + 2] === 0;
  if (!isWhole) return undefined;
  const tables = Array.from({ length: count }, (_, i) => {
    const [id, numbers] = part.subarray(1 + 2 * i);
    return { id: id!, dc: numbers! >> 4, ac: numbers! & 15 };
  });
  const isPlain = tables.every(({ id, dc, ac }, i) => dc < 4 && ac < 4 && id === components[i]!.id);
  return isPlain ? tables.map(({ dc, ac }) => ({ dc, ac })) : undefined;
}
