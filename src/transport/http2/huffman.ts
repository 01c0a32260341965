/**
 * HPACK's Huffman code, RFC 7541 section 5.2 and appendix B. The code is canonical: the lengths say
 * all of it, codes of one length run on in the order of the symbols.
 *
 * @module
 */

/** Bits of each symbol's code; symbol 256 is the end of string (EOS). */
export const CODE_LENGTHS: readonly number[] = [
  ...[13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28],
  ...[28, 28, 28, 28, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 28],
  ...[6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6],
  ...[5, 5, 5, 6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10],
  ...[13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7],
  ...[7, 7, 7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6],
  ...[15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5],
  ...[6, 7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28],
  ...[20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23, 23, 23, 24, 23],
  ...[24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24],
  ...[22, 21, 20, 22, 22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23],
  ...[21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22, 23, 22, 22, 23],
  ...[26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25],
  ...[19, 21, 26, 27, 27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27],
  ...[20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25, 24, 24, 26, 23],
  ...[26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26],
  30,
];

const EOS = 256;
const MAX_BITS = 30;

/** Symbols in the order of their codes. */
const SYMBOLS = CODE_LENGTHS.map((_, symbol) => symbol)
  .sort((a, b) => CODE_LENGTHS[a]! - CODE_LENGTHS[b]! || a - b);

/** First code of each length. */
export const FIRST_CODE = new Int32Array(MAX_BITS + 1);
const COUNT = new Int32Array(MAX_BITS + 1);
const FIRST_SYMBOL = new Int32Array(MAX_BITS + 1);

for (const bits of CODE_LENGTHS) COUNT[bits]!++;
for (let bits = 1; bits <= MAX_BITS; bits++) {
  FIRST_CODE[bits] = (FIRST_CODE[bits - 1]! + COUNT[bits - 1]!) << 1;
  FIRST_SYMBOL[bits] = FIRST_SYMBOL[bits - 1]! + COUNT[bits - 1]!;
}

/**
 * Decodes `bytes[from, to)`, one character an octet.
 *
 * @returns undefined when the bits are no code, hold EOS, or end in other than fewer than eight ones
 */
export function huffmanDecode(bytes: Uint8Array, from: number, to: number): string | undefined {
  let text = "";
  let code = 0;
  let bits = 0;
  for (let at = from; at < to; at++) {
    const octet = bytes[at];
    for (let shift = 7; shift >= 0; shift--) {
      code = code << 1 | octet! >>> shift & 1;
      if (++bits > MAX_BITS) return undefined;
      const offset = code - FIRST_CODE[bits]!;
      if (offset >= COUNT[bits]!) continue;
      const symbol = SYMBOLS[FIRST_SYMBOL[bits]! + offset];
      if (symbol === EOS) return undefined;
      text += String.fromCharCode(symbol!);
      code = bits = 0;
    }
  }
  return bits < 8 && code === (1 << bits) - 1 ? text : undefined;
}
