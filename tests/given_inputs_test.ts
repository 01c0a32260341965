/**
 * What goes out is what was given: the bytes that a recording server got, or one line that says why
 * nothing was sent. For `infer` and for perf_client's input data, on both protocols and wires.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { InferenceClient } from "../mod.ts";
import { writeNpy } from "../src/tensor/npy.ts";
import { encodeStrings } from "../src/tensor/strings.ts";
import { toBytes } from "../src/tensor/typed_array.ts";
import { type RecordingServer, startRecording } from "./recording_server.ts";
import { runCommand } from "./run_command.ts";

const MODELS = [
  { name: "picture", inputs: [{ name: "IN", dataType: "UINT8", dims: [4, 4, 3] }] },
  { name: "sixteen", inputs: [{ name: "IN", dataType: "INT32", dims: [16] }], maxBatchSize: 8 },
  { name: "floats", inputs: [{ name: "IN", dataType: "FP32", dims: [4] }], maxBatchSize: 8 },
  { name: "longs", inputs: [{ name: "IN", dataType: "INT64", dims: [2] }] },
  { name: "bools", inputs: [{ name: "IN", dataType: "BOOL", dims: [4] }] },
  { name: "text", inputs: [{ name: "IN", dataType: "STRING", dims: [1] }], maxBatchSize: 4 },
  { name: "texts", inputs: [{ name: "IN", dataType: "STRING", dims: [3] }] },
];

interface Setting {
  readonly recording: RecordingServer;
  readonly folder: string;
  /** Runs a command against the server. */
  run(...argv: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
}

async function setting(
  flags: readonly string[],
  body: (setting: Setting) => Promise<void>,
): Promise<void> {
  await using recording = await startRecording(MODELS);
  const { httpAddress, grpcAddress } = recording.server;
  const url = flags.includes("grpc") ? grpcAddress! : httpAddress!;
  const folder = await Deno.makeTempDir();
  try {
    const run = ([command = "", ...argv]: string[]) =>
      runCommand([command, ...flags, "-u", url, ...argv]);
    await body({ recording, folder, run: (...argv) => run(argv) });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const WAYS = [
  ["-i", "http", "--api", "v1"],
  ["-i", "grpc", "--api", "v1"],
  ["-i", "http", "--api", "v2"],
  ["-i", "grpc", "--api", "v2"],
];

function npy(
  dataType: Parameters<typeof writeNpy>[0]["dataType"],
  shape: number[],
  values: number[],
) {
  return writeNpy({ dataType, shape, data: toBytes(dataType, values) });
}

const count = (length: number) => Array.from({ length }, (_, i) => i);

for (const flags of WAYS) {
  Deno.test(`infer ${flags.join(" ")}: what is sent is what was given`, async () => {
    await setting(flags, async ({ recording, folder, run }) => {
      const good: [
        model: string,
        value: string | Uint8Array,
        expected: Uint8Array,
        more?: string[],
      ][] = [
        ["picture", npy("UINT8", [4, 4, 3], count(48)), Uint8Array.from(count(48))],
        ["picture", JSON.stringify(count(48)), Uint8Array.from(count(48))],
        ["sixteen", npy("INT32", [2, 16], count(32)), toBytes("INT32", count(32)), ["-b", "2"]],
        ["sixteen", JSON.stringify(count(32)), toBytes("INT32", count(32)), ["-b", "2"]],
        ["sixteen", JSON.stringify([count(16)]), toBytes("INT32", count(16))],
        [
          "floats",
          "[-0.0,NaN,-Infinity,9007199254740993]",
          toBytes("FP32", [-0, NaN, -Infinity, 2 ** 53]),
        ],
        ["floats", '{"b64":"AACAPwAAAEAAAEBAAACAQA=="}', toBytes("FP32", [1, 2, 3, 4])],
        ["longs", "[9223372036854775807,-1]", toBytes("INT64", [9223372036854775807n, -1n])],
        ["bools", "[true,false,1,0]", Uint8Array.of(1, 0, 1, 0)],
        ["bools", Uint8Array.of(1, 0, 0, 1), Uint8Array.of(1, 0, 0, 1)],
        [
          "text",
          Uint8Array.of(0xff, 0xd8, 0xff, 0),
          encodeStrings([Uint8Array.of(0xff, 0xd8, 0xff, 0)]),
        ],
        ["text", '["\\ufeffcaf\\u00e9"]', encodeStrings(["\ufeffcaf\u00e9"])],
        ["text", '[{"b64":"/9j/"}]', encodeStrings([Uint8Array.of(0xff, 0xd8, 0xff)])],
        ["texts", '["NaN","\\u0000NaN",""]', encodeStrings(["NaN", "\0NaN", ""])],
        ["texts", strings("S2", [3], "ab\0\0c\0"), encodeStrings(["ab", "", "c"])],
      ];
      for (const [i, [model, value, expected, more = []]] of good.entries()) {
        recording.received.length = 0;
        const path = `${folder}/${i}.in`;
        if (typeof value !== "string") await Deno.writeFile(path, value);
        const input = `IN=${typeof value === "string" ? value : `@${path}`}`;
        const { code, stderr } = await run("infer", "-m", model, "--input", input, ...more);
        assertEquals(code, 0, `${model} ${value}: ${stderr}`);
        assertEquals(recording.received.map(({ IN }) => IN!.data), [expected], `${model} ${value}`);
      }
    });
  });

  Deno.test(`infer ${flags.join(" ")}: nothing is sent of what doesn't fit`, async () => {
    await setting(flags, async ({ recording, folder, run }) => {
      const big = count(32);
      const bad: [model: string, value: string | Uint8Array, message: string, more?: string[]][] = [
        [
          "picture",
          npy("UINT8", [3, 4, 4], count(48)),
          "got shape [3,4,4]; its dimensions are in another order",
        ],
        ["sixteen", npy("INT32", [16, 2], big), "expected shape [2,16], got shape [16,2]", [
          "-b",
          "2",
        ]],
        ["sixteen", npy("INT32", [4, 4], count(16)), "got shape [4,4]; it has as many elements"],
        ["sixteen", npy("INT32", [3, 16], count(48)), "with batch size 3 it would be right"],
        [
          "sixteen",
          JSON.stringify(count(8).map((i) => [i, i])),
          "expected shape [16], got shape [8,2]",
        ],
        ["sixteen", "[[1,2],[3]]", "uneven"],
        ["floats", npy("INT32", [4], [1, 2, 3, 4]), "expected FP32"],
        ["floats", "[1,2,3,1e400]", "1e400 is too large for a number"],
        ["floats", "[1,2,3,1e39]", "element 3 must be a number within the range of FP32"],
        ["floats", npz("IN.npy"), "is an .npz archive"],
        ["floats", new Uint8Array(17), "invalid size 17 bytes for input 'IN', expects 16 bytes"],
        ["longs", "[9223372036854775808,0]", "got 9223372036854775808"],
        ["bools", Uint8Array.of(0, 1, 7, 255), "element 2 must be true, false, 0 or 1, got 7"],
        [
          "bools",
          npyBytes("|b1", [4], [0, 1, 255, 0]),
          "element 2 must be true, false, 0 or 1, got 255",
        ],
        ["text", '["\\ud800"]', "half of a surrogate pair"],
        ["texts", '["a","b"]', "expected 3 values (shape [3]), got 2"],
        ["texts", npyBytes("|O", [3], []), "Python objects"],
      ];
      for (const [i, [model, value, message, more = []]] of bad.entries()) {
        const path = `${folder}/${i}.in`;
        if (typeof value !== "string") await Deno.writeFile(path, value);
        const input = `IN=${typeof value === "string" ? value : `@${path}`}`;
        const { code, stdout, stderr } = await run("infer", "-m", model, "--input", input, ...more);
        assertEquals([code, stdout], [1, ""], `${model} ${value}: ${stderr}`);
        assertStringIncludes(stderr, message, `${model} ${value}`);
        assert(/^error: [^\n]*'IN'[^\n]*\n$/.test(stderr), stderr);
      }
      assertEquals(recording.received, []);
    });
  });

  Deno.test(`perf_client ${flags.join(" ")}: steps of a file make batches, and roll on`, async () => {
    await setting(flags, async ({ recording, folder, run }) => {
      const data = count(6).map((step) => ({ IN: [step, step, step, step] }));
      await Deno.writeTextFile(`${folder}/d.json`, JSON.stringify({ data }));
      const argv = [
        "-m",
        "floats",
        "-b",
        "4",
        "--request-count",
        "3",
        "--input-data",
        `${folder}/d.json`,
      ];
      const { code, stderr } = await run("perf_client", ...argv);
      assertEquals(code, 0, stderr);
      const firsts = recording.received.slice(0, 3)
        .map(({ IN }) => [0, 4, 8, 12].map((at) => new Float32Array(IN!.data.buffer)[at]));
      assertEquals(firsts, [[0, 1, 2, 3], [4, 5, 0, 1], [2, 3, 4, 5]]);
    });
  });
}

/** A zip archive's first header. */
function npz(member: string): Uint8Array {
  const bytes = new Uint8Array(30 + member.length);
  bytes.set([0x50, 0x4b, 3, 4]);
  bytes[26] = member.length;
  bytes.set(new TextEncoder().encode(member), 30);
  return bytes;
}

function npyBytes(descr: string, shape: number[], data: number[]): Uint8Array {
  const tuple = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${tuple}), }\n`;
  const bytes = new Uint8Array(10 + header.length + data.length);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length, 0]);
  bytes.set(new TextEncoder().encode(header), 10);
  bytes.set(data, 10 + header.length);
  return bytes;
}

function strings(descr: string, shape: number[], data: string): Uint8Array {
  return npyBytes(`|${descr}`, shape, [...data].map((char) => char.charCodeAt(0)));
}

const PERF = ["--request-count", "1"];

Deno.test("perf_client: a directory's files go out as they are", async () => {
  await setting(["-i", "http", "--api", "v2"], async ({ recording, folder, run }) => {
    const good: [model: string, file: Uint8Array, expected: Uint8Array, more?: string[]][] = [
      ["floats", npy("FP32", [4], [1, 2, 3, 4]), toBytes("FP32", [1, 2, 3, 4])],
      ["floats", toBytes("FP32", count(8)), toBytes("FP32", count(8)), ["-b", "2"]],
      ["text", Uint8Array.of(0xff, 0xd8, 0xff), encodeStrings([Uint8Array.of(0xff, 0xd8, 0xff)])],
      ["text", Uint8Array.of(0x63, 0xe9, 0x0a), encodeStrings([Uint8Array.of(0x63, 0xe9)])],
      ["texts", new TextEncoder().encode("\ufeffa\nb\nc\n"), encodeStrings(["\ufeffa", "b", "c"])],
    ];
    for (const [model, file, expected, more = []] of good) {
      recording.received.length = 0;
      await Deno.writeFile(`${folder}/IN`, file);
      const { code, stderr } = await run(
        "perf_client",
        "-m",
        model,
        ...PERF,
        "--input-data",
        folder,
        ...more,
      );
      assertEquals(code, 0, stderr);
      assertEquals(recording.received[0]!.IN!.data, expected);
    }
    const bad: [model: string, file: Uint8Array, message: string][] = [
      ["floats", npy("FP32", [2, 2], [1, 2, 3, 4]), "expected shape [4], got shape [2,2]"],
      ["floats", npy("FP64", [4], [1, 2, 3, 4]), "expected FP32"],
      ["floats", new Uint8Array(20), "requires 16 bytes for each batch; file"],
      ["floats", npz("IN.npy"), "is an .npz archive"],
      ["texts", new TextEncoder().encode("a\nb\n"), "requires 3 strings for each batch"],
      ["bools", Uint8Array.of(0, 1, 2, 3), "element 2 must be true, false, 0 or 1, got 2"],
    ];
    for (const [model, file, message] of bad) {
      recording.received.length = 0;
      await Deno.writeFile(`${folder}/IN`, file);
      const { code, stdout, stderr } = await run(
        "perf_client",
        "-m",
        model,
        ...PERF,
        "--input-data",
        folder,
      );
      assertEquals([code, stdout, recording.received.length], [1, "", 0], stderr);
      assertStringIncludes(stderr, message);
    }
    await Deno.remove(`${folder}/IN`);
    await Deno.mkdir(`${folder}/IN`);
    const { stderr } = await run("perf_client", "-m", "floats", ...PERF, "--input-data", folder);
    assertStringIncludes(stderr, `failed to open file '${folder}/IN': it is a directory`);
  });
});

Deno.test("perf_client: a kind for one input", async () => {
  await using recording = await startRecording([{
    name: "two",
    inputs: [
      { name: "MASK", dataType: "INT32", dims: [4] },
      { name: "IDS", dataType: "INT32", dims: [64] },
    ],
  }]);
  const argv = [
    "perf_client",
    "-m",
    "two",
    "-u",
    recording.server.httpAddress!,
    "--api",
    "v2",
    ...PERF,
  ];
  const kinds = ["--input-data", "zero:MASK", "--input-data", "random:IDS=5..7"];
  const { code, stderr } = await runCommand([...argv, ...kinds]);
  assertEquals(code, 0, stderr);
  const { MASK, IDS } = recording.received[0]!;
  assertEquals([...new Int32Array(MASK!.data.buffer)], [0, 0, 0, 0]);
  assertEquals([...new Set(new Int32Array(IDS!.data.buffer))].sort(), [5, 6, 7]);
  const unknown = await runCommand([...argv, "--input-data", "zero:OTHER"]);
  assertEquals(unknown.code, 1);
  assertStringIncludes(unknown.stderr, "values are given for input 'OTHER', which model 'two'");
  const backwards = await runCommand([...argv, "--input-data", "random:IDS=7..5"]);
  assertEquals(backwards.code, 2);
});

Deno.test("the library: an array may be changed as soon as the call has returned", async () => {
  await using recording = await startRecording(MODELS);
  await using client = await InferenceClient.connect(recording.server.httpAddress!);
  const expected = toBytes("FP32", [1, 2, 3, 4]);
  const array = Float32Array.of(1, 2, 3, 4);
  const list = [1, 2, 3, 4];
  // The model is not known yet, then it is.
  for (const values of [array, list, { values: array }]) {
    const pending = client.infer("floats", { inputs: { IN: values } });
    array.fill(9);
    list.fill(9);
    assertEquals((await pending).error, undefined);
    array.set([1, 2, 3, 4]);
    list.splice(0, 4, 1, 2, 3, 4);
  }
  assertEquals(recording.received.map(({ IN }) => IN!.data), [expected, expected, expected]);
});

Deno.test("outputs: binary strings stay binary, numbers keep their digits and signs", async () => {
  const bytes = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0);
  const long = 2n ** 53n + 1n;
  await setting(["-i", "http", "--api", "v2"], async ({ folder, run }) => {
    await Deno.writeFile(`${folder}/photo.jpg`, bytes);
    const strings = ["infer", "-m", "identity_types", "--output", "OUTPUT_STRING"];
    const binary = ["--input", `INPUT_STRING=@${folder}/photo.jpg`];
    const json = await run(...strings, ...binary, "--json", "--save", folder);
    assertEquals(json.code, 0, json.stderr);
    assertEquals(JSON.parse(json.stdout).outputs[0].data, [{ b64: "/9j/4AA=" }]);
    assertEquals(await Deno.readFile(`${folder}/OUTPUT_STRING.bin`), bytes);
    const text = await run(...strings, ...binary);
    assertStringIncludes(text.stdout, '{"b64":"/9j/4AA="}');
    const longs = await run(
      ...["infer", "-m", "identity_types", "--output", "OUTPUT_INT64", "--json"],
      ...["--input", `INPUT_INT64=[1,${long},-${long}]`],
    );
    assertStringIncludes(longs.stdout, `"data":[1,${long},-${long}]`, longs.stderr);
    const zeros = await run(
      ...["infer", "-m", "identity_types", "--output", "OUTPUT_FP32", "--json"],
      ...["--input", "INPUT_FP32=[-0.0,0]"],
    );
    assertStringIncludes(zeros.stdout, '"data":[-0.0,0]', zeros.stderr);
  });
});
