/**
 * Where the parts of a JPEG image lie in the kernel's memory.
 *
 * @module
 */
import type { JpegBaseline } from "./jpeg_baseline.ts";
import { Mode } from "./jpeg_memory.ts";

/** The module of `jpeg_wasm.ts`; addresses are those of its memory. */
export interface JpegKernel {
  readonly memory: WebAssembly.Memory;
  /** Where its reader is. */
  readonly at: { value: number };
  /** The bits that the reader holds, and how many of them it made up at the data's end. */
  readonly buffer: { value: bigint };
  readonly bits: { value: number };
  readonly padding: { value: number };
  /**
   * Decodes MCUs.
   *
   * @param blocks where the descriptions of their blocks begin and end
   * @returns 0, or 1 for what isn't plain
   */
  decode(units: number, ...blocks: readonly [begin: number, end: number]): number;
  /** Makes a row of twice as many samples, see scripts/kernels/jpeg.ts. */
  widen(near: number, far: number, out: number, count: number, ...how: readonly number[]): void;
  /** A row of luma and of both of chroma to red, green and blue. */
  colours(...rowsOutWidth: readonly number[]): void;
}

/** The samples of a component. */
export interface Plane {
  /** The first one; others lie in front of it. */
  readonly at: number;
  /** From row to row. */
  readonly stride: number;
  readonly width: number;
  readonly height: number;
  /** Samples that each of its blocks is wide and high. */
  readonly side: number;
  readonly mode: number;
}

/** All of it. */
export interface JpegLayout {
  readonly divisor: 1 | 8;
  /** Of the image that is made. */
  readonly width: number;
  readonly height: number;
  /** MCUs. */
  readonly across: number;
  readonly down: number;
  readonly planes: readonly Plane[];
  /** How rows of chroma become rows as long as those of luma; undefined: they are. */
  readonly widening: Widening | undefined;
  /** Two rows of chroma as long as those of luma. */
  readonly rows: readonly [number, number];
  /** The pixels. */
  readonly out: number;
  /** Behind the file, where all this begins and ends. */
  readonly from: number;
  readonly end: number;
}

/** See {@linkcode JpegKernel.widen}. */
export interface Widening {
  /** Whether there are half as many rows, too. */
  readonly isTwice: boolean;
  readonly how: readonly number[];
}

/** What is read and written beyond an end. */
const SLACK = 64;

/** Chroma as libjpeg spreads it: smoothly over whole images, plainly over those of an eighth. */
const SMOOTH_ACROSS = { isTwice: false, how: [1, 0, 3, 1, 1, 2, 2] };
const SMOOTH = { isTwice: true, how: [3, 1, 3, 1, 8, 7, 4] };
const REPEATED = { isTwice: false, how: [1, 0, 1, 0, 0, 0, 0] };
/** Narrower chroma isn't smoothed. */
const LEAST_SMOOTH = 3;

/** Undefined for an image that is too narrow for it. */
export function layOut(file: JpegBaseline, divisor: 1 | 8, from: number): JpegLayout | undefined {
  const [luma, chroma] = file.components;
  const [most, tall] = chroma === undefined ? [1, 1] : [luma!.across, luma!.down];
  const across = Math.ceil(file.width / (8 * most));
  const down = Math.ceil(file.height / (8 * tall));
  let end = from;
  const area = (size: number) => {
    const at = end;
    end = Math.ceil((end + size + SLACK) / 16) * 16;
    return at;
  };
  const start = area(0);
  const [width, height] = [Math.ceil(file.width / divisor), Math.ceil(file.height / divisor)];
  const planes = file.components.map((one, c): Plane => {
    // At an eighth, chroma of half the density both ways has blocks of twice the size, as in libjpeg.
    const isDense = c > 0 && divisor === 8 && tall === 2;
    const side = divisor === 1 ? 8 : isDense ? 2 : 1;
    const stride = across * one.across * side + 2 * SLACK;
    const at = area(stride * down * one.down * side) + SLACK;
    const density = isDense ? 1 : one.across / most;
    return {
      ...{ at, stride, side, mode: [Mode.ONE, Mode.TWO][side - 1] ?? Mode.EIGHT },
      width: Math.ceil(file.width * density / divisor),
      height: Math.ceil(file.height * (isDense ? 1 : one.down / tall) / divisor),
    };
  });
  const isNarrow = most === 2 && !(divisor === 8 && tall === 2);
  const widening = !isNarrow
    ? undefined
    : divisor === 8
    ? REPEATED
    : tall === 2
    ? SMOOTH
    : SMOOTH_ACROSS;
  if (most === 2 && divisor === 1 && planes[1]!.width < LEAST_SMOOTH) return undefined;
  const rows = [area(width + SLACK), area(width + SLACK)] as const;
  const out = area(width * height * 3);
  return {
    ...{ divisor, width, height, across, down, planes, widening, rows, out },
    ...{ from: start + SLACK, end },
  };
}
