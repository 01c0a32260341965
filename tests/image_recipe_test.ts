/**
 * The image clients' preprocessing flags, from the command line to the bytes that a server gets.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import type { ConfigDataType, ServerModel } from "../mod.ts";
import { joinPath } from "../src/base/path.ts";
import { startServer } from "../src/server/server.ts";
import type { ProgramResult } from "./program.ts";
import { runCommand } from "./run_command.ts";

interface Sent {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** A classifier that remembers its input; r19.07's clients want to be told the format. */
function classifier(
  name: string,
  dataType: string,
  dims: number[],
  sent: Sent[],
  format: "FORMAT_NONE" | "FORMAT_NHWC" = "FORMAT_NONE",
): ServerModel {
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize: 4,
      input: [{
        name: "IN",
        dataType: `TYPE_${dataType}` as ConfigDataType,
        dims: dims.map(BigInt),
        format,
      }],
      output: [{ name: "OUT", dataType: "TYPE_FP32", dims: [2n] }],
    },
    createInstance: () => ({
      execute: (batch) =>
        batch.map(({ inputs, batchSize }) => {
          for (const { shape, data } of inputs) {
            sent.push({ shape: [...shape], data: data.slice() });
          }
          const scores = new Float32Array(2 * Math.max(1, batchSize));
          return [{ name: "OUT", shape: [2], data: new Uint8Array(scores.buffer) }];
        }),
    }),
  };
}

/** A picture of 8 x 4 pixels: R is 10 a column, G 20 a row, B 7. */
function picture(): Uint8Array {
  const pixels = Array.from({ length: 32 }, (_, i) => [i % 8 * 10, (i >> 3) * 20, 7]).flat();
  return Uint8Array.of(...new TextEncoder().encode("P6\n8 4\n255\n"), ...pixels);
}

interface Run extends ProgramResult {
  readonly sent: Sent[];
}

/** Runs an image client on the picture, against models of three kinds. */
async function run(command: string, model: string, ...flags: string[]): Promise<Run> {
  const sent: Sent[] = [];
  await using server = await startServer({
    ...{ httpPort: 0, grpcPort: 0 },
    models: [
      classifier("planes", "FP32", [3, 4, 4], sent),
      classifier("bytes", "UINT8", [4, 4, 3], sent),
      classifier("any", "FP32", [-1, -1, 3], sent),
    ],
  });
  const folder = await Deno.makeTempDir({ prefix: "trtis-recipe-" });
  try {
    const path = joinPath(folder, "a.ppm");
    await Deno.writeFile(path, picture());
    const url = command !== "grpc_image_client" ? server.httpAddress! : server.grpcAddress!;
    const images = command === "perf_client" ? ["--request-count", "1", "--input-images"] : [];
    const argv = [command, "-m", model, "-u", url, "--api", "v2", ...flags, ...images, path];
    return { ...await runCommand(argv), sent };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const floats = ({ sent }: Run) => [...new Float32Array(sent[0]!.data.slice().buffer)];

Deno.test("a preset makes what its library makes, in both clients", async () => {
  for (const command of ["image_client", "grpc_image_client"]) {
    const result = await run(command, "planes", "--preset", "clip");
    assertEquals([result.code, result.stderr], [0, ""], command);
    assertEquals(result.sent[0]!.shape, [3, 4, 4]);
    const values = floats(result);
    // The middle of the picture begins with its third column; nothing is resized.
    assertAlmostEquals(values[0]!, (20 / 255 - 0.48145466) / 0.26862954, 1e-5);
    assertAlmostEquals(values[3]!, (50 / 255 - 0.48145466) / 0.26862954, 1e-5);
    assertAlmostEquals(values[16 + 4]!, (20 / 255 - 0.4578275) / 0.26130258, 1e-5);
    assertAlmostEquals(values[47]!, (7 / 255 - 0.40821073) / 0.27577711, 1e-5);
  }
});

Deno.test("--scaling is r19.07's on v1 and Triton's on v2, unless it is said", async () => {
  // The lower left pixel of the picture when it is resized to 4 x 4.
  const pixel = [5, 60, 7];
  const inception = (divisor: number) =>
    pixel.map((x) => Math.fround(Math.fround(x / divisor) - 1));
  const vgg = (means: number[]) => pixel.map((x, c) => x - means[c]!);
  const [bgr, rgb] = [[104, 117, 123], [123, 117, 104]];
  const rows: [string, string[], number[], number[]][] = [
    ["INCEPTION", [], inception(128), inception(127.5)],
    ["INCEPTION", ["--scaling-of", "r19.07"], inception(128), inception(128)],
    ["INCEPTION", ["--scaling-of", "triton"], inception(127.5), inception(127.5)],
    ["VGG", [], vgg(bgr), vgg(rgb)],
    ["VGG", ["--scaling-of", "triton"], vgg(rgb), vgg(rgb)],
    ["VGG", ["--scaling-order", "bgr"], vgg(bgr), vgg(bgr)],
    ["VGG", ["--scaling-of", "r19.07", "--scaling-order", "rgb"], vgg(rgb), vgg(rgb)],
  ];
  for (const command of ["image_client", "grpc_image_client", "perf_client"]) {
    for (const [scaling, flags, v1, v2] of rows) {
      // grpc_image_client's original is a Python program, whose order was Triton's already.
      const isPython = command === "grpc_image_client" && !flags.includes("bgr");
      const of19 = isPython && scaling === "VGG" ? vgg(rgb) : v1;
      for (const [api, expected] of [["v1", of19], ["v2", v2]] as const) {
        const what = ["--scaling", scaling, "--layout", "NCHW", "--api", api, ...flags];
        const result = await run(command, "planes", ...what);
        const said = `${command} ${what.join(" ")}: ${result.stderr}`;
        assertEquals(result.code, 0, said);
        const values = floats(result);
        assertEquals([0, 1, 2].map((c) => values[c * 16 + 12]), expected, said);
      }
    }
  }
});

Deno.test("parts by value", async () => {
  const parts = [
    "--fit",
    "crop",
    "--scale",
    "1/10",
    "--mean",
    "1,2,0.7",
    "--std",
    "1,2,1",
    "--bgr",
  ];
  const result = await run("image_client", "planes", ...parts);
  const values = floats(result);
  assertAlmostEquals(values[0]!, 0, 1e-6);
  assertAlmostEquals(values[16]!, -1, 1e-6);
  assertAlmostEquals(values[32]!, 1, 1e-6);
  const nearest = ["--interpolation", "nearest", "--fit", "stretch"];
  const columns = floats(await run("image_client", "planes", ...nearest)).slice(0, 4);
  assertEquals(columns, [10, 30, 50, 70]);
  const mean = ["--interpolation", "area"];
  assertEquals(floats(await run("image_client", "planes", ...mean)).slice(0, 4), [5, 25, 45, 65]);
});

Deno.test("letterbox: gray bars above and below", async () => {
  const { sent } = await run("image_client", "bytes", "--fit", "letterbox");
  const rows = Array.from({ length: 4 }, (_, y) => sent[0]!.data[y * 12 + 2]);
  assertEquals(rows, [114, 7, 7, 114]);
});

Deno.test("a model that takes any size gets the one that is asked for", async () => {
  const refused = await run("image_client", "any");
  assertEquals(refused.code, 1);
  assertStringIncludes(refused.stderr, "variable-size dimension in model input not supported");
  assertStringIncludes(refused.stderr, "--crop N or --resize WxH");
  for (const command of ["image_client", "grpc_image_client"]) {
    const cropped = await run(command, "any", "--resize", "4", "--crop", "2");
    assertEquals([cropped.code, cropped.sent[0]?.shape], [0, [2, 2, 3]], cropped.stderr);
    assertEquals(floats(cropped), [30, 20, 7, 40, 20, 7, 30, 40, 7, 40, 40, 7]);
    const resized = await run(command, "any", "--resize", "8x4", "--preset", "none");
    assertEquals([resized.code, resized.sent[0]?.shape], [0, [4, 8, 3]], resized.stderr);
  }
  const other = await run("image_client", "planes", "--crop", "5");
  assertStringIncludes(other.stderr, "the model wants images of 4 x 4 pixels, not 5 x 5");
});

Deno.test("a model that takes any size, over every protocol and wire", async () => {
  const folder = await Deno.makeTempDir({ prefix: "trtis-recipe-" });
  const sent: Sent[] = [];
  await using server = await startServer({
    ...{ httpPort: 0, grpcPort: 0 },
    models: [classifier("any", "FP32", [-1, -1, 3], sent, "FORMAT_NHWC")],
  });
  try {
    const path = joinPath(folder, "a.ppm");
    await Deno.writeFile(path, picture());
    const [http, grpc] = [["-u", server.httpAddress!], ["-i", "grpc", "-u", server.grpcAddress!]];
    for (const api of ["v1", "v2"]) {
      for (const wire of [http, grpc, [...grpc, "--streaming"]]) {
        sent.length = 0;
        const flags = ["-m", "any", "--resize", "4", "--crop", "2", "-b", "2", "--api", api];
        const what = [api, ...wire].join(" ");
        const classified = await runCommand(["image_client", ...flags, ...wire, path, path]);
        assertEquals([classified.code, sent[0]?.shape], [0, [2, 2, 3]], what + classified.stderr);
        const once = [30, 20, 7, 40, 20, 7, 30, 40, 7, 40, 40, 7];
        assertEquals([...new Float32Array(sent[0]!.data.slice().buffer)], [...once, ...once], what);
        sent.length = 0;
        const images = ["--input-images", path, "--request-count", "2"];
        const measured = await runCommand(["perf_client", ...flags, ...wire, ...images]);
        assertEquals([measured.code, sent[0]?.shape], [0, [2, 2, 3]], what + measured.stderr);
        assertEquals([...new Float32Array(sent[0]!.data.slice().buffer)], [...once, ...once], what);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the type that is asked for is sent", async () => {
  const halves = await run("image_client", "bytes", "--datatype", "FP16");
  // The embedded server takes what its model says, and nothing else.
  assertEquals(halves.code, 1);
  assertStringIncludes(halves.stderr, "FP16");
  const same = await run("image_client", "bytes", "--datatype", "uint8");
  assertEquals([same.code, same.sent[0]!.data.length], [0, 48]);
});

Deno.test("--explain tells what is done, and a silent model gets a warning", async () => {
  const plain = await run("image_client", "planes");
  assertEquals(
    plain.stderr,
    "warning: the model doesn't say how it wants its pixels, and gets them from 0 to 255; say it " +
      "with --preset torchvision, timm, keras-caffe, keras-tf, inception, vgg, clip or none\n",
  );
  assertEquals((await run("image_client", "bytes")).stderr, "");
  assertEquals((await run("grpc_image_client", "planes", "--preset", "none")).stderr, "");
  const told = await run("image_client", "planes", "--preset", "torchvision", "--explain");
  assertEquals(
    told.stderr,
    "input IN: FP32; NCHW, by its shape; 4 x 4 pixels, 3 channels\n" +
      "resize: the shorter side to 5, then the middle 4 x 4; bilinear, antialiased\n" +
      "values: (pixel / 255 - (0.485, 0.456, 0.406)) / (0.229, 0.224, 0.225)\n" +
      "order: red, green, blue\n",
  );
  const draft = await run("image_client", "bytes", "--explain", "--draft");
  assertStringIncludes(
    draft.stderr,
    "draft: large JPEGs are decoded at a half, a quarter or an eighth",
  );
  const none = await run("image_client", "bytes", "--explain", "--layout", "nhwc");
  assertEquals(
    none.stderr,
    "input IN: UINT8; NHWC, as asked; 4 x 4 pixels, 3 channels\n" +
      "resize: both sides to 4 x 4, bilinear as in OpenCV, not antialiased\n" +
      "values: pixels as they are, 0 to 255\n",
  );
});

Deno.test("flags that contradict each other are wrong usage", async () => {
  const both = await run("image_client", "planes", "--preset", "clip", "-s", "VGG");
  assertEquals(both.code, 2);
  assertStringIncludes(both.stderr, "can't be combined with --preset");
  const fits = await run("image_client", "planes", "--resize", "5", "--fit", "stretch");
  assertEquals(fits.code, 1);
  assertStringIncludes(fits.stderr, 'a shorter side and the fit "stretch" contradict each other');
});
