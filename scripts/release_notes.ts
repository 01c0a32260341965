/**
 * Prints what CHANGELOG.md says of this version, or writes it to a file.
 *
 *     deno run -A scripts/release_notes.ts [FILE]
 *
 * @module
 */
import { Failure, runScript } from "./compile/failure.ts";
import { readProject, ROOT } from "./compile/project.ts";
import { releaseNotes } from "./compile/source_state.ts";

async function main([file]: readonly string[]): Promise<number> {
  const { version } = await readProject();
  const notes = releaseNotes(await Deno.readTextFile(new URL("CHANGELOG.md", ROOT)), version);
  if (notes === "") throw new Failure(`CHANGELOG.md has no text under "## ${version}"`);
  if (file === undefined) console.log(notes);
  else await Deno.writeTextFile(file, `${notes}\n`);
  return 0;
}

if (import.meta.main) Deno.exit(await runScript(() => main(Deno.args)));
