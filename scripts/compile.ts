/**
 * Makes the executables and everything else of a release. See docs/building.md.
 *
 *     deno task compile --help
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { ArchiveFile } from "./compile/archive.ts";
import { findDenort } from "./compile/denort.ts";
import { checkExecutable, compileExecutable } from "./compile/executable.ts";
import { Failure, runScript } from "./compile/failure.ts";
import { listing } from "./compile/listing.ts";
import { type CompileOptions, parseOptions, USAGE } from "./compile/options.ts";
import { packageCache, readLicence } from "./compile/packages.ts";
import { type Project, readProject, ROOT } from "./compile/project.ts";
import { checksums, printedFiles, releaseName, writeArchive } from "./compile/release_files.ts";
import { billOfMaterials, licenceNotices } from "./compile/sbom.ts";
import {
  checkRelease,
  readSourceState,
  type SourceState,
  stampedCommit,
} from "./compile/source_state.ts";
import { makeStage, packagesIn, type Stage, type Stamp, writeStage } from "./compile/stage.ts";
import { executableSuffix, type Target } from "./compile/targets.ts";

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (!options) {
    console.log(USAGE);
    return 0;
  }
  const project = await readProject();
  const state = await readSourceState(ROOT);
  if (options.release) {
    checkRelease(state, project.version, await Deno.readTextFile(new URL("CHANGELOG.md", ROOT)));
  }
  if (!options.list) {
    for (const target of options.targets) await findDenort(Deno.env.get("DENORT_BIN"), target);
  }
  await runDeno("make the messages", [
    ...["run", "-A", "scripts/generate_proto.ts"],
    ...options.release ? ["--check"] : [],
  ]);
  await runDeno("check the types", ["check", "--quiet", "main.ts"]);
  const stamp = { version: project.version, commit: stampedCommit(state) };
  const stage = await makeStage(project, stamp);
  if (options.list) console.log(listing(stage).trimEnd());
  else await release(options, project, stage, stamp, state);
  return 0;
}

async function runDeno(doing: string, args: readonly string[]): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: fileURLToPath(ROOT),
    stdin: "null",
  }).spawn().status;
  if (!success) throw new Failure(`cannot ${doing}; see above`);
}

/** Makes everything in a folder beside the results and moves it there when all of it is done. */
async function release(
  options: CompileOptions,
  project: Project,
  stage: Stage,
  stamp: Stamp,
  state: SourceState | undefined,
): Promise<void> {
  const { out } = options;
  const time = state?.time ?? new Date(0);
  await Deno.mkdir(out, { recursive: true });
  const partial = await Deno.makeTempDir({ dir: out, prefix: ".partial-" });
  try {
    const folder = `${partial}/stage`;
    await writeStage(stage, folder, time);
    const packages = await Promise.all(
      packagesIn(stage).map(async (one) => (
        { ...one, licence: await readLicence(one, packageCache()) }
      )),
    );
    const others: ArchiveFile[] = [
      { path: "LICENSE", bytes: await Deno.readFile(new URL("LICENSE", ROOT)) },
      { path: "THIRD_PARTY_LICENSES.txt", bytes: encode(licenceNotices(packages)) },
      ...await printedFiles(stage, folder),
    ];
    const results = `${await Deno.realPath(partial)}/results`;
    await Deno.mkdir(results);
    for (const target of options.targets) {
      await makeTarget({ options, project, stage, stamp, folder, results, target, others, time });
    }
    await Deno.writeTextFile(
      `${results}/trtis-${stamp.version}.cdx.json`,
      billOfMaterials(stage, packages, stamp, time),
    );
    for await (const { name } of Deno.readDir(results)) {
      await Deno.rename(`${results}/${name}`, `${out}/${name}`);
    }
    await Deno.writeTextFile(`${partial}/SHA256SUMS`, await checksums(out, stamp.version));
    await Deno.rename(`${partial}/SHA256SUMS`, `${out}/SHA256SUMS`);
  } finally {
    await Deno.remove(partial, { recursive: true });
  }
}

interface TargetInput {
  readonly options: CompileOptions;
  readonly project: Project;
  readonly stage: Stage;
  readonly stamp: Stamp;
  readonly folder: string;
  readonly results: string;
  readonly target: Target;
  readonly others: readonly ArchiveFile[];
  readonly time: Date;
}

async function makeTarget(input: TargetInput): Promise<void> {
  const { options, project, stage, stamp, folder, results, target, others, time } = input;
  const name = releaseName(stamp.version, target) + executableSuffix(target);
  const output = `${results}/${name}`;
  await compileExecutable({
    ...{ stage, folder, target, output },
    permissionFlags: target.os === "linux" ? project.linuxPermissionFlags : project.permissionFlags,
    engine: options.engine,
    denort: Deno.env.get("DENORT_BIN"),
  });
  const commit = stamp.commit === "" ? "" : ` (commit ${stamp.commit})`;
  const checked = await checkExecutable(output, target, `trtis ${stamp.version}${commit}`);
  const archive = await writeArchive(results, {
    ...{ version: stamp.version, target, executable: output, others, time },
  });
  console.log(`${options.out}/${name}  ${await megabytes(output)}, ${checked}`);
  console.log(`${options.out}/${archive}  ${await megabytes(`${results}/${archive}`)}`);
}

async function megabytes(path: string): Promise<string> {
  return `${((await Deno.stat(path)).size / 1e6).toFixed(1)} MB`;
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

if (import.meta.main) Deno.exit(await runScript(() => main(Deno.args)));
