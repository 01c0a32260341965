/**
 * Writes dist/SHA256SUMS over the release's files in dist, or checks the files against it.
 *
 *     deno run -A scripts/checksums.ts [--check] [DIR]
 *
 * @module
 */
import { Failure, runScript } from "./compile/failure.ts";
import { readProject } from "./compile/project.ts";
import { checksums, damagedFiles } from "./compile/release_files.ts";

async function main(args: readonly string[]): Promise<number> {
  const check = args.includes("--check");
  const [folder = "dist"] = args.filter((arg) => arg !== "--check");
  const { version } = await readProject();
  const sums = await checksums(folder, version);
  if (!check) {
    await Deno.writeTextFile(`${folder}/SHA256SUMS`, sums);
    console.log(sums.trimEnd());
    return 0;
  }
  const damaged = damagedFiles(await Deno.readTextFile(`${folder}/SHA256SUMS`), sums);
  if (damaged.length > 0) throw new Failure(`not as they were built: ${damaged.join(", ")}`);
  console.log("all files are as they were built");
  return 0;
}

if (import.meta.main) Deno.exit(await runScript(() => main(Deno.args)));
