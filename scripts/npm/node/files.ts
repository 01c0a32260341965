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
  readFileSync: (path: string | URL) => translatedSync(() => new Uint8Array(fs.readFileSync(path))),
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
  async *readDir(path: string | URL) {
    const entries = await translated(() => fs.promises.readdir(path, { withFileTypes: true }));
    for (const entry of entries) yield { name: entry.name, ...kind(entry) };
  },
};

function facts(stats: fs.Stats) {
  return { size: stats.size, mtime: stats.mtime, ...kind(stats) };
}

function kind(of: fs.Stats | fs.Dirent) {
  return {
    isFile: of.isFile(),
    isDirectory: of.isDirectory(),
    isSymlink: of.isSymbolicLink(),
  };
}

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
