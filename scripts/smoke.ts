/**
 * Runs every command of an executable once, from an empty folder, with an empty environment.
 *
 *     deno run -A scripts/smoke.ts [EXECUTABLE | --target TARGET]
 *
 * Without an argument it is the one that `deno task compile` made for this system.
 *
 * @module
 */
import { Failure, runScript } from "./compile/failure.ts";
import { parseOptions } from "./compile/options.ts";
import { readProject } from "./compile/project.ts";
import { releaseName } from "./compile/release_files.ts";
import { executableSuffix } from "./compile/targets.ts";
import { makeSandbox } from "./smoke/program.ts";
import { smoke } from "./smoke/steps.ts";

/** The path of the executable that the command line names. @throws {Failure} */
async function executable(args: readonly string[]): Promise<string> {
  if (args.length === 1 && !args[0]!.startsWith("-")) return args[0]!;
  const [target, ...more] = parseOptions(args)?.targets ?? [];
  if (!target || more.length > 0) {
    throw new Failure("usage: deno run -A scripts/smoke.ts [EXECUTABLE | --target TARGET]");
  }
  const { version } = await readProject();
  return `dist/${releaseName(version, target)}${executableSuffix(target)}`;
}

/** Downloads lose the right to run. */
async function runnable(path: string): Promise<string> {
  try {
    if (Deno.build.os !== "windows") await Deno.chmod(path, 0o755);
    return await Deno.realPath(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new Failure(`there is no ${path}; make it with deno task compile`);
  }
}

/** Whether the runtime lets the program see by which name it is called; nothing depends on it. */
async function linkNote(path: string, folder: string): Promise<string> {
  const link = `${folder}/image_client`;
  await Deno.symlink(path, link);
  const { stdout } = await new Deno.Command(link, { args: ["--help"], clearEnv: true }).output();
  const runs = new TextDecoder().decode(stdout).includes("Usage: trtis image_client");
  return `note: a link named image_client ${runs ? "runs" : "does not run"} that command`;
}

async function main(args: readonly string[]): Promise<number> {
  const path = await runnable(await executable(args));
  const folder = await Deno.makeTempDir({ prefix: "trtis-smoke-" });
  try {
    const subject = { path, args: [], env: {} };
    const problems = await smoke(subject, await makeSandbox(folder), (argv, found) => {
      console.log(`${found === undefined ? "ok    " : "FAILED"} trtis ${argv.join(" ")}`);
      if (found !== undefined) console.error(found);
    });
    if (Deno.build.os !== "windows") console.log(await linkNote(path, folder));
    return problems.length === 0 ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) Deno.exit(await runScript(() => main(Deno.args)));
