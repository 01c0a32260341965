/**
 * The MCUs of a plain JPEG file to planes of samples.
 *
 * @module
 */
import type { JpegBaseline } from "./jpeg_baseline.ts";
import { type HuffmanKind, writeHuffman } from "./jpeg_huffman.ts";
import type { JpegKernel, JpegLayout } from "./jpeg_layout.ts";
import {
  BLOCKS,
  Field,
  FIELD_BYTES,
  FILE,
  HUFFMAN,
  HUFFMAN_BYTES,
  NATURAL,
  PREDICTIONS,
  QUANTIZATION,
  QUANTIZATION_BYTES,
} from "./jpeg_memory.ts";

/** By place in the zigzag, a coefficient's place in the block. */
const ORDER = zigzag();

function zigzag(): Uint8Array {
  const order = new Uint8Array(64);
  let at = 0;
  for (let sum = 0; sum < 15; sum++) {
    for (let i = Math.max(0, sum - 7); i <= Math.min(sum, 7); i++) {
      const [row, column] = sum % 2 === 0 ? [sum - i, i] : [i, sum - i];
      order[at++] = 8 * row + column;
    }
  }
  return order;
}

/** Huffman tables that are there already, by number: most files have the same ones. */
const written = new WeakMap<JpegKernel, Map<number, { table: Uint8Array; kind: HuffmanKind }>>();

/** Writes a file's tables; false for those that can't be. */
export function writeTables(
  kernel: JpegKernel,
  memory: ArrayBuffer,
  { quantization, huffman }: JpegBaseline,
  wantsSkips: boolean,
): boolean {
  const known = written.get(kernel) ?? new Map();
  written.set(kernel, known);
  new Uint8Array(memory).set(ORDER, NATURAL);
  for (const [number, table] of quantization) {
    const numbers = new Uint16Array(memory, QUANTIZATION + number * QUANTIZATION_BYTES, 64);
    for (let i = 0; i < 64; i++) numbers[ORDER[i]!] = table[i]!;
  }
  for (const [number, table] of huffman) {
    const kind = number < 4 ? "DC" : wantsSkips ? "skips" : "AC";
    const there = known.get(number);
    const serves = there?.kind === kind || there?.kind === "skips" && kind === "AC";
    if (serves && isSame(there!.table, table)) continue;
    known.delete(number);
    if (!writeHuffman(memory, HUFFMAN + number * HUFFMAN_BYTES, table, kind)) return false;
    known.set(number, { table: table.slice(), kind });
  }
  return true;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Decodes all MCUs; false when something isn't plain. */
export function decodeUnits(
  kernel: JpegKernel,
  heap: Uint8Array<ArrayBuffer>,
  file: JpegBaseline,
  layout: JpegLayout,
): boolean {
  const words = new Int32Array(heap.buffer);
  const begin = (at: number) => {
    kernel.at.value = at;
    kernel.bits.value = kernel.padding.value = 0;
    kernel.buffer.value = 0n;
    words.fill(0, PREDICTIONS / 4, PREDICTIONS / 4 + file.components.length);
  };
  /** Whether all bits up to a marker have been used, and it is the one that is due. */
  const isAt = (marker: number) => {
    const at = kernel.at.value;
    return kernel.bits.value - kernel.padding.value < 8 && heap[at] === 0xff &&
      heap[at + 1] === marker;
  };
  begin(FILE + file.data);
  const end = describeBlocks(words, file, layout);
  let left = file.restart || Infinity;
  let restarts = 0;
  for (let row = 0; row < layout.down; row++) {
    pointTo(words, row, file, layout);
    for (let column = 0; column < layout.across;) {
      if (left === 0) {
        if (!isAt(0xd0 + restarts++ % 8)) return false;
        begin(kernel.at.value + 2);
        left = file.restart;
      }
      const count = Math.min(layout.across - column, left);
      if (kernel.decode(count, BLOCKS, end) !== 0) return false;
      column += count;
      left -= count;
    }
  }
  return isAt(0xd9);
}

/** A gray image has one block in an MCU, whatever its density says. */
const density = (file: JpegBaseline, c: number) => {
  const { across, down } = file.components[c]!;
  return file.components.length === 1 ? { across: 1, down: 1 } : { across, down };
};

/** Writes down the blocks of an MCU; returns where they end. */
function describeBlocks(words: Int32Array, file: JpegBaseline, { planes }: JpegLayout): number {
  let at = BLOCKS / 4;
  file.components.forEach(({ quantization, dc, ac }, c) => {
    const { side, stride, mode } = planes[c]!;
    const { across, down } = density(file, c);
    for (let i = 0; i < across * down; i++, at += FIELD_BYTES / 4) {
      words[at + Field.PREDICTION / 4] = PREDICTIONS + 4 * c;
      words[at + Field.DC / 4] = HUFFMAN + dc * HUFFMAN_BYTES;
      words[at + Field.AC / 4] = HUFFMAN + (4 + ac) * HUFFMAN_BYTES;
      words[at + Field.QUANTIZATION / 4] = QUANTIZATION + quantization * QUANTIZATION_BYTES;
      words[at + Field.STEP / 4] = across * side;
      words[at + Field.STRIDE / 4] = stride;
      words[at + Field.MODE / 4] = mode;
    }
  });
  return 4 * at;
}

/** Says where the blocks of a row's first MCU go. */
function pointTo(
  words: Int32Array,
  row: number,
  file: JpegBaseline,
  { planes }: JpegLayout,
): void {
  let block = (BLOCKS + Field.OUT) / 4;
  for (let c = 0; c < planes.length; c++) {
    const { at, stride, side } = planes[c]!;
    const { across, down } = density(file, c);
    for (let y = 0; y < down; y++) {
      for (let x = 0; x < across; x++, block += FIELD_BYTES / 4) {
        words[block] = at + ((row * down + y) * stride + x) * side;
      }
    }
  }
}
