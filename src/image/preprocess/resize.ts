/**
 * Bilinear resizing with OpenCV's fixed-point arithmetic, bit for bit (INTER_LINEAR on 8-bit data):
 * half-pixel centres, no antialiasing, coefficients of 11 bits, rows first, then columns.
 *
 * @module
 */

/** An interleaved 8-bit image with any number of channels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** `width * height * channels` bytes. */
  readonly data: Uint8Array;
}

/**
 * Takes a row of a new image. The row is good until the next one comes.
 *
 * @param y which row it is, from 0
 */
export type TakeRow = (y: number, row: Uint8Array) => void;

const ONE = 2048;

/** For each output position: the input position before it, and the weights of it and of the next. */
interface Taps {
  readonly positions: Int32Array;
  readonly near: Int32Array;
  readonly far: Int32Array;
}

/**
 * An image in another size.
 *
 * @returns the image itself when the size is the same
 */
export function resize(source: Pixels, width: number, height: number): Pixels {
  if (source.width === width && source.height === height) return source;
  const { channels } = source;
  const data = new Uint8Array(width * height * channels);
  resizeRows(source, width, height, (y, row) => data.set(row, y * row.length));
  return { width, height, channels, data };
}

/** {@linkcode resize}, row by row from the top, without memory for the new image. */
export function resizeRows(source: Pixels, width: number, height: number, take: TakeRow): void {
  const { channels } = source;
  if (source.width === width && source.height === height) return handOn(source, take);
  const columns = columnTaps(source, width);
  const out = new Uint8Array(width * channels);
  const rows = [new Int32Array(width * channels), new Int32Array(width * channels)] as const;
  eachRow(source.height, height, {
    fill: (slot, row) => fillRow(rows[slot], row, source, columns),
    mix(y, { upper, lower, near, far }) {
      mixRows(rows[upper], rows[lower], near, far, out);
      take(y, out);
    },
  });
}

/** One of two places for a row of the source that has been brought to the output's width. */
export type Slot = 0 | 1;

/** Of what a new row is mixed. */
export interface RowMix {
  readonly upper: Slot;
  readonly lower: Slot;
  readonly near: number;
  readonly far: number;
}

/** The two steps of a resize. */
export interface RowWork {
  /** Brings a row of the source to the output's width. */
  fill(slot: Slot, row: number): void;
  /** Makes a row of the output. */
  mix(y: number, mix: RowMix): void;
}

/** Goes through an output's rows from the top; each row of the source is brought to its width once. */
export function eachRow(from: number, to: number, work: RowWork): void {
  const rows = taps(from, to);
  const filled: [number, number] = [-1, -1];
  const last = from - 1;
  let upper: Slot = 0;
  for (let y = 0; y < to; y++) {
    const above = Math.min(Math.max(rows.positions[y]!, 0), last);
    const below = Math.min(Math.max(rows.positions[y]! + 1, 0), last);
    let lower: Slot = upper === 0 ? 1 : 0;
    if (filled[lower] === above) [upper, lower] = [lower, upper];
    if (filled[upper] !== above) work.fill(upper, filled[upper] = above);
    if (below !== above && filled[lower] !== below) work.fill(lower, filled[lower] = below);
    const second = below === above ? upper : lower;
    work.mix(y, { upper, lower: second, near: rows.near[y]!, far: rows.far[y]! });
  }
}

function handOn({ width, height, channels, data }: Pixels, take: TakeRow): void {
  const size = width * channels;
  for (let y = 0; y < height; y++) take(y, data.subarray(y * size, (y + 1) * size));
}

function taps(from: number, to: number): Taps {
  const positions = new Int32Array(to);
  const near = new Int32Array(to);
  const far = new Int32Array(to);
  const scale = 1 / (to / from);
  for (let i = 0; i < to; i++) {
    const centre = Math.fround((i + 0.5) * scale - 0.5);
    const position = Math.floor(centre);
    const fraction = Math.fround(centre - position);
    positions[i] = position;
    near[i] = roundHalfEven(Math.fround(1 - fraction) * ONE);
    far[i] = roundHalfEven(fraction * ONE);
  }
  return { positions, near, far };
}

/** For each output column: where in a row the two pixels begin that it is mixed of, and their weights. */
export interface ColumnTaps {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly near: Int32Array;
  readonly far: Int32Array;
}

/** Beyond a row's ends its end pixel counts alone. Not so beyond the columns' ends: both weights stay. */
export function columnTaps({ width, channels }: Pixels, to: number): ColumnTaps {
  const { positions, near, far } = taps(width, to);
  const left = new Int32Array(to);
  const right = new Int32Array(to);
  for (let i = 0; i < to; i++) {
    const position = Math.min(Math.max(positions[i]!, 0), width - 1);
    left[i] = position * channels;
    right[i] = Math.min(position + 1, width - 1) * channels;
    if (positions[i]! >= 0 && positions[i]! < width - 1) continue;
    near[i] = ONE;
    far[i] = 0;
  }
  return { left, right, near, far };
}

function fillRow(values: Int32Array, index: number, source: Pixels, columns: ColumnTaps): void {
  const { channels, data, width } = source;
  const { left, right, near, far } = columns;
  const start = index * width * channels;
  for (let x = 0, to = 0; x < left.length; x++) {
    const l = start + left[x]!;
    const r = start + right[x]!;
    const a = near[x];
    const b = far[x];
    if (channels === 3) {
      values[to] = Math.imul(data[l]!, a!) + Math.imul(data[r]!, b!);
      values[to + 1] = Math.imul(data[l + 1]!, a!) + Math.imul(data[r + 1]!, b!);
      values[to + 2] = Math.imul(data[l + 2]!, a!) + Math.imul(data[r + 2]!, b!);
      to += 3;
    } else {
      for (let c = 0; c < channels; c++) values[to++] = data[l + c]! * a! + data[r + c]! * b!;
    }
  }
}

function mixRows(
  upper: Int32Array,
  lower: Int32Array,
  near: number,
  far: number,
  out: Uint8Array,
): void {
  for (let i = 0; i < out.length; i++) {
    const sum = (Math.imul(near, upper[i]! >> 4) >> 16) + (Math.imul(far, lower[i]! >> 4) >> 16);
    out[i] = sum + 2 >> 2;
  }
}

/** Rounds to the nearest integer, halves to the even one. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
