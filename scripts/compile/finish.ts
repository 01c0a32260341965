/**
 * From the bundler's output to files that are the same wherever they are made, and that find their
 * workers and data beside themselves.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { Failure } from "./failure.ts";
import { resolvePath } from "./plan.ts";

/** What the finishing has to know of the machine and the plan. */
export interface FinishOptions {
  /** Name of the folder of Deno's package cache that a registry's packages lie in. */
  readonly registryFolder: string;
  /** Name of the folder that the build's own sources were in. */
  readonly buildFolder: string;
  /** Modules that run in workers, paths from the root. */
  readonly workers: readonly string[];
  /** The path in the bundle of a package's file that the program reads. */
  dataPath(specifier: string): string;
}

/** Finishes all files. @throws {Failure} when the bundler's output is not what this was written for */
export function finishBundle(
  files: ReadonlyMap<string, string>,
  options: FinishOptions,
): Map<string, string> {
  const finished = new Map<string, string>();
  for (const [path, text] of files) {
    let code = neutralPaths(text, options);
    code = lazyRequire(code);
    code = workerPaths(code, path, options);
    code = dataPaths(code, path, options);
    finished.set(path, code);
  }
  return stableNames(withoutIdleImports(soundImports(finished)));
}

/** Comments and keys name files by where they lay on the machine; see {@linkcode moduleOf}. */
function neutralPaths(text: string, { registryFolder, buildFolder }: FinishOptions): string {
  const [registry, build] = [registryFolder, buildFolder].map(escapeRegExp);
  // Windows' way of writing them.
  const path = new RegExp(`^(?:// |  ").*(?:${registry}|${build}).*$|^// .*\\.ts$`, "gm");
  return text
    .replace(path, (line) => line.replaceAll(/\\+/g, "/"))
    .replace(new RegExp(`^(// |  ")[^"\\n]*?/npm/${registry}/`, "gm"), "$1npm:")
    .replace(new RegExp(`^(// )[^\\n]*?${build}/in/`, "gm"), "$1build:");
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const EAGER_REQUIRE =
  /import \{ createRequire as (\w+) \} from "node:module";\s*var __require = \1\(import\.meta\.url\);/g;

/**
 * CommonJS packages ask for Node's modules by `require`. The bundler's way loads Node's whole module
 * system at every start, which takes as long as all the rest; this one waits until it is asked.
 */
function lazyRequire(code: string): string {
  return code.replace(
    EAGER_REQUIRE,
    "var __require = (name) => globalThis.process.getBuiltinModule(name);",
  );
}

const SOURCE_URL = /new URL\("([^"]+\.ts)", import\.meta\.url\)/g;

function workerPaths(code: string, path: string, { workers }: FinishOptions): string {
  return code.replace(SOURCE_URL, (text, specifier: string, at: number) => {
    const worker = resolvePath(specifier, moduleAt(code, at));
    if (!workers.includes(worker)) throw unexpected(`${text} in ${path}`);
    return `new URL("${relativePath(path, scriptPath(worker))}", import.meta.url)`;
  });
}

/** The bundled file of an entry module. */
export function scriptPath(module: string): string {
  return module.replace(/\.ts$/, ".js");
}

const RESOLVED = /import\.meta\.resolve\("([^"]+)"\)/g;

function dataPaths(code: string, path: string, { dataPath }: FinishOptions): string {
  return code.replace(
    RESOLVED,
    (_text, specifier: string) =>
      `import.meta.resolve("${relativePath(path, dataPath(specifier))}")`,
  );
}

function relativePath(from: string, to: string): string {
  return `./${"../".repeat(from.split("/").length - 1)}${to}`;
}

/** A line that the bundler puts before each module. */
const MODULE_LINE = /^\/\/ ((?:npm:|build:|src\/|main\.ts|mod\.ts)\S*)$/gm;

/** A module inside a bundled file. */
export interface BundledModule {
  /** `src/...`, `main.ts`, `npm:package/version/...`, or `build:...` for what only a build has. */
  readonly name: string;
  /** What it takes of the file. */
  readonly bytes: number;
}

/** The modules of a bundled file. */
export function modulesOf(code: string): BundledModule[] {
  const lines = [...code.matchAll(MODULE_LINE)];
  const sizes = new Map<string, number>();
  lines.forEach((line, i) => {
    const text = code.slice(line.index, lines[i + 1]?.index);
    const bytes = new TextEncoder().encode(text).length;
    sizes.set(line[1]!, (sizes.get(line[1]!) ?? 0) + bytes);
  });
  return [...sizes].map(([name, bytes]) => ({ name, bytes }));
}

function moduleAt(code: string, at: number): string {
  const before = [...code.slice(0, at).matchAll(MODULE_LINE)].at(-1);
  if (!before) throw unexpected("code before the first module");
  return before[1]!;
}

const DYNAMIC_IMPORT = /\bimport\("\.{1,2}\/([^"]+)"\)/g;
const COMMONJS_ENTRY = /^export default require_\w+\(\);\s*$/m;

const BARE_IMPORT = /^import "\.{1,2}\/([^"]+)";\n/gm;

/**
 * What is imported on demand from a CommonJS package has named exports in Deno, and a default one only
 * in a bundle. And an import of nothing needs no file.
 */
function soundImports(files: ReadonlyMap<string, string>): Map<string, string> {
  const isEmpty = (path: string) => files.get(path)?.trim() === "";
  const kept = [...files].filter(([path]) => !isEmpty(path));
  const withoutEmpty = (code: string) =>
    code.replace(
      BARE_IMPORT,
      (text, specifier: string) => isEmpty(specifier.replace(/^(?:\.\.\/)*/, "")) ? "" : text,
    );
  return new Map(kept.map(([path, code]) => [
    path,
    withoutEmpty(code).replace(DYNAMIC_IMPORT, (text, specifier: string) => {
      const target = specifier.replace(/^(?:\.\.\/)*/, "");
      if (isEmpty(target)) return "Promise.resolve({})";
      return COMMONJS_ENTRY.test(files.get(target) ?? "")
        ? `${text}.then(({ default: all }) => ({ ...all, default: all }))`
        : text;
    }),
  ]));
}

/**
 * The bundler's own helpers do nothing by being loaded, yet every file that may come to need them
 * imports them.
 */
function withoutIdleImports(files: ReadonlyMap<string, string>): Map<string, string> {
  const isIdle = (path: string) => modulesOf(files.get(path) ?? "//").length === 0;
  return new Map([...files].map(([path, code]) => [
    path,
    code.replace(BARE_IMPORT, (text, specifier: string) => {
      const target = specifier.replace(/^(?:\.\.\/)*/, "");
      return files.has(target) && isIdle(target) ? "" : text;
    }),
  ]));
}

const HASHED = /^(.+)-[A-Z0-9]{8}\.js$/;
const HASHED_REFERENCE = /(?<=\/)([\w.@-]+)-[A-Z0-9]{8}\.js(?=")/g;
const NAME_DIGITS = 8;

/**
 * The bundler's names hold a hash of texts that name the machine's folders. New ones come from the
 * finished text, and of that of the files it refers to.
 */
function stableNames(files: ReadonlyMap<string, string>): Map<string, string> {
  const neutral = (code: string) => code.replace(HASHED_REFERENCE, "$1.js");
  const own = new Map([...files].map(([path, code]) => [path, digest(neutral(code))]));
  const names = new Map<string, string>();
  for (const [path, code] of files) {
    const name = HASHED.exec(path)?.[1];
    if (name === undefined) continue;
    const referred = [...code.matchAll(HASHED_REFERENCE)].map(([other]) => own.get(other) ?? "");
    const hash = digest([own.get(path), ...referred].join(" "));
    names.set(path, `${name}-${hash.slice(0, NAME_DIGITS)}.js`);
  }
  const renamed = new Map<string, string>();
  for (const [path, code] of files) {
    const name = names.get(path) ?? path;
    if (renamed.has(name)) throw unexpected(`two files that come out as ${name}`);
    renamed.set(name, code.replace(HASHED_REFERENCE, (other) => names.get(other) ?? other));
  }
  return new Map([...renamed].sort(([a], [b]) => a < b ? -1 : 1));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function unexpected(what: string): Failure {
  return new Failure(
    `cannot use what deno bundle made: ${what}; this was written for Deno 2.9.6, this is ${Deno.version.deno}`,
  );
}
