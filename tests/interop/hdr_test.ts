/**
 * The HdrHistogram logs of a run against Triton in the hands of others: hdr-histogram-js and Python's hdrh.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { HistogramLogReader } from "hdr-histogram-js";
import { fileURLToPath } from "node:url";
import { readHdrLog } from "../../src/perf/records/hdr.ts";
import { bucketOf } from "../../src/perf/histogram.ts";
import { BY_COUNT, runPerf } from "../perf_program.ts";
import { removeFolder } from "../remove_folder.ts";
import { interopTest, shared } from "./fixture.ts";
import { prepareHdr, run } from "./server/environment.ts";

interface Interval {
  readonly tag: string;
  readonly count: number;
  readonly max: number;
  readonly values: readonly (readonly [ns: number, count: number])[];
}

/** Counts by our own buckets. */
function byBucket(values: Iterable<readonly [number, number]>): Map<number, number> {
  const counts = new Map<number, number>();
  for (const [ns, count] of values) {
    counts.set(bucketOf(ns), (counts.get(bucketOf(ns)) ?? 0) + count);
  }
  return counts;
}

interopTest("HDR logs: hdr-histogram-js and Python's hdrh count what the report does", async () => {
  const environment = await prepareHdr(new URL("../../.venv/hdrh/", import.meta.url), console.log);
  const folder = await Deno.makeTempDir();
  try {
    const measured = await runPerf([
      ...["-m", "simple", "-u", shared.grpc, "-i", "grpc", "--api", "v2", "-t", "1,3", ...BY_COUNT],
      ...["--hdr", `${folder}/run.hlog`, "--json", `${folder}/run.json`],
    ]);
    assert(measured.code === 0 || measured.code === 3, measured.merged);
    const report = JSON.parse(await Deno.readTextFile(`${folder}/run.json`));
    const text = await Deno.readTextFile(`${folder}/run.hlog`);
    const wanted = report.levels.flatMap(({ concurrency, passes }: typeof report) =>
      passes.map(({ requestCount }: { requestCount: number }) =>
        [`concurrency-${concurrency}`, requestCount] as const
      )
    );
    assert(wanted.length >= 6, `${wanted.length} passes`);

    const reader = new HistogramLogReader(text);
    const script: [string, number][] = [];
    for (;;) {
      const histogram = reader.nextIntervalHistogram();
      if (histogram === null) break;
      script.push([histogram.tag!, histogram.totalCount]);
    }
    assertEquals(script, wanted);

    const program = fileURLToPath(new URL("hdr.py", import.meta.url));
    const said = await run(environment.python, [
      ...[program, `${folder}/run.hlog`, `${folder}/theirs.hlog`],
    ]);
    const python: Interval[] = JSON.parse(said);
    assertEquals(python.map(({ tag, count }) => [tag, count]), wanted);

    // Not only as many: every value lies where ours does.
    const own = await readHdrLog(text, "run.hlog");
    const theirs = await readHdrLog(
      await Deno.readTextFile(`${folder}/theirs.hlog`),
      "theirs.hlog",
    );
    for (const [i, interval] of own.entries()) {
      const values: [number, number][] = [];
      interval.forEach((ns, count) => values.push([ns, count]));
      assertEquals(byBucket(python[i]!.values), byBucket(values));
      const read: [number, number][] = [];
      theirs[i]!.forEach((ns, count) => read.push([ns, count]));
      assertEquals(byBucket(read), byBucket(values));
      assertEquals(bucketOf(python[i]!.max), bucketOf(interval.maxNs));
    }
  } finally {
    await removeFolder(folder);
  }
});
