/**
 * Interpolation filters, and the weights that they give to old pixels.
 *
 * @module
 */

/** How new pixels are made of old ones; `area` is the mean of all that a new pixel covers. */
export type Interpolation = "nearest" | "bilinear" | "bicubic" | "lanczos" | "area";

interface Filter {
  /** Beyond this distance nothing counts. */
  readonly support: number;
  weight(distance: number): number;
}

const sinc = (x: number) => x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);

/** Keys' cubic: -0.5 in Pillow, -0.75 in OpenCV and PyTorch without antialiasing. */
function cubic(a: number): Filter {
  return {
    support: 2,
    weight(distance) {
      const x = Math.abs(distance);
      if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
      return x < 2 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    },
  };
}

const BOX: Filter = { support: 0.5, weight: (x) => x > -0.5 && x <= 0.5 ? 1 : 0 };
const TRIANGLE: Filter = { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) };
const LANCZOS: Filter = {
  support: 3,
  weight: (x) => x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0,
};

function filterOf(interpolation: Exclude<Interpolation, "nearest">, antialias: boolean): Filter {
  switch (interpolation) {
    case "bilinear":
      return TRIANGLE;
    case "bicubic":
      return cubic(antialias ? -0.5 : -0.75);
    case "lanczos":
      return LANCZOS;
    case "area":
      return BOX;
  }
}

/** Which old pixels each new one is made of, and with which weights. */
export interface Taps {
  /** The first old pixel. */
  readonly starts: Int32Array;
  /** How many there are. */
  readonly counts: Int32Array;
  /** `longest` weights for each new pixel. */
  readonly weights: Int32Array;
  readonly longest: number;
}

/** One side of an image. */
interface Side {
  /** Its length. */
  readonly from: number;
  /** Its new length. */
  readonly to: number;
  /** The first new pixel that is wanted. */
  readonly first: number;
  /** How many are wanted. */
  readonly count: number;
}

/**
 * The weights for one side of an image.
 *
 * @param antialias whether the filter grows when the image shrinks; `area` always does
 * @param precision fractional bits of the weights
 */
export function tapsOf(
  { from, to, first, count }: Side,
  interpolation: Exclude<Interpolation, "nearest">,
  antialias: boolean,
  precision: number,
): Taps {
  const grows = antialias || interpolation === "area";
  const filter = filterOf(interpolation, grows);
  const scale = from / to;
  const stretch = grows ? Math.max(scale, 1) : 1;
  const support = filter.support * stretch;
  const longest = Math.min(Math.ceil(support) * 2 + 1, from);
  const starts = new Int32Array(count);
  const counts = new Int32Array(count);
  const weights = new Int32Array(count * longest);
  const exact = new Float64Array(longest);
  for (let i = 0; i < count; i++) {
    const centre = (first + i + 0.5) * scale;
    const begin = Math.floor(centre - support + 0.5);
    const end = Math.floor(centre + support + 0.5);
    const start = Math.min(Math.max(begin, 0), from - 1);
    const stop = Math.max(Math.min(end, from), start + 1);
    exact.fill(0);
    let sum = 0;
    // Pillow leaves out what lies beyond the edges; without antialiasing the edge is repeated there.
    for (let x = grows ? start : begin; x < (grows ? stop : end); x++) {
      const weight = filter.weight((x - centre + 0.5) / stretch);
      const at = Math.min(Math.max(x, start), stop - 1) - start;
      exact[at] = exact[at]! + weight;
      sum += weight;
    }
    // Filters are zero at their ends, which needs no work.
    let [near, far] = [0, stop - start - 1];
    const rounded = (k: number) => {
      const weight = exact[k]! / sum * 2 ** precision;
      return Math.trunc(weight + (weight < 0 ? -0.5 : 0.5));
    };
    while (near < far && rounded(near) === 0) near++;
    while (near < far && rounded(far) === 0) far--;
    starts[i] = start + near;
    counts[i] = far - near + 1;
    for (let k = near; k <= far; k++) weights[i * longest + k - near] = rounded(k);
  }
  return { starts, counts, weights, longest };
}
