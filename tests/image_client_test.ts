/**
 * image_client from its command line to its output, over every wire, with good and bad pictures.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath as fromFileUrl } from "node:url";
import { joinPath } from "../src/base/path.ts";
import { startServer } from "../src/server/server.ts";
import { runCommand } from "./run_command.ts";
import { sharedFile } from "./shared.ts";

const IMAGES = fromFileUrl(new URL("../examples/images", import.meta.url));
const APPLE = `${IMAGES}/apple_red.jpg`;

/** The closing line, and nothing else. */
const SUMMARY = /^classified 12, failed 0, [\d.]+ images\/s\n$/;

async function withServer(
  body: (http: string, grpc: string) => Promise<void>,
): Promise<void> {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  await body(server.httpAddress!, server.grpcAddress!);
}

// Workers are checked and started anew for each run here: only where they are the point.
const image = (...args: string[]) =>
  runCommand(["image_client", ...(args.includes("--workers") ? [] : ["--workers", "0"]), ...args]);

Deno.test("every way to send gives the same classes", async () => {
  await withServer(async (http, grpc) => {
    const reference = await image("-m", "colors", "-c", "3", "-u", http, IMAGES);
    assertMatch(reference.stderr, SUMMARY);
    assertEquals(reference.code, 0);
    const classes = (text: string) => text.replace(/^Request.*\n/gm, "");
    assertMatch(
      reference.stdout,
      /^Request 0, batch size 1\nImage '.*apple_red.jpg':\n {4}2 \(red\) = 0\.\d+\n/,
    );
    assertEquals(reference.stdout.match(/^Image /gm)?.length, 12);
    const ways = [
      ["-u", http, "-a"],
      ["-u", http, "-b", "4"],
      ["-u", http, "-a", "-b", "2", "--workers", "1"],
      ["-u", http, "--workers", "2", "-b", "3"],
      ["-i", "gRPC", "-u", grpc],
      ["-i", "grpc", "-u", grpc, "--streaming"],
      ["-i", "grpc", "-u", grpc, "--streaming", "-a", "-b", "3"],
      ["-i", "grpc", "-u", grpc, "--grpc-channel", "grpc-js", "-b", "6"],
    ];
    for (const way of ways) {
      const result = await image("-m", "colors", "-c", "3", ...way, IMAGES);
      assertEquals([way, result.code], [way, 0]);
      assertMatch(result.stderr, SUMMARY);
      assertEquals(classes(result.stdout), classes(reference.stdout));
    }
  });
});

Deno.test("the last batch wraps around; JSON names each picture once", async () => {
  await withServer(async (http) => {
    const wrapped = await image("-m", "colors", "-b", "8", "-u", http, IMAGES);
    const names = [...wrapped.stdout.matchAll(/^Image '.*[\\/](.*)':$/gm)].map(([, name]) => name);
    assertEquals(names.length, 16);
    assertEquals(names.slice(12), names.slice(0, 4));
    const json = await image("-m", "colors", "-b", "8", "--json", "-u", http, IMAGES);
    const lines = json.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assertEquals(lines.length, 12);
    assertEquals(lines[0].classes[0].label, "red");
    assertEquals(lines[11].request, 1);
  });
});

Deno.test("layouts and scalings come to the same colours", async () => {
  await withServer(async (http) => {
    for (const model of ["colors", "colors_nchw"]) {
      for (const scaling of ["NONE", "INCEPTION", "vgg"]) {
        const result = await image("-m", model, "-s", scaling, "-u", http, APPLE);
        assertStringIncludes(result.stdout, "2 (red)");
      }
    }
  });
});

Deno.test({
  name: "-p writes the recorded preprocessing of the original",
  ignore: sharedFile("images/mug.jpg") === undefined,
  async fn() {
    const file = await Deno.makeTempFile();
    try {
      await withServer(async (http) => {
        const photo = fromFileUrl(sharedFile("images/vulture.jpeg")!);
        assertEquals((await image("-m", "colors", "-p", file, "-u", http, photo)).code, 0);
        const tensor = new Float32Array((await Deno.readFile(file)).buffer);
        const golden = await Deno.readFile(
          sharedFile("golden/r19.07/preprocess_vulture_none_nhwc.u8")!,
        );
        assertEquals(tensor.length, golden.length);
        assert(golden.every((level, i) => Math.abs(level - tensor[i]!) <= 1));
      });
    } finally {
      await Deno.remove(file);
    }
  },
});

Deno.test("a picture that can't be read is named, the others are classified", async () => {
  const directory = await Deno.makeTempDir();
  try {
    await Deno.copyFile(APPLE, `${directory}/a.jpg`);
    await Deno.writeTextFile(`${directory}/b.jpg`, "this is text");
    await Deno.writeFile(`${directory}/c.jpg`, (await Deno.readFile(APPLE)).subarray(0, 2000));
    await Deno.writeFile(`${directory}/d.jpg`, new Uint8Array());
    await Deno.mkdir(`${directory}/inner`);
    await Deno.copyFile(`${IMAGES}/sea_blue.jpg`, `${directory}/z ü.jpg`);
    await withServer(async (http) => {
      const { code, stdout, stderr } = await image("-m", "colors", "-u", http, directory);
      assertEquals(code, 1);
      assertEquals(stdout.match(/^Image .*$/gm), [
        `Image '${joinPath(directory, "a.jpg")}':`,
        `Image '${joinPath(directory, "z ü.jpg")}':`,
      ]);
      const lines = stderr.trimEnd().split("\n");
      assertEquals(lines.length, 5, stderr);
      assertMatch(lines[4]!, /^classified 2, failed 3, [\d.]+ images\/s$/);
      // Files are classified while the directory is read, so these come in any order.
      assertStringIncludes(stderr, `${joinPath(directory, "inner")} is skipped`);
      for (const name of ["b.jpg", "c.jpg", "d.jpg"]) {
        const path = joinPath(directory, name);
        assertStringIncludes(stderr, `error: Cannot decode image "${path}"`);
      }
    });
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
});

Deno.test("what can't work is said in one line", async () => {
  const empty = await Deno.makeTempDir();
  try {
    await withServer(async (http, grpc) => {
      const closed = await startServer({ httpPort: 0, grpcPort: false });
      const nobody = closed.httpAddress!;
      await closed.close();
      const table: [string[], number, string][] = [
        [
          ["-m", "colors", "-u", nobody, APPLE],
          1,
          `Cannot connect to ${nobody}: connection refused`,
        ],
        [["-m", "colors", "-u", nobody, APPLE], 1, "`trtis serve`"],
        [["-m", "colors", "-u", grpc, APPLE], 1, "looks like the gRPC port"],
        [["-m", "colors", "-i", "grpc", "-u", http, APPLE], 1, "the HTTP port?"],
        [
          ["-m", "nosuch", "--api", "v1", "-u", http, APPLE],
          1,
          "error: unable to create inference context: [inference:0 ",
        ],
        [["-m", "simple", "-u", http, APPLE], 1, 'expecting 1 input, model "simple" has 2'],
        [
          ["-m", "colors", "-b", "64", "-u", http, APPLE],
          1,
          "expecting batch size <= 32 for model",
        ],
        [["-m", "identity_fp32", "-u", http, APPLE], 1, "variable-size dimension in model output"],
        [["-m", "colors", "-u", http, empty], 1, `The directory "${empty}" holds no files`],
        [["-m", "colors", "-u", http, `${empty}/x.jpg`], 1, `Cannot find "${empty}/x.jpg"`],
        [["-m", "colors", "-x", "7", "-u", http, APPLE], 1, "colors"],
        [["-m", "colors", "--streaming", "-u", http, APPLE], 2, "only allowed with gRPC"],
        [["-u", http, APPLE], 2, "--model"],
        [["-m", "colors", "-s", "VGG16", "-u", http, APPLE], 2, "NONE, INCEPTION"],
        [["-m", "colors", "-H", "nonsense", "-u", http, APPLE], 2, "NAME:VALUE"],
      ];
      for (const [args, code, text] of table) {
        const result = await image(...args);
        assertEquals([args, result.code, result.stdout], [args, code, ""]);
        assertStringIncludes(result.stderr, text);
        assertEquals(result.stderr.split("\n").length, code === 2 ? 3 : 2, result.stderr);
      }
    });
  } finally {
    await Deno.remove(empty);
  }
});

Deno.test("a server that goes away: what was classified is printed, the rest is an error", async () => {
  const server = await startServer({ httpPort: 0, grpcPort: false });
  let seen = 0;
  const controller = new AbortController();
  const proxy = Deno.serve({
    hostname: "127.0.0.1",
    port: 0,
    signal: controller.signal,
    onListen() {},
  }, async (request) => {
    if (/\/infer\b/.test(request.url) && ++seen > 3) return new Response(null, { status: 502 });
    const url = new URL(request.url);
    return await fetch(`http://${server.httpAddress}${url.pathname}${url.search}`, {
      method: request.method,
      headers: request.headers,
      body: request.body,
    });
  });
  const address = `127.0.0.1:${proxy.addr.port}`;
  const { code, stdout, stderr } = await image(
    ...["-m", "colors", "-u", address, "--retries", "0", IMAGES],
  );
  controller.abort();
  await proxy.finished;
  await server.close();
  assertEquals(code, 1);
  assertEquals(stdout.match(/^Image /gm)?.length, 3);
  assertStringIncludes(stderr, "error: request 3");
  assertStringIncludes(stderr, "502");
  // The server stays away: the rest is counted, not tried.
  assertMatch(stderr, /\nclassified 3, failed 3, 6 not tried, [\d.]+ images\/s\n$/);
});
