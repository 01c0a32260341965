/**
 * The program as the executable embeds it: Deno keeps the text of all modules of the sources in memory,
 * which nobody else has.
 *
 * @module
 */
import { ISOLATED } from "../../scripts/compile/executable.ts";
import { readProject } from "../../scripts/compile/project.ts";
import { makeStage, writeStage } from "../../scripts/compile/stage.ts";

/** Writes it into a folder, which is made; the beginning of its command line. */
export async function stagedProgram(folder: string): Promise<string[]> {
  const project = await readProject();
  const stage = await makeStage(project, { version: project.version, commit: "" });
  await writeStage(stage, folder, new Date(0));
  return [
    ...[Deno.execPath(), "run", "--quiet", ...ISOLATED, ...project.permissionFlags],
    `${folder}/${stage.main}`,
  ];
}
