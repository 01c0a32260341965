/**
 * The npm package, from its tarball, with plain Node: the library and the command.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { type ArchiveFile, tarGz, untarGz } from "../scripts/compile/archive.ts";
import { readProject, ROOT } from "../scripts/compile/project.ts";
import { packageFiles } from "../scripts/npm/package.ts";
import { startServer } from "../src/server/server.ts";

const STAMP = { version: "9.8.7", commit: "0123456789ab" };
const PICTURES = fileURLToPath(new URL("examples/images", ROOT));

let made: Promise<ArchiveFile[]> | undefined;
const files = () => made ??= readProject().then((project) => packageFiles(project, STAMP));

function nodeMajor(): number | undefined {
  try {
    // Deno puts itself in Node's place for programs that it starts on some systems.
    const script = "console.log(typeof Deno, process.version)";
    const { stdout } = new Deno.Command("node", { args: ["-e", script] }).outputSync();
    const version = /^undefined v(\d+)/.exec(new TextDecoder().decode(stdout))?.[1];
    return version === undefined ? undefined : Number(version);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.warn("skipped: node is not there");
    return undefined;
  }
}
const node = nodeMajor();

Deno.test("npm: package.json, entry points and types fit together", async () => {
  const all = new Map((await files()).map(({ path, bytes }) => [path, bytes]));
  const text = (path: string) => new TextDecoder().decode(all.get(path));
  const manifest = JSON.parse(text("package.json"));
  assertEquals([manifest.name, manifest.version], ["@trtis/trtis", STAMP.version]);
  assertEquals(manifest.dependencies, undefined);
  assertEquals(Object.keys(manifest.exports), [
    ".",
    "./http",
    "./grpc",
    "./fetch",
    "./image",
    "./perf",
    "./v1",
    "./v2",
    "./package.json",
  ]);
  for (const entry of Object.values(manifest.exports)) {
    const paths = typeof entry === "string" ? [entry] : Object.values(entry as object);
    for (const path of paths) assert(all.has(path.replace("./", "")), path);
  }
  assert(all.has(manifest.bin.trtis));
  for (const path of all.keys()) {
    if (!path.endsWith(".js") || ["platform.js", "browser.js", "resolvers.js"].includes(path)) {
      continue;
    }
    // Everything that Node lacks is imported.
    const code = text(path).replaceAll('"Deno.customInspect"', "");
    assert(!/\bDeno\./.test(code) || /^import \{ [^}]*\bDeno\b[^}]* \} from/.test(code), path);
    assert(!/Promise\.withResolvers|^ *(await )?using /m.test(code), path);
  }
  for (const [path, bytes] of all) {
    if (!path.startsWith("types/")) continue;
    assert(!/\bDeno\.|"npm:|protobufjs\/minimal/.test(new TextDecoder().decode(bytes)), path);
  }
});

/** Unpacks the tarball as npm does, and runs `body` in a project that has it. */
async function inProject(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    const tarball = await tarGz(
      (await files()).map((file) => ({ ...file, path: `package/${file.path}` })),
      new Date(0),
    );
    for (const { path, bytes } of await untarGz(tarball)) {
      const target = `${folder}/node_modules/@trtis/trtis/${path.replace("package/", "")}`;
      await Deno.mkdir(target.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeFile(target, bytes);
    }
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runNode(folder: string, args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command("node", {
    args: [...args],
    cwd: folder,
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

const SCRIPT = `
import { InferenceClient, InferenceError, startServer } from "@trtis/trtis";
import { imageModel, listImages, preprocessFiles } from "@trtis/trtis/image";
const [http, grpc, pictures] = process.argv.slice(2);
const servers = [
  { url: http },
  { url: grpc, wire: "grpc", grpcChannel: "native" },
  { url: grpc, wire: "grpc", grpcChannel: "grpc-js" },
];
for (const server of servers) {
  const client = await InferenceClient.connect(server);
  const inputs = { INPUT0: new Int32Array(16).fill(3), INPUT1: new Int32Array(16).fill(1) };
  const result = await client.infer("simple", { inputs });
  console.log(result.output("OUTPUT0").data.join(), result.output("OUTPUT1").data.join());
  await client.close();
}
const client = await InferenceClient.connect(http);
const model = await client.model("colors");
const { inputName, outputName, spec } = imageModel(model.info, { scaling: "NONE" });
for await (const file of preprocessFiles(await listImages(pictures), spec, { workers: 2 })) {
  if (file.error) throw file.error;
  const inputs = { [inputName]: { bytes: file.tensor } };
  const result = await model.infer({ inputs, outputs: [{ name: outputName, classes: 1 }] });
  console.log(file.path.replace(/.*_|\\..*/g, ""), result.output(outputName).classes()[0].label);
}
await client.close();
for (const attempt of [() => InferenceClient.connect("127.0.0.1:1"), () => startServer()]) {
  try {
    await attempt();
  } catch (error) {
    console.log(error instanceof InferenceError, error.code, error.message);
  }
}
console.log(typeof globalThis.Deno);
`;

Deno.test({
  name: "npm: the library runs on plain Node, and refuses what it can't",
  ignore: node === undefined || node < 20,
  async fn() {
    await inProject(async (folder) => {
      await Deno.writeTextFile(`${folder}/script.mjs`, SCRIPT);
      await using server = await startServer({ httpPort: 0, grpcPort: 0 });
      const args = ["script.mjs", server.httpAddress!, server.grpcAddress!, PICTURES];
      const { code, stdout, stderr } = await runNode(folder, args);
      assertEquals([code, stderr], [0, ""]);
      const lines = stdout.trimEnd().split("\n");
      const sums = `${Array(16).fill(4)} ${Array(16).fill(2)}`;
      assertEquals(lines.slice(0, 3), [sums, sums, sums]);
      const classes = lines.slice(3, -3);
      assertEquals(classes.length, 12);
      for (const line of classes) assertMatch(line, /^(\w+) \1$/);
      assertEquals(lines.slice(-3), [
        "true CONNECTION Cannot connect to 127.0.0.1:1: connection refused",
        "true UNSUPPORTED Cannot start the embedded server: it needs Deno",
        "undefined",
      ]);
    });
  },
});

Deno.test({
  name: "npm: the command runs on plain Node, and refuses what it can't",
  ignore: node === undefined || node < 20,
  async fn() {
    await inProject(async (folder) => {
      await using server = await startServer({ httpPort: 0, grpcPort: 0 });
      const trtis = (...args: string[]) =>
        runNode(folder, ["node_modules/@trtis/trtis/bin.js", ...args]);
      assertMatch((await trtis("--version")).stdout, /^trtis 9\.8\.7 .*\nDeno none, Node 2/);
      for (
        const [wire, address] of [
          ["http", server.httpAddress!],
          ["grpc", server.grpcAddress!],
        ] as const
      ) {
        const at = ["-i", wire, "-u", address];
        assertMatch((await trtis("health", ...at)).stdout, /^ready: true$/m);
        const { code, stdout } = await trtis("image_client", ...at, "-m", "colors", PICTURES);
        assertEquals([code, stdout.match(/^Image '/gm)?.length], [0, 12]);
      }
      const { code, stderr } = await trtis("serve");
      assertEquals(code, 1);
      assertMatch(
        stderr,
        /^error: Cannot start the embedded server: it needs Deno; run `trtis serve`/,
      );
    });
  },
});
