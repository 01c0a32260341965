/**
 * `trtis infer`: values in every form there and back, and one line for whatever is wrong.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { readNpy, writeNpy } from "../src/tensor/npy.ts";
import { type RunningServer, startServer } from "../src/server/server.ts";
import { runCommand } from "./run_command.ts";

type Wire = "http" | "grpc";
const WIRES: readonly Wire[] = ["http", "grpc"];
const ONES = JSON.stringify(new Array(16).fill(1));
const COUNT = Array.from({ length: 16 }, (_, i) => i);

function serverFlags(server: RunningServer, wire: Wire): string[] {
  const url = wire === "http" ? server.httpAddress! : server.grpcAddress!;
  return ["-i", wire, "-u", url, "--api", "v1"];
}

interface JsonOutput {
  name: string;
  datatype?: string;
  shape?: number[];
  data?: unknown[];
  classes?: { index: number; value: number; label: string }[][];
}

/** Runs infer with --json and returns its outputs. */
async function inferJson(flags: readonly string[]): Promise<JsonOutput[]> {
  const { code, stdout, stderr } = await runCommand(["infer", ...flags, "--json"]);
  assertEquals({ code, stderr: stderr.replace(/wrote .*\n/g, "") }, { code: 0, stderr: "" });
  return JSON.parse(stdout).outputs;
}

const simple = (input0: string, input1 = ONES) => [
  ...["-m", "simple"],
  ...["--input", `INPUT0=${input0}`],
  ...["--input", `INPUT1=${input1}`],
];

for (const wire of WIRES) {
  Deno.test(`infer over ${wire}: JSON, zeros and random values`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = serverFlags(server, wire);
    const [sum, difference] = await inferJson([...flags, ...simple(JSON.stringify(COUNT))]);
    assertEquals(sum, {
      name: "OUTPUT0",
      datatype: "INT32",
      shape: [16],
      data: COUNT.map((value) => value + 1),
    });
    assertEquals(difference!.data, COUNT.map((value) => value - 1));
    // Nested lists hold the batch.
    const two = JSON.stringify([COUNT, COUNT]);
    const [batched] = await inferJson([...flags, ...simple(two, "zeros"), "-b", "2"]);
    assertEquals(batched!.data, [...COUNT, ...COUNT]);
    const [random] = await inferJson([...flags, ...simple("random", "zeros")]);
    assert(random!.data!.every((value) => Number.isInteger(value) && Number(value) < 100));
    const [some] = await inferJson([
      ...[...flags, "-m", "identity_fp32", "--input", "INPUT0=[1.5,NaN,-Infinity]"],
    ]);
    assertEquals(some, {
      name: "OUTPUT0",
      datatype: "FP32",
      shape: [3],
      data: [1.5, "NaN", "-Infinity"],
    });
    const [shaped] = await inferJson([
      ...[...flags, "-m", "identity_nobatch", "--input", "INPUT0=[[1,2,3],[4,5,6]]"],
    ]);
    assertEquals(shaped!.shape, [2, 3]);
    const [made] = await inferJson([
      ...[...flags, "-m", "identity_nobatch", "--input", "INPUT0=zeros", "--shape", "INPUT0:2,2"],
    ]);
    assertEquals(made!.data, [0, 0, 0, 0]);
  });

  Deno.test(`infer over ${wire}: strings and classes`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = serverFlags(server, wire);
    const [sum] = await inferJson([
      ...[...flags, "-m", "simple_string"],
      ...["--input", `INPUT0=${JSON.stringify(COUNT.map(String))}`],
      ...["--input", `INPUT1=${JSON.stringify(COUNT.map(String))}`],
    ]);
    assertEquals(sum!.datatype, "STRING");
    assertEquals(sum!.data, COUNT.map((value) => String(2 * value)));
    const [classes, tensor] = await inferJson([
      ...[...flags, "-m", "addsub_fp32", "--input", "INPUT1=zeros"],
      ...["--input", `INPUT0=${JSON.stringify(COUNT)}`],
      ...["--output", "OUTPUT0:classes=2", "--output", "OUTPUT1"],
    ]);
    assertEquals(classes, {
      name: "OUTPUT0",
      classes: [[{ index: 15, value: 15, label: "label15" }, {
        index: 14,
        value: 14,
        label: "label14",
      }]],
    });
    assertEquals(tensor!.data, COUNT);
  });

  Deno.test(`infer over ${wire}: files there and back`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = serverFlags(server, wire);
    const folder = await Deno.makeTempDir();
    try {
      const values = Float32Array.of(0.5, -1, 3.25, 1e30, -0, 7);
      const data = new Uint8Array(values.buffer);
      await Deno.writeFile(
        `${folder}/in.npy`,
        writeNpy({ dataType: "FP32", shape: [2, 3], data }),
      );
      await Deno.writeFile(`${folder}/in.bin`, data);
      const identity = [...flags, "-m", "identity_nobatch"];
      const [fromNpy] = await inferJson([
        ...identity,
        ...["--input", `INPUT0=@${folder}/in.npy`, "--save", `${folder}/out`],
      ]);
      assertEquals(fromNpy!.shape, [2, 3]);
      const saved = readNpy(await Deno.readFile(`${folder}/out/OUTPUT0.npy`), "OUTPUT0.npy");
      assertEquals(saved, { dataType: "FP32", shape: [2, 3], data });
      const [fromRaw] = await inferJson([
        ...identity,
        ...["--input", `INPUT0=@${folder}/in.bin`, "--shape", "INPUT0:3,2"],
      ]);
      assertEquals([fromRaw!.shape, fromRaw!.data], [[3, 2], fromNpy!.data]);

      const [strings] = await inferJson([
        ...[...flags, "-m", "simple_string", "--save", `${folder}/strings`],
        ...["--input", "INPUT0=random", "--input", "INPUT1=random", "--output", "OUTPUT1"],
      ]);
      const savedStrings = await Deno.readTextFile(`${folder}/strings/OUTPUT1.json`);
      assertEquals(JSON.parse(savedStrings), strings!.data);
      await inferJson([
        ...[...flags, "-m", "addsub_fp32", "--save", `${folder}/out`],
        ...["--input", "INPUT0=zeros", "--input", "INPUT1=zeros"],
        ...["--output", "OUTPUT0:classes=1"],
      ]);
      const classes = JSON.parse(await Deno.readTextFile(`${folder}/out/OUTPUT0.json`));
      assertEquals(classes, [[{ index: 0, value: 0, label: "label0" }]]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });

  Deno.test(`infer over ${wire}: bad input is one line that names the tensor`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = serverFlags(server, wire);
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeFile(`${folder}/short.bin`, new Uint8Array(60));
      const doubles = { dataType: "FP64", shape: [16], data: new Uint8Array(128) } as const;
      await Deno.writeFile(`${folder}/double.npy`, writeNpy(doubles));
      const fortran = writeNpy({ dataType: "INT32", shape: [4, 4], data: new Uint8Array(64) });
      const text = String.fromCharCode(...fortran).replace("False", "True ");
      const columnMajor = Uint8Array.from(text, (char) => char.charCodeAt(0));
      await Deno.writeFile(`${folder}/fortran.npy`, columnMajor);
      const identity = (...more: string[]) => ["-m", "identity_fp32", ...more];
      const table: [what: string, argv: string[], message: RegExp][] = [
        [
          "wrong size",
          simple("[1,2]"),
          /input 'INPUT0': expected 16 values \(shape \[16\]\), got 2/,
        ],
        [
          "wrong size of a batch",
          [...simple(ONES), "-b", "2"],
          /input 'INPUT0': expected 32 values \(shape \[2,16\]\), got 16/,
        ],
        [
          "wrong type",
          simple(ONES.replace("1", '"a"')),
          /'INPUT0': .*INT32: element 0 must be .*whole.*got "a"/,
        ],
        ["NaN for an integer", simple(ONES.replace("1", "NaN")), /'INPUT0': .*INT32.*got NaN/],
        ["a fraction for an integer", simple(ONES.replace("1", "1.5")), /'INPUT0': .*got 1.5/],
        [
          "too large",
          simple(ONES.replace("1", "2147483648")),
          /'INPUT0': .*to 2147483647, got 2147483648/,
        ],
        [
          "too large for FP32",
          identity("--input", "INPUT0=[1e39]"),
          /'INPUT0': .*FP32, got 1e\+39/,
        ],
        ["numbers for strings", [
          "-m",
          "simple_string",
          "--input",
          `INPUT0=${ONES}`,
          "--input",
          `INPUT1=${ONES}`,
        ], /'INPUT0': .*STRING: element 0 must be a string .*got number/],
        ["too few strings", [
          "-m",
          "simple_string",
          "--input",
          'INPUT0=["a"]',
          "--input",
          "INPUT1=zeros",
        ], /input 'INPUT0': expected 16 values \(shape \[16\]\), got 1/],
        [
          "unknown input",
          ["-m", "simple", "--input", "INPUT7=zeros"],
          /unknown input 'INPUT7': .*'INPUT0', 'INPUT1'/,
        ],
        [
          "a shape for an unknown input",
          [...simple("zeros"), "--shape", "INPUT7:1"],
          /unknown input 'INPUT7'/,
        ],
        [
          "missing input",
          ["-m", "simple", "--input", "INPUT0=zeros"],
          /input 'INPUT1' .* has no values/,
        ],
        [
          "unknown output",
          [...simple("zeros"), "--output", "OUTPUT7"],
          /unknown output 'OUTPUT7' .*'OUTPUT0', 'OUTPUT1'/,
        ],
        [
          "missing file",
          simple(`@${folder}/nosuch.npy`),
          /input 'INPUT0': cannot read .*nosuch.npy: no such file/,
        ],
        ["a directory", simple(`@${folder}`), /input 'INPUT0': cannot read .*: it is a directory/],
        ["short file", simple(`@${folder}/short.bin`), /60 bytes for input 'INPUT0', expects 64/],
        [
          "another type in .npy",
          simple(`@${folder}/double.npy`),
          /input 'INPUT0': expected INT32, .* holds FP64/,
        ],
        ["column-major .npy", simple(`@${folder}/fortran.npy`), /input 'INPUT0': .*column-major/],
        [
          "bad shape",
          [...simple("zeros"), "--shape", "INPUT0:4,4"],
          /shape for input 'INPUT0': expected \[16\], got \[4,4\]/,
        ],
        [
          "no shape",
          identity("--input", "INPUT0=zeros"),
          /input 'INPUT0': its shape \[-1\] is variable; set it with --shape/,
        ],
        ["uneven lists", identity("--input", "INPUT0=[[1,2],[3]]"), /input 'INPUT0': .*uneven/],
        ["no JSON", identity("--input", "INPUT0=[1,\n\n2"), /input 'INPUT0': .*not valid JSON/],
        [
          "null",
          identity("--input", "INPUT0=[null]"),
          /input 'INPUT0': .*null is not a tensor element/,
        ],
        [
          "batch too large",
          [...simple("zeros", "zeros"), "-b", "9"],
          /batch size <= 8 for model 'simple', got 9/,
        ],
        ["unknown model", ["-m", "nosuch", "--input", "INPUT0=zeros"], /unknown model 'nosuch'/],
        ["unknown version", [...simple("zeros", "zeros"), "-x", "7"], /'simple'/],
      ];
      for (const [what, argv, message] of table) {
        const { code, stdout, stderr } = await runCommand(["infer", ...flags, ...argv]);
        assertEquals([code, stdout], [1, ""], `${what}: ${stderr}`);
        assert(/^error: [^\n]+\n$/.test(stderr), `${what}: ${stderr}`);
        assert(message.test(stderr), `${what}: ${stderr}`);
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("infer: malformed flags are usage errors", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const flags = serverFlags(server, "grpc");
  const table: [argv: string[], message: RegExp][] = [
    [["--input", "A=zeros"], /Missing flag --model/],
    [["-m", "simple", "--input", "INPUT0"], /"INPUT0" for --input: expected NAME=JSON/],
    [[...simple("zeros"), "--input", "INPUT0=zeros"], /'INPUT0' was given twice/],
    [[...simple("zeros"), "--shape", "INPUT0:a"], /"INPUT0:a" for --shape/],
    [[...simple("zeros"), "--output", "O:classes=0"], /"O:classes=0" for --output/],
    [[...simple("zeros"), "-b", "0"], /"0" for --batch-size/],
    [[...simple("zeros"), "--dump-curl"], /Cannot print a gRPC request as a curl command/],
  ];
  for (const [argv, message] of table) {
    const { code, stdout, stderr } = await runCommand(["infer", ...flags, ...argv]);
    assertEquals([code, stdout], [2, ""], stderr);
    assert(/^error: [^\n]+\nSee `trtis infer --help`\.\n$/.test(stderr), stderr);
    assert(message.test(stderr), stderr);
  }
});

Deno.test("infer: a table for people", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const flags = serverFlags(server, "grpc");
  const { stdout } = await runCommand(["infer", ...flags, ...simple(JSON.stringify(COUNT))]);
  assertEquals(
    stdout.replace(/[\d.]+ ms/, "T ms"),
    "simple version 1, T ms\n" +
      "OUTPUT0 INT32 [16]\n    1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n" +
      "OUTPUT1 INT32 [16]\n    -1 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14\n",
  );
});

Deno.test("infer: sequences", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const sequence = async (value: number, ...more: string[]) => {
    const [output] = await inferJson([
      ...[...serverFlags(server, "grpc"), "-m", "simple_sequence", "--sequence-id", "7"],
      ...["--input", `INPUT=${value}`, ...more],
    ]);
    return output!.data;
  };
  assertEquals(await sequence(3, "--sequence-start"), [3]);
  assertEquals(await sequence(4), [7]);
  assertEquals(await sequence(5, "--sequence-end"), [12]);
});

function hasCurl(): boolean {
  try {
    return new Deno.Command("curl", { args: ["--version"], stdout: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

Deno.test({
  name: "infer: the curl command that --dump-curl prints gives the same answer",
  ignore: Deno.build.os === "windows" || !hasCurl(),
  async fn() {
    await using server = await startServer({ httpPort: 0, grpcPort: false });
    const flags = [...serverFlags(server, "http"), "-H", "X-Note: it's a test"];
    const argv = [...flags, ...simple(JSON.stringify(COUNT))];
    const { code, stdout } = await runCommand(["infer", ...argv, "--dump-curl"]);
    assertEquals(code, 0);
    // A header may be a key: its value is not printed, and the command asks for it.
    assert(!stdout.includes("it's a test"), stdout);
    const run = (env: Record<string, string>) =>
      new Deno.Command("sh", { args: ["-c", stdout], env, stdout: "piped", stderr: "piped" })
        .output();
    const without = await run({});
    assertEquals(without.success, false);
    assertStringIncludes(new TextDecoder().decode(without.stderr), "value of the header X-Note");
    const body = (await run({ HEADER_X_NOTE: "it's a test" })).stdout;
    // The tensors come first; behind them stands the response header.
    const tensors = new Int32Array(body.slice(0, 128).buffer);
    const [sum, difference] = await inferJson(argv);
    assertEquals([...tensors], [...sum!.data!, ...difference!.data!]);
  },
});
