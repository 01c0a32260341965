/**
 * What is different on Windows: paths, names that it keeps for itself, files that others hold open.
 * `deno task test:windows` runs it under Wine.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { startServer } from "../src/server/server.ts";
import { removeFolder } from "./remove_folder.ts";
import { runCommand } from "./run_command.ts";

const PICTURE = fileURLToPath(new URL("../examples/images/apple_red.jpg", import.meta.url));

/** A test with the embedded server and an empty folder; only on Windows. */
function windowsTest(
  name: string,
  body: (parts: { http: string; folder: string }) => Promise<void>,
): void {
  Deno.test({
    name: `windows: ${name}`,
    ignore: Deno.build.os !== "windows",
    async fn() {
      await using server = await startServer({ httpPort: 0, grpcPort: false });
      const folder = await Deno.realPath(await Deno.makeTempDir());
      try {
        await body({ http: server.httpAddress!, folder });
      } finally {
        await removeFolder(folder);
      }
    },
  });
}

const classify = (http: string, path: string) =>
  runCommand(["image_client", "-u", http, "--api", "v1", "-m", "colors", path]);

windowsTest("paths keep the style of the folder that was given", async ({ http, folder }) => {
  await Deno.copyFile(PICTURE, `${folder}\\apple.jpg`);
  for (const given of [folder, `${folder}\\`, folder.replaceAll("\\", "/")]) {
    const { code, stdout, stderr } = await classify(http, given);
    assertEquals([code, stderr], [0, ""]);
    const path = given.includes("/") ? `${given}/apple.jpg` : `${folder}\\apple.jpg`;
    assert(stdout.includes(`Image '${path}':`), stdout);
  }
});

windowsTest("patterns keep their style too", async ({ http, folder }) => {
  await Deno.mkdir(`${folder}\\summer`);
  await Deno.copyFile(PICTURE, `${folder}\\summer\\apple.jpg`);
  const { code, stdout } = await classify(http, `${folder}\\s*\\*.JPG`);
  assertEquals(code, 0);
  assert(stdout.includes(`Image '${folder}\\summer\\apple.jpg':`), stdout);
});

windowsTest("names that Windows keeps for itself are said in words", async ({ http, folder }) => {
  for (const name of ["NUL", `${folder}\\a|b.jpg`, `${folder}\\<x>`]) {
    const { code, stdout, stderr } = await classify(http, name);
    assertEquals([code, stdout], [1, ""], name);
    assertMatch(stderr, /^error: Cannot (read|find) [^\n]*\n$/, name);
    assert(!/os error|readfile|stat '|readdir/.test(stderr), stderr);
  }
});

windowsTest("a path of more than 260 characters", async ({ http, folder }) => {
  const deep = [folder, ...Array.from({ length: 6 }, (_, i) => `${i}`.repeat(50))].join("\\");
  await Deno.mkdir(deep, { recursive: true });
  await Deno.copyFile(PICTURE, `${deep}\\apple.jpg`);
  const { code, stdout, stderr } = await classify(http, deep);
  // Windows reads it; Wine 8 doesn't, and then the reason is said.
  if (code === 0) assert(stdout.includes(`Image '${deep}\\apple.jpg':`), stdout);
  else assertMatch(stderr, /^error: Cannot read image "[^"]*": the path is too long\n$/);
});

windowsTest("a file that is open elsewhere can be read", async ({ http, folder }) => {
  const path = `${folder}\\apple.jpg`;
  await Deno.copyFile(PICTURE, path);
  using _open = await Deno.open(path, { read: true, write: true });
  const { code, stdout, stderr } = await classify(http, path);
  assertEquals([code, stderr], [0, ""]);
  assert(stdout.includes("(red)"), stdout);
});

windowsTest("outputs, reports and further threads", async ({ http, folder }) => {
  const values = ["INPUT0=zeros", "INPUT1=zeros"].flatMap((value) => ["--input", value]);
  const saved = await runCommand([
    "infer",
    "-u",
    http,
    "-m",
    "simple",
    ...values,
    "--save",
    `${folder}\\out`,
  ]);
  assertEquals(saved.code, 0);
  assert(saved.stderr.includes(`wrote ${folder}\\out\\OUTPUT0.npy`), saved.stderr);
  const [csv, json] = [`${folder}\\run.csv`, `${folder}\\run.json`];
  const perf = await runCommand([
    ...["perf_client", "-u", http, "-m", "simple", "--max-threads", "2", "-t", "4"],
    ...["--request-count", "200", "-f", csv, "--json", json],
  ]);
  assertMatch(perf.stdout, /Request count: 200/);
  assertMatch(await Deno.readTextFile(csv), /^Concurrency,/);
  assertEquals(JSON.parse(await Deno.readTextFile(json)).environment.os, "windows");
});
