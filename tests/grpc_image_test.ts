/**
 * `trtis grpc_image_client`: pictures through the generated stubs.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { joinPath } from "../src/base/path.ts";
import { startServer } from "../src/server/server.ts";
import { runProgram } from "./program.ts";
import { parseRun } from "./recorded_output.ts";
import { recordedModel, recordedPictures } from "./recorded_model.ts";
import { runCommand } from "./run_command.ts";
import { GOLDEN, sharedFile } from "./shared.ts";

const photos = sharedFile("images/");
const examples = fileURLToPath(new URL("../examples/images", import.meta.url));
const V1 = ["grpc_image_client", "--api", "v1"];
const softmax = (name: string) => [{ name, dataType: "TYPE_FP32", dims: [1000n] }] as const;
const MODELS = {
  resnet50_netdef: {
    input: [{
      name: "gpu_0/data",
      dataType: "TYPE_FP32",
      format: "FORMAT_NCHW",
      dims: [3n, 224n, 224n],
    }],
    output: softmax("gpu_0/softmax"),
  },
  classify_nhwc: {
    input: [{
      name: "input",
      dataType: "TYPE_FP32",
      format: "FORMAT_NHWC",
      dims: [224n, 224n, 3n],
    }],
    output: softmax("output"),
  },
} as const;

for (const name of ["grpc_image_client", "grpc_image_client_streaming_dir"]) {
  Deno.test({
    name: `prints what the original printed of the same answers: ${name}`,
    ignore: !photos,
    async fn() {
      const { argv, stdout, code } = parseRun(
        Deno.readTextFileSync(new URL(`${name}.txt`, GOLDEN)),
      );
      const model = argv[argv.indexOf("-m") + 1] as keyof typeof MODELS;
      await using server = await startServer({
        httpPort: false,
        grpcPort: 0,
        models: [recordedModel(model, MODELS[model], recordedPictures(stdout))],
      });
      const folder = fileURLToPath(photos!).replace(/[\\/]$/, "");
      const [, ...flags] = argv.map((arg) =>
        arg === "127.0.0.1:8001" ? server.grpcAddress! : arg.replace(/^images/, folder)
      );
      const result = await runCommand([...V1, ...flags]);
      assertEquals(result.stderr, "");
      const shown = result.stdout.replaceAll(`${folder}/`, "images/");
      assertEquals(shown.replaceAll(joinPath(folder, ""), "images/"), stdout);
      assertEquals(result.code, code);
    },
  });
}

/** Whether an example picture got the colour that its name ends in. */
function topColors(stdout: string): Map<string, string> {
  const colors = new Map<string, string>();
  for (const [, name, word] of stdout.matchAll(/^Image '(.*)':\n {4}\d+ \((\w+)\) =/gm)) {
    colors.set(name!, word!);
  }
  return colors;
}

Deno.test("every way of sending gives every example its colour", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const ways = [
    [],
    ["-a", "--grpc-channel", "grpc-js"],
    ["--streaming", "-b", "5"],
    ["--streaming", "-a", "--grpc-channel", "grpc-js"],
    ["-a", "-s", "INCEPTION", "-b", "32"],
    // The model takes the means in the order of the C++ client.
    ["-m", "colors_nchw", "-s", "VGG", "--scaling-order", "bgr", "-b", "4"],
  ];
  for (const way of ways) {
    const model = way.includes("-m") ? [] : ["-m", "colors"];
    const argv = [...V1, "-u", server.grpcAddress!, ...model, ...way, examples];
    const { code, stdout, stderr } = await runCommand(argv);
    assertEquals([code, stderr], [0, ""]);
    const colors = topColors(stdout);
    assert(colors.size > 8);
    for (const [path, color] of colors) {
      assertEquals(color, /_([a-z]+)\.\w+$/.exec(path)![1], `${way}: ${path}`);
    }
  }
});

Deno.test("the program itself, with a picture that is none among the others", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/a_notes.txt`, "no picture");
    await Deno.copyFile(`${examples}/apple_red.jpg`, `${folder}/b_red.jpg`);
    const argv = [...V1, "-v", "-u", server.grpcAddress!, "-m", "colors", folder];
    const { code, stdout, stderr } = await runProgram(argv);
    assertEquals(code, 1);
    assertEquals(topColors(stdout), new Map([[joinPath(folder, "b_red.jpg"), "red"]]));
    assert(
      /^v1: input input is FP32, NHWC, 224 x 224 pixels, 3 channels\nerror: [^\n]*a_notes\.txt[^\n]*\n$/
        .test(stderr),
      stderr,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("what is wrong is one line", async () => {
  await using server = await startServer({ httpPort: false, grpcPort: 0 });
  const url = ["-u", server.grpcAddress!];
  const picture = `${examples}/apple_red.jpg`;
  const table: [argv: string[], code: number, message: RegExp][] = [
    [[...url, picture], 2, /Missing flag --model/],
    [[...url, "-m", "colors"], 2, /Missing argument IMAGE\|DIRECTORY/],
    [[...url, "-m", "colors", "-s", "X", picture], 2, /"X" for --scaling \(-s\)/],
    [[...url, "-m", "colors", `${examples}/nosuch.jpg`], 1, /nosuch\.jpg": no such file/],
    [[...url, "-m", "nosuch", picture], 1, /unknown model 'nosuch'/],
    [[...url, "-m", "simple", picture], 1, /expecting 1 input, model "simple" has 2/],
    [[...url, "-m", "colors", "-b", "33", picture], 1, /expecting batch size <= 32/],
    [["-u", "127.0.0.1:1", "-m", "colors", picture], 1, /127\.0\.0\.1:1/],
  ];
  for (const [argv, code, message] of table) {
    const result = await runCommand([...V1, ...argv]);
    assertEquals([result.code, result.stdout], [code, ""], result.stderr);
    assert(message.test(result.stderr), result.stderr);
    assertEquals(result.stderr.trimEnd().split("\n").length, code === 2 ? 2 : 1, result.stderr);
  }
});
