import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { encodeStrings } from "../../tensor/strings.ts";
import { type TensorValues, toBytes } from "../../tensor/typed_array.ts";
import { jsonData } from "./json_data.ts";
import { bytesOfJson } from "./element_bytes.ts";
import { parseJson } from "./json.ts";

function input(dataType: DataType, ...data: Uint8Array[]) {
  return { name: "x", dataType, shape: [], data, explicitShape: false };
}

function written(dataType: DataType, values: TensorValues): string {
  return jsonData(input(dataType, toBytes(dataType, values)));
}

Deno.test("values are written so that they read back as the same bytes", () => {
  const cases: [DataType, string, TensorValues, string][] = [
    [
      "INT64",
      "INT64",
      [-(2n ** 63n), 2n ** 63n - 1n],
      "[-9223372036854775808,9223372036854775807]",
    ],
    ["UINT64", "UINT64", [2n ** 64n - 1n], "[18446744073709551615]"],
    ["INT8", "INT8", [-128, 127], "[-128,127]"],
    ["BOOL", "BOOL", [true, false], "[true,false]"],
    [
      "FP32",
      "FP32",
      [0.1, -0, 3.4028234663852886e38],
      "[0.10000000149011612,-0.0,3.4028234663852886e+38]",
    ],
    ["FP64", "FP64", [0.1, 5e-324], "[0.1,5e-324]"],
    ["STRING", "BYTES", ['a"b', "\u00fc\n"], '["a\\"b","\u00fc\\n"]'],
  ];
  for (const [dataType, wire, values, text] of cases) {
    assertEquals(written(dataType, values), text);
    const json = parseJson(new TextEncoder().encode(text), "it");
    assertEquals(bytesOfJson(wire, json, "x"), toBytes(dataType, values), dataType);
  }
});

Deno.test("an input in pieces is one list", () => {
  const pieces = [toBytes("INT32", [1, 2]), toBytes("INT32", [3])];
  assertEquals(jsonData(input("INT32", ...pieces)), "[1,2,3]");
  assertEquals(jsonData(input("INT32")), "[]");
});

Deno.test("what JSON can't say is refused by name", () => {
  const cases: [ReturnType<typeof input>, string][] = [
    [input("FP32", toBytes("FP32", [NaN])), "JSON has no NaN"],
    [input("FP64", toBytes("FP64", [1, -Infinity])), "JSON has no -Infinity"],
    [input("FP16", toBytes("FP16", [1])), "v2 has no JSON form of FP16 values"],
    [input("BF16", toBytes("BF16", [1])), "v2 has no JSON form of BF16 values"],
    [
      input("STRING", encodeStrings([new Uint8Array([0xff])])),
      "it has a byte string that is not UTF-8",
    ],
  ];
  for (const [tensor, why] of cases) {
    assertThrows(() => jsonData(tensor), InferenceError, `Cannot send input 'x' as JSON: ${why}`);
  }
});
