/**
 * The declarations of the library, as `deno pack` makes them.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type ArchiveFile, untarGz } from "../compile/archive.ts";
import { Failure } from "../compile/failure.ts";

const PACKED = "package/";
const REFERENCE = /(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}\/[^"]+)\.js"/g;

/** Stands for the types of protobufjs, which is inside the package. */
const PROTOBUFJS = `/** Writes a message. */
export interface Writer {
  finish(): Uint8Array;
}
/** Reads a message. */
export interface Reader {
  pos: number;
  len: number;
}
declare namespace protobuf {
  export type { Reader, Writer };
}
export default protobuf;
`;
const PROTOBUFJS_PATH = "protobufjs.d.ts";

/**
 * The declaration files that entries need, with paths from the project's folder.
 *
 * @param entries e.g. `mod.d.ts`
 */
export async function declarations(
  entries: readonly string[],
  root: URL,
): Promise<Map<string, string>> {
  const packed = new Map((await pack(root)).map(({ path, bytes }) => [
    path.replace(PACKED, ""),
    new TextDecoder().decode(bytes),
  ]));
  const found = new Map([[PROTOBUFJS_PATH, PROTOBUFJS], [GLOBALS_PATH, GLOBALS]]);
  const visit = async (path: string, by: string) => {
    if (found.has(path)) return;
    // What was written as declarations is packed as it is, or not at all.
    const text = named(packed.get(path) ?? await readDeclaration(path, by, root), path);
    found.set(path, text);
    for (const [, specifier] of text.matchAll(REFERENCE)) {
      await visit(new URL(specifier!, `file:///${path}`).pathname.slice(1) + ".d.ts", path);
    }
  };
  for (const entry of entries) await visit(entry, "the package");
  return found;
}

async function readDeclaration(path: string, by: string, root: URL): Promise<string> {
  try {
    return await Deno.readTextFile(new URL(path, root));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Failure(`deno pack made no types for ${path}, which ${by} needs`);
  }
}

/** What libraries before ESNext, or without DOM, don't declare; each merges with what they do. */
const GLOBALS = `declare global {
  interface AbortSignal {}
  interface Headers {
    get(name: string): string | null;
    set(name: string, value: string): void;
    has(name: string): boolean;
    delete(name: string): void;
  }
  interface SymbolConstructor {
    readonly dispose: unique symbol;
    readonly asyncDispose: unique symbol;
  }
  interface Disposable {
    [Symbol.dispose](): void;
  }
  interface AsyncDisposable {
    [Symbol.asyncDispose](): PromiseLike<void>;
  }
}
export {};
`;
const GLOBALS_PATH = "globals.d.ts";
const NEEDS_GLOBALS = /\b(?:AsyncDisposable|Symbol\.(?:asyncD|d)ispose|AbortSignal|Headers)\b/;

/** Files are named as Node finds them, in words that TypeScript 5.4 and ES2022 understand. */
function named(text: string, path: string): string {
  const up = "../".repeat(path.split("/").length - 1) || "./";
  const globals = NEEDS_GLOBALS.test(text) ? `/// <reference path="${up}${GLOBALS_PATH}" />\n` : "";
  // Typed arrays have no type parameter before TypeScript 5.7.
  return globals +
    text.replace(/\b(\w+Array)<ArrayBuffer(?:Like)?>/g, "$1").replace(
      /"(\.{1,2}\/[^"]+?)(?:\.d)?\.ts"/g,
      '"$1.js"',
    )
      .replaceAll('"protobufjs/minimal.js"', `"${up}${PROTOBUFJS_PATH.replace(".d.ts", ".js")}"`);
}

async function pack(root: URL): Promise<ArchiveFile[]> {
  const folder = await Deno.makeTempDir();
  try {
    const output = `${folder}/packed.tgz`;
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["pack", "--quiet", "--allow-dirty", "--no-source-maps", "--output", output],
      cwd: fileURLToPath(root),
      env: { NO_COLOR: "1", RUST_BACKTRACE: "0" },
      stdin: "null",
    }).output();
    if (!success) {
      throw new Failure(`cannot make the types:\n${new TextDecoder().decode(stderr).trim()}`);
    }
    return await untarGz(await Deno.readFile(output));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
