/**
 * Runs the tests with Deno's Windows build under Wine: the unit tests, the whole-program tests, and
 * every command on what the executable embeds.
 *
 *     deno run -A scripts/windows.ts [arguments for deno test]
 *
 * Needs Debian's packages wine, wine64 and gcc-mingw-w64-x86-64-win32, and npm. What it installs lies
 * in .venv/windows. The tests run in a copy of the files that git knows. Wine is no Windows: console
 * input, Ctrl-C and colours can't be judged there.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { emptyFolder, prepareWindows, type WindowsEnvironment } from "./windows/environment.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** What is about this system, not about the program. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "tests/interop": "a tier of its own, with servers for Linux",
  "tests/npm_test.ts": "about Node for Linux",
  "tests/runtimes": "about runtimes for Linux",
  "tests/picture_bombs_test.ts": "its watchdog reads /proc",
  "tests/image_resume_test.ts": "makes files with names that Windows doesn't allow",
  "tests/image_outage_test.ts": "its front ends connections half-way, which Wine takes amiss",
  "tests/perf_faults_test.ts": "its proxy breaks connections half-way, which Wine takes amiss",
  "tests/image_results_test.ts": "makes files with names that Windows doesn't allow",
  "bench": "needs peers for Linux",
};

/** A copy of the working tree's files, so that nothing here is changed; `../shared` is linked to. */
async function copyProject(folder: string): Promise<string> {
  const project = `${folder}/project`;
  await Deno.mkdir(project);
  const list = await new Deno.Command("git", {
    args: ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd: ROOT,
  }).output();
  const names = new TextDecoder().decode(list.stdout).split("\0").filter((name) => name !== "");
  for (const name of names) {
    const target = `${project}/${name}`;
    await Deno.mkdir(target.slice(0, target.lastIndexOf("/")), { recursive: true });
    try {
      await Deno.copyFile(`${ROOT}${name}`, target);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  try {
    await Deno.symlink(await Deno.realPath(`${ROOT}../shared`), `${folder}/shared`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return project;
}

async function wine(
  { deno, env }: WindowsEnvironment,
  cwd: string,
  args: readonly string[],
): Promise<number> {
  const process = new Deno.Command("wine", { args: [deno, ...args], cwd, env, stdin: "null" });
  return (await process.spawn().status).code;
}

async function main(args: readonly string[]): Promise<number> {
  const windows = await prepareWindows(`${ROOT}.venv/windows`);
  const folder = await Deno.makeTempDir({ prefix: "trtis-windows-" });
  try {
    const project = await copyProject(folder);
    const installed = await wine(windows, project, ["install", "--quiet", "--frozen"]);
    if (installed !== 0) return installed;
    for (const [path, why] of Object.entries(LEFT_OUT)) console.log(`left out: ${path}: ${why}`);
    const ignored = `--ignore=${Object.keys(LEFT_OUT).join(",")}`;
    return await wine(windows, project, ["test", "-q", "-P", "--parallel", ignored, ...args]);
  } finally {
    await Deno.remove(folder, { recursive: true });
    // What was still in use under Wine, see tests/remove_folder.ts.
    await emptyFolder(windows.temp);
  }
}

if (import.meta.main) {
  try {
    Deno.exit(await main(Deno.args));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
