/**
 * What is where in the memory of `jpeg_wasm.ts`.
 *
 * @module
 */

/** Bits of a code that are looked at first. */
export const LOOK_BITS = 10;
/** Bits that are looked at to go over several coefficients at once. */
export const SKIP_BITS = 13;

/** 64 bytes: where each coefficient of the zigzag order belongs. */
export const NATURAL = 0;
/** 64 coefficients of 16 bits. */
export const BLOCK = 64;
/** The predictions of three components, 32 bits each. */
export const PREDICTIONS = 256;
/** 64 numbers of 32 bits, between the two passes of the transform. */
export const WORK = 272;
/** Quantization tables, 64 numbers of 16 bits each, in natural order. */
export const QUANTIZATION = 528;
export const QUANTIZATION_BYTES = 128;
/** The blocks of an MCU, {@linkcode Field} says how. */
export const BLOCKS = 1040;
/** Huffman tables, first those of DC, then those of AC, four each. */
export const HUFFMAN = 2048;

/**
 * Parts of a Huffman table, from its beginning: codes by their first {@linkcode LOOK_BITS}, codes by all 16
 * bits (a code's length, and the symbol 8 bits higher; 0 = none), and what the first
 * {@linkcode SKIP_BITS} go over (bits, coefficients 5 bits higher, and the highest bit for a block's end).
 */
export const SLOW = 2 << LOOK_BITS;
export const SKIP = SLOW + 2 * 65536;
export const HUFFMAN_BYTES = SKIP + (2 << SKIP_BITS);

/** Behind all tables: the file, then what is made of it. */
export const FILE = HUFFMAN + 8 * HUFFMAN_BYTES;

/** The description of a block: addresses, and numbers of bytes. */
export const Field = {
  /** Of its component's prediction. */
  PREDICTION: 0,
  DC: 4,
  AC: 8,
  QUANTIZATION: 12,
  /** Where its pixels go. */
  OUT: 16,
  /** From there to those of the same block of the next MCU. */
  STEP: 20,
  /** From one row of pixels to the next. */
  STRIDE: 24,
  MODE: 28,
} as const;
export const FIELD_BYTES = 32;

/** What becomes of a block. */
export const Mode = {
  /** One pixel, its mean. */
  ONE: 0,
  /** 2 x 2 pixels. */
  TWO: 1,
  /** All of its pixels. */
  EIGHT: 2,
} as const;
