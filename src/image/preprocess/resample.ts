/**
 * Resizing as Pillow does it, bit for bit: weights of 22 fractional bits, rows first, then columns, 8 bits
 * between the two. Without antialiasing the filter keeps its size when an image is made smaller, and edge
 * pixels are repeated, as OpenCV and PyTorch do.
 *
 * @module
 */
import { type Interpolation, type Taps, tapsOf } from "./filters.ts";
import type { Pixels, TakeRow } from "./resize.ts";

/** A part of an image. */
export interface Window {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What {@linkcode resampleRows} makes. */
export interface ResampleTarget {
  /** The size of the whole new image. */
  readonly width: number;
  readonly height: number;
  /** The part of it that is wanted; it lies inside. */
  readonly window: Window;
  readonly interpolation: Interpolation;
  /** Whether the filter grows when the image shrinks. */
  readonly antialias: boolean;
}

/** Fractional bits of the weights. */
const PRECISION = 22;
const HALF = 1 << PRECISION - 1;

/** A part of an image in another size, row by row from the top. */
export function resampleRows(source: Pixels, target: ResampleTarget, take: TakeRow): void {
  const { window, interpolation, antialias } = target;
  const columns = { from: source.width, to: target.width, first: window.x, count: window.width };
  const rows = { from: source.height, to: target.height, first: window.y, count: window.height };
  if (interpolation === "nearest") return pickNearest(source, columns, rows, take);
  const across = tapsOf(columns, interpolation, antialias, PRECISION);
  const down = tapsOf(rows, interpolation, antialias, PRECISION);
  const { channels } = source;
  const [firstRow, endRow] = rangeOf(down);
  const size = window.width * channels;
  const narrowed = new Uint8Array((endRow - firstRow) * size);
  for (let y = firstRow; y < endRow; y++) {
    const line = source.data.subarray(y * source.width * channels);
    mixColumns(line, narrowed.subarray((y - firstRow) * size), across, channels);
  }
  const sums = new Int32Array(size);
  const out = new Uint8Array(size);
  const rowAt = (y: number) => narrowed.subarray((y - firstRow) * size, (y - firstRow + 1) * size);
  for (let y = 0; y < window.height; y++) {
    const [start, count] = [down.starts[y]!, down.counts[y]!];
    const weights = down.weights.subarray(y * down.longest, y * down.longest + count);
    if (count <= 2) {
      // Most rows of a larger image.
      const far = count === 2 ? start + 1 : start;
      mixTwo(rowAt(start), rowAt(far), weights[0]!, count === 2 ? weights[1]! : 0, out);
    } else {
      sums.fill(HALF);
      for (let k = 0; k < count; k++) addRow(sums, rowAt(start + k), weights[k]!);
      for (let i = 0; i < size; i++) out[i] = clip(sums[i]!);
    }
    take(y, out);
  }
}

function rangeOf({ starts, counts }: Taps): [first: number, end: number] {
  let [first, end] = [Infinity, 0];
  for (let i = 0; i < starts.length; i++) {
    first = Math.min(first, starts[i]!);
    end = Math.max(end, starts[i]! + counts[i]!);
  }
  return [first, end];
}

function clip(sum: number): number {
  const value = sum >> PRECISION;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}

function mixColumns(line: Uint8Array, out: Uint8Array, taps: Taps, channels: number): void {
  const { starts, counts, weights, longest } = taps;
  for (let x = 0, to = 0; x < starts.length; x++) {
    const end = x * longest + counts[x]!;
    let from = starts[x]! * channels;
    if (channels === 3) {
      let [red, green, blue] = [HALF, HALF, HALF];
      for (let k = x * longest; k < end; k++, from += 3) {
        const weight = weights[k]!;
        red = red + Math.imul(line[from]!, weight) | 0;
        green = green + Math.imul(line[from + 1]!, weight) | 0;
        blue = blue + Math.imul(line[from + 2]!, weight) | 0;
      }
      out[to] = clip(red);
      out[to + 1] = clip(green);
      out[to + 2] = clip(blue);
      to += 3;
    } else {
      let sum = HALF;
      for (let k = x * longest; k < end; k++) {
        sum = sum + Math.imul(line[from++]!, weights[k]!) | 0;
      }
      out[to++] = clip(sum);
    }
  }
}

function mixTwo(a: Uint8Array, b: Uint8Array, near: number, far: number, out: Uint8Array): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = clip(Math.imul(a[i]!, near) + Math.imul(b[i]!, far) + HALF | 0);
  }
}

function addRow(sums: Int32Array, row: Uint8Array, weight: number): void {
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + Math.imul(row[i]!, weight) | 0;
}

/** One side of an image: its length, its new one, and the new pixels that are wanted. */
type Side = Parameters<typeof tapsOf>[0];

function pickNearest(source: Pixels, columns: Side, rows: Side, take: TakeRow): void {
  const { channels, width, data } = source;
  const [across, down] = [nearest(columns), nearest(rows)];
  const out = new Uint8Array(across.length * channels);
  down.forEach((row, y) => {
    let to = 0;
    for (const x of across) {
      const from = (row * width + x) * channels;
      for (let c = 0; c < channels; c++) out[to++] = data[from + c]!;
    }
    take(y, out);
  });
}

/** Adds up step by step, as Pillow does, so that its rounding comes out too. */
function nearest({ from, to, first, count }: Side): Int32Array {
  const step = from / to;
  const picked = new Int32Array(count);
  let at = step * 0.5;
  for (let i = 0; i < first + count; i++, at += step) {
    if (i >= first) picked[i - first] = Math.min(Math.trunc(at), from - 1);
  }
  return picked;
}
