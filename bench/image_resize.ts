/**
 * Resizing and scaling alone, without decoding: with SIMD in one pass, as programs do it; the same pass in
 * JavaScript, as engines without SIMD do it; and in two steps, a new image first and its numbers then.
 *
 *     deno task bench:image-resize [--rounds 31]
 *
 * The ways take turns, and the middle one of the rounds counts; it is processor time, which other work on
 * the machine disturbs less.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import process from "node:process";
import { preprocess } from "../src/image/preprocess/preprocess.ts";
import { type Pixels, resize, resizeRows } from "../src/image/preprocess/resize.ts";
import { TensorWriter } from "../src/image/preprocess/tensor_writer.ts";
import type { PreprocessSpec } from "../src/image/types.ts";
import { printTable } from "./lib/table.ts";

/** Images a round. */
const IMAGES = 50;
const SIZE = 224;

type Way = (source: Pixels, spec: PreprocessSpec) => Uint8Array;

/** All make the same bytes. */
const WAYS: Readonly<Record<string, Way>> = {
  "TWO STEPS": (source, spec) => {
    const { data } = resize(source, SIZE, SIZE);
    const tensor = new TensorWriter(spec);
    for (let y = 0; y < SIZE; y++) {
      tensor.write(0, y, data.subarray(y * SIZE * 3, (y + 1) * SIZE * 3));
    }
    return tensor.bytes;
  },
  "ONE PASS": (source, spec) => {
    const tensor = new TensorWriter(spec);
    resizeRows(source, SIZE, SIZE, (y, row) => tensor.write(0, y, row));
    return tensor.bytes;
  },
  "SIMD": ({ width, height, data }, spec) => preprocess({ width, height, channels: 3, data }, spec),
};

function noise(width: number, height: number): Pixels {
  const data = new Uint8Array(width * height * 3);
  let state = 1;
  for (let i = 0; i < data.length; i++) {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0;
    data[i] = state >>> 24;
  }
  return { width, height, channels: 3, data };
}

/** Microseconds of processor time an image. */
function timed(way: Way, source: Pixels, spec: PreprocessSpec): number {
  const before = process.cpuUsage();
  for (let i = 0; i < IMAGES; i++) way(source, spec);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / IMAGES;
}

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const rounds = Number(parseArgs(Deno.args, { string: ["rounds"] }).rounds ?? 31);
const rows = [["FROM", "TO", ...Object.keys(WAYS).map((name) => `${name} US`), "SIMD/ONE PASS"]];
const common = { width: SIZE, height: SIZE, channels: 3 } as const;
const SPECS: readonly PreprocessSpec[] = [
  { ...common, dataType: "UINT8", format: "NHWC", scaling: "NONE" },
  { ...common, dataType: "FP32", format: "NHWC", scaling: "INCEPTION" },
  { ...common, dataType: "FP32", format: "NCHW", scaling: "INCEPTION" },
];
for (const [width, height] of [[160, 120], [500, 375]] as const) {
  const source = noise(width, height);
  for (const spec of SPECS) {
    const [first, ...others] = Object.values(WAYS).map((way) => way(source, spec));
    for (const other of others) {
      if (other.some((byte, i) => byte !== first![i])) throw new Error("the ways differ");
    }
    const found = Object.values(WAYS).map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      Object.values(WAYS).forEach((way, i) => found[i]!.push(timed(way, source, spec)));
    }
    const [two, one, simd] = found.map(median) as [number, number, number];
    rows.push([
      `${width} x ${height}`,
      `${spec.dataType} ${spec.format}`,
      ...[two, one, simd].map((value) => value.toFixed(0)),
      (simd / one).toFixed(2),
    ]);
  }
}
await printTable(`To ${SIZE} x ${SIZE}, median of ${rounds} rounds`, rows);
