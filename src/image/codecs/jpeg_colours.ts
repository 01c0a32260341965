/**
 * Planes of samples to pixels.
 *
 * @module
 */
import type { JpegKernel, JpegLayout, Plane, Widening } from "./jpeg_layout.ts";

const GRAY = 128;

/** Makes the pixels of an image, row by row. */
export function putPixels(kernel: JpegKernel, heap: Uint8Array, layout: JpegLayout): void {
  const { width, height, planes, widening, rows, out } = layout;
  const [luma, ...chroma] = planes as [Plane, ...Plane[]];
  if (chroma.length === 0) { for (const row of rows) heap.fill(GRAY, row, row + width); }
  if (widening) { for (const plane of chroma) extend(heap, plane); }
  for (let y = 0; y < height; y++) {
    const places = chroma.map((plane, c) => {
      if (widening === undefined) return plane.at + y * plane.stride;
      widen(kernel, plane, y, rows[c]!, widening);
      return rows[c]!;
    });
    const [blue, red] = places.length === 0 ? rows : places;
    kernel.colours(luma.at + y * luma.stride, blue!, red!, out + 3 * y * width, width);
  }
}

/** What lies beside a row is the sample at its end. */
function extend(heap: Uint8Array, { at, stride, width, height }: Plane): void {
  for (let y = 0, row = at; y < height; y++, row += stride) {
    heap[row - 1] = heap[row]!;
    heap[row + width] = heap[row + width - 1]!;
  }
}

/** The row of chroma that a row of luma needs: mixed with the one that lies nearer to it. */
function widen(
  kernel: JpegKernel,
  plane: Plane,
  y: number,
  out: number,
  { isTwice, how }: Widening,
): void {
  const near = isTwice ? y >> 1 : y;
  const far = !isTwice ? near : y % 2 === 0 ? near - 1 : near + 1;
  const last = plane.height - 1;
  const at = (row: number) => plane.at + Math.min(Math.max(row, 0), last) * plane.stride;
  kernel.widen(at(near), at(far), out, plane.width, ...how);
}
