import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import { DATA_TYPES, type DataType, elementByteSize } from "../../tensor/data_type.ts";
import { scaleValues } from "./normalize.ts";
import { type Pixels, resizeRows } from "./resize.ts";
import { TensorWriter } from "./tensor_writer.ts";
import type { PreprocessSpec } from "../types.ts";

/** An image of the model's size as its input. */
function scaleToTensor(pixels: Pixels, spec: PreprocessSpec): Uint8Array<ArrayBuffer> {
  const { width, height } = pixels;
  const tensor = new TensorWriter({ ...spec, width, height });
  resizeRows(pixels, width, height, (y, row) => tensor.write(0, y, row));
  return tensor.bytes;
}

const SPEC: PreprocessSpec = {
  width: 2,
  height: 1,
  channels: 3,
  dataType: "FP32",
  format: "NHWC",
  scaling: "NONE",
};
/** Two pixels. */
const PIXELS = { width: 2, height: 1, channels: 3, data: Uint8Array.of(0, 64, 128, 200, 255, 104) };

const floats = (spec: Partial<PreprocessSpec>) => [
  ...new Float32Array(scaleToTensor(PIXELS, { ...SPEC, ...spec }).buffer),
];

Deno.test("scale: FP32 in all scalings", () => {
  assertEquals(floats({}), [0, 64, 128, 200, 255, 104]);
  assertEquals(floats({ scaling: "INCEPTION" }), [-1, -0.5, 0, 0.5625, 0.9921875, -0.1875]);
  const cpp = [0 - 104, 64 - 117, 128 - 123, 200 - 104, 255 - 117, 104 - 123];
  assertEquals(floats({ scaling: "VGG" }), cpp);
  assertEquals(floats({ scaling: "VGG", scalingOrder: "bgr" }), cpp);
  const python = [0 - 123, 64 - 117, 128 - 104, 200 - 123, 255 - 117, 104 - 104];
  assertEquals(floats({ scaling: "VGG", scalingOrder: "rgb" }), python);
  const triton = { scalingOf: "triton" } as const;
  assertEquals(floats({ ...triton, scaling: "VGG" }), python);
  assertEquals(floats({ ...triton, scaling: "VGG", scalingOrder: "bgr" }), cpp);
  assertEquals(
    floats({ ...triton, scaling: "INCEPTION" }),
    [0, 64, 128, 200, 255, 104].map((x) => Math.fround(Math.fround(x / 127.5) - 1)),
  );
});

Deno.test("scale: NCHW puts channel after channel", () => {
  assertEquals(floats({ format: "NCHW" }), [0, 200, 64, 255, 128, 104]);
});

Deno.test("scale: one channel loses 128", () => {
  const gray = { width: 2, height: 2, channels: 1, data: Uint8Array.of(0, 100, 128, 255) };
  for (const format of ["NHWC", "NCHW"] as const) {
    const bytes = scaleToTensor(gray, { ...SPEC, channels: 1, format, scaling: "VGG" });
    assertEquals([...new Float32Array(bytes.buffer)], [-128, -28, 0, 127]);
  }
});

Deno.test("scale: integers saturate and round as OpenCV does", () => {
  const at = (type: DataType, scaling: "NONE" | "INCEPTION" | "VGG", pixels: number[]) => {
    const values = scaleValues(type, { scaling, divisor: 128, mean: 104 });
    return pixels.map((pixel) => values[pixel]! + 0);
  };
  assertEquals(at("UINT8", "NONE", [0, 200, 255]), [0, 200, 255]);
  assertEquals(at("INT8", "NONE", [0, 127, 128, 200, 255]), [0, 127, 127, 127, 127]);
  assertEquals(at("INT8", "VGG", [0, 104, 200]), [-104, 0, 23]);
  assertEquals(at("UINT8", "VGG", [0, 103, 104, 255]), [0, 0, 0, 151]);
  assertEquals(at("UINT16", "VGG", [0, 255]), [0, 151]);
  assertEquals(at("INT16", "VGG", [0, 255]), [-104, 151]);
  // 64 / 128 rounds to 0, 65 / 128 to 1, 192 / 128 to 2.
  assertEquals(at("INT32", "INCEPTION", [0, 64, 65, 191, 192, 255]), [-1, -1, 0, 0, 1, 1]);
  assertEquals(at("UINT8", "INCEPTION", [0, 64, 65, 192]), [0, 0, 0, 1]);
  assertEquals(at("INT8", "INCEPTION", [0, 65, 255]), [-1, 0, 0]);
  assertEquals(at("UINT32", "VGG", [5, 255]), [0, 151]);
});

Deno.test("scale: bytes of every numeric type", () => {
  const read: Partial<Record<DataType, (view: DataView, at: number) => number>> = {
    UINT8: (v, at) => v.getUint8(at),
    INT8: (v, at) => v.getInt8(at),
    UINT16: (v, at) => v.getUint16(at, true),
    INT16: (v, at) => v.getInt16(at, true),
    UINT32: (v, at) => v.getUint32(at, true),
    INT32: (v, at) => v.getInt32(at, true),
    UINT64: (v, at) => Number(v.getBigUint64(at, true)),
    INT64: (v, at) => Number(v.getBigInt64(at, true)),
    FP16: (v, at) => v.getFloat16(at, true),
    BF16: (v, at) => {
      const wide = new DataView(new ArrayBuffer(4));
      wide.setUint16(2, v.getUint16(at, true), true);
      return wide.getFloat32(0, true);
    },
    FP32: (v, at) => v.getFloat32(at, true),
    FP64: (v, at) => v.getFloat64(at, true),
  };
  for (const dataType of DATA_TYPES) {
    const make = () => scaleToTensor(PIXELS, { ...SPEC, dataType, scaling: "VGG" });
    const element = read[dataType];
    if (!element) {
      const error = assertThrows(make, InferenceError, dataType);
      assertEquals(error.code, "INVALID_ARG");
      continue;
    }
    const bytes = make();
    const size = elementByteSize(dataType);
    assertEquals(bytes.length, 6 * size);
    const values = scaleValues(dataType, { scaling: "VGG", divisor: 128, mean: 104 });
    const view = new DataView(bytes.buffer);
    assertAlmostEquals(element(view, 0), values[0]!, 0.01, dataType);
    assertAlmostEquals(element(view, 3 * size), values[200]!, 0.01, dataType);
  }
});

Deno.test("scale: BF16 rounds to nearest, halves to even", () => {
  const pixels = { width: 1, height: 1, channels: 3, data: Uint8Array.of(255, 129, 131) };
  const spec = { ...SPEC, width: 1, dataType: "BF16", scaling: "INCEPTION" } as const;
  const bits = new Uint16Array(scaleToTensor(pixels, spec).buffer);
  // 0.9921875, 0.0078125 and 0.0234375 are exact in 8 bits.
  assertEquals([...bits], [0x3f7e, 0x3c00, 0x3cc0]);
});
