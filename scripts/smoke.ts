/**
 * Runs every command of an executable once, from an empty folder, with an empty environment.
 *
 *     deno run -A scripts/smoke.ts dist/trtis-0.1.0-linux-x86_64
 *
 * @module
 */
import { makeSandbox } from "./smoke/program.ts";
import { smoke } from "./smoke/steps.ts";

async function main([path, ...rest]: readonly string[]): Promise<number> {
  if (path === undefined || path.startsWith("-") || rest.length > 0) {
    console.error("usage: deno run -A scripts/smoke.ts EXECUTABLE");
    return 2;
  }
  const folder = await Deno.makeTempDir({ prefix: "trtis-smoke-" });
  try {
    const subject = { path: await Deno.realPath(path), args: [], env: {} };
    const problems = await smoke(subject, await makeSandbox(folder), (argv, found) => {
      console.log(`${found === undefined ? "ok    " : "FAILED"} trtis ${argv.join(" ")}`);
      if (found !== undefined) console.error(found);
    });
    return problems.length === 0 ? 0 : 1;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
