/**
 * Makes bundled files small, each for itself: half the bytes to embed, and a start that is a
 * millisecond shorter. The names of functions and classes stay, for stack traces.
 *
 * @module
 */
import { fileURLToPath, pathToFileURL } from "node:url";
import { runDenoBundle } from "./bundle.ts";

/** Stands for the files among themselves, so that the bundler leaves each by itself. */
const EACH_OTHER = "stage/";
const REFERENCE = /(\bfrom |^import |\bimport\()"(?:\.{1,2}\/)+/gm;

/** Minifies scripts by path. @throws {Failure} */
export async function minify(scripts: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const folder = await Deno.makeTempDir({ prefix: "trtis-minify-" });
  try {
    const input = pathToFileURL(`${folder}/in/`);
    const output = pathToFileURL(`${folder}/out/`);
    for (const [path, code] of scripts) {
      const url = new URL(path, input);
      await Deno.mkdir(new URL("./", url), { recursive: true });
      await Deno.writeTextFile(url, code.replace(REFERENCE, `$1"${EACH_OTHER}`));
    }
    await runDenoBundle("make the bundle small", fileURLToPath(input), [
      ...["--no-config", "--no-lock", "--minify", "--keep-names"],
      ...["--external", `${EACH_OTHER}*`, `--outdir=${fileURLToPath(output)}`],
      ...scripts.keys(),
    ]);
    const small = new Map<string, string>();
    for (const path of scripts.keys()) {
      const code = await Deno.readTextFile(new URL(path, output));
      const up = "../".repeat(path.split("/").length - 1);
      small.set(path, code.replaceAll(`"${EACH_OTHER}`, `"./${up}`));
    }
    return small;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
