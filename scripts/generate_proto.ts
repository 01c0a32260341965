/**
 * Makes src/protocol/<version>/generated/ from proto/<version>/*.proto.
 *
 *     deno run -A scripts/generate_proto.ts [--check]
 *
 * `--check` writes nothing, names the files that are stale and exits with 1 if there are any.
 * pbjs makes the code; the types are printed here, because pbts needs jsdoc, which does not run on
 * Deno, and because ours say bigint and enum names, as the project's plain objects do.
 *
 * @module
 */
import pbjs from "protobufjs-cli/pbjs";
import { emitDescriptor, emitExports, emitServices, emitTypes } from "./proto/emit.ts";
import { readPackage, readServices } from "./proto/package.ts";

const ROOT = new URL("../", import.meta.url);

function runPbjs(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    pbjs.main(
      args,
      (error: Error | null, output?: string) => error ? reject(error) : resolve(output ?? ""),
    );
  });
}

/** Names and texts of the files generated for one version. */
async function generate(version: string, protos: string[]): Promise<Map<string, string>> {
  const banner = `// Made by scripts/generate_proto.ts from proto/${version}; do not edit.`;
  const input = ["--path", `proto/${version}`, ...protos.map((name) => `proto/${version}/${name}`)];
  const json = JSON.parse(await runPbjs(["--target", "json", ...input]));
  const rows = readPackage(json);
  const code = await runPbjs([
    ...["--target", "static-module", "--wrap", "esm", "--root", version, "--lint="],
    ...["--dependency", "protobufjs/minimal.js", "--force-long"],
    ...["create", "convert", "verify", "delimited", "typeurl", "comments", "service"]
      .map((part) => `--no-${part}`),
    ...input,
  ]);
  return new Map([
    [
      "messages.js",
      `// @ts-self-types="./messages.d.ts"\n${banner}\n${code.trim()}\n\n${emitExports(rows)}`,
    ],
    ["messages.d.ts", emitTypes(rows, banner)],
    ["descriptor.ts", emitDescriptor(rows, banner)],
    ["services.ts", emitServices(readServices(json), rows.package, banner)],
  ]);
}

function protoFiles(version: string): string[] {
  return [...Deno.readDirSync(new URL(`proto/${version}/`, ROOT))]
    .map((entry) => entry.name)
    .filter((name) => name.endsWith(".proto"))
    .sort();
}

function readIfThere(path: URL): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function main(args: readonly string[]): Promise<number> {
  if (args.some((arg) => arg !== "--check")) {
    console.error("usage: deno run -A scripts/generate_proto.ts [--check]");
    return 2;
  }
  const check = args.length > 0;
  // pbjs resolves the files and their imports from the working directory.
  Deno.chdir(ROOT);
  let stale = 0;
  for (const entry of Deno.readDirSync(new URL("proto/", ROOT))) {
    if (!entry.isDirectory) continue;
    const protos = protoFiles(entry.name);
    if (protos.length === 0) continue;
    const folder = `src/protocol/${entry.name}/generated/`;
    for (const [name, text] of await generate(entry.name, protos)) {
      if (readIfThere(new URL(folder + name, ROOT)) === text) continue;
      stale++;
      if (check) {
        console.error(`${folder}${name} is stale; run scripts/generate_proto.ts`);
        continue;
      }
      Deno.mkdirSync(new URL(folder, ROOT), { recursive: true });
      Deno.writeTextFileSync(new URL(folder + name, ROOT), text);
      console.log(`wrote ${folder}${name}`);
    }
  }
  return check && stale > 0 ? 1 : 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
