/**
 * The npm package: the library and the command, bundled, without dependencies, for Node.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { ArchiveFile } from "../compile/archive.ts";
import { runDenoBundle } from "../compile/bundle.ts";
import { Failure } from "../compile/failure.ts";
import { scriptPath } from "../compile/finish.ts";
import { packageCache, packageOf, readLicence } from "../compile/packages.ts";
import { type Project, ROOT } from "../compile/project.ts";
import { licenceNotices } from "../compile/sbom.ts";
import { bundleProject, type Stamp } from "../compile/stage.ts";
import { modulesOf } from "../compile/finish.ts";
import { toBase64 as encodeBase64 } from "../../src/base/base64.ts";
import { transformScripts } from "../compile/transform.ts";
import { declarations } from "./types.ts";

/** The first Node with `process.getBuiltinModule`; everything else that it lacks is brought along. */
const NODE = "20.16";

const MAIN = "main.ts";
const PLATFORM = "platform.js";
/** Stands in for the platform where there is a browser. */
const BROWSER = "browser.js";
const RESOLVERS = "resolvers.js";
const USES_RESOLVERS = /(?<!\.)\bwithResolvers\(/;

/** The files of the package. @throws {Failure} */
export async function packageFiles(project: Project, stamp: Stamp): Promise<ArchiveFile[]> {
  const library = Object.entries(project.exports).filter(([, module]) => module !== `./${MAIN}`)
    .map(([name, module]) => [name, module.replace("./", "")] as const);
  const { plan, scripts, data } = await bundleProject(project, stamp, {
    entries: [MAIN, ...library.map(([, module]) => module)],
    replaced: { "src/server/server.ts": new URL("scripts/npm/node/server.ts", ROOT) },
  });
  // First: its process has ended by the time that the rest is done.
  const transformed = await transformScripts(scripts);
  const workers = plan.workers.map(scriptPath);
  const types = await declarations(library.map(([, module]) => typesPath(module)), ROOT);
  const packages = new Map(
    [...scripts.values()].flatMap((code) => modulesOf(code))
      .flatMap(({ name }) => packageOf(name) ?? []).map((one) => [one.name, one]),
  );
  for (const { from } of data) if (from) packages.set(from.name, from);
  const licensed = await Promise.all([...packages.values()].map(async (one) => (
    { ...one, licence: await readLicence(one, packageCache()) }
  )));
  const platform = await platformScript("platform.ts", PLATFORM);
  const browser = await platformScript("browser.ts", BROWSER);
  const resolvers = await platformScript("resolvers.ts", RESOLVERS);
  const texts = new Map<string, string>([
    ["package.json", manifest(stamp, library)],
    ["README.md", README],
    ["THIRD_PARTY_LICENSES.txt", licenceNotices(licensed)],
    ["LICENSE", await Deno.readTextFile(new URL("LICENSE", ROOT))],
    ["bin.js", BIN],
    [PLATFORM, platform],
    [BROWSER, browser],
    [RESOLVERS, resolvers],
    ...[...transformed].map(([path, code]) => (
      [path, forNode(withDataInside(code), path, workers)] as const
    )),
    ...data.map(({ path, bytes }) => (
      [`${path}.js`, `export default ${JSON.stringify(encodeBase64(bytes))};\n`] as const
    )),
    ...[...types].map(([path, text]) => [`types/${path}`, text] as const),
  ]);
  const encoder = new TextEncoder();
  return [
    ...[...texts].map(([path, text]) => (
      { path, bytes: encoder.encode(text), executable: path === "bin.js" }
    )),
  ];
}

function typesPath(module: string): string {
  return module.replace(/\.ts$/, ".d.ts");
}

/** What only shared memory imports, when it is asked for; in a browser it is refused. */
const NOT_IN_BROWSERS = { "node:fs": false, "node:os": false, "node:process": false };

function manifest(
  { version }: Stamp,
  library: readonly (readonly [name: string, module: string])[],
): string {
  const exports = library.map(([name, module]) => [
    name,
    { types: `./types/${typesPath(module)}`, default: `./${scriptPath(module)}` },
  ]);
  return JSON.stringify(
    {
      name: "@trtis/trtis",
      version,
      description: "Client and load generator for TensorRT Inference Server r19.07 and Triton 2.x",
      license: "MIT",
      type: "module",
      engines: { node: `>=${NODE}` },
      bin: { trtis: "bin.js" },
      browser: { [`./${PLATFORM}`]: `./${BROWSER}`, ...NOT_IN_BROWSERS },
      sideEffects: ["./main.js", "./bin.js"],
      exports: { ...Object.fromEntries(exports), "./package.json": "./package.json" },
      keywords: ["triton", "tensorrt", "inference", "grpc", "perf_analyzer"],
    },
    null,
    2,
  ) + "\n";
}

const BIN = `#!/usr/bin/env node
await import("./main.js");
`;

const README = `# trtis

Client library and command for NVIDIA's inference servers: TensorRT Inference Server r19.07 and
Triton 2.x, over HTTP and gRPC.

\`\`\`js
import { InferenceClient } from "@trtis/trtis";

const client = await InferenceClient.connect("localhost:8000");
const result = await client.infer("simple", {
  inputs: { INPUT0: new Int32Array(16).fill(3), INPUT1: new Int32Array(16).fill(1) },
});
console.log(result.output("OUTPUT0").data);
await client.close();
\`\`\`

It needs Node ${NODE} or newer. The embedded server needs Deno: use the executable of trtis, or the
package on JSR.
`;

const READ_PACKAGE_FILE = /\b\w*readPackageFile\w*\(\s*import\.meta\.resolve\("(\.[^"]+)"\)\s*\)/g;

/**
 * Data as modules: bundlers take them along, wherever the bundle will lie. They are imported when they are
 * needed.
 */
function withDataInside(code: string): string {
  return code.replace(
    READ_PACKAGE_FILE,
    (_, path) =>
      `import("${path}.js").then(({ default: text }) => ` +
      "Uint8Array.from(atob(text), (one) => one.charCodeAt(0)))",
  );
}

/** Gives a script what Node does not have; see node/platform.ts. */
function forNode(source: string, path: string, workers: readonly string[]): string {
  let text = source.replaceAll("Promise.withResolvers(", "withResolvers(");
  // Only bin.js imports it.
  if (path === scriptPath(MAIN)) text = text.replace("import.meta.main", "true");
  const uses: [name: string, pattern: RegExp][] = [
    ["Deno", /\bDeno\b/],
    ["Worker", /\bnew Worker\(/],
    ["navigator", /\bnavigator\./],
  ];
  if (workers.includes(path)) uses.push(["self", /\bself\b/]);
  const code = text.replace(/"(?:\\.|[^"\\\n])*"/g, '""');
  const names = uses.filter(([, pattern]) => pattern.test(code)).map(([name]) => name);
  const up = "../".repeat(path.split("/").length - 1);
  const imported = [
    ...names.length > 0 ? [`import { ${names.join(", ")} } from "./${up}${PLATFORM}";\n`] : [],
    ...USES_RESOLVERS.test(code) ? [`import { withResolvers } from "./${up}${RESOLVERS}";\n`] : [],
  ];
  return imported.join("") + text;
}

async function platformScript(source: string, name: string): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    await runDenoBundle("bundle the platform for Node", fileURLToPath(ROOT), [
      ...["--frozen", "--output", `${folder}/${name}`, `scripts/npm/node/${source}`],
    ]);
    const code = await Deno.readTextFile(`${folder}/${name}`);
    if (code.includes("createRequire")) {
      throw new Failure("the platform for Node must not use require");
    }
    return code;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
