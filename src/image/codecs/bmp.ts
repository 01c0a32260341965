/**
 * Windows bitmaps (BMP): headers of all versions, 1 to 32 bits a pixel, RLE4, RLE8 and bit fields, as
 * "Bitmap Storage" in the Windows GDI documentation describes them.
 *
 * @module
 */
import { imageError, type ImageHeader, type RgbImage, unsupportedImage } from "../types.ts";
import { unpackRle } from "./bmp_rle.ts";
import type { ImageCodec } from "./codec.ts";
import { startsWith } from "./sniff.ts";

/** BMP: with a palette, in true colour, packed by RLE. */
export const bmpCodec: ImageCodec = {
  format: "BMP",
  recognizes: (bytes) => startsWith(bytes, "BM") && bytes.length >= 18 && bytes[15] === 0,
  readHeader: (bytes) => readFields(bytes).header,
  decode: (bytes, _header, use) => Promise.resolve(use(decodeBmp(bytes))),
};

const FILE_HEADER = 14;
/** OS/2's header of 12 bytes has sizes of 16 bits and a palette of 3 bytes a colour. */
const CORE_HEADER = 12;
const RGB = 0;
const RLE8 = 1;
const RLE4 = 2;
const BIT_FIELDS = 3;
const ALPHA_BIT_FIELDS = 6;
/** One pair of RLE stands for so many pixels at most. */
const RLE_PIXELS_PER_BYTE = 255 / 2;

interface Fields {
  readonly header: ImageHeader;
  readonly bits: number;
  readonly packing: number;
  readonly topDown: boolean;
  /** Where the pixels begin. */
  readonly start: number;
  /** R, G, B of every colour in turn. */
  readonly palette: Uint8Array;
  /** Where red, green and blue are in a pixel of 16 or 32 bits. */
  readonly masks: readonly [number, number, number];
}

function readFields(bytes: Uint8Array): Fields {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const size = view.getUint32(FILE_HEADER, true);
  const core = size === CORE_HEADER;
  if (bytes.length < FILE_HEADER + size || (!core && size < 40) || size > 4096) {
    throw imageError("its BMP header is cut off or damaged");
  }
  const at = FILE_HEADER + 4;
  const width = core ? view.getUint16(at, true) : view.getInt32(at, true);
  const rows = core ? view.getUint16(at + 2, true) : view.getInt32(at + 4, true);
  const bits = view.getUint16(at + (core ? 6 : 10), true);
  const packing = core ? RGB : view.getUint32(at + 12, true);
  checkKind(bits, packing);
  const tableAt = FILE_HEADER + size + (size === 40 ? maskBytes(packing) : 0);
  const start = view.getUint32(10, true);
  if (start < tableAt || start > bytes.length) {
    throw imageError("its BMP header says that the pixels are where they can't be");
  }
  const height = Math.abs(rows);
  const room = bytes.length - start;
  return {
    header: {
      format: "BMP",
      width: Math.max(0, width),
      height,
      orientation: 1,
      pixelBound: isRle(packing) ? room * RLE_PIXELS_PER_BYTE : room * 8 / bits,
    },
    bits,
    packing,
    topDown: rows < 0,
    start,
    palette: bits > 8 ? new Uint8Array(0) : readPalette(bytes.subarray(tableAt, start), core, bits),
    masks: readMasks(view, bits, packing),
  };
}

function checkKind(bits: number, packing: number): void {
  const fits = packing === RGB
    ? [1, 2, 4, 8, 16, 24, 32].includes(bits)
    : packing === RLE8
    ? bits === 8
    : packing === RLE4
    ? bits === 4
    : (packing === BIT_FIELDS || packing === ALPHA_BIT_FIELDS) && (bits === 16 || bits === 32);
  if (fits) return;
  if (packing === 4 || packing === 5) {
    throw unsupportedImage("JPEG or PNG in a BMP is not supported");
  }
  throw unsupportedImage(`BMP with ${bits} bits a pixel and packing ${packing} is not supported`);
}

function isRle(packing: number): boolean {
  return packing === RLE8 || packing === RLE4;
}

function maskBytes(packing: number): number {
  return packing === BIT_FIELDS ? 12 : packing === ALPHA_BIT_FIELDS ? 16 : 0;
}

function readMasks(view: DataView, bits: number, packing: number): Fields["masks"] {
  if (packing !== BIT_FIELDS && packing !== ALPHA_BIT_FIELDS) {
    return bits === 16 ? [0x7c00, 0x3e0, 0x1f] : [0xff0000, 0xff00, 0xff];
  }
  const at = FILE_HEADER + 40;
  if (view.byteLength < at + 12) throw imageError("its BMP header is cut off or damaged");
  return [view.getUint32(at, true), view.getUint32(at + 4, true), view.getUint32(at + 8, true)];
}

/** Blue, green, red, and a spare byte in all but the oldest version. Missing colours are black. */
function readPalette(table: Uint8Array, core: boolean, bits: number): Uint8Array {
  const step = core ? 3 : 4;
  const palette = new Uint8Array(3 << bits);
  for (let i = 0; i < 1 << bits && (i + 1) * step <= table.length; i++) {
    for (let k = 0; k < 3; k++) palette[3 * i + k] = table[i * step + 2 - k]!;
  }
  return palette;
}

function decodeBmp(bytes: Uint8Array): RgbImage {
  const fields = readFields(bytes);
  const { header: { width, height }, bits, packing, topDown, start } = fields;
  const packed = bytes.subarray(start);
  let stored = packed;
  let storedBits = bits;
  if (isRle(packing)) {
    stored = unpackRle(packed, { width, height, bits });
    storedBits = 8;
  }
  // Rows are filled up to 4 bytes; unpacked ones are not.
  const rowBytes = isRle(packing) ? width : Math.ceil(width * storedBits / 32) * 4;
  if (stored.length < rowBytes * (height - 1) + Math.ceil(width * storedBits / 8)) {
    throw imageError("its pixels end too early; the file may be cut off");
  }
  const data = new Uint8Array(width * height * 3);
  const row = rowReader(fields, storedBits);
  for (let y = 0; y < height; y++) {
    const from = (topDown ? y : height - 1 - y) * rowBytes;
    row(stored.subarray(from, from + rowBytes), data.subarray(y * width * 3, (y + 1) * width * 3));
  }
  return { width, height, channels: 3, data };
}

type RowReader = (stored: Uint8Array, rgb: Uint8Array) => void;

function rowReader({ palette, masks }: Fields, bits: number): RowReader {
  if (bits === 24) {
    return (stored, rgb) => {
      for (let at = 0; at < rgb.length; at += 3) {
        rgb[at] = stored[at + 2]!;
        rgb[at + 1] = stored[at + 1]!;
        rgb[at + 2] = stored[at]!;
      }
    };
  }
  if (bits <= 8) {
    const perByte = 8 / bits;
    const mask = (1 << bits) - 1;
    return (stored, rgb) => {
      for (let x = 0, at = 0; at < rgb.length; x++) {
        const shift = 8 - bits * (x % perByte + 1);
        const colour = 3 * (stored[Math.floor(x / perByte)]! >> shift & mask);
        for (let k = 0; k < 3; k++) rgb[at++] = palette[colour + k] ?? 0;
      }
    };
  }
  const levels = masks.map(channelReader);
  const step = bits / 8;
  return (stored, rgb) => {
    for (let from = 0, at = 0; at < rgb.length; from += step) {
      let pixel = stored[from]! | stored[from + 1]! << 8;
      if (step === 4) pixel |= stored[from + 2]! << 16 | stored[from + 3]! << 24;
      for (let k = 0; k < 3; k++) rgb[at++] = levels[k]!(pixel);
    }
  };
}

/** Takes a channel out of a pixel and widens it to 8 bits. */
function channelReader(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const largest = mask >>> shift;
  return (pixel) => Math.floor(((pixel & mask) >>> shift) * 255 / largest);
}
