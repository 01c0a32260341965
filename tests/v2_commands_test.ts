/**
 * Every command over v2, against the embedded server, over HTTP and gRPC.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type RunningServer, startServer } from "../src/server/server.ts";
import type { Wire } from "../src/protocol/types.ts";
import { fileURLToPath } from "node:url";
import { projectRoot } from "./program.ts";
import { runCommand, withoutNews } from "./run_command.ts";

const WIRES: readonly Wire[] = ["http", "grpc"];
const IMAGES = fileURLToPath(new URL("examples/images/", projectRoot));
const APPLE = `${IMAGES}apple_red.jpg`;

/** The flags that lead to a server over v2. */
function server2(server: RunningServer, wire: Wire): string[] {
  const url = wire === "http" ? server.httpAddress! : server.grpcAddress!;
  return ["-i", wire, "-u", url, "--api", "v2"];
}

/** Runs a command that must go well; what it printed. */
async function good(argv: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(argv);
  assertEquals([code, withoutNews(stderr)], [0, ""], argv.join(" "));
  return stdout;
}

for (const wire of WIRES) {
  Deno.test(`v2 ${wire}: health`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = server2(server, wire);
    assertEquals(await good(["health", ...flags]), "live: true\nready: true\n");
    const json = JSON.parse(await good(["health", "--json", "colors", ...flags]));
    assertEquals([json.api, json.protocol, json.model], ["v2", wire, {
      name: "colors",
      ready: true,
    }]);
    const unknown = await runCommand(["health", "nosuch", ...flags]);
    assertEquals(unknown.code, 1);
    assertStringIncludes(unknown.stdout, "model nosuch ready: false");
  });

  Deno.test(`v2 ${wire}: status`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = server2(server, wire);
    await good(["simple_client", ...flags]);
    const table = await good(["status", "simple", ...flags]);
    assertEquals(
      table.replace(/\d+ us/g, "N us").replace(/ +/g, " "),
      "triton 2.51.0, ready\n\n" +
        "MODEL VERSION STATE INFERENCES EXECUTIONS FAILED QUEUE COMPUTE\n" +
        "simple 1 READY 1 1 0 N us N us\n",
    );
    const all = JSON.parse(await good(["status", "--json", ...flags]));
    const names = all.index.models.map(({ name }: { name: string }) => name);
    assert(names.includes("repeat") && names.includes("identity_types"));
    assertEquals(all.statistics.modelStats.length, names.length);
    const unknown = await runCommand(["status", "nosuch", ...flags]);
    assertEquals([unknown.code, unknown.stdout], [1, ""]);
    assertMatch(
      unknown.stderr,
      /^error: Request for unknown model: 'nosuch' is not found; the server has .* and \d+ more\n$/,
    );
  });

  Deno.test(`v2 ${wire}: models`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = server2(server, wire);
    const row = async (name: string) => {
      const lines = (await good(["models", ...flags])).split("\n");
      return lines.find((line) => line.startsWith(`${name} `))!.split(/ +/);
    };
    assertEquals(await row("simple"), ["simple", "1", "READY"]);
    assertEquals(await good(["models", "unload", "simple", ...flags]), "unloaded simple\n");
    assertEquals(await row("simple"), ["simple", "1", "UNAVAILABLE", "unloaded"]);
    const late = await runCommand(["simple_client", ...flags]);
    assertEquals(late.code, 1);
    assertStringIncludes(late.stderr, "'simple' has no available versions");
    assertEquals(
      JSON.parse(await good(["models", "load", "simple", "--json", ...flags])),
      { model: "simple", action: "load" },
    );
    const index = JSON.parse(await good(["models", "index", "--json", ...flags]));
    assertEquals(
      index.find(({ name }: { name: string }) => name === "simple"),
      { name: "simple", version: "1", state: "READY" },
    );
    await good(["simple_client", ...flags]);
    const table: [string[], number, string][] = [
      [["load", "nosuch"], 1, "failed to load 'nosuch', failed to poll from model repository"],
      [["load"], 2, "name one"],
      [["index", "simple"], 2, "index takes no model"],
      [["drop", "simple"], 2, '"drop" for ACTION: expected index, load or unload'],
    ];
    for (const [args, code, message] of table) {
      const result = await runCommand(["models", ...args, ...flags]);
      assertEquals([result.code, result.stdout], [code, ""]);
      assertStringIncludes(result.stderr, message);
    }
  });

  Deno.test(`v2 ${wire}: models on a v1 server is refused`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = server2(server, wire).with(-1, "v1");
    for (const args of [[], ["load", "simple"], ["unload", "simple"]]) {
      const { code, stderr } = await runCommand(["models", ...args, ...flags]);
      assertEquals(code, 1);
      assertStringIncludes(stderr, "only in v2");
    }
  });

  Deno.test(`v2 ${wire}: image_client`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = server2(server, wire);
    for (
      const more of [["-m", "colors"], ["-m", "colors_nchw", "-s", "INCEPTION"], [
        "-m",
        "colors",
        "-a",
        ...(wire === "grpc" ? ["--streaming"] : []),
      ]]
    ) {
      const out = await good(["image_client", "-c", "1", ...more, ...flags, APPLE]);
      assert(/apple_red\.jpg':\n {4}2 \(red\) = 0\.\d+\n/.test(out), out);
    }
    const folder = await good([
      "image_client",
      "-m",
      "colors",
      "-c",
      "1",
      "-b",
      "8",
      ...flags,
      IMAGES,
    ]);
    assertEquals([...folder.matchAll(/^ {4}\d+ \(.*\) = /gm)].length, 16);
  });

  Deno.test(`v2 ${wire}: image_client works the layout out when the model does not say`, async () => {
    const shapes = { last: [32, 24, 3], first: [3, 32, 24] };
    await using server = await startServer({
      httpPort: 0,
      grpcPort: 0,
      models: Object.entries(shapes).map(([name, dims]) => ({
        config: {
          name,
          platform: "custom",
          maxBatchSize: 4,
          input: [{ name: "image", dataType: "TYPE_FP32" as const, dims: dims.map(BigInt) }],
          output: [{ name: "scores", dataType: "TYPE_FP32" as const, dims: [3n] }],
        },
        labels: { scores: ["red", "green", "blue: the colour"] },
        // The means of the three channels.
        createInstance: () => ({
          execute: (batch) =>
            batch.map(({ inputs, batchSize, outputs }) => {
              const values = new Float32Array(inputs[0]!.data.slice().buffer);
              const sums = new Float32Array(3 * batchSize);
              const pixels = 32 * 24;
              values.forEach((value, i) => {
                const at = i % (3 * pixels);
                const channel = name === "last" ? at % 3 : Math.floor(at / pixels);
                sums[3 * Math.floor(i / (3 * pixels)) + channel]! += value / pixels;
              });
              const bytes = new Uint8Array(sums.buffer);
              return outputs.map((output) => ({ name: output, shape: [3], data: bytes }));
            }),
        }),
      })),
    });
    const flags = server2(server, wire);
    const outs = [];
    for (const name of Object.keys(shapes)) {
      const out = await good(["image_client", "-m", name, "-c", "3", ...flags, APPLE]);
      assertStringIncludes(out, "(blue: the colour) = ");
      assert(/apple_red\.jpg':\n {4}0 \(red\)/.test(out), out);
      outs.push(out.replace(/^Request.*\n/, ""));
    }
    assertEquals(outs[0]!.split("\n").length, outs[1]!.split("\n").length);
  });

  Deno.test(`v2 ${wire}: ensemble_image_client`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const argv = ["ensemble_image_client", "-m", "preprocess_colors_ensemble", "-c", "1"];
    const out = await good([...argv, ...server2(server, wire), APPLE]);
    assert(/\(red\) = 0\./.test(out), out);
  });

  Deno.test(`v2 ${wire}: the simple clients`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = server2(server, wire);
    for (const name of ["simple_client", "simple_string_client", "simple_callback_client"]) {
      assertStringIncludes(await good([name, ...flags]), "15 + 1 = 16\n15 - 1 = 14\n");
    }
    if (wire === "http") return;
    for (const more of [[], ["-a"], ["-r"]]) {
      const out = await good(["simple_sequence_client", ...more, ...flags]);
      assertStringIncludes(out, "[7] 29 : 71");
    }
  });

  Deno.test(`v2 ${wire}: infer`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const flags = server2(server, wire);
    const types = await good([
      ...["infer", "-m", "identity_types", "--input", "INPUT_BF16=[1,2.5]"],
      ...["--input", 'INPUT_STRING=["a","ü"]', "--input", "INPUT_UINT64=[18446744073709551615]"],
      ...flags,
      "--json",
    ]);
    const { outputs } = JSON.parse(types);
    assertEquals(
      Object.fromEntries(
        outputs.map((one: { name: string; data: unknown }) => [one.name, one.data]),
      ),
      { OUTPUT_BF16: [1, 2.5], OUTPUT_STRING: ["a", "ü"], OUTPUT_UINT64: [2 ** 64] },
    );
    // JavaScript's parser rounds what the text says exactly.
    assertStringIncludes(types, "[18446744073709551615]");
    const classes = await good([
      ...["infer", "-m", "addsub_fp32", "--input", "INPUT0=zeros", "--input", "INPUT1=zeros"],
      ...["--output", "OUTPUT0:classes=1", ...flags],
    ]);
    assertStringIncludes(classes, "label0");
    const sequence = ["infer", "-m", "simple_sequence", ...flags];
    for (const id of ["7", "a name"]) {
      const step = (value: number, ...more: string[]) =>
        good([...sequence, "--sequence-id", id, "--input", `INPUT=[${value}]`, ...more]);
      assertStringIncludes(await step(3, "--sequence-start"), "    3\n");
      assertStringIncludes(await step(4, "--sequence-end"), "    7\n");
    }
  });
}

Deno.test("v2: grpc_image_client", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const argv = ["grpc_image_client", "-m", "colors", "-c", "1", "-u", server.grpcAddress!];
  assertStringIncludes(await good([...argv, "--api", "v2", APPLE]), "2 (red) = 0.");
});

Deno.test("v2: infer prints every answer of a decoupled model", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const argv = (count: number) => [
    ...["infer", "-m", "repeat", "--input", "IN=[5,6]", "--input", `COUNT=[${count}]`],
  ];
  const grpc = server2(server, "grpc");
  const three = await good([...argv(3), ...grpc]);
  assertEquals(
    three.match(/OUT INT32 \[2\]\n {4}5 6\nINDEX UINT32 \[1\]\n {4}[012]\n/g)?.length,
    3,
  );
  const none = await runCommand([...argv(0), ...grpc]);
  assertEquals(none, { code: 0, stdout: "", stderr: "model 'repeat' gave no answer\n" });
  const http = await runCommand([...argv(1), ...server2(server, "http")]);
  assertEquals(http.code, 1);
  assertStringIncludes(http.stderr, "decoupled");
  assertStringIncludes(http.stderr, "-i grpc");
});
