import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { InferInput, ModelInfo, TensorInfo } from "../../protocol/types.ts";
import { DATA_TYPES, type DataType } from "../../tensor/data_type.ts";
import { decodeText, encodeStrings } from "../../tensor/strings.ts";
import { toTypedArray } from "../../tensor/typed_array.ts";
import { FAKE_MODEL } from "../testing/fake_protocol.ts";
import { DEFAULT_SETTINGS, type InputSettings } from "../types.ts";
import { loadInputData } from "./input_data.ts";

const input = (
  name: string,
  dataType: DataType,
  shape: number[],
  optional = false,
): TensorInfo => ({
  name,
  dataType,
  shape,
  format: "NONE",
  optional,
});

const modelOf = (...inputs: TensorInfo[]): ModelInfo => ({ ...FAKE_MODEL, name: "m", inputs });

const files = (entries: Record<string, string | Uint8Array>) => (path: string) => {
  const found = entries[path];
  if (found === undefined) return Promise.reject(new Deno.errors.NotFound(path));
  return Promise.resolve(typeof found === "string" ? new TextEncoder().encode(found) : found);
};

function load(
  model: ModelInfo,
  settings: Partial<InputSettings> = {},
  options: { batchSize?: number; files?: Record<string, string | Uint8Array> } = {},
): Promise<InferInput[][][]> {
  return loadInputData(
    { ...DEFAULT_SETTINGS.input, ...settings },
    model,
    options.batchSize ?? 1,
    files(options.files ?? {}),
  );
}

const json = (model: ModelInfo, data: unknown, settings: Partial<InputSettings> = {}) =>
  load(model, { source: "json", paths: ["d.json"], ...settings }, {
    files: { "d.json": typeof data === "string" ? data : JSON.stringify(data) },
  });

const bytesOf = (data: InferInput[][][]) => data[0][0].map((entry) => entry.data[0]);

Deno.test("random data: valid for every type, the same from the same seed", async () => {
  const numeric = DATA_TYPES.filter((type) => type !== "STRING");
  const model = modelOf(...numeric.map((type) => input(type, type, [100])));
  const one = await load(model);
  assertEquals(bytesOf(await load(model)), bytesOf(one));
  assertNotEquals(bytesOf(await load(model, { seed: 2 })), bytesOf(one));
  for (const entry of one[0][0]) {
    const values = [...toTypedArray(entry.dataType, entry.data[0])];
    assertEquals(values.length, 100);
    assert(new Set(values).size > 1, entry.dataType);
    if (entry.dataType === "BOOL") assert(values.every((value) => value === 0 || value === 1));
    if (entry.dataType.includes("F")) {
      assert(values.every((value) => Number(value) >= 0 && Number(value) <= 1), entry.dataType);
    }
  }
});

Deno.test("strings: random of the length asked for, or all the same; zeros are empty", async () => {
  const model = modelOf(input("S", "STRING", [3]));
  const [random] = bytesOf(await load(model, { stringLength: 5 }));
  const texts = decodeText(random, 3);
  assert(texts.every((text) => /^[A-Za-z0-9]{5}$/.test(text)));
  assertEquals(decodeText(bytesOf(await load(model, { stringData: "7" }))[0], 3), ["7", "7", "7"]);
  assertEquals(decodeText(bytesOf(await load(model, { source: "zero" }))[0], 3), ["", "", ""]);
});

Deno.test("zeros, repeated for the batch without a copy", async () => {
  const model = modelOf(input("A", "FP32", [2, 2]), input("B", "INT64", [1]));
  const [[[a, b]]] = await load(model, { source: "zero" }, { batchSize: 3 });
  assertEquals([a.data.length, a.data[0].length, b.data[0].length], [3, 16, 8]);
  assert(a.data[0] === a.data[2]);
  assertEquals([a.shape, a.explicitShape], [[2, 2], false]);
});

Deno.test("variable shapes: given, missing, wrong; unknown and optional inputs", async () => {
  const model = modelOf(input("A", "FP32", [-1, 4]), input("O", "FP32", [2], true));
  const [[step]] = await load(model, { shapes: { A: [3, 4] } });
  assertEquals(step.map(({ name, shape, explicitShape }) => [name, shape, explicitShape]), [
    ["A", [3, 4], true],
  ]);
  const both = await load(model, { shapes: { A: [3, 4], O: [2] } });
  assertEquals(both[0][0].length, 2);
  const cases: [Record<string, number[]>, string][] = [
    [{}, "input 'A' of model 'm' has variable-size shape [-1,4]"],
    [{ A: [3, 5] }, "has shape [-1,4], [3,5] was given"],
    [{ A: [3] }, "[3] was given"],
    [{ A: [3, 4], X: [1] }, "a shape is given for input 'X'"],
  ];
  for (const [shapes, message] of cases) {
    await assertRejects(() => load(model, { shapes }), InferenceError, message);
  }
});

Deno.test("directory: raw bytes, lines of text, and what is wrong with them", async () => {
  const model = modelOf(input("RAW", "INT16", [2]), input("TEXT", "STRING", [2]));
  const settings = { source: "directory", paths: ["dir"] } as const;
  const good = { "dir/RAW": Uint8Array.of(1, 0, 2, 0, 9, 9), "dir/TEXT": "a\r\nb\n" };
  const [raw, text] = bytesOf(await load(model, settings, { files: good }));
  assertEquals([...raw], [1, 0, 2, 0]);
  assertEquals(decodeText(text), ["a", "b"]);
  const bad: [Record<string, string | Uint8Array>, string][] = [
    [{ "dir/TEXT": "a\nb" }, "failed to open file 'dir/RAW'"],
    [{ ...good, "dir/RAW": Uint8Array.of(1) }, "requires 4 bytes for each batch, but provided"],
    [{ ...good, "dir/TEXT": "a" }, "only has 1 lines"],
  ];
  for (const [files, message] of bad) {
    await assertRejects(() => load(model, settings, { files }), InferenceError, message);
  }
});

Deno.test("JSON: a list of steps, values flat or nested, with a shape, as base64", async () => {
  const model = modelOf(input("A", "INT32", [2, 2]));
  const base64 = btoa(String.fromCharCode(...new Uint8Array(Int32Array.of(5, 6, 7, 8).buffer)));
  const streams = await json(model, {
    data: [
      { A: [1, 2, 3, 4] },
      { A: [[1, 2], [3, 4]] },
      { A: { content: [1, 2, 3, 4], shape: [2, 2] } },
      { A: { b64: base64 } },
      { A: { content: { b64: base64 }, shape: [2, 2] } },
    ],
  });
  assertEquals(streams.length, 1);
  const values = streams[0].map(([a]) => [...toTypedArray("INT32", a.data[0])]);
  assertEquals(values, [[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4], [5, 6, 7, 8], [5, 6, 7, 8]]);
});

Deno.test("JSON: streams for sequences, several files one after the other", async () => {
  const model = modelOf(input("S", "STRING", [1]));
  const streams = await load(model, { source: "json", paths: ["a", "b"] }, {
    files: {
      a: JSON.stringify({ data: [[{ S: ["1"] }, { S: ["2"] }], [{ S: ["3"] }]] }),
      b: JSON.stringify({ data: [{ S: { b64: btoa(String.fromCharCode(1, 0, 0, 0, 52)) } }] }),
    },
  });
  const texts = streams.map((steps) => steps.map(([s]) => decodeText(s.data[0])[0]));
  assertEquals(texts, [["1", "2"], ["3"], ["4"]]);
});

Deno.test("JSON: variable shapes from the file, the command line, or the number of values", async () => {
  const model = modelOf(input("A", "INT8", [-1, -1]), input("B", "INT8", [-1, 2], true));
  const [steps] = await json(model, {
    data: [
      { A: { content: [1, 2, 3, 4, 5, 6], shape: [2, 3] } },
      { A: [1, 2, 3, 4, 5, 6], B: [1, 2, 3, 4, 5, 6] },
    ],
  }, { shapes: { A: [3, 2] } });
  assertEquals(steps.map((step) => step.map(({ shape }) => shape)), [
    [[2, 3]],
    [[3, 2], [3, 2]],
  ]);
});

Deno.test("JSON: 64-bit integers stay exact", async () => {
  const model = modelOf(input("A", "UINT64", [2]));
  const [[[a]]] = await json(model, '{"data":[{"A":[18446744073709551615, 3]}]}');
  assertEquals([...toTypedArray("UINT64", a.data[0])], [18446744073709551615n, 3n]);
});

Deno.test("JSON: messages name the file, the step and the input", async () => {
  const model = modelOf(input("A", "INT32", [2]), input("V", "INT32", [-1, -1], true));
  const long = btoa(String.fromCharCode(...encodeStrings(["x"])));
  const cases: [unknown, string][] = [
    ["{", "it is no JSON"],
    [{}, 'it has no list "data"'],
    [{ data: [] }, 'it has no list "data"'],
    [{ data: [[]] }, "list 0 is empty"],
    [{ data: [[{ A: [1, 2] }], { A: [1, 2] }] }, "mixes steps and lists"],
    [{ data: [1] }, "step 0: it is no object of inputs"],
    [{ data: [{ A: [1, 2] }, {}] }, "step 1: input 'A' is missing"],
    [
      { data: [[{ A: [1, 2] }], [{ A: [1] }]] },
      "step 0 of stream 1: input 'A' of shape [2] needs 2",
    ],
    [{ data: [{ A: [1, 2], X: [] }] }, "model 'm' has no input 'X'"],
    [{ data: [{ A: [1, "b"] }] }, "input 'A': "],
    [{ data: [{ A: { b64: 5 } }] }, `input 'A' has neither values nor "b64"`],
    [{ data: [{ A: { b64: "*" } }] }, "is no base64"],
    [{ data: [{ A: { b64: long } }] }, `needs 8 bytes, "b64" has 5`],
    [{ data: [{ A: { content: [1, 2], shape: ["2"] } }] }, "no list of whole numbers"],
    [{ data: [{ A: { content: [1, 2, 3], shape: [3] } }] }, "[3] was given"],
    [{ data: [{ A: [1, 2], V: [1, 2] }] }, "variable-size shape"],
  ];
  for (const [data, message] of cases) {
    const error = await assertRejects(() => json(model, data), InferenceError, message);
    assert(error.message.startsWith("Cannot use 'd.json' as input: "), error.message);
  }
  await assertRejects(
    () => load(model, { source: "json", paths: ["none"] }),
    InferenceError,
    "Cannot read the input data 'none'",
  );
});
