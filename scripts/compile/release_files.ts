/**
 * The files of a release beside the executables: archives, bill of materials, checksums.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import { type ArchiveFile, tarGz, zip } from "./archive.ts";
import { ISOLATED } from "./executable.ts";
import { Failure } from "./failure.ts";
import type { Stage } from "./stage.ts";
import { sha256 } from "./sbom.ts";
import { executableSuffix, type Target } from "./targets.ts";

/** Name of everything that belongs to one target, without a suffix. */
export function releaseName(version: string, target: Target): string {
  return `trtis-${version}-${target.name}`;
}

/** Manual page and completion scripts, as the program itself prints them. */
export async function printedFiles(stage: Stage, folder: string): Promise<ArchiveFile[]> {
  const wanted: [path: string, args: string[]][] = [
    ["man/man1/trtis.1", ["man"]],
    ["completions/trtis.bash", ["completions", "bash"]],
    ["completions/_trtis", ["completions", "zsh"]],
    ["completions/trtis.fish", ["completions", "fish"]],
    ["completions/trtis.ps1", ["completions", "powershell"]],
  ];
  return await Promise.all(wanted.map(async ([path, args]) => {
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", ...ISOLATED, "--no-prompt", `${folder}/${stage.main}`, ...args],
      stdin: "null",
    }).output();
    if (!success) {
      throw new Failure(`cannot make ${path}: ${new TextDecoder().decode(stderr).trim()}`);
    }
    return { path, bytes: stdout };
  }));
}

/** What goes into an archive. */
export interface ArchiveParts {
  readonly version: string;
  readonly target: Target;
  /** Path of the executable. */
  readonly executable: string;
  readonly others: readonly ArchiveFile[];
  /** Of every file in it. */
  readonly time: Date;
}

/** Writes the archive of a target, as people there expect it; the name of its file. */
export async function writeArchive(
  folder: string,
  { version, target, executable, others, time }: ArchiveParts,
): Promise<string> {
  const base = releaseName(version, target);
  const files = [
    {
      path: `trtis${executableSuffix(target)}`,
      bytes: await Deno.readFile(executable),
      executable: true,
    },
    ...others,
  ].map((file) => ({ ...file, path: `${base}/${file.path}` }));
  const [suffix, pack] = target.os === "windows"
    ? [".zip", zip] as const
    : [".tar.gz", tarGz] as const;
  await Deno.writeFile(`${folder}/${base}${suffix}`, await pack(files, time));
  return base + suffix;
}

/** SHA256SUMS over the release's files in a folder, whichever run made them. */
export async function checksums(folder: string, version: string): Promise<string> {
  const names: string[] = [];
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && name.startsWith(`trtis-${version}`)) names.push(name);
  }
  const base = pathToFileURL(`${folder}/`);
  const lines = names.sort().map((name) =>
    `${sha256(Deno.readFileSync(new URL(encodeURIComponent(name), base)))}  ${name}\n`
  );
  return lines.join("");
}

/** The files whose lines in SHA256SUMS are not those of the files as they are; a missing file is one. */
export function damagedFiles(expected: string, actual: string): string[] {
  const lines = new Set(actual.split("\n"));
  return expected.split("\n").filter((line) => line !== "" && !lines.has(line))
    .map((line) => line.replace(/^\S+ +/, ""));
}
