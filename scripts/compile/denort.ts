/**
 * denort, the runtime that `deno compile` puts the program into. Deno downloads it; where that can't
 * be, DENORT_BIN names one, or a folder with one for each system.
 *
 * @module
 */
import { Failure } from "./failure.ts";
import { executableSuffix, type Target } from "./targets.ts";

/** An executable file's kind. */
export interface ExecutableKind {
  readonly format: "ELF" | "PE" | "Mach-O";
  /** Undefined for a processor that no release is made for. */
  readonly arch: "x86_64" | "aarch64" | undefined;
}

const ELF_MACHINES: Readonly<Record<number, ExecutableKind["arch"]>> = {
  0x3e: "x86_64",
  0xb7: "aarch64",
};
const PE_MACHINES: Readonly<Record<number, ExecutableKind["arch"]>> = {
  0x8664: "x86_64",
  0xaa64: "aarch64",
};
const MACH_O_CPUS: Readonly<Record<number, ExecutableKind["arch"]>> = {
  0x01000007: "x86_64",
  0x0100000c: "aarch64",
};

/** Bytes at a file's start that {@linkcode executableKind} needs at most. */
export const HEAD_BYTES = 4096;

/** What kind of executable a file is, by its first bytes; undefined when it is none. */
export function executableKind(head: Uint8Array): ExecutableKind | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const uint32 = (at: number) => at + 4 <= view.byteLength ? view.getUint32(at, true) : 0;
  const uint16 = (at: number) => at + 2 <= view.byteLength ? view.getUint16(at, true) : 0;
  if (uint32(0) === 0x464c457f) return { format: "ELF", arch: ELF_MACHINES[uint16(18)] };
  if (uint32(0) === 0xfeedfacf) return { format: "Mach-O", arch: MACH_O_CPUS[uint32(4)] };
  const pe = uint32(0x3c);
  if (uint16(0) === 0x5a4d && uint32(pe) === 0x4550) {
    return { format: "PE", arch: PE_MACHINES[uint16(pe + 4)] };
  }
  return undefined;
}

/** What is called denort in a folder of several. */
export function denortName(target: Target): string {
  return `denort-${target.triple}${executableSuffix(target)}`;
}

/**
 * The denort to use for a target, checked as far as it can be before it runs.
 *
 * @param setting value of DENORT_BIN
 * @returns undefined when Deno is to download one
 * @throws {Failure}
 */
export async function findDenort(
  setting: string | undefined,
  target: Target,
): Promise<string | undefined> {
  if (setting === undefined || setting === "") return undefined;
  let path = setting;
  let file = await stat(path);
  if (file?.isDirectory) {
    path = `${setting.replace(/[\\/]+$/, "")}/${denortName(target)}`;
    file = await stat(path);
  }
  if (!file?.isFile) {
    throw new Failure(
      `cannot use DENORT_BIN: there is no file "${path}"; it names a denort, or a folder with ${
        denortName(target)
      }`,
    );
  }
  const kind = executableKind(await readHead(path));
  if (kind?.format === target.format && kind.arch === target.arch) return path;
  const is = kind === undefined
    ? "it is not an executable"
    : `it is an executable for ${kind.format} on ${kind.arch ?? "another processor"}`;
  throw new Failure(
    `cannot use DENORT_BIN "${path}" for ${target.triple}: ${is}, ${target.format} on ${target.arch} is needed`,
  );
}

async function stat(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function readHead(path: string): Promise<Uint8Array> {
  using file = await Deno.open(path);
  const head = new Uint8Array(HEAD_BYTES);
  return head.subarray(0, await file.read(head) ?? 0);
}
