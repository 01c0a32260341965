/**
 * Makes docs/images/report.png: the page of a real run, against a real Triton, as Chromium shows it.
 *
 *     deno run -A scripts/report_picture.ts [--keep FOLDER]
 *
 * Needs what scripts/interop.ts needs, and Chromium. With `--keep` the JSON file and the page stay in a
 * folder.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { fileURLToPath } from "node:url";
import { findBrowser, startBrowser } from "../tests/browser.ts";
import { prepareEnvironment, run } from "../tests/interop/server/environment.ts";
import { makeRepository } from "../tests/interop/server/repository.ts";
import { startTriton } from "../tests/interop/server/triton.ts";

const ROOT = new URL("../", import.meta.url);
const PICTURE = new URL("docs/images/report.png", ROOT);
/** A model that takes 4 ms for a batch of up to 16, which the server puts together. */
const MODEL = "slow";
const DELAY = { from: '"200000"', to: '"4000"' };
const LOAD = [
  ...["-t", "1,2,4,8,16,32,64", "-p", "2000", "-i", "grpc", "--api", "v2"],
  ...["--threshold", "p99<20ms@16", "--threshold", "throughput>1000/s@16"],
];
const WIDTH = 1000;
/** Verdicts, throughput and latency, spectrum. */
const BOTTOM = "document.querySelectorAll('section')[2].getBoundingClientRect().bottom";
const MOST_BYTES = 200_000;

/** Measures; the page's path. */
async function measure(folder: string): Promise<string> {
  const environment = await prepareEnvironment(new URL(".venv/interop/", ROOT), console.log);
  const repository = `${folder}/models`;
  await makeRepository(repository, [MODEL]);
  const path = `${repository}/${MODEL}/config.pbtxt`;
  await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace(DELAY.from, DELAY.to));
  const triton = await startTriton(environment, { repository });
  try {
    await run(Deno.execPath(), [
      ...["run", "-q", "-A", fileURLToPath(new URL("main.ts", ROOT)), "perf_client", "-m", MODEL],
      ...[
        "-u",
        triton.grpc,
        ...LOAD,
        "--json",
        `${folder}/run.json`,
        "--html",
        `${folder}/run.html`,
      ],
    ]);
  } finally {
    await triton.stop();
  }
  return `${folder}/run.html`;
}

async function main(): Promise<void> {
  const { keep } = parseArgs(Deno.args, { string: ["keep"] });
  const program = findBrowser();
  if (program === undefined) throw new Error("Cannot make the picture: there is no Chromium");
  const folder = await Deno.makeTempDir({ prefix: "trtis-picture-" });
  try {
    const html = await measure(folder);
    await using browser = await startBrowser(program);
    await using page = await browser.open(html, { width: WIDTH });
    if (page.said.length > 0) throw new Error(`The page isn't silent: ${page.said.join("; ")}`);
    const height = Math.ceil(await page.evaluate<number>(BOTTOM));
    const picture = await page.picture({ height });
    if (picture.length > MOST_BYTES) throw new Error(`The picture has ${picture.length} bytes`);
    await Deno.mkdir(new URL("./", PICTURE), { recursive: true });
    await Deno.writeFile(PICTURE, picture);
    console.log(`${fileURLToPath(PICTURE)}: ${picture.length} bytes`);
    if (typeof keep === "string") {
      await Deno.mkdir(keep, { recursive: true });
      for (const name of ["run.json", "run.html"]) {
        await Deno.copyFile(`${folder}/${name}`, `${keep}/${name}`);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    Deno.exit(1);
  }
}
