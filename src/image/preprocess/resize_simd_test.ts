import { assert, assertEquals } from "@std/assert";
import { simdKernel } from "./kernel.ts";
import { type Pixels, resizeRows } from "./resize.ts";
import { resizeInto } from "./resize_simd.ts";
import { TensorWriter } from "./tensor_writer.ts";
import type { PreprocessSpec } from "../types.ts";

function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => (state = Math.imul(state, 1664525) + 1013904223 >>> 0) % below;
}

const TYPES = ["UINT8", "INT8", "FP16", "FP32", "INT32", "FP64"] as const;

Deno.test("the kernel resizes bit for bit as the loops in JavaScript do", () => {
  assert(simdKernel() !== undefined, "this engine has SIMD");
  const seed = Math.floor(Math.random() * 2 ** 31);
  const random = randomFrom(seed);
  const side = () => 1 + random(random(4) === 0 ? 600 : 70);
  for (let round = 0; round < 300; round++) {
    const [width, height] = [side(), side()];
    const channels = random(5) === 0 ? 1 : 3;
    const data = new Uint8Array(width * height * channels);
    const isNoise = random(3) > 0;
    for (let i = 0; i < data.length; i++) data[i] = isNoise ? random(256) : 255 * random(2);
    const source: Pixels = { width, height, channels, data };
    const spec: PreprocessSpec = {
      ...{ width: side(), height: side(), channels, dataType: TYPES[random(TYPES.length)]! },
      format: random(2) === 0 ? "NHWC" : "NCHW",
      scaling: (["NONE", "INCEPTION", "VGG"] as const)[random(3)]!,
    };
    const expected = new TensorWriter(spec);
    resizeRows(source, spec.width, spec.height, (y, row) => expected.write(0, y, row));
    const actual = new TensorWriter(spec);
    resizeInto(source, spec.width, spec.height, actual);
    const what = `seed ${seed}, round ${round}: ${width} x ${height}, ${JSON.stringify(spec)}`;
    assertEquals(firstDifference(actual.bytes, expected.bytes), -1, what);
  }
});

function firstDifference(a: Uint8Array, b: Uint8Array): number {
  return a.length === b.length ? a.findIndex((value, i) => value !== b[i]) : a.length;
}
