/**
 * `-` is standard output wherever a file is written, and the text for people then goes to standard error.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { startServer } from "../src/server/server.ts";
import { readNpy } from "../src/tensor/npy.ts";
import { startProgram } from "./program.ts";
import { runCommand } from "./run_command.ts";

Deno.test("perf_client: --json - and -f -", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const perf = ["perf_client", "-m", "simple", "-u", server.httpAddress!, "--request-count", "20"];
  const json = await runCommand([...perf, "--json", "-"]);
  assertEquals([json.code, JSON.parse(json.stdout).levels[0].counts.sent], [0, 20]);
  assertMatch(json.stderr, /^\*\*\* Measurement Settings \*\*\*\n[^]*Request count: 20/);
  const csv = await runCommand([...perf, "-f", "-"]);
  assertMatch(csv.stdout, /^Concurrency,[^\n]*\n1,[^\n]*\n$/);
  assertMatch(csv.stderr, /Request count: 20/);
  const both = await runCommand([...perf, "-f", "-", "--json", "-"]);
  assertEquals([both.code, both.stdout], [2, ""]);
  for await (const { name } of Deno.readDir(".")) assert(name !== "-", "no file of that name");
});

Deno.test("what can't go to standard output is refused, and no file is called -", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const apple = fileURLToPath(new URL("../examples/images/apple_red.jpg", import.meta.url));
  const image = ["image_client", "-m", "colors", "-u", server.httpAddress!, apple];
  const perf = ["perf_client", "-m", "simple", "-u", server.httpAddress!];
  const rows: [argv: string[], flag: string][] = [
    [[...image, "-o", "-"], "-o"],
    [[...image, "--gallery", "-"], "--gallery"],
    [[...image, "--truth", "folders", "--confusion", "-"], "--confusion"],
    [[...perf, "--records", "-"], "--records"],
    [[...perf, "--hdr", "-"], "--hdr"],
    [[...perf, "--profile-export-file", "-"], "--profile-export-file"],
    [["merge", "a.csv", "-o", "-"], "--output (-o)"],
    [["merge", "a.csv", "-o", "b.csv", "--confusion", "-"], "--confusion"],
  ];
  for (const [argv, flag] of rows) {
    const { code, stdout, stderr } = await runCommand(argv);
    const [line] = stderr.split("\n");
    assertEquals(
      [code, stdout, line],
      [2, "", `error: ${flag} takes a file, not standard output`],
    );
  }
  for await (const { name } of Deno.readDir(".")) assert(name !== "-", "no file of that name");
});

Deno.test("types: -o - writes to standard output", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const types = ["types", "-m", "simple", "-u", server.httpAddress!];
  const [plain, dash] = [await runCommand(types), await runCommand([...types, "-o", "-"])];
  assertEquals([dash.code, dash.stdout, dash.stderr], [0, plain.stdout, ""]);
  assertMatch(dash.stdout, /simple/);
});

Deno.test("infer: --save - writes the only output", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const infer = ["infer", "-u", server.httpAddress!];
  const one = ["-m", "identity_fp32", "--input", "INPUT0=[1,2.5]", "--shape", "INPUT0:2"];
  const { process } = startProgram([...infer, ...one, "--save", "-"]);
  const [bytes, stderr, { code }] = await Promise.all([
    new Response(process.stdout).bytes(),
    new Response(process.stderr).text(),
    process.status,
  ]);
  assertEquals(code, 0);
  assertMatch(stderr, /OUTPUT0 FP32 \[2\]/);
  const { shape, data } = readNpy(bytes, "stdout");
  assertEquals([...shape, ...new Float32Array(data.slice().buffer)], [2, 1, 2.5]);
  const zeros = ["--input", "INPUT0=zeros", "--input", "INPUT1=zeros"];
  const two = await runCommand([...infer, "-m", "simple", ...zeros, "--save", "-"]);
  assertEquals([two.code, two.stdout], [2, ""]);
  assertMatch(
    two.stderr,
    /Cannot save 2 outputs to standard output: choose one with --output NAME/,
  );
});
