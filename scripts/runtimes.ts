/**
 * Installs Node 20, 22 and 24, Bun, bundlers and TypeScript from npm, packs the npm package, and runs
 * tests/runtimes with them. Chromium is used where it is installed.
 *
 *     deno task test:runtimes
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { Failure, runScript } from "./compile/failure.ts";
import { ROOT } from "./compile/project.ts";

/** Beside the checkouts of other branches they would be the same: nothing in here is the project's. */
export const FOLDER: URL = new URL(".venv/runtimes/", ROOT);

const PACKAGES = [
  ...["node20@npm:node@20.20.2", "node22@npm:node@22.23.3", "node24@npm:node@24.21.0"],
  ...["bun@1.4.5", "esbuild@0.25.12", "rollup@4.68.8", "vite@7.3.8"],
  ...["@rollup/plugin-node-resolve@16.0.2", "@types/node@20.19.43"],
  ...["5.4.5", "5.5.4", "5.6.3", "5.7.3", "5.8.3", "5.9.3", "6.0.3", "7.0.2"].map((version) =>
    `typescript-${version.slice(0, 3).replace(".", "")}@npm:typescript@${version}`
  ),
];

async function run(command: string, args: readonly string[], cwd: URL): Promise<void> {
  const { success } = await new Deno.Command(command, {
    args: [...args],
    cwd: fileURLToPath(cwd),
    stdin: "null",
  }).spawn().status;
  if (!success) throw new Failure(`${command} ${args[0]} failed`);
}

async function main(): Promise<number> {
  await Deno.mkdir(FOLDER, { recursive: true });
  const manifest = new URL("package.json", FOLDER);
  await Deno.writeTextFile(manifest, JSON.stringify({ name: "runtimes", private: true }));
  await run("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error", ...PACKAGES], FOLDER);
  await run(Deno.execPath(), ["task", "-q", "npm", "--out", fileURLToPath(FOLDER)], ROOT);
  const version = JSON.parse(await Deno.readTextFile(new URL("deno.json", ROOT))).version;
  const tarball = `trtis-${version}-npm.tgz`;
  await run("npm", ["install", "--no-save", "--no-audit", "--no-fund", `./${tarball}`], FOLDER);
  const test = ["test", "-q", "-A", "--sanitize-resources", ...Deno.args, "tests/runtimes"];
  await run(Deno.execPath(), test, ROOT);
  return 0;
}

if (import.meta.main) Deno.exit(await runScript(main));
