/**
 * POSIX shared memory: on Linux a file in /dev/shm, which other programs map as `/NAME`. Nothing else is
 * needed to fill it or to look into it.
 *
 * @module
 */
import type * as NodeFs from "node:fs";
import { InferenceError } from "./errors.ts";

const FOLDER = "/dev/shm";
/** The owner alone reads and writes it, as perf_analyzer's. */
const OWNER_ONLY = 0o600;

/** A piece of shared memory that is open. */
export interface PosixMemory {
  /** As other programs open it, with a slash in front. */
  readonly key: string;
  /** Its length in bytes. */
  readonly byteSize: number;
  /** Writes bytes. @throws {RangeError} when they would go beyond the end */
  write(bytes: Uint8Array, offset: number): void;
  /** A copy of bytes. @throws {RangeError} when they would go beyond the end */
  read(offset: number, byteSize: number): Uint8Array;
  /** Closes it here; others keep it. */
  close(): void;
  /** Closes it, and takes its name away. */
  remove(): void;
}

/** The functions of this system's shared memory. */
export interface PosixMemories {
  /** Makes one of zeros; it takes room as it is written. @throws {InferenceError} FILE */
  create(key: string, byteSize: number): PosixMemory;
  /** Opens one that exists. @throws {InferenceError} FILE */
  open(key: string): PosixMemory;
  /** Keys of those that exist. @throws {InferenceError} FILE */
  keys(): string[];
  /** Takes a name away, if it is there. */
  remove(key: string): void;
  /** Whether a process runs; undefined when that can't be told. */
  runs(pid: number): boolean | undefined;
  /** What process numbers here are relative to: containers have their own. */
  readonly namespace: string;
  readonly pid: number;
}

/**
 * @param os the system, as `Deno.build.os` and `process.platform` name it
 * @throws {InferenceError} UNSUPPORTED elsewhere than on Linux
 */
export async function posixMemories(os?: string): Promise<PosixMemories> {
  const { default: process } = await import("node:process");
  // In a bundle for browsers the module is empty.
  const platform = os ?? process?.platform ?? "this system";
  if (platform !== "linux") {
    throw new InferenceError("UNSUPPORTED", `Cannot share memory on ${platform}: it takes Linux`);
  }
  const fs = await import("node:fs");
  const namespace = () => /\d+/.exec(fs.readlinkSync("/proc/self/ns/pid"))?.[0] ?? "0";
  return {
    create(key, byteSize) {
      const path = pathOf(key);
      const file = doing(
        `Cannot make shared memory ${key}`,
        () => fs.openSync(path, "wx+", OWNER_ONLY),
      );
      try {
        fs.ftruncateSync(file, byteSize);
      } catch (error) {
        fs.closeSync(file);
        unlink(fs, path);
        throw failed(`Cannot make ${byteSize} bytes of shared memory`, error);
      }
      return opened(fs, { key, path, file, byteSize });
    },
    open(key) {
      const path = pathOf(key);
      const file = doing(`Cannot open shared memory ${key}`, () => fs.openSync(path, "r+"));
      return opened(fs, { key, path, file, byteSize: fs.fstatSync(file).size });
    },
    keys: () =>
      doing(`Cannot look into ${FOLDER}`, () => fs.readdirSync(FOLDER)).map((name) => `/${name}`),
    remove: (key) => unlink(fs, pathOf(key)),
    runs: (pid) => fs.existsSync("/proc/self") ? fs.existsSync(`/proc/${pid}`) : undefined,
    namespace: doing("Cannot share memory", namespace),
    pid: process.pid,
  };
}

interface OpenFile {
  readonly key: string;
  readonly path: string;
  readonly file: number;
  readonly byteSize: number;
}

function opened(fs: typeof NodeFs, { key, path, file, byteSize }: OpenFile): PosixMemory {
  let isOpen = true;
  const check = (offset: number, length: number) => {
    if (!isOpen) throw new InferenceError("CLOSED", `shared memory ${key} was closed`);
    if (offset >= 0 && length >= 0 && offset + length <= byteSize) return;
    throw new RangeError(
      `bytes ${offset} to ${offset + length} are beyond the ${byteSize} of shared memory ${key}`,
    );
  };
  const close = () => {
    if (isOpen) fs.closeSync(file);
    isOpen = false;
  };
  return {
    key,
    byteSize,
    write(bytes, offset) {
      check(offset, bytes.length);
      // /dev/shm may be full: memory is taken when it is written.
      doing(`Cannot write ${bytes.length} bytes of shared memory`, () => {
        for (let at = 0; at < bytes.length;) {
          at += fs.writeSync(file, bytes, at, bytes.length - at, offset + at);
        }
      });
    },
    read(offset, length) {
      check(offset, length);
      const bytes = new Uint8Array(length);
      for (let at = 0; at < length;) {
        const count = fs.readSync(file, bytes, at, length - at, offset + at);
        if (count === 0) throw new RangeError(`shared memory ${key} has become shorter`);
        at += count;
      }
      return bytes;
    },
    close,
    remove() {
      close();
      unlink(fs, path);
    },
  };
}

/** Somebody else may have been first. Unlike opening, Deno allows it without all permissions. */
function unlink(fs: typeof NodeFs, path: string): void {
  try {
    fs.unlinkSync(path);
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw error;
  }
}

/** A name has no slash but the first: it stays in the folder. */
function pathOf(key: string): string {
  if (/^\/[^/\0]{1,250}$/.test(key) && key !== "/." && key !== "/..") return FOLDER + key;
  throw new InferenceError("INVALID_ARG", `"${key}" is no name of shared memory, such as /name`);
}

function doing<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failed(what, error);
  }
}

function failed(what: string, cause: unknown): InferenceError {
  if (cause instanceof InferenceError) return cause;
  const { code, name, message } = cause as Error & { code?: string };
  const hints: Record<string, string> = {
    ENOSPC: `${FOLDER} is full; a container may be given more`,
    ENOENT: `${FOLDER} or the memory is not there`,
    EACCES: "it belongs to another user",
    EEXIST: "it exists already",
    NotCapable: "Deno opens /dev/shm only for a program that has all permissions",
  };
  const hint = hints[code ?? ""] ?? hints[name];
  return new InferenceError("FILE", `${what}: ${message}`, { cause, hint });
}
