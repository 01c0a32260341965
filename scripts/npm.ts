/**
 * Makes the npm package in dist/npm, and its tarball beside it.
 *
 *     deno task npm [--out DIR]
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import { tarGz } from "./compile/archive.ts";
import { Failure, runScript } from "./compile/failure.ts";
import { readProject, ROOT } from "./compile/project.ts";
import { readSourceState, stampedCommit } from "./compile/source_state.ts";
import { packageFiles } from "./npm/package.ts";

async function main(args: readonly string[]): Promise<number> {
  const [flag, out = "dist", ...rest] = args;
  if (rest.length > 0 || (flag !== undefined && (flag !== "--out" || args.length < 2))) {
    throw new Failure("usage: deno task npm [--out DIR]");
  }
  const project = await readProject();
  const state = await readSourceState(ROOT);
  const files = await packageFiles(project, {
    version: project.version,
    commit: stampedCommit(state),
  });
  await Deno.mkdir(out, { recursive: true });
  const partial = await Deno.makeTempDir({ dir: out, prefix: ".partial-" });
  try {
    for (const { path, bytes, executable } of files) {
      const url = new URL(path, pathToFileURL(`${partial}/npm/`));
      await Deno.mkdir(new URL("./", url), { recursive: true });
      await Deno.writeFile(url, bytes, { mode: executable ? 0o755 : 0o644 });
    }
    const name = `trtis-${project.version}-npm.tgz`;
    const packed = files.map((file) => ({ ...file, path: `package/${file.path}` }));
    await Deno.writeFile(`${partial}/${name}`, await tarGz(packed, state?.time ?? new Date(0)));
    await Deno.remove(`${out}/npm`, { recursive: true }).catch(ignoreMissing);
    await Deno.rename(`${partial}/npm`, `${out}/npm`);
    await Deno.rename(`${partial}/${name}`, `${out}/${name}`);
    const { size } = await Deno.stat(`${out}/${name}`);
    console.log(`${out}/npm  ${files.length} files`);
    console.log(`${out}/${name}  ${(size / 1e6).toFixed(2)} MB`);
  } finally {
    await Deno.remove(partial, { recursive: true });
  }
  return 0;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

if (import.meta.main) Deno.exit(await runScript(() => main(Deno.args)));
