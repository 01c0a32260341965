/**
 * Bilinear resizing with OpenCV's fixed-point arithmetic, bit for bit (INTER_LINEAR on 8-bit data):
 * half-pixel centres, no antialiasing, coefficients of 11 bits, rows first, then columns.
 *
 * @module
 */

/** An interleaved 8-bit picture with any number of channels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** `width * height * channels` bytes. */
  readonly data: Uint8Array;
}

const ONE = 2048;

/** For each output position: the input position before it, and the weights of it and of the next. */
interface Taps {
  readonly positions: Int32Array;
  readonly near: Int32Array;
  readonly far: Int32Array;
}

/**
 * A picture in another size.
 *
 * @returns the picture itself when the size is the same
 */
export function resize(source: Pixels, width: number, height: number): Pixels {
  if (source.width === width && source.height === height) return source;
  const { channels } = source;
  const columns = columnTaps(source, width);
  const rows = taps(source.height, height);
  const data = new Uint8Array(width * height * channels);
  // Two input rows, already brought to the output's width, and which ones they are.
  let upper: Row = { index: -1, values: new Int32Array(width * channels) };
  let lower: Row = { index: -1, values: new Int32Array(width * channels) };
  const last = source.height - 1;
  for (let y = 0; y < height; y++) {
    const above = Math.min(Math.max(rows.positions[y], 0), last);
    const below = Math.min(Math.max(rows.positions[y] + 1, 0), last);
    if (lower.index === above) [upper, lower] = [lower, upper];
    if (upper.index !== above) fillRow(upper, above, source, columns);
    if (below !== above && lower.index !== below) fillRow(lower, below, source, columns);
    const second = below === above ? upper : lower;
    const out = data.subarray(y * width * channels, (y + 1) * width * channels);
    mixRows(upper.values, second.values, rows.near[y], rows.far[y], out);
  }
  return { width, height, channels, data };
}

interface Row {
  index: number;
  readonly values: Int32Array;
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
interface ColumnTaps {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly near: Int32Array;
  readonly far: Int32Array;
}

/** Beyond a row's ends its end pixel counts alone. Not so beyond the columns' ends: both weights stay. */
function columnTaps({ width, channels }: Pixels, to: number): ColumnTaps {
  const { positions, near, far } = taps(width, to);
  const left = new Int32Array(to);
  const right = new Int32Array(to);
  for (let i = 0; i < to; i++) {
    const position = Math.min(Math.max(positions[i], 0), width - 1);
    left[i] = position * channels;
    right[i] = Math.min(position + 1, width - 1) * channels;
    if (positions[i] >= 0 && positions[i] < width - 1) continue;
    near[i] = ONE;
    far[i] = 0;
  }
  return { left, right, near, far };
}

function fillRow(row: Row, index: number, source: Pixels, columns: ColumnTaps): void {
  row.index = index;
  const { channels, data, width } = source;
  const { left, right, near, far } = columns;
  const { values } = row;
  const start = index * width * channels;
  for (let x = 0, to = 0; x < left.length; x++) {
    const l = start + left[x];
    const r = start + right[x];
    const a = near[x];
    const b = far[x];
    if (channels === 3) {
      values[to] = Math.imul(data[l], a) + Math.imul(data[r], b);
      values[to + 1] = Math.imul(data[l + 1], a) + Math.imul(data[r + 1], b);
      values[to + 2] = Math.imul(data[l + 2], a) + Math.imul(data[r + 2], b);
      to += 3;
    } else {
      for (let c = 0; c < channels; c++) values[to++] = data[l + c] * a + data[r + c] * b;
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
    const sum = (Math.imul(near, upper[i] >> 4) >> 16) + (Math.imul(far, lower[i] >> 4) >> 16);
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
