/**
 * Fails on an import against the layers, a circular import, a file that is too long, or a main.ts
 * that has grown. Type-only and dynamic imports count as imports, so do worker modules.
 *
 *     deno run --allow-read scripts/check_layers.ts
 *
 * @module
 */

/** Folders of src/ from the bottom up; a folder may import from the rows below its own. */
const LAYERS: readonly (readonly string[])[] = [
  ["base"],
  ["transport", "tensor", "cli"],
  ["protocol"],
  ["client"],
  ["image", "perf", "server"],
  ["commands"],
];

/** Imports inside one row that are meant: the embedded server and the load generator read images. */
const SIDEWAYS: ReadonlySet<string> = new Set(["server -> image", "perf -> image"]);

/** `cli` is what every command stands on: flags, help, the terminal. The library has no use for it. */
const CLI_USERS: ReadonlySet<string> = new Set(["cli", "commands"]);

const MAX_LOGIC_LINES = 300;
const MAX_MAIN_LINES = 30;
/** A call with more arguments than these is read wrong; what belongs together makes an object. */
const MAX_PARAMETERS = 5;

/** A source file: its path from the root with `/`, and its text. */
export interface Source {
  readonly path: string;
  readonly text: string;
}

const COMMENTS_AND_STRINGS =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
const IMPORTS = [
  /\b(?:import|export)\b[^;"'`]*?\bfrom\s*["']([^"']+)["']/g,
  /\bimport\s*["']([^"']+)["']/g,
  /\bimport\s*\(\s*["']([^"']+)["']/g,
  /\bnew\s+URL\(\s*["']([^"']+\.ts)["']\s*,\s*import\.meta\.url/g,
];

/** The text without comments; lines stay where they are. */
export function withoutComments(text: string): string {
  return text.replace(
    COMMENTS_AND_STRINGS,
    (match) => match.startsWith("/") ? match.replace(/[^\n]/g, "") : match,
  );
}

/** Number of lines that hold code. */
export function logicLines(text: string): number {
  return withoutComments(text).split("\n").filter((line) => line.trim() !== "").length;
}

/** The project's own files that a file imports, by path. */
export function importsOf({ path, text }: Source): string[] {
  const code = withoutComments(text);
  const found = IMPORTS.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1]));
  return [...new Set(found)]
    .filter((specifier) => specifier!.startsWith("."))
    .map((specifier) => new URL(specifier!, `file:///${path}`).pathname.slice(1));
}

const DECLARATION =
  /(?:\bfunction\*?\s+(\w+)|^ {2,}(?:async |static |protected |override |private )*\*?(#?\w+))\s*(?:<[^(]*>)?\(/gm;
const KEYWORDS = new Set(["if", "for", "while", "switch", "catch", "return", "super", "await"]);

/** Functions and methods with the number of their parameters. */
export function parameterCounts(text: string): [name: string, count: number][] {
  const code = withoutComments(text);
  const found: [string, number][] = [];
  for (const match of code.matchAll(DECLARATION)) {
    const name = match[1] ?? match[2]!;
    if (KEYWORDS.has(name)) continue;
    const list = balanced(code, match.index + match[0].length);
    // Without a body or a type behind it, it is a call.
    if (list === undefined || !/^\s*(?::|\{)/.test(code.slice(list.end))) continue;
    found.push([name, list.parts]);
  }
  return found;
}

/** Counts what commas part from `start` to the closing parenthesis. */
function balanced(code: string, start: number): { parts: number; end: number } | undefined {
  let depth = 0;
  let parts = 0;
  let isEmpty = true;
  for (let at = start; at < code.length; at++) {
    const char = code[at]!;
    if (depth === 0 && char === ")") return { parts: parts + (isEmpty ? 0 : 1), end: at + 1 };
    if ("([{".includes(char) || char === "<") depth++;
    else if (")]}".includes(char) || char === ">" && code[at - 1] !== "=") depth--;
    if (depth === 0 && char === ",") {
      parts++;
      isEmpty = true;
    } else if (char.trim() !== "") isEmpty = false;
  }
}

/** Everything that is wrong with the sources, a line each. */
export function problems(sources: readonly Source[]): string[] {
  const graph = new Map(sources.map((source) => [source.path, importsOf(source)]));
  const found: string[] = [];
  for (const [path, imports] of graph) {
    for (const target of imports) {
      const why = forbidden(path, target);
      if (why !== undefined) found.push(`${path} -> ${target}: ${why}`);
    }
  }
  for (const cycle of cycles(graph)) found.push(`circular: ${cycle.join(" -> ")}`);
  for (const { path, text } of sources) {
    const lines = logicLines(text);
    if (path.startsWith("src/") && lines > MAX_LOGIC_LINES) {
      found.push(`${path}: ${lines} lines of logic, at most ${MAX_LOGIC_LINES}`);
    }
    for (const [name, count] of parameterCounts(text)) {
      if (count > MAX_PARAMETERS) {
        found.push(`${path}: ${name} takes ${count} parameters, at most ${MAX_PARAMETERS}`);
      }
    }
    const all = text.trimEnd().split("\n").length;
    if (path === "main.ts" && all >= MAX_MAIN_LINES) {
      found.push(`${path}: ${all} lines, fewer than ${MAX_MAIN_LINES} are allowed`);
    }
  }
  return found;
}

/** Why one file may not import another; undefined when it may. */
export function forbidden(from: string, to: string): string | undefined {
  if (from === "main.ts") {
    return ["src/cli/start.ts", "src/commands/program.ts"].includes(to)
      ? undefined
      : "main.ts starts the program";
  }
  const inside = forbiddenInTransport(from, to);
  if (inside !== undefined) return inside;
  const target = layerOf(to);
  if (target === undefined) return "outside of src/";
  if (from === "mod.ts") {
    return CLI_USERS.has(target) ? "the library has no commands" : undefined;
  }
  const source = layerOf(from);
  if (source === undefined) return "not in a known folder of src/";
  if (source === target) return undefined;
  if (target === "cli" && !CLI_USERS.has(source)) return "only commands use src/cli";
  if (source === "cli" && target !== "base") return "src/cli imports src/base only";
  const [low, high] = [rowOf(target), rowOf(source)];
  if (low < high || SIDEWAYS.has(`${source} -> ${target}`)) return undefined;
  return low > high ? `upward, ${source} is below ${target}` : `sideways, ${source} and ${target}`;
}

/**
 * Floors of src/transport from the bottom up. `client` folders are for the client only: what the
 * embedded server needs as well stands beside them.
 */
const FLOORS: readonly (readonly string[])[] = [
  [""],
  ["fetch", "http1", "http2"],
  ["grpc", "http1/client"],
  ["grpc/client", "grpc_js"],
];

function forbiddenInTransport(from: string, to: string): string | undefined {
  const target = floorOf(to);
  if (target === undefined) return undefined;
  if (from.startsWith("src/server/") && (target.endsWith("client") || target === "grpc_js")) {
    return "the server must not stand on a client's folder";
  }
  const source = floorOf(from);
  if (source === undefined || source === target) return undefined;
  const [low, high] = [target, source].map((floor) =>
    FLOORS.findIndex((row) => row.includes(floor))
  );
  return low! < high! ? undefined : `upward, transport/${source} is not above transport/${target}`;
}

/** The folder below src/transport; undefined elsewhere. */
function floorOf(path: string): string | undefined {
  return /^src\/transport\/(?:(.*)\/)?[^/]+$/.exec(path)?.slice(1).map((folder) => folder ?? "")[0];
}

function layerOf(path: string): string | undefined {
  const folder = /^src\/([^/]+)\//.exec(path)?.[1];
  return folder !== undefined && rowOf(folder) >= 0 ? folder : undefined;
}

function rowOf(folder: string): number {
  return LAYERS.findIndex((row) => row.includes(folder));
}

/** One chain for every circle that a depth-first walk closes; the first file stands at both ends. */
export function cycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const done = new Set<string>();
  const chain: string[] = [];
  const found: string[][] = [];
  const visit = (path: string) => {
    const at = chain.indexOf(path);
    if (at >= 0) found.push([...chain.slice(at), path]);
    if (at >= 0 || done.has(path)) return;
    chain.push(path);
    for (const target of graph.get(path) ?? []) visit(target);
    chain.pop();
    done.add(path);
  };
  for (const path of graph.keys()) visit(path);
  return found;
}

async function readSources(root: URL): Promise<Source[]> {
  const sources: Source[] = [];
  const walk = async (folder: string) => {
    for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
      if (isDirectory && name !== "generated") await walk(`${folder}${name}/`);
      if (name.endsWith(".ts") && !name.includes("_test")) await read(`${folder}${name}`);
    }
  };
  const read = async (path: string) => {
    sources.push({ path, text: await Deno.readTextFile(new URL(path, root)) });
  };
  await walk("src/");
  for await (const { name } of Deno.readDir(root)) {
    if (name === "main.ts" || name === "mod.ts") await read(name);
  }
  return sources.sort((a, b) => a.path < b.path ? -1 : 1);
}

if (import.meta.main) {
  const sources = await readSources(new URL("../", import.meta.url));
  const found = problems(sources);
  for (const problem of found) console.error(problem);
  console.error(`${sources.length} files, ${found.length} problems`);
  Deno.exit(found.length === 0 ? 0 : 1);
}
