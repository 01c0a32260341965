/**
 * Huffman tables of JPEG files (ITU-T T.81, annex C) as `jpeg_wasm.ts` reads them.
 *
 * @module
 */
import { LOOK_BITS, SKIP, SKIP_BITS, SLOW } from "./jpeg_memory.ts";

const CODE_BITS = 16;
const AT_END = 0x8000;

/** What a table is for. */
export type HuffmanKind = "DC" | "AC" | "skips";

/** Symbols of DC are sizes. */
const LARGEST_DC = 15;

/**
 * Writes a table.
 *
 * @param table 16 counts of codes by length, then their symbols
 * @param kind what its symbols are for; `skips` = what goes over several coefficients is wanted too
 * @returns false when the codes don't fit into their lengths, or a symbol into its kind
 */
export function writeHuffman(
  memory: ArrayBuffer,
  at: number,
  table: Uint8Array,
  kind: HuffmanKind,
): boolean {
  const slow = new Uint16Array(memory, at + SLOW, 1 << CODE_BITS);
  const look = new Uint16Array(memory, at, 1 << LOOK_BITS).fill(0);
  const largest = kind === "DC" ? LARGEST_DC : 255;
  let code = 0;
  let next = CODE_BITS;
  for (let length = 1; length <= CODE_BITS; length++) {
    const span = 1 << (CODE_BITS - length);
    for (let i = 0; i < table[length - 1]!; i++, code += span) {
      if (code + span > slow.length) return false;
      const symbol = table[next++]!;
      if (symbol > largest) return false;
      const entry = symbol << 8 | length;
      slow.fill(entry, code, code + span);
      if (length > LOOK_BITS) continue;
      const by = CODE_BITS - LOOK_BITS;
      look.fill(entry, code >> by, code + span >> by);
    }
  }
  slow.fill(0, code);
  if (kind === "skips") writeSkips(new Uint16Array(memory, at + SKIP, 1 << SKIP_BITS), slow);
  return true;
}

/** What the first bits go over. The last symbol's own bits may lie beyond them: their value is no matter. */
function writeSkips(skips: Uint16Array, slow: Uint16Array): void {
  for (let first = 0; first < skips.length; first++) {
    const bits = first << (CODE_BITS - SKIP_BITS);
    let [used, coefficients, end] = [0, 0, 0];
    while (used < SKIP_BITS && coefficients < 64) {
      const entry = slow[bits << used & 0xffff]!;
      const length = entry & 31;
      const [run, size] = [entry >> 12, entry >> 8 & 15];
      // More bits than baseline has are judged where symbols are read one by one.
      if (length === 0 || used + length > SKIP_BITS || size > 10) break;
      used += length + size;
      if (size === 0 && run < 15) {
        end = AT_END;
        break;
      }
      coefficients += run + 1;
    }
    skips[first] = used | coefficients << 5 | end;
  }
}
