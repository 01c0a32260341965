/**
 * Files and standard streams with the methods of Deno's.
 *
 * @module
 */
import * as fs from "node:fs";
import { translated, translatedSync } from "./errors.ts";

/** Reading, writing and listing. */
export const files = {
  readFile: (path: string | URL) =>
    translated(async () => new Uint8Array(await fs.promises.readFile(path))),
  readTextFile: (path: string | URL) => translated(() => fs.promises.readFile(path, "utf8")),
  writeFile: (path: string | URL, data: Uint8Array) =>
    translated(() => fs.promises.writeFile(path, data)),
  writeTextFile: (path: string | URL, data: string) =>
    translated(() => fs.promises.writeFile(path, data)),
  mkdir: (path: string | URL, options?: { recursive?: boolean }) =>
    translated(async () => void await fs.promises.mkdir(path, options)),
  remove: (path: string | URL, options?: { recursive?: boolean }) =>
    translated(() => fs.promises.rm(path, options)),
  rename: (from: string | URL, to: string | URL) => translated(() => fs.promises.rename(from, to)),
  stat: (path: string | URL) => translated(async () => facts(await fs.promises.stat(path))),
  statSync: (path: string | URL) => translatedSync(() => facts(fs.statSync(path))),
  openSync: (path: string | URL) =>
    translatedSync(() => {
      const descriptor = fs.openSync(path, "r");
      return {
        readSync: (into: Uint8Array) => fs.readSync(descriptor, into) || null,
        close: () => fs.closeSync(descriptor),
        [Symbol.dispose ?? Symbol.for("Symbol.dispose")]: () => fs.closeSync(descriptor),
      };
    }),
  chmod: (path: string | URL, mode: number) => translated(() => fs.promises.chmod(path, mode)),
  realPath: (path: string | URL) => translated(() => fs.promises.realpath(path)),
  open: (path: string | URL, options: OpenOptions = {}) =>
    translated(async () => new OpenFile(await fs.promises.open(path, modeOf(options)))),
  async *readDir(path: string | URL) {
    const entries = await translated(() => fs.promises.readdir(path, { withFileTypes: true }));
    for (const entry of entries) yield { name: entry.name, ...kind(entry) };
  },
};

/** The part of Deno.OpenOptions that is used. */
interface OpenOptions {
  readonly write?: boolean;
  readonly append?: boolean;
  readonly createNew?: boolean;
}

function modeOf({ write, append, createNew }: OpenOptions): string {
  if (append) return "a";
  return createNew ? "wx" : write ? "r+" : "r";
}

/** See Deno.FsFile. */
class OpenFile {
  readonly #handle: fs.promises.FileHandle;

  constructor(handle: fs.promises.FileHandle) {
    this.#handle = handle;
  }

  /** Reads some bytes; null at the end. */
  read(into: Uint8Array): Promise<number | null> {
    return translated(async () => (await this.#handle.read(into)).bytesRead || null);
  }

  close(): void {
    // Nobody waits: what could fail was written or read before.
    this.#handle.close().catch(() => {});
  }

  [Symbol.dispose ?? Symbol.for("Symbol.dispose")](): void {
    this.close();
  }
}

function facts(stats: fs.Stats) {
  const { size, mtime, ino, dev, mode } = stats;
  return {
    size,
    mtime,
    ino,
    dev,
    mode,
    isFifo: stats.isFIFO(),
    isSocket: stats.isSocket(),
    ...kind(stats),
  };
}

function kind(of: fs.Stats | fs.Dirent) {
  return {
    isFile: of.isFile(),
    isDirectory: of.isDirectory(),
    isSymlink: of.isSymbolicLink(),
  };
}

/** Standard input. */
export const inputStream = {
  isTerminal: () => Boolean(process.stdin.isTTY),
  read: (buffer: Uint8Array) =>
    translated(() =>
      new Promise<number | null>((resolve, reject) => {
        fs.read(0, buffer, 0, buffer.length, null, (error, count) => {
          if (error !== null && error.code !== "EOF") reject(error);
          else resolve(error === null && count > 0 ? count : null);
        });
      })
    ),
};

/** A standard stream of this process. */
export function outputStream(descriptor: 1 | 2) {
  return {
    writeSync: (bytes: Uint8Array) => translatedSync(() => fs.writeSync(descriptor, bytes)),
    isTerminal: () => process.stdout !== undefined && isTerminal(descriptor),
  };
}

function isTerminal(descriptor: 1 | 2): boolean {
  return Boolean((descriptor === 1 ? process.stdout : process.stderr).isTTY);
}
