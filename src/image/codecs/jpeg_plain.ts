/**
 * Plain JPEG files, which most are: baseline, gray or YCbCr, undamaged. The pixels are libjpeg's, bit for
 * bit, in half its time, as its WebAssembly has no SIMD. All other files are left to libjpeg.
 *
 * An eighth as large, the mean of each block of luma is all that is needed, and the rest of its bits are
 * gone over several symbols at a time.
 *
 * @module
 */
import type { UseImage } from "./codec.ts";
import { type JpegBaseline, readBaseline } from "./jpeg_baseline.ts";
import { putPixels } from "./jpeg_colours.ts";
import { FILE } from "./jpeg_memory.ts";
import { type JpegKernel, type JpegLayout, layOut } from "./jpeg_layout.ts";
import { decodeUnits, writeTables } from "./jpeg_units.ts";
import { withCodec } from "./wasm.ts";

const PAGE = 65_536;
/** What is larger is left to libjpeg, which needs less memory. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_PIXELS = 40_000_000;

/**
 * Decodes a plain file.
 *
 * @param divisor 1, or 8 for an eighth of its width and height, rounded up
 * @returns undefined for any other file, damaged ones too: libjpeg is then to judge
 */
export async function decodePlain<T>(
  bytes: Uint8Array,
  divisor: 1 | 8,
  use: UseImage<T>,
): Promise<{ value: T } | undefined> {
  const file = bytes.length > MOST_BYTES ? undefined : readBaseline(bytes);
  if (file === undefined || file.width * file.height > MOST_PIXELS * divisor) return undefined;
  const layout = layOut(file, divisor, FILE + bytes.length);
  if (layout === undefined) return undefined;
  try {
    return await withCodec("plainJpeg", (kernel: JpegKernel) => {
      if (!decoded(kernel, bytes, file, layout)) return undefined;
      const { width, height, out } = layout;
      const data = new Uint8Array(kernel.memory.buffer, out, width * height * 3);
      return { value: use({ width, height, channels: 3, data }) };
    }, { need: layout.end });
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) {
      return undefined;
    }
    throw error;
  }
}

function decoded(
  kernel: JpegKernel,
  bytes: Uint8Array,
  file: JpegBaseline,
  layout: JpegLayout,
): boolean {
  const lacking = layout.end - kernel.memory.buffer.byteLength;
  if (lacking > 0) kernel.memory.grow(Math.ceil(lacking / PAGE));
  const heap = new Uint8Array(kernel.memory.buffer as ArrayBuffer);
  heap.set(bytes, FILE);
  // What lies behind the file is not to be taken for more of it.
  heap.fill(0xff, FILE + bytes.length, layout.from);
  if (!writeTables(kernel, heap.buffer, file, layout.divisor === 8)) return false;
  if (!decodeUnits(kernel, heap, file, layout)) return false;
  putPixels(kernel, heap, layout);
  return true;
}
