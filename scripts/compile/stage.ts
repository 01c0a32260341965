/**
 * Everything that goes into an executable.
 *
 * @module
 */
import { fileURLToPath, pathToFileURL } from "node:url";
import { type BundleInput, runBundler } from "./bundle.ts";
import { Failure } from "./failure.ts";
import { type BundledModule, finishBundle, modulesOf, scriptPath } from "./finish.ts";
import { type Package, packageCache, packageFile, packageOf } from "./packages.ts";
import { type BundlePlan, planBundle } from "./plan.ts";
import { type Project, ROOT } from "./project.ts";
import { transformScripts } from "./transform.ts";

/** A file inside the executable. */
export interface StagedFile {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of a script; their sizes are estimates. */
  readonly modules: readonly BundledModule[];
  /** Of a data file: the package it is from. */
  readonly from?: Package;
  /** Paths of files that are loaded with it. */
  readonly needs: readonly string[];
  /** Paths of files that it may load, start as a worker, or read later. */
  readonly mayLoad: readonly string[];
}

/** What lies inside an executable. */
export interface Stage {
  readonly files: readonly StagedFile[];
  /** Path of the main module. */
  readonly main: string;
  /** Paths of worker modules. */
  readonly workers: readonly string[];
  /** The bundled file of each command module, e.g. `src/commands/health.ts`. */
  readonly commands: ReadonlyMap<string, string>;
}

/** What a build is called. */
export interface Stamp {
  readonly version: string;
  /** Empty when unknown. */
  readonly commit: string;
}

const MAIN = "main.ts";

/** The program's scripts and the data that they read. */
export interface Bundle {
  readonly plan: BundlePlan;
  /** Texts by path. */
  readonly scripts: ReadonlyMap<string, string>;
  readonly data: readonly StagedFile[];
}

/** Bundles modules of the project. Nothing is written to it. @throws {Failure} */
export async function bundleProject(
  project: Project,
  stamp: Stamp,
  what: Pick<BundleInput, "entries" | "replaced">,
  root = ROOT,
): Promise<Bundle> {
  const plan = await planBundle(root);
  const cache = packageCache();
  const stamped = stampedSource(stamp);
  const raw = await runBundler({ root, plan, imports: project.imports, stamped, ...what });
  const specifiers = new Set<string>();
  const scripts = finishBundle(raw.files, {
    registryFolder: cache.folderName,
    buildFolder: raw.buildFolder,
    workers: plan.workers,
    dataPath(specifier) {
      specifiers.add(specifier);
      return dataPath(specifier);
    },
  });
  checkNeutral(scripts, [fileURLToPath(root), fileURLToPath(cache.folder), cache.folderName]);
  // The bundler deals with files in no order of its own.
  const data = await Promise.all(
    [...specifiers].sort().map(async (specifier) => {
      const { name, version, url } = packageFile(specifier);
      return {
        ...{ path: dataPath(specifier), bytes: await Deno.readFile(url), from: { name, version } },
        ...{ modules: [], needs: [], mayLoad: [] },
      };
    }),
  );
  return { plan, scripts, data };
}

/** Everything that goes into an executable. @throws {Failure} */
export async function makeStage(project: Project, stamp: Stamp, root = ROOT): Promise<Stage> {
  const { plan, scripts, data } = await bundleProject(project, stamp, { entries: [MAIN] }, root);
  const small = await transformScripts(scripts, { minify: true });
  const files = [
    ...[...scripts].map(([path, code]) => script(path, code, small.get(path)!)),
    ...data,
  ];
  return {
    files,
    main: scriptPath(MAIN),
    workers: plan.workers.map(scriptPath),
    commands: new Map(plan.commands.map((module) => [module, fileOf(files, module)])),
  };
}

/** Text of src/cli/build_info.ts in this build. */
export function stampedSource({ version, commit }: Stamp): string {
  return `export const VERSION = ${JSON.stringify(version)};\n` +
    `export const COMMIT = ${JSON.stringify(commit)};\n`;
}

/** Ends in `.bin`, because Deno would take a `.wasm` file for a module of the program. */
function dataPath(specifier: string): string {
  const { name, url } = packageFile(specifier);
  return `data/${name.replace("@", "")}/${url.pathname.replace(/^.*\//, "")}.bin`;
}

const REFERENCE =
  /(?:(\bfrom |^import |\bimport\()|new URL\(|import\.meta\.resolve\()"(\.{1,2}\/[^"]+)"/gm;

function script(path: string, code: string, small: string): StagedFile {
  const needs = new Set<string>();
  const mayLoad = new Set<string>();
  for (const [, keyword, specifier] of code.matchAll(REFERENCE)) {
    const target = decodeURIComponent(new URL(specifier!, `file:///${path}`).pathname.slice(1));
    (keyword === undefined || keyword === "import(" ? mayLoad : needs).add(target);
  }
  const bytes = new TextEncoder().encode(small);
  const share = bytes.length / new TextEncoder().encode(code).length;
  const modules = modulesOf(code).map(({ name, bytes }) => ({
    name,
    bytes: Math.round(bytes * share),
  }));
  return { path, bytes, modules, needs: [...needs], mayLoad: [...mayLoad] };
}

/** The file that holds a module. */
export function fileOf(files: readonly StagedFile[], module: string): string {
  const file = files.find(({ modules }) => modules.some(({ name }) => name === module));
  if (!file) throw new Failure(`cannot find ${module} in the bundle`);
  return file.path;
}

/** Two machines must make the same files, so none may name a folder of this one. */
function checkNeutral(scripts: ReadonlyMap<string, string>, words: readonly string[]): void {
  for (const [path, code] of scripts) {
    const found = words.find((word) => code.includes(word));
    if (found !== undefined) throw new Failure(`the bundled ${path} names "${found}"`);
  }
}

/** Writes the files under a folder, dated `time`. */
export async function writeStage(stage: Stage, folder: string, time: Date): Promise<void> {
  const base = pathToFileURL(`${folder}/`);
  for (const { path, bytes } of stage.files) {
    const url = new URL(path, base);
    await Deno.mkdir(new URL("./", url), { recursive: true });
    await Deno.writeFile(url, bytes);
    await Deno.utime(url, time, time);
  }
}

/** All packages that something of lies inside. */
export function packagesIn(stage: Stage): Package[] {
  const found = new Map<string, Package>();
  for (const { modules, from } of stage.files) {
    const all = [from, ...modules.map(({ name }) => packageOf(name))];
    for (const one of all) if (one) found.set(`${one.name}@${one.version}`, one);
  }
  return [...found].sort(([a], [b]) => a < b ? -1 : 1).map(([, one]) => one);
}

/** The files that are loaded for sure with one, itself included. */
export function loadedWith(stage: Stage, path: string): Set<string> {
  return reach(stage, path, ({ needs }) => needs);
}

/** The files that may come to be loaded once one is. */
export function reachableFrom(stage: Stage, path: string): Set<string> {
  return reach(stage, path, ({ needs, mayLoad }) => [...needs, ...mayLoad]);
}

function reach(stage: Stage, path: string, next: (file: StagedFile) => readonly string[]) {
  const byPath = new Map(stage.files.map((file) => [file.path, file]));
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const file = byPath.get(path);
    if (!file) throw new Failure(`${path} is not in the bundle`);
    next(file).forEach(visit);
  };
  visit(path);
  return seen;
}
