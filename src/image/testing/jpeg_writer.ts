/**
 * JPEG files of random coefficients, for tests: every kind of symbol, table and size that baseline has.
 *
 * @module
 */
import { bytesOf } from "./writers.ts";

/** What the files are made with: a number from 0 up to `below`, from a seed. */
export type Pick = (below: number) => number;

/** What a file is to be; what isn't said is chosen at random. */
export interface JpegWish {
  readonly width?: number;
  readonly height?: number;
  /** 0x11, 0x21 or 0x22; 0 = gray. */
  readonly density?: number;
  /** Coefficients far beyond a picture's. @default false */
  readonly isForged?: boolean;
}

interface Code {
  readonly bits: number;
  readonly length: number;
}

interface Table {
  readonly bytes: readonly number[];
  readonly codes: ReadonlyMap<number, Code>;
}

/** A few short codes and many of 16 bits. */
const COUNTS = [0, 1, 1, 2, 2, 3, 4, 4, 6, 8];

function shuffled(symbols: number[], pick: Pick): number[] {
  for (let i = symbols.length - 1; i > 0; i--) {
    const j = pick(i + 1);
    [symbols[i], symbols[j]] = [symbols[j]!, symbols[i]!];
  }
  return symbols;
}

function table(symbols: number[], pick: Pick): Table {
  const order = shuffled(symbols, pick);
  const counts = new Array<number>(16).fill(0);
  const codes = new Map<number, Code>();
  let [code, at] = [0, 0];
  for (let length = 1; length <= 16; length++, code *= 2) {
    const left = order.length - at;
    counts[length - 1] = length === 16 ? left : Math.min(COUNTS[length - 1] ?? 0, left);
    for (let i = 0; i < counts[length - 1]!; i++) codes.set(order[at++]!, { bits: code++, length });
  }
  return { bytes: [...counts, ...order], codes };
}

/** Bits to bytes, with stuffing. */
class BitWriter {
  readonly bytes: number[] = [];
  #held = 0;
  #count = 0;

  put(bits: number, length: number): void {
    for (let i = length - 1; i >= 0; i--) {
      this.#held = this.#held << 1 | bits >> i & 1;
      if (++this.#count < 8) continue;
      this.bytes.push(this.#held);
      if (this.#held === 0xff) this.bytes.push(0);
      this.#held = this.#count = 0;
    }
  }

  /** Fills the last byte with ones. */
  end(): void {
    while (this.#count > 0) this.put(1, 1);
  }
}

/** A number's size, and its bits as JPEG has them. */
function numberBits(value: number): [size: number, bits: number] {
  const size = 32 - Math.clz32(Math.abs(value));
  return [size, value < 0 ? value + (1 << size) - 1 : value];
}

const DC = Array.from({ length: 12 }, (_, size) => size);
/** End of block, sixteen zeros, and every run with every size. */
const AC = [0, 0xf0].concat(
  Array.from({ length: 160 }, (_, i) => Math.floor(i / 10) << 4 | i % 10 + 1),
);

/** A file. */
export function randomJpeg(pick: Pick, wish: JpegWish = {}): Uint8Array<ArrayBuffer> {
  const { width = 1 + pick(50), height = 1 + pick(50) } = wish;
  const density = wish.density ?? [0, 0x11, 0x21, 0x22][pick(4)]!;
  const components = density === 0 ? [0x11] : [density, 0x11, 0x11];
  const [across, down] = [components[0]! >> 4, components[0]! & 15];
  const units = Math.ceil(width / 8 / across) * Math.ceil(height / 8 / down);
  const restart = pick(3) === 0 ? 1 + pick(5) : 0;
  // Many bits or large steps: both together are no picture's.
  const [largest, coarsest] = wish.isForged ? [10, 255] as const : [
    [3, 255] as const,
    [6, 30] as const,
    [10, 3] as const,
  ][pick(3)]!;
  const dc = [table([...DC], pick), table([...DC], pick)] as const;
  const ac = [table([...AC], pick), table([...AC], pick)] as const;
  const out = new BitWriter();
  const means = [0, 0, 0];

  const symbol = ({ codes }: Table, value: number) => {
    const { bits, length } = codes.get(value)!;
    out.put(bits, length);
  };
  const anyNumber = (sizes: number) => {
    const size = 1 + pick(sizes);
    const value = (1 << (size - 1)) + pick(1 << (size - 1));
    return pick(2) === 0 ? value : -value;
  };
  const block = (c: number) => {
    const [first, others] = [dc[Math.min(c, 1)]!, ac[Math.min(c, 1)]!];
    const mean = pick(3) === 0 ? means[c]! : Math.trunc(anyNumber(Math.min(largest + 1, 10)));
    const [size, bits] = numberBits(mean - means[c]!);
    means[c] = mean;
    symbol(first, size);
    out.put(bits, size);
    let k = 1;
    for (let left = pick(4) === 0 ? 64 : pick(6); left > 0 && k < 64; left--) {
      let run = pick(3) === 0 ? pick(20) : 0;
      if (k + run > 63) {
        // The last coefficient of all, after which there is no end.
        if (pick(2) === 0) break;
        run = 63 - k;
      }
      k += run + 1;
      for (; run > 15; run -= 16) symbol(others, 0xf0);
      const [size, bits] = numberBits(anyNumber(largest));
      symbol(others, run << 4 | size);
      out.put(bits, size);
    }
    if (k < 64) symbol(others, 0);
  };

  for (let unit = 0; unit < units; unit++) {
    if (restart > 0 && unit > 0 && unit % restart === 0) {
      out.end();
      out.bytes.push(0xff, 0xd0 + (unit / restart - 1) % 8);
      means.fill(0);
    }
    components.forEach((one, c) => {
      for (let i = 0; i < (components.length === 1 ? 1 : (one >> 4) * (one & 15)); i++) block(c);
    });
  }
  out.end();

  const size16 = (value: number) => [value >> 8, value & 255];
  const segment = (marker: number, ...parts: ArrayLike<number>[]) => {
    const body = bytesOf(...parts);
    return bytesOf([0xff, marker], size16(body.length + 2), body);
  };
  const quantization = (number: number) => [
    number,
    ...Array.from({ length: 64 }, () => 1 + pick(coarsest)),
  ];
  return bytesOf(
    [0xff, 0xd8],
    pick(2) === 0 ? [] : segment(0xee, bytesOf("Adobe", [0, 100, 0, 0, 0, 0, 1])),
    segment(0xdb, quantization(0), quantization(1)),
    segment(
      0xc0,
      [8, ...size16(height), ...size16(width), components.length],
      components.flatMap((one, c) => [c + 1, one, Math.min(c, 1)]),
    ),
    ...dc.map(({ bytes }, i) => segment(0xc4, [i, ...bytes])),
    ...ac.map(({ bytes }, i) => segment(0xc4, [0x10 + i, ...bytes])),
    restart > 0 ? segment(0xdd, size16(restart)) : [],
    segment(
      0xda,
      [components.length],
      components.flatMap((_, c) => [c + 1, Math.min(c, 1) * 0x11]),
      [0, 63, 0],
    ),
    out.bytes,
    [0xff, 0xd9],
  );
}
