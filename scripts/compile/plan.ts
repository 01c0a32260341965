/**
 * Where the bundle is cut into files.
 *
 * @module
 */
import { withoutComments } from "../check_layers.ts";

/** Paths from the project's folder. */
export interface BundlePlan {
  /** Modules that run in workers: files of their own. */
  readonly workers: readonly string[];
  /** Modules that the command line loads on demand. */
  readonly commands: readonly string[];
}

/** The table that loads commands. */
const PROGRAM = "src/commands/program.ts";

/** What the program always loads, apart from main.ts. */
export const CORE: readonly string[] = [PROGRAM, "src/cli/start.ts"];

const WORKER = /new Worker\(\s*new URL\(\s*"([^"]+)",\s*import\.meta\.url\s*\)/g;
const DYNAMIC = /\bimport\(\s*"(\.[^"]+)"\s*\)/g;

/** Reads the plan off the sources. */
export async function planBundle(root: URL): Promise<BundlePlan> {
  const workers = new Set<string>();
  const commands = new Set<string>();
  for await (const path of sourcesOf("src/", root)) {
    const code = withoutComments(await Deno.readTextFile(new URL(path, root)));
    for (const target of targets(code, WORKER, path)) workers.add(target);
    if (!path.startsWith("src/cli/") && path !== PROGRAM) continue;
    for (const target of targets(code, DYNAMIC, path)) commands.add(target);
  }
  return { workers: [...workers].sort(), commands: [...commands].sort() };
}

function targets(code: string, pattern: RegExp, path: string): string[] {
  return [...code.matchAll(pattern)].map(([, specifier]) => resolvePath(specifier!, path));
}

/** The path that a relative specifier in the module at `path` stands for. */
export function resolvePath(specifier: string, path: string): string {
  return decodeURIComponent(new URL(specifier, `file:///${path}`).pathname.slice(1));
}

async function* sourcesOf(folder: string, root: URL): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
    if (isDirectory) yield* sourcesOf(`${folder}${name}/`, root);
    else if (name.endsWith(".ts") && !name.endsWith("_test.ts")) yield folder + name;
  }
}

/** An import map in the making. */
export interface ImportMap {
  readonly imports: Record<string, string>;
  readonly scopes: Record<string, Record<string, string>>;
}

/** A source file that exists for the bundler only: its path from the build folder. */
export type BuildSource = readonly [path: string, text: string];

/** What a bundle is made of beside its plan. */
export interface BundlerParts {
  /** The project's import map. */
  readonly imports: Readonly<Record<string, string>>;
  /** Text of src/cli/build_info.ts in this build. */
  readonly stamped: string;
  /** Modules to take for others, by their paths. */
  readonly replaced: Readonly<Record<string, URL>>;
  readonly root: URL;
  /** The folder of what is made for this build. */
  readonly build: URL;
}

/**
 * The import map and the sources of the bundler's input.
 *
 * A bundler puts modules into a file together when the same entries reach them. Left alone, it spreads
 * the dozen modules that every start needs over as many files, and a file costs half a millisecond. So
 * each command is wrapped into a module that imports what every start needs: now all entries reach
 * all of it, and it is one file. The wrappers also let in what a build stamps and leaves out.
 */
export function bundlerInput(
  plan: BundlePlan,
  { imports, stamped, replaced, root, build }: BundlerParts,
): { map: ImportMap; sources: BuildSource[] } {
  const at = (path: string) => new URL(path, root).href;
  const made = (path: string) => new URL(path, build).href;
  const map: ImportMap = { imports: { ...imports }, scopes: { [build.href]: {} } };
  const core = CORE.map((path) => `import "${at(path)}";\n`).join("");
  const sources: BuildSource[] = [["build_info.ts", stamped], ["nothing.ts", "export {};\n"]];
  map.imports[at("src/cli/build_info.ts")] = made("build_info.ts");
  // Only there to bring the package into Deno's cache; its files are copied.
  map.imports["imagescript/utils/mem.js"] = made("nothing.ts");
  map.imports["@cwasm/jpeg-turbo"] = made("nothing.ts");
  map.imports["uplot/dist/uPlot.esm.js"] = made("nothing.ts");
  for (const [path, { href }] of Object.entries(replaced)) map.imports[at(path)] = href;
  for (const path of plan.commands) {
    sources.push([path, `${core}export * from "${at(path)}";\n`]);
    map.imports[at(path)] = made(path);
    map.scopes[build.href]![at(path)] = at(path);
  }
  return { map, sources };
}
