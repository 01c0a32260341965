/**
 * The inner loops of resizing in WebAssembly with SIMD, several times as fast as in JavaScript and bit for
 * bit the same. Where an engine has no SIMD, JavaScript does the work.
 *
 * @module
 */
import { base64Bytes } from "../../base/base64.ts";
import { KERNEL } from "./kernel_wasm.ts";

/** Addresses are those of its memory. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  /**
   * Brings a row to the width of the output: 32-bit numbers, a sixteenth of OpenCV's.
   *
   * @param taps of each new pixel: where the two old ones are, in bytes, and both weights, 16 bits each
   */
  fill(source: number, taps: number, pixels: number, out: number): void;
  /** Mixes two such rows into bytes. */
  mixBytes(
    upper: number,
    lower: number,
    ...weightsOutCount: [near: number, far: number, out: number, count: number]
  ): void;
  /**
   * Mixes two such rows into the numbers that the tables say, 4 bytes each: red, green and blue go to places
   * of their own, `step` bytes from pixel to pixel.
   */
  mixWords(
    upper: number,
    lower: number,
    ...weightsPlacesStepPixels: [
      ...[near: number, far: number],
      ...[red: number, green: number, blue: number],
      ...[step: number, pixels: number],
    ]
  ): void;
}

/** Tables of 256 numbers of 4 bytes, for red, green and blue. */
export const TABLES = 3 * 1024;

let known: Kernel | undefined;
let isKnown = false;

/** The kernel of this thread; undefined where there is no SIMD. */
export function simdKernel(): Kernel | undefined {
  if (!isKnown) {
    isKnown = true;
    known = start();
  }
  return known;
}

function start(): Kernel | undefined {
  try {
    const module = new WebAssembly.Module(base64Bytes(KERNEL)!);
    return new WebAssembly.Instance(module).exports as unknown as Kernel;
  } catch {
    return undefined;
  }
}

const PAGE = 65_536;

/** The kernel's memory, at least so large; what is in it stays. */
export function memoryOf({ memory }: Kernel, bytes: number): ArrayBuffer {
  const lacking = bytes - memory.buffer.byteLength;
  if (lacking > 0) memory.grow(Math.ceil(lacking / PAGE));
  return memory.buffer as ArrayBuffer;
}
