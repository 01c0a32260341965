/**
 * Netpbm's plain formats: PBM, PGM and PPM (P1 to P6), one image a file, as its man pages pbm(5),
 * pgm(5) and ppm(5) describe them.
 *
 * @module
 */
import { imageError, type ImageHeader, type RgbImage } from "../types.ts";
import type { ImageCodec } from "./codec.ts";

/** PBM, PGM, PPM: text and binary, 1, 8 and 16 bits. */
export const ppmCodec: ImageCodec = {
  format: "PPM",
  recognizes: (bytes) =>
    bytes[0] === 0x50 && bytes[1]! >= 0x31 && bytes[1]! <= 0x36 && isBlank(bytes[2]),
  readHeader: (bytes) => readFields(bytes).header,
  decode: (bytes, _header, use) => Promise.resolve(use(decodePpm(bytes))),
};

/** Values of a P1 or P4 file are 0 for white and 1 for black. */
interface Fields {
  readonly header: ImageHeader;
  readonly kind: "bits" | "gray" | "rgb";
  readonly binary: boolean;
  readonly maximum: number;
  /** Where the values begin. */
  readonly start: number;
}

function readFields(bytes: Uint8Array): Fields {
  const number = bytes[1]! - 0x30;
  const binary = number > 3;
  const kind = (["rgb", "bits", "gray"] as const)[number % 3]!;
  const text = new TextNumbers(bytes, 2);
  const width = text.next("width");
  const height = text.next("height");
  const maximum = kind === "bits" ? 1 : text.next("largest value");
  if (maximum < 1 || maximum > 65_535) {
    throw imageError(`its header claims values up to ${maximum}; 1 to 65535 are possible`);
  }
  // One blank ends the header of a binary file.
  const start = text.at + (binary ? 1 : 0);
  const valueBits = kind === "bits" ? 1 : 8;
  const header = {
    format: "PPM",
    width,
    height,
    orientation: 1,
    pixelBound: (bytes.length - start) * 8 / valueBits,
  };
  return { header, kind, binary, maximum, start };
}

function decodePpm(bytes: Uint8Array): RgbImage {
  const fields = readFields(bytes);
  const { header: { width, height }, kind, maximum } = fields;
  const values = fields.binary ? binaryValues(bytes, fields) : textValues(bytes, fields);
  const data = new Uint8Array(width * height * 3);
  const level = kind === "bits"
    ? (value: number) => value === 0 ? 255 : 0
    : maximum === 255
    ? (value: number) => value
    : (value: number) => Math.floor((Math.min(value, maximum) * 255 + maximum / 2) / maximum);
  const channels = kind === "rgb" ? 3 : 1;
  for (let at = 0, to = 0; to < data.length; at += channels) {
    for (let channel = 0; channel < 3; channel++) {
      data[to++] = level(values(channels === 3 ? at + channel : at));
    }
  }
  return { width, height, channels: 3, data };
}

/** The value of a place, counted over the whole image. */
type Values = (place: number) => number;

function binaryValues(bytes: Uint8Array, fields: Fields): Values {
  const { header: { width, height }, kind, maximum, start } = fields;
  const count = width * height * (kind === "rgb" ? 3 : 1);
  // Rows of bits begin on a byte.
  const rowBytes = Math.ceil(width / 8);
  const size = kind === "bits" ? rowBytes * height : count * (maximum > 255 ? 2 : 1);
  if (bytes.length < start + size) throw cutOff();
  if (kind === "bits") {
    return (place) => {
      const [row, x] = [Math.floor(place / width), place % width];
      return bytes[start + row * rowBytes + (x >> 3)]! >> (7 - (x & 7)) & 1;
    };
  }
  if (maximum <= 255) return (place) => bytes[start + place]!;
  return (place) => bytes[start + 2 * place]! << 8 | bytes[start + 2 * place + 1]!;
}

/** Places are asked for in ascending order, the same one up to three times. */
function textValues(bytes: Uint8Array, { kind, start }: Fields): Values {
  const text = new TextNumbers(bytes, start);
  let last = -1;
  let value = 0;
  return (place) => {
    if (place === last) return value;
    last = place;
    // The digits of P1 need no blanks between them.
    value = kind === "bits" ? text.digit() : text.next("value");
    return value;
  };
}

/** Whole numbers in text, with blanks and `#` comments between them. */
class TextNumbers {
  readonly #bytes: Uint8Array;
  at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  next(what: string): number {
    this.#skip();
    let value = 0;
    let digits = 0;
    for (; isDigit(this.#bytes[this.at]); this.at++) {
      if (++digits > 9) throw imageError(`its ${what} has too many digits`);
      value = value * 10 + this.#bytes[this.at]! - 0x30;
    }
    if (digits > 0) return value;
    throw this.at >= this.#bytes.length ? cutOff() : imageError(`its ${what} is not a number`);
  }

  digit(): number {
    this.#skip();
    const digit = this.#bytes[this.at++];
    if (digit === undefined) throw cutOff();
    if (digit === 0x30 || digit === 0x31) return digit - 0x30;
    throw imageError("a pixel is neither 0 nor 1");
  }

  #skip(): void {
    const bytes = this.#bytes;
    while (isBlank(bytes[this.at]) || bytes[this.at] === 0x23) {
      if (bytes[this.at] === 0x23) {
        while (this.at < bytes.length && bytes[this.at] !== 0x0a) this.at++;
      } else this.at++;
    }
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 9 && byte <= 13);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function cutOff() {
  return imageError("its pixels end too early; the file may be cut off");
}
