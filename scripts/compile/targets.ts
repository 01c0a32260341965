/**
 * The systems that executables are made for.
 *
 * @module
 */

/** A system. */
export interface Target {
  /** What `deno compile --target` calls it. */
  readonly triple: string;
  /** Its part of a file's name. */
  readonly name: string;
  readonly os: typeof Deno.build.os;
  readonly arch: typeof Deno.build.arch;
  /** How its executables begin; see denort.ts. */
  readonly format: "ELF" | "PE" | "Mach-O";
}

/** Every system that a release has an executable for. */
export const TARGETS: readonly Target[] = [
  target("x86_64-unknown-linux-gnu", "linux", "x86_64", "ELF"),
  target("aarch64-unknown-linux-gnu", "linux", "aarch64", "ELF"),
  target("x86_64-pc-windows-msvc", "windows", "x86_64", "PE"),
  target("x86_64-apple-darwin", "darwin", "x86_64", "Mach-O"),
  target("aarch64-apple-darwin", "darwin", "aarch64", "Mach-O"),
];

function target(
  triple: string,
  os: Target["os"],
  arch: Target["arch"],
  format: Target["format"],
): Target {
  return { triple, name: `${os === "darwin" ? "macos" : os}-${arch}`, os, arch, format };
}

/** The target of a triple or of a name such as `linux-x86_64`. */
export function findTarget(word: string): Target | undefined {
  return TARGETS.find(({ triple, name }) => word === triple || word === name);
}

/** The system that this runs on, when there is a release for it. */
export function hostTarget(build: Pick<typeof Deno.build, "os" | "arch"> = Deno.build) {
  return TARGETS.find(({ os, arch }) => os === build.os && arch === build.arch);
}

/** `.exe` on Windows. */
export function executableSuffix({ os }: Pick<Target, "os">): string {
  return os === "windows" ? ".exe" : "";
}
