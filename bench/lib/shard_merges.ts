/**
 * What merging costs, with the number of files, and whether merges of merges are the same.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { TimeHistogram } from "../../src/perf/histogram.ts";
import { bucketText } from "../../src/perf/merge/buckets.ts";
import { createRandom } from "../../src/perf/random.ts";
import { startServer } from "../../src/server/server.ts";
import { runMeasured } from "./measured_process.ts";
import { perf, readReport, trtis } from "./shard_runs.ts";
import { printTable } from "./table.ts";

/** A report has this size, nearly all of it buckets. */
const BYTES = 1.01e6;
/** Histograms that differ; files take them in turn. */
const VARIANTS = 32;
const LONGEST_MS = 200_000;
const IMAGES = fileURLToPath(new URL("../../examples/images", import.meta.url));

/** Merges a quarter, half and all of so many files with the rows of pictures. */
export async function pictureMerges(folder: string, most: number): Promise<void> {
  const [text, note] = await classifyOnce(`${folder}/real.csv`);
  const [header, ...rows] = text.trimEnd().split("\n");
  const body = rows.join("\n").length + 1;
  const times = Math.ceil(BYTES / body);
  const whole = `${header}\n${`${rows.join("\n")}\n`.repeat(times)}`;
  const table = [["merged", "of", "wall seconds", "CPU seconds", "peak memory"]];
  for (const count of [most / 4, most / 2, most]) {
    const own = { rows: rows.length * times, listed: rows.length * times * count };
    const parts = Array.from({ length: count }, (_, i) => `${folder}/p-${i}.csv`);
    for (const [index, part] of parts.entries()) {
      await Deno.writeTextFile(part, whole);
      const text = JSON.stringify({ ...note, ...own, shard: { index, count } });
      await Deno.writeTextFile(`${part}.shard.json`, text);
    }
    const figures = await merge(parts, `${folder}/all.csv`);
    const rowsText = `${(whole.length / 1e6).toFixed(2)} MB, ${own.rows} rows`;
    table.push([`${count} of pictures`, rowsText, ...figures]);
  }
  await printTable("merging rows of pictures", table);
}

/** The rows and the note of a real run. */
async function classifyOnce(path: string): Promise<[rows: string, note: Record<string, unknown>]> {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const asked = ["-m", "colors", "-u", server.httpAddress!, "--shard", "0/1", "-o", path, IMAGES];
  const [program, ...args] = trtis("image_client", ...asked);
  const { code, stderr } = await new Deno.Command(program!, { args }).output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  const note = JSON.parse(await Deno.readTextFile(`${path}.shard.json`));
  return [await Deno.readTextFile(path), note];
}

/** Merges a quarter, half and all of so many reports. */
export async function merges(folder: string, most: number): Promise<void> {
  await measureOne(`${folder}/real.json`);
  const rows = [["merged", "of", "wall seconds", "CPU seconds", "peak memory"]];
  for (const count of [most / 4, most / 2, most]) {
    const bytes = await writeParts(folder, count);
    const size = `${(bytes / 1e6).toFixed(2)} MB`;
    const parts = Array.from({ length: count }, (_, i) => `${folder}/m-${i}.json`);
    rows.push([`${count} reports`, size, ...await merge(parts, `${folder}/flat.json`)]);
    if (count < most) continue;
    for (const odd of [0, 1]) {
      const half = parts.filter((_, i) => i % 2 === odd);
      const figures = await merge(half, `${folder}/half-${odd}.json`);
      rows.push([`${half.length} of them, ${odd ? "odd" : "even"} shards`, size, ...figures]);
    }
    const halves = [1, 0].map((odd) => `${folder}/half-${odd}.json`);
    const { size: merged } = await Deno.stat(halves[0]!);
    const figures = await merge(halves, `${folder}/tree.json`);
    rows.push(["the two", `${(merged / 1e6).toFixed(2)} MB`, ...figures]);
  }
  await printTable("merging reports", rows);
  const texts = ["flat", "tree"].map((name) => Deno.readTextFile(`${folder}/${name}.json`));
  const [flat, tree] = await Promise.all(texts);
  console.log(
    flat === tree
      ? "\nmerge of merges: equal to the flat merge, byte for byte"
      : "\nMERGE OF MERGES: ANOTHER FILE THAN THE FLAT MERGE",
  );
}

/** A report of a real run. */
async function measureOne(path: string): Promise<void> {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const load = ["--request-rate", "500", "--request-count", "500"];
  await perf(path, "-m", "simple", "-u", server.httpAddress!, ...load);
}

async function merge(paths: readonly string[], output: string): Promise<string[]> {
  const command = trtis("merge", ...paths, "--partial", "-o", output);
  const run = await runMeasured("python3", command, {}, LONGEST_MS);
  if (run.code !== 0) throw new Error(run.stderr);
  return [
    ...[run.seconds.toFixed(1), run.cpuSeconds.toFixed(1)],
    `${run.memoryMib.toFixed(0)} MiB`,
  ];
}

/** The real report with other shard numbers and with many buckets. @returns the size of one */
async function writeParts(folder: string, count: number): Promise<number> {
  const whole = await readReport(`${folder}/real.json`);
  const { reported, ...level } = whole.levels[0]!;
  const random = createRandom(1);
  // The buckets are there three times.
  const wanted = (BYTES - JSON.stringify(whole).length) / 3;
  const times = Array.from({ length: VARIANTS }, () => {
    const histogram = new TimeHistogram();
    let buckets = bucketText(histogram);
    while (buckets.length < wanted) {
      for (let i = 0; i < 500; i++) histogram.add(Math.round(2 ** (12 + 27 * random.unit())));
      buckets = bucketText(histogram);
    }
    return { ...reported.latency!, count: histogram.count, buckets };
  });
  let bytes = 0;
  for (let index = 0; index < count; index++) {
    const latency = times[index % VARIANTS]!;
    const figures = { ...reported, latency, serviceLatency: latency, delay: latency };
    const text = JSON.stringify({
      ...whole,
      settings: { ...whole.settings, shard: { index, count } },
      levels: [{ ...level, reported: figures }],
    });
    bytes = text.length;
    await Deno.writeTextFile(`${folder}/m-${index}.json`, text);
  }
  return bytes;
}
