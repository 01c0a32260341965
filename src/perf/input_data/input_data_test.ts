import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import type { InferInput, ModelInfo, TensorInfo } from "../../protocol/types.ts";
import { DATA_TYPES, type DataType } from "../../tensor/data_type.ts";
import { writeNpy } from "../../tensor/npy.ts";
import { decodeStrings, decodeText, encodeStrings } from "../../tensor/strings.ts";
import { toTypedArray } from "../../tensor/typed_array.ts";
import { FAKE_MODEL } from "../testing/fake_protocol.ts";
import { DEFAULT_SETTINGS, type InputSettings } from "../types.ts";
import { loadInputData } from "./input_data.ts";
import { readJsonData } from "./json_file.ts";

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

/** Loads with the files in a folder of their own; messages are without it. */
async function load(
  model: ModelInfo,
  settings: Partial<InputSettings> = {},
  options: { batchSize?: number; files?: Record<string, string | Uint8Array> } = {},
): Promise<InferInput[][][]> {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(options.files ?? {})) {
      await Deno.mkdir(`${folder}/${name}/..`, { recursive: true });
      const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
      await Deno.writeFile(`${folder}/${name}`, bytes);
    }
    const all = { ...DEFAULT_SETTINGS.input, ...settings };
    const paths = all.paths.map((path) => `${folder}/${path}`);
    return (await loadInputData({ ...all, paths }, model, options.batchSize ?? 1)).streams;
  } catch (error) {
    if (!(error instanceof InferenceError)) throw error;
    throw new InferenceError(error.code, error.message.replaceAll(`${folder}/`, ""));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const json = (model: ModelInfo, data: unknown, settings: Partial<InputSettings> = {}) =>
  load(model, { source: "json", paths: ["d.json"], ...settings }, {
    files: { "d.json": typeof data === "string" ? data : JSON.stringify(data) },
  });

const bytesOf = (data: InferInput[][][]) => data[0]![0]!.map((entry) => entry.data[0]);

Deno.test("random data: valid for every type, the same from the same seed", async () => {
  const numeric = DATA_TYPES.filter((type) => type !== "STRING");
  const model = modelOf(...numeric.map((type) => input(type, type, [100])));
  const one = await load(model);
  assertEquals(bytesOf(await load(model)), bytesOf(one));
  assertNotEquals(bytesOf(await load(model, { seed: 2 })), bytesOf(one));
  for (const entry of one[0]![0]!) {
    const values = [...toTypedArray(entry.dataType, entry.data[0]!)];
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
  const texts = decodeText(random!, 3);
  assert(texts.every((text) => /^[A-Za-z0-9]{5}$/.test(text)));
  assertEquals(decodeText(bytesOf(await load(model, { stringData: "7" }))[0]!, 3), ["7", "7", "7"]);
  assertEquals(decodeText(bytesOf(await load(model, { source: "zero" }))[0]!, 3), ["", "", ""]);
});

Deno.test("zeros, repeated for the batch without a copy", async () => {
  const model = modelOf(input("A", "FP32", [2, 2]), input("B", "INT64", [1]));
  const [a, b] = (await load(model, { source: "zero" }, { batchSize: 3 }))[0]![0]!;
  assertEquals([a!.data.length, a!.data[0]!.length, b!.data[0]!.length], [3, 16, 8]);
  assert(a!.data[0] === a!.data[2]);
  assertEquals([a!.shape, a!.explicitShape], [[2, 2], false]);
});

Deno.test("variable shapes: given, missing, wrong; unknown and optional inputs", async () => {
  const model = modelOf(input("A", "FP32", [-1, 4]), input("O", "FP32", [2], true));
  const step = (await load(model, { shapes: { A: [3, 4] } }))[0]![0]!;
  assertEquals(step.map(({ name, shape, explicitShape }) => [name, shape, explicitShape]), [
    ["A", [3, 4], true],
  ]);
  const both = await load(model, { shapes: { A: [3, 4], O: [2] } });
  assertEquals(both[0]![0]!.length, 2);
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
  const good = { "dir/RAW": Uint8Array.of(1, 0, 2, 0), "dir/TEXT": "a\r\nb\r\n" };
  const [raw, text] = bytesOf(await load(model, settings, { files: good }));
  assertEquals([...raw!], [1, 0, 2, 0]);
  assertEquals(decodeText(text!), ["a", "b"]);
  const bad: [Record<string, string | Uint8Array>, string][] = [
    [{ "dir/TEXT": "a\nb" }, "failed to open file 'dir/RAW'"],
    [{ ...good, "dir/RAW": Uint8Array.of(1) }, "requires 4 bytes for each batch, but provided"],
    [{ ...good, "dir/RAW": Uint8Array.of(1, 0, 2, 0, 9, 9) }, "file 'dir/RAW' has 6 bytes"],
    [{ ...good, "dir/TEXT": "a" }, "file 'dir/TEXT' has 1 lines"],
    [{ ...good, "dir/TEXT": "a\nb\nc" }, "file 'dir/TEXT' has 3 lines"],
    [{ "dir/RAW/x": "" }, "failed to open file 'dir/RAW': it is a directory"],
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
  const values = streams[0]!.map(([a]) => [...toTypedArray("INT32", a!.data[0]!)]);
  assertEquals(values, [[1, 2, 3, 4], [1, 2, 3, 4], [1, 2, 3, 4], [5, 6, 7, 8], [5, 6, 7, 8]]);
});

Deno.test("JSON: streams for sequences, several files one after the other", async () => {
  const model: ModelInfo = {
    ...modelOf(input("S", "STRING", [1])),
    scheduling: "sequence",
  };
  const streams = await load(model, { source: "json", paths: ["a", "b"] }, {
    files: {
      a: JSON.stringify({ data: [[{ S: ["1"] }, { S: ["2"] }], [{ S: ["3"] }]] }),
      b: JSON.stringify({ data: [{ S: { b64: btoa(String.fromCharCode(1, 0, 0, 0, 52)) } }] }),
    },
  });
  const texts = streams.map((steps) => steps.map(([s]) => decodeText(s!.data[0]!)[0]));
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
  assertEquals(steps!.map((step) => step.map(({ shape }) => shape)), [
    [[2, 3]],
    [[3, 2], [3, 2]],
  ]);
});

Deno.test("JSON: 64-bit integers stay exact", async () => {
  const model = modelOf(input("A", "UINT64", [2]));
  const a = (await json(model, '{"data":[{"A":[18446744073709551615, 3]}]}'))[0]![0]![0]!;
  assertEquals([...toTypedArray("UINT64", a.data[0]!)], [18446744073709551615n, 3n]);
});

Deno.test("JSON: messages name the file, the step and the input", async () => {
  const model = modelOf(input("A", "INT32", [2]), input("V", "INT32", [-1, -1], true));
  const long = btoa(String.fromCharCode(...encodeStrings(["x"])));
  const cases: [unknown, string][] = [
    ["{", "it ends too early"],
    [{}, 'it has no list "data"'],
    [{ data: [] }, 'it has no list "data"'],
    [{ data: [[]] }, 'list 0 of "data" is empty'],
    [{ data: [[{ A: [1, 2] }], { A: [1, 2] }] }, "mixes steps and lists"],
    [{ data: [1] }, "step 0: it is not an object of inputs"],
    [{ data: [{ A: [1, 2] }, {}] }, "step 1: input 'A' is missing"],
    [
      { data: [[{ A: [1, 2] }], [{ A: [1] }]] },
      "step 0 of stream 1: input 'A': expected shape [2], got shape [1]",
    ],
    [{ data: [{ A: [1, 2], X: [] }] }, "model 'm' has no input 'X'"],
    [{ data: [{ A: [1, "b"] }] }, "input 'A': "],
    [{ data: [{ A: { b64: 5 } }] }, `input 'A': "b64" is not a string`],
    [{ data: [{ A: { b64: "*" } }] }, "is not base64"],
    [{ data: [{ A: { b64: long } }] }, `needs 8 bytes, "b64" has 5`],
    [{ data: [{ A: { content: [1, 2], shape: ["2"] } }] }, "not a list of whole numbers"],
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

Deno.test("directory: .npy files, all entries of a batch, optional inputs that are there", async () => {
  const model: ModelInfo = {
    ...modelOf(input("A", "INT16", [2]), input("O", "INT16", [1], true)),
    maxBatchSize: 4,
  };
  const settings = { source: "directory", paths: ["dir"] } as const;
  const npy = (shape: number[], ...values: number[]) =>
    writeNpy({ dataType: "INT16", shape, data: new Uint8Array(Int16Array.from(values).buffer) });
  const data = async (a: Uint8Array, batchSize: number, more = {}) => {
    const files = { "dir/A": a, ...more };
    const step = (await load(model, settings, { batchSize, files }))[0]![0]!;
    return step.map((entry) => entry.data.map((piece) => [...toTypedArray("INT16", piece)]));
  };
  assertEquals(await data(npy([2], 1, 2), 2), [[[1, 2], [1, 2]]]);
  assertEquals(await data(npy([2, 2], 1, 2, 3, 4), 2), [[[1, 2], [3, 4]]]);
  assertEquals(await data(new Uint8Array(Int16Array.of(1, 2, 3, 4).buffer), 2), [[[1, 2], [3, 4]]]);
  assertEquals(await data(npy([2], 1, 2), 1, { "dir/O": npy([1], 7) }), [[[1, 2]], [[7]]]);
  const refused: [Uint8Array, string][] = [
    [npy([1, 2], 1, 2), "Cannot use 'dir/A' for input 'A': expected shape [2,2], got shape [1,2]"],
    [npy([2, 1], 1, 2), "expected shape [2,2], got shape [2,1]"],
    [
      writeNpy({ dataType: "FP16", shape: [2], data: new Uint8Array(4) }),
      "expected INT16, dir/A holds",
    ],
    [new Uint8Array(6), "requires 4 bytes for each batch, or 8 for the 2 of a batch"],
  ];
  for (const [file, message] of refused) {
    await assertRejects(() => data(file, 2), InferenceError, message);
  }
});

Deno.test("directory: strings are bytes, whatever they are", async () => {
  const one = modelOf(input("S", "STRING", [1]));
  const settings = { source: "directory", paths: ["dir"] } as const;
  const strings = async (file: string | Uint8Array, model = one) => {
    const [bytes] = bytesOf(await load(model, settings, { files: { "dir/S": file } }));
    return decodeStrings(bytes!).map((string) => [...string]);
  };
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0x0a, 0x00, 0x0a, 0xd9);
  assertEquals(await strings(jpeg), [[...jpeg]]);
  assertEquals(await strings(Uint8Array.of(0x63, 0xe9, 0x0a)), [[0x63, 0xe9]]);
  assertEquals(await strings("\ufeffa\n"), [[0xef, 0xbb, 0xbf, 0x61]]);
  assertEquals(await strings("two\nlines\n"), [[..."two\nlines\n"].map((c) => c.charCodeAt(0))]);
  const two = modelOf(input("S", "STRING", [2]));
  assertEquals(await strings(Uint8Array.of(0xff, 0x0a, 0xfe), two), [[0xff], [0xfe]]);
});

Deno.test("JSON: a batch takes steps one after the other and rolls on", async () => {
  const model: ModelInfo = {
    ...modelOf(input("A", "INT8", [-1]), input("O", "INT8", [1], true)),
    maxBatchSize: 8,
  };
  const settings = { source: "json", paths: ["d.json"] } as const;
  const requests = async (data: unknown[], batchSize: number) => {
    const files = { "d.json": JSON.stringify({ data }) };
    const [steps] = await load(model, settings, { batchSize, files });
    return steps!.map(([a]) => a!.data.map((piece) => [...toTypedArray("INT8", piece)]));
  };
  const steps = [1, 2, 3, 4, 5, 6].map((value) => ({ A: [value] }));
  assertEquals(await requests(steps, 4), [
    [[1], [2], [3], [4]],
    [[5], [6], [1], [2]],
    [[3], [4], [5], [6]],
  ]);
  assertEquals(await requests(steps.slice(0, 1), 3), [[[1], [1], [1]]]);
  const refused: [unknown[], string][] = [
    [[{ A: [1] }, { A: [1, 2] }], "steps 0 and 1 can't go into one batch: input 'A' has shape [1]"],
    [[{ A: [1] }, { A: [1], O: [1] }], "one has the inputs A, the other A, O"],
  ];
  for (const [data, message] of refused) {
    await assertRejects(() => requests(data, 2), InferenceError, message);
  }
});

Deno.test("JSON: nothing passes unseen", async () => {
  const model = modelOf(input("A", "FP32", [2]), input("B", "INT32", [2, 2], true));
  const cases: [string, string][] = [
    ['{"data":[{"A":[1,2]}],"validation_data":[]}', 'no list "validation_data" with a step'],
    [
      '{"data":[{"A":[1,2]}],"other":1}',
      'it has "other", where only "data" and "validation_data" are known',
    ],
    ['{"data":[{"A":[1,2]}],"data":[]}', 'it has "data" twice'],
    ['{"data":[{"A":[1,2],"A":[3,4]}]}', "input 'A' is given twice"],
    ['{"data":[{"A":{"content":[1,2],"b64":"AAAAAAAAAAA="}}]}', 'both "content" and "b64"'],
    ['{"data":[{"A":{"content":[1,2],"content":[3,4]}}]}', 'it has "content" twice'],
    ['{"data":[{"A":{"contents":[1,2]}}]}', '"contents" is unknown'],
    ['{"data":[{"A":1}]}', "a single value stands where a list for shape [2] is expected"],
    ['{"data":[{"A":[[1],[2,3]]}]}', "its lists are uneven"],
    ['{"data":[{"A":[[1],[2]]}]}', "expected shape [2], got shape [2,1]"],
    ['{"data":[{"A":[1,2],"B":[[1,2,3,4]]}]}', "it has as many elements: reshape it"],
    ['{"data":[{"A":[1,[2]]}]}', "a list stands where a value is expected"],
    ['{"data":[{"A":[1,null]}]}', "null is not a tensor element"],
    ['{"data":[{"A":[1,{}]}]}', '"{" was not expected'],
    ['{"data":[{"A":[1,1e400]}]}', "1e400 is too large for a number"],
    ['{"data":[{"A":[1,1e39]}]}', "element 1 must be a number within the range of FP32, got 1e+39"],
    ['{"data":[{"A":[1,NaN5]}]}', "not valid JSON"],
    ['{"data":[{"A":[1,2,]}]}', '"]" was not expected'],
    ['{"data":[{"A":[1 2]}]}', "was not expected"],
    ['{"data":[{"A":[1,2]}]}]', "there is something after its end"],
    ['{"data":[{"A":[1,2]}]', "it ends too early"],
    [`{"data":[{"A":${"[".repeat(100_000)}`, "nested more than 64 deep"],
  ];
  for (const [text, message] of cases) {
    const error = await assertRejects(() => json(model, text), InferenceError, message);
    assert(error.message.startsWith("Cannot use 'd.json' as input: "), error.message);
  }
});

Deno.test("JSON: NaN, Infinity, minus zero, large integers for floats; UTF-16 and byte order marks", async () => {
  const model = modelOf(input("A", "FP32", [5]));
  const text = '{"data":[{"A":[NaN,-Infinity,Infinity,-0.0,9007199254740993]}]}';
  const utf16 = new Uint8Array(2 + 2 * text.length);
  new Uint16Array(utf16.buffer).set([0xfeff, ...[...text].map((c) => c.charCodeAt(0))]);
  for (const file of [text, `\ufeff${text}`, utf16]) {
    const a =
      (await load(model, { source: "json", paths: ["d"] }, { files: { d: file } }))[0]![0]![0]!;
    assertEquals([...toTypedArray("FP32", a.data[0]!)], [NaN, -Infinity, Infinity, -0, 2 ** 53]);
  }
  const strings = modelOf(input("S", "STRING", [3]));
  const words = '{"data":[{"S":["NaN","\ufeffa","\\"Infinity]"]}]}';
  const s =
    (await load(strings, { source: "json", paths: ["d"] }, { files: { d: words } }))[0]![0]![0]!;
  assertEquals(decodeText(s.data[0]!), ["NaN", "\ufeffa", '"Infinity]']);
  const bad = Uint8Array.of(
    ...new TextEncoder().encode('{"data":[{"S":["caf'),
    0xe9,
    0x22,
    0x5d,
    0x7d,
    0x5d,
    0x7d,
  );
  await assertRejects(
    () => load(strings, { source: "json", paths: ["d"] }, { files: { d: bad } }),
    InferenceError,
    "not UTF-8",
  );
});

Deno.test("a kind for one input: zeros, random, a range; in files that lack it", async () => {
  const model = modelOf(
    ...[input("A", "INT32", [1000]), input("MASK", "INT32", [2]), input("F", "FP32", [3])],
  );
  const kinds = {
    A: { kind: "random", range: [-2, 2] },
    MASK: { kind: "zero" },
  } as const;
  const [a, mask] = bytesOf(await load(model, { kinds }));
  assertEquals([...new Set(Array.from(toTypedArray("INT32", a!), Number))].sort((x, y) => x - y), [
    ...[-2, -1, 0, 1, 2],
  ]);
  assertEquals([...toTypedArray("INT32", mask!)], [0, 0]);
  const [, filled] = bytesOf(await json(model, { data: [{ F: [1, 2, 3] }] }, { kinds }));
  assertEquals([...toTypedArray("INT32", filled!)], [0, 0]);
  await assertRejects(
    () => load(model, { kinds: { X: { kind: "zero" } } }),
    InferenceError,
    "values are given for input 'X'",
  );
});

Deno.test("JSON: a file in pieces of every size is the same file", async () => {
  const target = {
    model: modelOf(
      input("A", "INT64", [-1, 2]),
      input("B", "BOOL", [2]),
      input("S", "STRING", [2]),
    ),
    batchSize: 1,
    shapes: {},
  };
  const text = '{"data": [{"A": [[1, -2],[9007199254740993 ,4],\n[5,6 ]], "B": [true,0],' +
    ' "S": ["[1,2]", "a\\"b"]},\r\n {"A": {"content":[7, 8 ,9,10], "shape":[2,2]},"B":[1, false],' +
    '"S":{"b64":"AQAAADEAAAAA"}}]}';
  const bytes = new TextEncoder().encode(text);
  const read = async (size: number) => {
    async function* pieces() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
    }
    const { streams: [steps] } = await readJsonData(pieces(), "x", target);
    return steps!.map((step) => step.map(({ shape, data }) => [shape, [...data[0]!]]));
  };
  const whole = await read(bytes.length);
  assertEquals(whole[0]![0], [[3, 2], [
    ...new Uint8Array(BigInt64Array.of(1n, -2n, 9007199254740993n, 4n, 5n, 6n).buffer),
  ]]);
  for (let size = 1; size < bytes.length; size++) assertEquals(await read(size), whole, `${size}`);
});
