/**
 * Rows of pixels to a model's input, as they come.
 *
 * @module
 */
import { valueTables } from "./normalize.ts";
import type { PreprocessSpec } from "../types.ts";

type Bits = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** A model's input, which is written row by row. */
export class TensorWriter {
  /** Little-endian bytes in the spec's order. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #tables: readonly Bits[];
  readonly #target: Bits;
  readonly #spec: PreprocessSpec;
  /** An 8-byte element is copied as two of 4. */
  readonly #words: number;
  /** The channel of the tensor that red, green and blue become. */
  readonly #places: readonly number[];
  /** Whether pixels are the input's numbers already, in its order. */
  readonly #isPlain: boolean;

  /**
   * Makes an empty input.
   *
   * @param into its memory, if it has just its size; what is in it stays until it is written over
   * @throws {InferenceError} `INVALID_ARG` when pixels can't be numbers of its type
   */
  constructor(spec: PreprocessSpec, into?: Uint8Array) {
    const { tables, size, isIdentity } = tablesOf(spec);
    this.#spec = spec;
    this.#words = size === 8 ? 2 : 1;
    this.#tables = tables;
    const length = spec.width * spec.height * spec.channels * size;
    this.bytes = isWhole(into, length) ? into : new Uint8Array(length);
    this.#target = bitPatterns(this.bytes.buffer, size);
    this.#places = spec.channels === 3 && spec.recipe?.bgr ? [2, 1, 0] : [0, 1, 2];
    const isOrdered = spec.channels === 1 || spec.format === "NHWC" && this.#places[0] === 0;
    this.#isPlain = isOrdered && isIdentity;
  }

  /**
   * Writes a row's pixels.
   *
   * @param x where they begin
   * @param row 8 bits a channel, channels interleaved
   */
  write(x: number, y: number, row: Uint8Array): void {
    const { width, height, channels, format } = this.#spec;
    const at = y * width + x;
    if (this.#isPlain) return this.#target.set(row, at * channels);
    if (this.#words === 1 && channels === 3 && format === "NHWC") {
      return copyPixels(this.#tables, this.#places, row, this.#target.subarray(at * 3));
    }
    for (let c = 0; c < channels; c++) {
      const place = this.#places[c]!;
      const to = format === "NCHW" ? place * width * height + at : at * channels + place;
      const step = format === "NCHW" ? 1 : channels;
      if (this.#words === 1) copy(this.#tables[c]!, { row, c, channels }, this.#target, to, step);
      else copyWide(this.#tables[c]!, { row, c, channels }, this.#target, to, step);
    }
  }

  /** How three channels become numbers of 4 bytes; undefined for other inputs. */
  get words(): WordTables | undefined {
    const { channels, format } = this.#spec;
    const [red, green, blue] = this.#tables;
    if (channels !== 3 || this.#words !== 1 || !(red instanceof Uint32Array)) return undefined;
    const tables = [red, green as Uint32Array, blue as Uint32Array];
    return { tables, places: this.#places, isPlanar: format === "NCHW" };
  }

  /** Writes a row of such numbers: all of them, or each of the tensor's channels. */
  writeWords(y: number, rows: readonly Uint32Array[]): void {
    const { width, height } = this.#spec;
    const [first, ...others] = rows;
    if (others.length === 0) return this.#target.set(first!, y * first!.length);
    rows.forEach((row, c) => this.#target.set(row, (c * height + y) * width));
  }

  /** Writes the same value everywhere. */
  fill(value: number): void {
    const { width, height, channels } = this.#spec;
    const row = new Uint8Array(width * channels).fill(value);
    for (let y = 0; y < height; y++) this.write(0, y, row);
  }
}

/** How pixels become numbers of 4 bytes. */
export interface WordTables {
  /** Of red, green and blue. */
  readonly tables: readonly Uint32Array[];
  /** The channel of the tensor that each of them becomes. */
  readonly places: readonly number[];
  /** Whether each channel has a plane of its own. */
  readonly isPlanar: boolean;
}

interface Tables {
  readonly tables: readonly Bits[];
  /** Bytes of an element. */
  readonly size: number;
  /** Whether they leave pixels as they are. */
  readonly isIdentity: boolean;
}

/** Those of the image before, which mostly had the same spec; as text, because a worker gets copies. */
let last: { readonly spec: string; readonly tables: Tables } | undefined;

function tablesOf(spec: PreprocessSpec): Tables {
  const text = JSON.stringify(spec);
  if (last?.spec === text) return last.tables;
  const values = valueTables(spec);
  const size = values[0]!.BYTES_PER_ELEMENT;
  const patterns = values.map(({ buffer }) => bitPatterns(buffer, size));
  const isIdentity = size === 1 &&
    patterns.every((table) => table.every((value, pixel) => value === pixel));
  const tables = { tables: patterns, size, isIdentity };
  last = { spec: text, tables };
  return tables;
}

/** All three channels at once. */
function copyPixels(
  tables: readonly Bits[],
  places: readonly number[],
  row: Uint8Array,
  target: Bits,
): void {
  const [red, green, blue] = tables as readonly [Bits, Bits, Bits];
  const [r, g, b] = places as readonly [number, number, number];
  for (let i = 0; i < row.length; i += 3) {
    target[i + r] = red[row[i]!]!;
    target[i + g] = green[row[i + 1]!]!;
    target[i + b] = blue[row[i + 2]!]!;
  }
}

interface Channel {
  readonly row: Uint8Array;
  readonly c: number;
  readonly channels: number;
}

function copy(table: Bits, { row, c, channels }: Channel, target: Bits, to: number, step: number) {
  for (let from = c; from < row.length; from += channels, to += step) {
    target[to] = table[row[from]!]!;
  }
}

function copyWide(table: Bits, from: Channel, target: Bits, to: number, step: number): void {
  const { row, c, channels } = from;
  for (let from = c; from < row.length; from += channels, to += step) {
    target[2 * to] = table[2 * row[from]!]!;
    target[2 * to + 1] = table[2 * row[from]! + 1]!;
  }
}

/** Whether memory is just so large, and nothing else lies beside it. */
function isWhole(into: Uint8Array | undefined, length: number): into is Uint8Array<ArrayBuffer> {
  return into?.length === length && into.buffer.byteLength === length;
}

function bitPatterns(buffer: ArrayBuffer, size: number): Bits {
  if (size === 1) return new Uint8Array(buffer);
  return size === 2 ? new Uint16Array(buffer) : new Uint32Array(buffer);
}
