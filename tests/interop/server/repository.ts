/**
 * Model repositories for a real Triton, made from `tests/interop/models` and `.../python`.
 *
 * @module
 */

import { colorWordTable } from "../../../src/server/models/color_words.ts";

const HERE = new URL("../", import.meta.url);

/** Names of all models that the tests have. */
export async function modelNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(new URL("models/", HERE))) {
    if (entry.isDirectory) names.push(entry.name);
  }
  return names.sort();
}

/**
 * Copies models into `folder` in the layout that Triton wants. A configuration's first line names
 * the Python file that becomes version 1 (`# model.py: identity.py`), so that models share files;
 * without one (an ensemble) the version's folder is empty.
 *
 * @param names the models; default: all
 */
export async function makeRepository(folder: string, names?: readonly string[]): Promise<void> {
  for (const name of names ?? await modelNames()) {
    const source = new URL(`models/${name}/`, HERE);
    await Deno.mkdir(`${folder}/${name}/1`, { recursive: true });
    for await (const entry of Deno.readDir(source)) {
      await Deno.copyFile(new URL(entry.name, source), `${folder}/${name}/${entry.name}`);
    }
    const config = await Deno.readTextFile(new URL("config.pbtxt", source));
    const python = /^# model\.py: (\S+)/.exec(config)?.[1];
    if (python === undefined) continue;
    const version = `${folder}/${name}/1`;
    await Deno.copyFile(new URL(`python/${python}`, HERE), `${version}/model.py`);
    // The colour models look words up in the embedded server's table, so that both answer alike.
    if (python === "colors.py") {
      await Deno.writeFile(`${version}/color_words.bin`, colorWordTable());
    }
  }
}
