/**
 * Runs `deno bundle` over the program: JavaScript files that need nothing but each other.
 *
 * @module
 */
import { fileURLToPath, pathToFileURL } from "node:url";
import { Failure } from "./failure.ts";
import { type BundlePlan, bundlerInput } from "./plan.ts";

/**
 * Never reached: grpc-js loads it only to describe itself by reflection (channelz) and for load
 * reports, and it would bring a second protobufjs.
 */
const LEFT_OUT = ["@grpc/proto-loader", "@grpc/proto-loader/*"];

/** The bundler's raw output. */
export interface RawBundle {
  /** Texts by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Name of the folder that the build's own sources were in. */
  readonly buildFolder: string;
}

/** What goes into a bundle. */
export interface BundleInput {
  readonly root: URL;
  readonly plan: BundlePlan;
  /** Of deno.json. */
  readonly imports: Readonly<Record<string, string>>;
  /** Text of src/cli/build_info.ts in this build. */
  readonly stamped: string;
  /** Modules to take for others, by their paths from the root. */
  readonly replaced?: Readonly<Record<string, URL>>;
  /** Entry modules, paths from the root; the plan's workers come on top. */
  readonly entries: readonly string[];
}

/** Bundles. Works in a folder of its own, which it removes. @throws {Failure} */
export async function runBundler(input: BundleInput): Promise<RawBundle> {
  const { root, plan, imports, stamped, entries, replaced = {} } = input;
  const folder = await Deno.makeTempDir({ prefix: "trtis-build-" });
  try {
    const build = pathToFileURL(`${folder}/in/`);
    const { map, sources } = bundlerInput(plan, {
      ...{ imports, stamped, replaced, root, build },
    });
    for (const [path, text] of sources) {
      await Deno.mkdir(new URL("./", new URL(path, build)), { recursive: true });
      await Deno.writeTextFile(new URL(path, build), text);
    }
    await Deno.writeTextFile(new URL("import_map.json", build), JSON.stringify(map));
    await runDenoBundle("bundle the program", fileURLToPath(root), [
      ...["--frozen", "--code-splitting"],
      ...LEFT_OUT.flatMap((name) => ["--external", name]),
      `--import-map=${folder}/in/import_map.json`,
      `--outdir=${folder}/out`,
      ...entries,
      ...plan.workers,
    ]);
    const files = new Map<string, string>();
    await readFolder(pathToFileURL(`${folder}/out/`), "", files);
    return { files, buildFolder: folder.replace(/^.*[\\/]/, "") };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs `deno bundle`. @throws {Failure} */
export async function runDenoBundle(
  doing: string,
  cwd: string,
  args: readonly string[],
): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["bundle", "--quiet", "--platform=deno", ...args],
    cwd,
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw new Failure(`cannot ${doing}:\n${new TextDecoder().decode(stderr).trim()}`);
}

async function readFolder(base: URL, path: string, into: Map<string, string>): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(path || "./", base))) {
    if (isDirectory) await readFolder(base, `${path}${name}/`, into);
    else into.set(path + name, await Deno.readTextFile(new URL(path + name, base)));
  }
}
