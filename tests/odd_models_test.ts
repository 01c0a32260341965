/**
 * image clients on models that are out of the ordinary: without batching, with the batch in their shape;
 * and an ensemble that refuses one of many images.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { joinPath } from "../src/base/path.ts";
import { InferenceError, type ServerModel, startServer } from "../mod.ts";
import { pathOf, projectRoot } from "./program.ts";
import { runCommand } from "./run_command.ts";

const examples = pathOf(new URL("examples/images", projectRoot));
const APPLE = `${examples}/apple_red.jpg`;

/** Which third of its output is largest: that of the channel with the largest sum. */
function channels(name: string, lead: bigint | undefined, received: number[][]): ServerModel {
  const before = lead === undefined ? [] : [lead];
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize: 0,
      input: [{ name: "IN", dataType: "TYPE_UINT8", dims: [...before, 8n, 8n, 3n] }],
      output: [{ name: "OUT", dataType: "TYPE_FP32", dims: [...before, 3n] }],
    },
    labels: { OUT: ["red", "green", "blue"] },
    createInstance: () => ({
      execute: (batch) =>
        batch.map(({ inputs: [input] }) => {
          received.push([...input!.shape]);
          const sums = new Float32Array(3);
          input!.data.forEach((value, i) => sums[i % 3]! += value);
          const shape = lead === undefined ? [3] : [1, 3];
          return [{ name: "OUT", shape, data: new Uint8Array(sums.buffer) }];
        }),
    }),
  };
}

Deno.test("models without batching may have the batch in their shape", async () => {
  const received: number[][] = [];
  const models = [
    channels("three", undefined, received),
    channels("one", 1n, received),
    channels("open", -1n, received),
  ];
  await using server = await startServer({ httpPort: 0, grpcPort: 0, models });
  for (const { config: { name } } of models) {
    const runs = [
      ["image_client", "-u", server.httpAddress!],
      ["image_client", "-i", "grpc", "-u", server.grpcAddress!],
      ["grpc_image_client", "-u", server.grpcAddress!],
    ];
    for (const argv of runs) {
      received.length = 0;
      const { code, stdout, stderr } = await runCommand([
        ...argv,
        "--api",
        "v2",
        "-m",
        name,
        APPLE,
      ]);
      assertEquals(code, 0, `${name} ${argv[0]}: ${stderr}`);
      assertStringIncludes(stdout, "    0 (red) = ");
      assertEquals(received, [name === "three" ? [8, 8, 3] : [1, 8, 8, 3]]);
    }
    const two = await runCommand([...runs[0]!, "--api", "v2", "-m", name, "-b", "2", examples]);
    assertEquals(two.code, 1);
    assertStringIncludes(two.stderr, `batching not supported for model "${name}"`);
  }
});

const picky: ServerModel = {
  config: {
    name: "picky",
    platform: "custom",
    maxBatchSize: 8,
    input: [{ name: "IN", dataType: "TYPE_STRING", dims: [1n] }],
    output: [{ name: "OUT", dataType: "TYPE_FP32", dims: [2n] }],
  },
  labels: { OUT: ["no", "yes"] },
  createInstance: () => ({
    execute: (batch) =>
      batch.map(({ inputs: [input], batchSize }) => {
        if (new TextDecoder().decode(input!.data).includes("corrupt")) {
          return new InferenceError("INTERNAL", "cannot decode an image");
        }
        const values = new Float32Array(2 * batchSize).map((_, i) => i % 2);
        return [{ name: "OUT", shape: [2], data: new Uint8Array(values.buffer) }];
      }),
  }),
};

Deno.test("ensemble_image_client names the image that the server refuses, and goes on", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false, models: [picky] });
  const folder = await Deno.makeTempDir();
  try {
    for (const name of ["a.jpg", "b.jpg", "c.jpg"]) {
      await Deno.writeTextFile(`${folder}/${name}`, name === "b.jpg" ? "corrupt" : "fine");
    }
    await Deno.mkdir(`${folder}/inner`);
    for (const api of ["v1", "v2"]) {
      const argv = [
        "ensemble_image_client",
        "-m",
        "picky",
        "-u",
        server.httpAddress!,
        "--api",
        api,
      ];
      const { code, stdout, stderr } = await runCommand([...argv, folder]);
      assertEquals(code, 1);
      const line = (name: string) => `Image '${joinPath(folder, name)}':\n    1 (yes) = 1`;
      assertEquals(stdout.replaceAll(/1\.0+\n/g, "1\n"), `${line("a.jpg")}\n${line("c.jpg")}\n`);
      assertStringIncludes(
        stderr,
        `note: ${joinPath(folder, "inner")} is skipped: it is a directory\n`,
      );
      assertStringIncludes(stderr, `error: ${joinPath(folder, "b.jpg")}: `);
      assertStringIncludes(stderr, "cannot decode an image");
      assertEquals(stderr.split("\n").length, 3, stderr);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
