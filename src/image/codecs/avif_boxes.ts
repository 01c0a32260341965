/**
 * The boxes of AVIF and its kin (ISO/IEC 14496-12 and 23008-12), as far as they must be known before decoding.
 *
 * @module
 */
import { imageError, type ImageHeader } from "../types.ts";
import { has } from "./sniff.ts";

interface Box {
  readonly type: string;
  /** What is in it. */
  readonly data: Uint8Array;
}

/** So many boxes of one level are looked at; files have some twenty. */
const MOST_BOXES = 10_000;

function* boxes(bytes: Uint8Array): Generator<Box> {
  const view = viewOf(bytes);
  let at = 0;
  for (let count = 0; at + 8 <= bytes.length && count < MOST_BOXES; count++) {
    const [short, type] = [
      view.getUint32(at),
      String.fromCharCode(...bytes.subarray(at + 4, at + 8)),
    ];
    const isLong = short === 1 && at + 16 <= bytes.length;
    const size = isLong ? Number(view.getBigUint64(at + 8)) : short === 0 ? Infinity : short;
    const start = at + (isLong ? 16 : 8);
    const end = Math.min(at + size, bytes.length);
    if (end < start) return;
    yield { type, data: bytes.subarray(start, end) };
    at = end;
  }
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

/** Whether a file begins with a type box that names one of these brands. */
export function hasBrand(bytes: Uint8Array, brands: readonly string[]): boolean {
  if (bytes.length < 16 || !has(bytes, "ftyp", 4)) return false;
  const end = Math.min(viewOf(bytes).getUint32(0), bytes.length, 512);
  for (let at = 8; at + 4 <= end; at += 4) {
    // The word after the main brand is its version.
    if (at !== 12 && brands.some((brand) => has(bytes, brand, at))) return true;
  }
  return false;
}

/** Size and orientation of an AVIF file. @throws {InferenceError} `FILE` when its header is damaged */
export function avifHeader(bytes: Uint8Array): ImageHeader {
  const meta = find(bytes, "meta");
  // A full box: version and flags come first.
  const inside = meta?.subarray(4);
  const properties = inside && find(inside, "iprp");
  const size = properties && primaryProperties(inside, properties);
  if (!size) throw imageError("its AVIF header is cut off or damaged");
  return { format: "AVIF", ...size, pixelBound: Infinity };
}

/** The colour profile of the primary image. */
export function avifProfile(bytes: Uint8Array): Uint8Array | undefined {
  const meta = find(bytes, "meta")?.subarray(4);
  const properties = meta && find(meta, "iprp");
  const list = properties && find(properties, "ipco");
  for (const { type, data } of list ? boxes(list) : []) {
    if (type === "colr" && (has(data, "prof", 0) || has(data, "rICC", 0))) return data.subarray(4);
  }
  return undefined;
}

function find(bytes: Uint8Array, type: string): Uint8Array | undefined {
  for (const box of boxes(bytes)) if (box.type === type) return box.data;
  return undefined;
}

function primaryProperties(meta: Uint8Array, iprp: Uint8Array) {
  const [list, links] = [find(iprp, "ipco"), find(iprp, "ipma")];
  const item = primaryItem(meta);
  if (!list || !links || item === undefined) return undefined;
  const all = [...boxes(list)];
  let size: { readonly width: number; readonly height: number } | undefined;
  let [angle, mirror]: [number, number | undefined] = [0, undefined];
  for (const index of linkedTo(links, item)) {
    const box = all[index - 1];
    if (box?.type === "ispe" && box.data.length >= 12) {
      const view = viewOf(box.data);
      size = { width: view.getUint32(4), height: view.getUint32(8) };
    } else if (box?.type === "irot") angle = box.data[0]! & 3;
    else if (box?.type === "imir") mirror = box.data[0]! & 1;
  }
  return size && { ...size, orientation: orientationOf(angle, mirror) };
}

function primaryItem(meta: Uint8Array): number | undefined {
  const box = find(meta, "pitm");
  if (!box || box.length < (box[0] === 0 ? 6 : 8)) return undefined;
  return box[0] === 0 ? viewOf(box).getUint16(4) : viewOf(box).getUint32(4);
}

/** The properties of an item, counted from 1. */
function linkedTo(ipma: Uint8Array, item: number): number[] {
  const view = viewOf(ipma);
  const [wideItem, wideIndex] = [ipma[0]! > 0, (ipma[3]! & 1) !== 0];
  try {
    let at = 8;
    for (let left = view.getUint32(4); left > 0; left--) {
      const id = wideItem ? view.getUint32(at) : view.getUint16(at);
      at += wideItem ? 4 : 2;
      const count = view.getUint8(at++);
      const found: number[] = [];
      for (let i = 0; i < count; i++, at += wideIndex ? 2 : 1) {
        found.push(wideIndex ? view.getUint16(at) & 0x7fff : view.getUint8(at) & 0x7f);
      }
      if (id === item) return found;
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return [];
}

/** EXIF's number for a rotation by quarter turns to the left and then a mirror. */
function orientationOf(quarters: number, mirror: number | undefined): number {
  if (mirror === undefined) return [1, 8, 3, 6][quarters]!;
  return (mirror === 0 ? [4, 5, 2, 7] : [2, 7, 4, 5])[quarters]!;
}
