/**
 * Random numbers from a seed (xoshiro128**), so that a run's inputs can be made again.
 *
 * @module
 */

/** Random numbers. */
export interface Random {
  /** 32 random bits, as a number from 0 to 2^32 - 1. */
  bits(): number;
  /** A number in [0, 1) with 53 random bits. */
  unit(): number;
}

const rotate = (x: number, k: number) => (x << k) | (x >>> (32 - k));

/** Starts a row of random numbers; the same seed gives the same row. */
export function createRandom(seed: number): Random {
  let mixer = seed | 0;
  const mix = () => {
    mixer = (mixer + 0x9e3779b9) | 0;
    let z = mixer ^ (mixer >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return z ^ (z >>> 15);
  };
  let a = mix();
  let b = mix();
  let c = mix();
  let d = mix();
  const bits = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result >>> 0;
  };
  return { bits, unit: () => ((bits() >>> 5) * 0x4000000 + (bits() >>> 6)) / 2 ** 53 };
}
