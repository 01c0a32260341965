import { assertEquals, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { hasNpyType, readNpy, writeNpy } from "./npy.ts";
import { decodeStrings, decodeText } from "./strings.ts";

Deno.test("npy: what is written is read back", () => {
  for (const shape of [[], [0], [3], [2, 3], [1, 2, 3, 4]]) {
    const count = shape.reduce((product, dim) => product * dim, 1);
    const data = new Uint8Array(Float32Array.from({ length: count }, (_, i) => i / 3).buffer);
    const file = writeNpy({ dataType: "FP32", shape, data });
    assertEquals((file.byteLength - data.byteLength) % 64, 0);
    const back = readNpy(file, "x.npy");
    assertEquals(back.dataType, "FP32");
    assertEquals(back.shape, shape);
    assertEquals([...back.data], [...data]);
  }
});

Deno.test("npy: a header as NumPy writes it", () => {
  const header = "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }".padEnd(117) + "\n";
  const file = new Uint8Array(10 + header.length + 16);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  file.set(new TextEncoder().encode(header), 10);
  file[10 + header.length] = 7;
  const array = readNpy(file, "x.npy");
  assertEquals(array.dataType, "INT64");
  assertEquals(array.shape, [2]);
  assertEquals(array.data.byteLength, 16);
  assertEquals(array.data[0], 7);
});

Deno.test("npy: strings of both of NumPy's kinds", () => {
  const file = (descr: string, data: Uint8Array) => {
    const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (2,), }`.padEnd(117) +
      "\n";
    const bytes = new Uint8Array(10 + header.length + data.length);
    bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
    bytes.set(new TextEncoder().encode(header), 10);
    bytes.set(data, 10 + header.length);
    return bytes;
  };
  const bytes = readNpy(file("|S3", Uint8Array.of(0xff, 0xd8, 0xff, 97, 0, 0)), "x");
  assertEquals([bytes.dataType, bytes.shape], ["STRING", [2]]);
  assertEquals(decodeStrings(bytes.data, 2), [Uint8Array.of(0xff, 0xd8, 0xff), Uint8Array.of(97)]);
  const points = Uint32Array.of(0x1f600, 0xe9, 0x41, 0);
  const text = readNpy(file("<U2", new Uint8Array(points.buffer)), "x");
  assertEquals(decodeText(text.data, 2), ["\u{1f600}\u00e9", "A"]);
});

Deno.test("npy: what can't be used is refused by name", () => {
  const make = (dictionary: string) => {
    const [header, data = ""] = dictionary.split("|data|");
    const file = new Uint8Array(10 + header!.length + data.length);
    file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header!.length, 0]);
    file.set(Uint8Array.from(header + data, (char) => char.charCodeAt(0)), 10);
    return file;
  };
  const table: [Uint8Array, string][] = [
    [new Uint8Array([1, 2, 3]), "doesn't begin as one"],
    [new Uint8Array([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, 200, 0]), "cut short"],
    [
      make("{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }"),
      "'>f4' is big-endian; save it with array.astype('<f4')",
    ],
    [make("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }"), "column-major"],
    [make("{'descr': '|O', 'fortran_order': False, 'shape': (2,), }"), "Python objects"],
    [make("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"), "it is cut short"],
    [make("{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }|data|\0"), "1 bytes follow"],
    [make("{'descr': '|S0', 'fortran_order': False, 'shape': (99999999999,), }"), "no room"],
    [
      make("{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }|data|\xff\xff\xff\xff"),
      "odd.npy",
    ],
    [
      make("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }"),
      "not a plain array",
    ],
  ];
  for (const [file, why] of table) {
    assertThrows(() => readNpy(file, "odd.npy"), InferenceError, why);
    assertThrows(() => readNpy(file, "odd.npy"), InferenceError, "odd.npy");
  }
  assertEquals(hasNpyType("BF16"), false);
  assertThrows(
    () => writeNpy({ dataType: "STRING", shape: [1], data: new Uint8Array() }),
    InferenceError,
    "STRING",
  );
});
