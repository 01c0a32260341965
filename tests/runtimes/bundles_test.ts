/**
 * Bundles of a program with the package, by three bundlers, run on Node and in a browser.
 *
 * @module
 */
import { assertEquals, assertLess } from "@std/assert";
import { fileURLToPath } from "node:url";
import { FOLDER } from "../../scripts/runtimes.ts";
import { startServer } from "../../mod.ts";
import { projectRoot } from "../program.ts";
import { run, RUNTIMES, tool, write } from "./fixture.ts";

const IMAGE = new URL("examples/images/apple_red.jpg", projectRoot);

const PROGRAM = `
import { readFile } from "node:fs/promises";
import { InferenceClient } from "@trtis/trtis/http";
import { imageModel, prepareImage } from "@trtis/trtis/image";

const [address, image] = process.argv.slice(2);
const client = await InferenceClient.connect(address);
const model = await client.model("colors");
const { inputName, outputName, spec } = imageModel(model.info, { scaling: "INCEPTION" });
const result = await model.infer({
  inputs: { [inputName]: { bytes: await prepareImage(await readFile(image), spec) } },
  outputs: [{ name: outputName, classes: 1 }],
});
console.log(result.output(outputName).classes()[0].label);
`;

const ROLLUP = `
import resolve from "@rollup/plugin-node-resolve";
export default {
  input: "bundled.mjs",
  plugins: [resolve()],
  external: /^node:/,
  output: { dir: "bundle-rollup", format: "esm", entryFileNames: "bundled.mjs" },
};
`;
const VITE = `
export default {
  logLevel: "error",
  build: {
    ssr: "bundled.mjs",
    outDir: "bundle-vite",
    rollupOptions: { output: { entryFileNames: "bundled.mjs" } },
  },
  ssr: { noExternal: true },
};
`;

/** How each bundler makes bundle-NAME/bundled.mjs of bundled.mjs. */
const BUNDLERS: Readonly<Record<string, () => Promise<readonly string[]>>> = {
  esbuild: () =>
    Promise.resolve([
      ...[tool(".bin/esbuild"), "bundled.mjs", "--bundle", "--format=esm", "--platform=node"],
      ...["--log-level=error", "--outfile=bundle-esbuild/bundled.mjs"],
    ]),
  rollup: async () => [
    ...[RUNTIMES["Node 22"]![0]!, tool("rollup/dist/bin/rollup"), "--silent"],
    ...["-c", await write("rollup.config.mjs", ROLLUP)],
  ],
  vite: async () => [
    ...[RUNTIMES["Node 22"]![0]!, tool("vite/bin/vite.js"), "build"],
    ...["--config", await write("vite.config.mjs", VITE)],
  ],
};

for (const [name, command] of Object.entries(BUNDLERS)) {
  Deno.test(`a bundle by ${name} runs away from the package`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: false });
    await write("bundled.mjs", PROGRAM);
    const made = await run(await command());
    assertEquals(made.code, 0, made.stdout + made.stderr);
    const elsewhere = await Deno.makeTempDir();
    try {
      await copy(new URL(`bundle-${name}/`, FOLDER), elsewhere);
      const program = `${elsewhere}/bundled.mjs`;
      const args = [program, server.httpAddress!, fileURLToPath(IMAGE)];
      const { code, stdout, stderr } = await run([...RUNTIMES["Node 20"]!, ...args]);
      assertEquals([code, stdout, stderr], [0, "red\n", ""]);
    } finally {
      await Deno.remove(elsewhere, { recursive: true });
    }
  });
}

async function copy(from: URL, to: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) {
      await Deno.mkdir(`${to}/${name}`);
      await copy(new URL(`${name}/`, from), `${to}/${name}`);
    } else await Deno.copyFile(new URL(name, from), `${to}/${name}`);
  }
}

/** Most octets of a minified bundle of an entry. */
const LIMITS: readonly (readonly [entry: string, platform: string, limit: number])[] = [
  ["@trtis/trtis", "node", 900_000],
  ["@trtis/trtis/http", "node", 250_000],
  ["@trtis/trtis/grpc", "node", 540_000],
  ["@trtis/trtis/fetch", "browser", 110_000],
];

for (const [entry, platform, limit] of LIMITS) {
  Deno.test(`${entry} shakes off the rest`, async () => {
    const name = entry.replace(/\W+/g, "-");
    const source = `import { InferenceClient } from "${entry}"; globalThis.kept = InferenceClient;`;
    const output = `size${name}.out.mjs`;
    const { code, stderr } = await run([
      ...[tool(".bin/esbuild"), await write(`size${name}.mjs`, source), "--bundle", "--minify"],
      ...["--format=esm", `--platform=${platform}`, "--log-level=error", `--outfile=${output}`],
    ]);
    assertEquals([code, stderr], [0, ""]);
    const { size } = await Deno.stat(new URL(output, FOLDER));
    console.log(`${entry}: ${size} octets`);
    assertLess(size, limit);
  });
}

const PAGE = `
import { InferenceClient } from "@trtis/trtis/fetch";
import { imageModel, prepareImage } from "@trtis/trtis/image";

const say = (text) => fetch("said", { method: "POST", body: text });
try {
  const client = await InferenceClient.connect(new URLSearchParams(location.search).get("server"));
  const model = await client.model("colors");
  const { inputName, outputName, spec } = imageModel(model.info, { scaling: "INCEPTION" });
  const upload = new Uint8Array(await (await fetch("image.jpg")).arrayBuffer());
  const result = await model.infer({
    inputs: { [inputName]: { bytes: await prepareImage(upload, spec) } },
    outputs: [{ name: outputName, classes: 1 }],
  });
  say("label: " + result.output(outputName).classes()[0].label);
} catch (error) {
  say("error: " + error + error.stack);
}
`;

const chromium = ["chromium", "chromium-browser", "google-chrome"].find((name) => {
  try {
    return new Deno.Command(name, { args: ["--version"] }).outputSync().success;
  } catch {
    return false;
  }
});

Deno.test({
  name: "a page in a browser classifies an image",
  ignore: chromium === undefined,
  async fn() {
    await using server = await startServer({ httpPort: 0, grpcPort: false, cors: "*" });
    const source = await write("page.mjs", PAGE);
    const made = await run([
      ...[tool(".bin/esbuild"), source, "--bundle", "--format=esm", "--platform=browser"],
      ...["--log-level=error", "--outfile=page.out.js"],
    ]);
    assertEquals([made.code, made.stderr], [0, ""]);
    const script = await Deno.readFile(new URL("page.out.js", FOLDER));
    const files: Record<string, [string, Uint8Array<ArrayBuffer> | string]> = {
      "/": ["text/html", '<body><script type="module" src="page.js"></script>'],
      "/page.js": ["text/javascript", script],
      "/image.jpg": ["image/jpeg", await Deno.readFile(IMAGE)],
    };
    const said = Promise.withResolvers<string>();
    const pages = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
      const { pathname } = new URL(request.url);
      if (pathname === "/said") said.resolve(await request.text());
      const file = files[pathname];
      return file === undefined
        ? new Response(null, { status: 404 })
        : new Response(file[1], { headers: { "content-type": file[0] } });
    });
    const profile = await Deno.makeTempDir();
    const url = `http://127.0.0.1:${pages.addr.port}/?server=${server.httpAddress}`;
    const browser = new Deno.Command(chromium!, {
      args: [
        ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        ...["--remote-debugging-port=0", `--user-data-dir=${profile}`, url],
      ],
      ...{ stdin: "null", stdout: "null", stderr: "null" },
    }).spawn();
    const timer = setTimeout(() => said.resolve("nothing within a minute"), 60_000);
    try {
      assertEquals(await said.promise, "label: red");
    } finally {
      clearTimeout(timer);
      browser.kill("SIGTERM");
      await browser.status;
      await pages.shutdown();
      await Deno.remove(profile, { recursive: true });
    }
  },
});
