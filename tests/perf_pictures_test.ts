/**
 * Pictures as load: perf_client --input-images over every protocol and wire of the embedded server.
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startServer } from "../src/server/server.ts";
import { runPerf, runPerfJson } from "./perf_program.ts";

const EXAMPLES = "examples/images";
const COUNT = ["--request-count", "30", "-t", "3"];

/** Folders named after what their pictures show; one of the four pictures is in the wrong one. */
async function withFolders(use: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    const places = {
      "red/apple.jpg": "apple_red.jpg",
      "GREEN/field.jpg": "field_green.jpg",
      "5/sea.jpg": "sea_blue.jpg",
      "yellow/road.jpg": "road_gray.jpg",
    };
    for (const [place, name] of Object.entries(places)) {
      await Deno.mkdir(`${root}/${place.split("/")[0]}`);
      await Deno.copyFile(`${EXAMPLES}/${name}`, `${root}/${place}`);
    }
    await use(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("pictures as load, their answers checked, over every protocol and wire", async (test) => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  await withFolders(async (root) => {
    for (const api of ["v1", "v2"]) {
      for (const wire of ["http", "grpc", "stream"]) {
        await test.step(`${api} over ${wire}`, async () => {
          const address = wire === "http" ? server.httpAddress! : server.grpcAddress!;
          const streaming = wire === "stream" ? ["--streaming"] : [];
          const args = ["-u", address, "-i", wire === "http" ? "http" : "grpc", ...streaming];
          // Batches of 3 of 4 pictures: 4 requests until they begin again.
          const { code, report, stdout, stderr } = await runPerfJson([
            ...["-m", "colors", "-b", "3", ...COUNT, ...args, "--api", api, "--recursive"],
            ...["--input-images", root, "--truth", "folders", "--request-count", "40"],
          ]);
          assertEquals(code, 0, stderr);
          assertEquals(report.settings.input.source, "images");
          const { accuracy, requestCount } = report.levels[0]!.reported;
          assertEquals(requestCount, 40);
          assertEquals(accuracy, { checkedCount: 120, top1Count: 90, top1: 0.75 });
          assertStringIncludes(stdout, "    Accuracy: top-1 75.0 % (90 of 120)\n");
        });
      }
    }
  });
});

Deno.test("pictures as load are prepared as the flags say", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const base = ["-m", "colors", "-u", server.httpAddress!, ...COUNT];
  const run = await runPerf([
    ...[...base, "--input-images", `${EXAMPLES}/*.jpg`, "--preset", "torchvision", "--explain"],
    ...["--layout", "NHWC", "--api", "v2"],
  ]);
  assertEquals(run.code, 0, run.stderr);
  assertStringIncludes(run.stderr, "values: (pixel / 255 - (0.485, 0.456, 0.406)) / (0.229,");
  assert(!run.stdout.includes("Accuracy"), run.stdout);
  // Normalised pixels of a sea are no longer blue: the flags reach the model.
  await withFolders(async (root) => {
    const args = [...base, "--input-images", `${root}/5/sea.jpg`, "--truth", "folders"];
    const plain = await runPerfJson(args);
    assertEquals(plain.level.reported.accuracy?.top1, 1);
    const black = await runPerfJson([...args, "--scale", "1/1000", "--mean", "1"]);
    assertEquals(black.level.reported.accuracy?.top1, 0);
  });
});

Deno.test("pictures that can't be used are said before the load, and the others are sent", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const base = ["-m", "colors", "-u", server.httpAddress!, ...COUNT];
  await withFolders(async (root) => {
    await Deno.writeTextFile(`${root}/red/notes.txt`, "not a picture");
    const images = ["--input-images", root, "--recursive", "--truth", "folders"];
    const { code, merged, stderr } = await runPerf([...base, ...images]);
    assertEquals(code, 0, stderr);
    assertMatch(stderr, /^warning: .*notes\.txt/m);
    assert(merged.indexOf("notes.txt") < merged.indexOf("Request concurrency"), merged);

    const size = 224 * 224 * 3 * 4;
    const few = await runPerf([...base, ...images, "--input-memory", `${2 * size + 1}`]);
    assertEquals(few.code, 0, few.stderr);
    assertMatch(few.stderr, /only the first 2 pictures fit into --input-memory/);
    // Two pictures, of 5 and GREEN: both right.
    assertStringIncludes(few.stdout, "Accuracy: top-1 100.0 % (30 of 30)");
  });
});

Deno.test("pictures as load: errors before anything is sent", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const base = ["-u", server.httpAddress!, "-m"];
  const cases: [args: string[], code: number, text: RegExp][] = [
    [["simple", "--input-images", EXAMPLES], 1, /expecting 1 input, model "simple" has 2/],
    [["colors", "--input-images", "no/such"], 1, /Cannot find "no\/such"/],
    [["colors", "--input-images", "README.md"], 1, /no picture can be used/],
    [["colors", "--input-images", EXAMPLES, "--input-memory", "100K"], 1, /602112 bytes/],
    [["colors", "--input-images", EXAMPLES, "--input-memory", "much"], 2, /expected a size/],
    [["colors", "--input-images", EXAMPLES, "-z"], 2, /can't be combined with -z/],
    [["colors", "--input-images", EXAMPLES, "--shape", "x:1"], 2, /--crop or --resize/],
    [["colors", "--input-images", EXAMPLES, "--datatype", "STRING"], 2, /expected one of FP32/],
    [["colors", "--input-images", EXAMPLES, "--truth", "no.csv"], 1, /Cannot read the truth/],
    [["colors", "--preset", "timm"], 2, /--preset is about pictures/],
    [["colors", "--truth", "folders"], 2, /give --input-images/],
  ];
  for (const [args, code, text] of cases) {
    const run = await runPerf([...base, ...args]);
    assertEquals(run.code, code, run.merged);
    assertMatch(run.stderr, text);
    assert(!run.stdout.includes("Request count"), run.stdout);
  }
});
