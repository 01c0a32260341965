/**
 * `trtis ensemble_image_client`: the pictures' own bytes, decoded by the server.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { joinPath } from "../src/base/path.ts";
import { startServer } from "../src/server/server.ts";
import { parseRun } from "./recorded_output.ts";
import { recordedModel, recordedPictures } from "./recorded_model.ts";
import { runCommand } from "./run_command.ts";
import { GOLDEN, sharedFile } from "./shared.ts";

const recording = new URL("ensemble_image_client.txt", GOLDEN);
const photos = sharedFile("images/");
const examples = fileURLToPath(new URL("../examples/images", import.meta.url));
const ENSEMBLE = {
  input: [{ name: "INPUT", dataType: "TYPE_STRING", dims: [1n] }],
  output: [{ name: "OUTPUT", dataType: "TYPE_FP32", dims: [1000n] }],
} as const;

for (const wire of ["http", "grpc"] as const) {
  Deno.test({
    name: `prints what the original printed of the same answers, over ${wire}`,
    ignore: !photos,
    async fn() {
      const { argv, stdout, code } = parseRun(Deno.readTextFileSync(recording));
      const pictures = recordedPictures(stdout);
      const model = recordedModel("preprocess_resnet50_ensemble", ENSEMBLE, pictures);
      await using server = await startServer({ httpPort: 0, grpcPort: 0, models: [model] });
      const url = wire === "http" ? server.httpAddress! : server.grpcAddress!;
      const folder = fileURLToPath(photos!).replace(/[\\/]$/, "");
      const given = argv.map((arg) =>
        arg === "127.0.0.1:8000" ? url : arg.replace(/^images/, folder)
      );
      const result = await runCommand([...given, "-i", wire, "--api", "v1"]);
      assertEquals(result.stderr, "");
      assertEquals(result.stdout.replaceAll(folder, "images"), stdout);
      assertEquals(result.code, code);
    },
  });

  Deno.test(`the embedded ensemble gives every example its colour, over ${wire}`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const url = wire === "http" ? server.httpAddress! : server.grpcAddress!;
    const argv = [
      "-i",
      wire,
      "-u",
      url,
      "--api",
      "v1",
      "-m",
      "preprocess_colors_ensemble",
      "-v",
      examples,
    ];
    const { code, stdout, stderr } = await runCommand(["ensemble_image_client", ...argv]);
    assertEquals(code, 0, stderr);
    assert(/^answered in [\d.]+ ms\n$/.test(stderr), stderr);
    const found = [...stdout.matchAll(/^Image '.*_(\w+)\.\w+':\n {4}\d+ \((\w+)\) =/gm)];
    assert(found.length > 8);
    for (const [, name, color] of found) assertEquals(color, name);
  });
}

Deno.test("only as many pictures as the ensemble takes are sent", async () => {
  const pictures = ["one", "two"].map((label, index) => ({
    name: label,
    classes: [{ index, label, value: 1 }],
  }));
  const model = recordedModel("two_at_most", ENSEMBLE, pictures);
  await using server = await startServer({
    httpPort: false,
    grpcPort: 0,
    models: [{ ...model, config: { ...model.config, maxBatchSize: 2 } }],
  });
  const argv = [
    "-i",
    "grpc",
    "-u",
    server.grpcAddress!,
    "--api",
    "v1",
    "-m",
    "two_at_most",
    examples,
  ];
  const { code, stdout, stderr } = await runCommand(["ensemble_image_client", ...argv]);
  assertEquals(code, 0);
  assert(stderr.includes("only the first 2 images"), stderr);
  assertEquals(
    stdout.replaceAll(joinPath(examples, ""), ""),
    "Image 'apple_red.jpg':\n    0 (one) = 1\nImage 'chess_board_black.png':\n    1 (two) = 1\n",
  );
});

Deno.test("what is wrong is one line", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const flags = ["-i", "grpc", "-u", server.grpcAddress!, "--api", "v1"];
  const ensemble = ["-m", "preprocess_colors_ensemble"];
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeFile(`${folder}/empty.jpg`, new Uint8Array());
    await Deno.writeTextFile(`${folder}/text.jpg`, "no picture");
    const table: [argv: string[], code: number, message: RegExp][] = [
      [[...flags, `${folder}/text.jpg`], 1, /unknown model 'preprocess_resnet50_ensemble'/],
      [
        [...flags, "-m", "simple", `${folder}/text.jpg`],
        1,
        /expecting one STRING input .*"simple"/,
      ],
      [[...flags, ...ensemble, `${folder}/nosuch.jpg`], 1, /nosuch\.jpg": no such file/],
      [[...flags, ...ensemble, `${folder}/empty.jpg`], 1, /empty\.jpg: it is empty/],
      [[...flags, ...ensemble, `${folder}/text.jpg`], 1, /preprocess_colors/],
      [[...flags, ...ensemble], 2, /Missing argument IMAGE\|DIRECTORY/],
    ];
    for (const [argv, code, message] of table) {
      const result = await runCommand(["ensemble_image_client", ...argv]);
      assertEquals([result.code, result.stdout], [code, ""], result.stderr);
      assert(message.test(result.stderr), result.stderr);
      assertEquals(result.stderr.trimEnd().split("\n").length, code === 2 ? 2 : 1, result.stderr);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
