/**
 * The simple_* clients print what r19.07's print, line by line, against the embedded server.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { InferenceClient } from "../src/client/inference_client.ts";
import { type RunningServer, startServer } from "../src/server/server.ts";
import { runProgram } from "./program.ts";
import { comparable, parseRun } from "./recorded_output.ts";
import { runCommand } from "./run_command.ts";
import { GOLDEN } from "./shared.ts";

const RECORDINGS = [
  "simple_client_http",
  "simple_client_grpc",
  "simple_client_http_v",
  "simple_client_grpc_v",
  "simple_string_client_http",
  "simple_string_client_grpc",
  "simple_sequence_client",
  "simple_sequence_client_async",
  "simple_sequence_client_r_async",
  "simple_callback_client",
];

function recorded(name: string) {
  return parseRun(Deno.readTextFileSync(new URL(`${name}.txt`, GOLDEN)));
}

/** The recorded server has answered requests before, and its status shows it. */
async function usedServer(): Promise<RunningServer> {
  const server = await startServer({ httpPort: 0, grpcPort: 0 });
  await using client = await InferenceClient.connect({
    url: server.grpcAddress!,
    wire: "grpc",
    api: "v1",
  });
  const INPUT = new Int32Array(16);
  await client.infer("simple", { inputs: { INPUT0: INPUT, INPUT1: INPUT } });
  return server;
}

/** The recorded arguments with the address of the server at hand, which also speaks v2. */
function argvFor(argv: readonly string[], server: RunningServer): string[] {
  const given = argv.map((arg) =>
    arg === "127.0.0.1:8000"
      ? server.httpAddress!
      : arg === "127.0.0.1:8001"
      ? server.grpcAddress!
      : arg
  );
  return [...given, "--api", "v1"];
}

for (const name of RECORDINGS) {
  Deno.test({
    name: `prints what the original printed: ${name}`,
    async fn() {
      await using server = await usedServer();
      const run = recorded(name);
      const result = await runCommand(argvFor(run.argv, server));
      assertEquals(result.stderr, "");
      assertEquals(comparable(result.stdout), comparable(run.stdout));
      assertEquals(result.code, run.code);
    },
  });
}

Deno.test({
  name: "the program itself prints it too, over the native channel and over grpc-js",
  async fn() {
    await using server = await usedServer();
    const sequence = recorded("simple_sequence_client");
    const argv = argvFor(sequence.argv, server);
    for (const channel of ["native", "grpc-js"]) {
      const result = await runProgram([...argv, "--grpc-channel", channel]);
      assertEquals(result, { code: 0, stdout: sequence.stdout, stderr: "" });
    }
  },
});

Deno.test("grpc-js is refused where it may end the process, unless that is asked for", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const argv = ["health", "-i", "grpc", "-u", server.grpcAddress!, "--grpc-channel", "grpc-js"];
  const refused = await runProgram(argv, { env: { TRTIS_UNSAFE_GRPC_JS: "" } });
  assertEquals([refused.code, refused.stdout], [1, ""]);
  assertMatch(
    refused.stderr,
    /^error: Cannot use grpc-js on Deno \d+\.\d+\.\d+: its node:http2 aborts the whole process when a server sends GOAWAY .*\(--grpc-channel native, or TRTIS_UNSAFE_GRPC_JS=1\)\n$/,
  );
  assertEquals((await runProgram(argv, { env: { TRTIS_UNSAFE_GRPC_JS: "1" } })).code, 0);
});

Deno.test("every order of the two sequences adds up", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const sums = (stdout: string) => stdout.slice(stdout.indexOf("\n"));
  const outputs: string[] = [];
  for (const flags of [[], ["-a"], ["-r"], ["-a", "-r"]]) {
    const result = await runCommand([
      "simple_sequence_client",
      "--api",
      "v1",
      "-u",
      server.grpcAddress!,
      ...flags,
    ]);
    assertEquals(result.code, 0, result.stderr);
    const names = flags.includes("-r")
      ? "non-streaming : streaming\n"
      : "streaming : non-streaming\n";
    assert(result.stdout.startsWith(names), result.stdout);
    outputs.push(sums(result.stdout));
  }
  assertEquals(new Set(outputs).size, 1);
});

Deno.test("the simple clients say in one line what is wrong", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const url = server.grpcAddress!;
  const table: [argv: string[], code: number, message: RegExp][] = [
    [["simple_client", "-x"], 2, /^error: .*-x/],
    [["simple_client", "-i", "udp"], 2, /^error: .*"udp" for --protocol \(-i\)/],
    [
      ["simple_client", "-H", "novalue"],
      2,
      /^error: Cannot use a text without a colon for --header/,
    ],
    [["simple_sequence_client", "-i", "http", "-u", url], 2, /Streaming is only allowed with gRPC/],
    [["simple_client", "-i", "grpc", "-u", "127.0.0.1:1"], 1, /^error: .*127\.0\.0\.1:1/],
  ];
  for (const [argv, code, message] of table) {
    const result = await runCommand(argv);
    assertEquals(result.code, code, result.stderr);
    assertEquals(result.stdout, "");
    assert(message.test(result.stderr), result.stderr);
    // Behind a usage error stands where the help is.
    assertEquals(result.stderr.trimEnd().split("\n").length, code === 2 ? 2 : 1, result.stderr);
  }
});

Deno.test("a server that computes wrongly is noticed", async () => {
  const wrong = { "simple": "INT32", "simple_string": "STRING" } as const;
  await using server = await startServer({
    httpPort: false,
    grpcPort: 0,
    models: Object.entries(wrong).map(([name, type]) => ({
      config: {
        name,
        platform: "custom",
        maxBatchSize: 8,
        input: ["INPUT0", "INPUT1"].map((name) => (
          { name, dataType: `TYPE_${type}` as const, dims: [16n] }
        )),
        output: ["OUTPUT0", "OUTPUT1"].map((name) => (
          { name, dataType: `TYPE_${type}` as const, dims: [16n] }
        )),
      },
      createInstance: () => ({
        execute: (batch) =>
          batch.map(({ inputs, outputs }) =>
            outputs.map((name) => ({ name, shape: [16], data: inputs[0]!.data }))
          ),
      }),
    })),
  });
  for (const command of ["simple_client", "simple_string_client", "simple_callback_client"]) {
    const result = await runCommand([
      command,
      "--api",
      "v1",
      "-i",
      "grpc",
      "-u",
      server.grpcAddress!,
    ]);
    assertEquals(result.code, 1);
    assert(/incorrect sum at index 0: expected 1, got 0/.test(result.stderr), result.stderr);
  }
});
