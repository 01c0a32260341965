/**
 * trtis merge of single requests: records and HdrHistogram logs of many tasks as those of one.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { startServer } from "../src/server/server.ts";
import { bucketLow, bucketOf, bucketValue, TimeHistogram } from "../src/perf/histogram.ts";
import { addBuckets } from "../src/perf/merge/buckets.ts";
import { readHdrPasses } from "../src/perf/merge/hdr_log.ts";
import type { RunNote } from "../src/perf/merge/run_note.ts";
import type { MergedResult } from "../src/perf/merge/types.ts";
import { removeFolder } from "./remove_folder.ts";
import { runCommand } from "./run_command.ts";

const SHARDS = [0, 1, 2, 3];
const REQUESTS = 150;
const KINDS = ["jsonl", "csv", "hlog"];
const merge = (...args: string[]) => runCommand(["merge", ...args]);

type Row = Record<string, number | string | boolean | null>;

function rowsOf(text: string, kind: string): Row[] {
  if (kind === "jsonl") return text.trimEnd().split("\n").map((line) => JSON.parse(line));
  const [names, ...rows] = parse(text) as string[][];
  const value = (cell: string) => cell === "" ? null : isNaN(Number(cell)) ? cell : Number(cell);
  return rows.map((row) => Object.fromEntries(row.map((cell, i) => [names![i]!, value(cell)])));
}

Deno.test("records and histograms of shards are those of the whole, as a tree too", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  const at = (name: string | number, kind: string) => `${folder}/${name}.${kind}`;
  const text = (name: string | number, kind: string) => Deno.readTextFile(at(name, kind));
  const run = async (name: string | number, ...more: string[]) => {
    const { code, stderr } = await runCommand([
      ...["perf_client", "-m", "simple", "-u", server.httpAddress!, "--max-threads", "1"],
      ...["--request-rate", "700", "--json", at(name, "json"), "--records", at(name, "jsonl")],
      ...["--hdr", at(name, "hlog"), "--request-count", String(REQUESTS), ...more],
    ]);
    assertEquals(code, 0, stderr);
  };
  try {
    for (const i of SHARDS) {
      await run(i, "--shard", `${i}/4`);
      // The same requests as CSV.
      const rows = rowsOf(await text(i, "jsonl"), "jsonl");
      const lines = [Object.keys(rows[0]!), ...rows.map((row) => Object.values(row))];
      await Deno.writeTextFile(
        at(i, "csv"),
        lines.map((cells) => cells.map((cell) => cell ?? "").join(",")).join("\n") + "\n",
      );
      await Deno.copyFile(`${at(i, "jsonl")}.shard.json`, `${at(i, "csv")}.shard.json`);
    }
    for (const kind of [...KINDS, "json"]) {
      const inputs = [2, 0, 3, 1].map((i) => at(i, kind));
      const { code, stderr, stdout } = await merge(...inputs, "-o", at("flat", kind));
      assertEquals(code, 0, stderr);
      assertStringIncludes(stdout, "Merged 4 of 4 shards");
      for (const [half, one, other] of [["a", 3, 0], ["b", 2, 1]] as const) {
        const partial = await merge(
          at(one, kind),
          at(other, kind),
          "--partial",
          "-o",
          at(half, kind),
        );
        assertEquals(partial.code, 0, partial.stderr);
        assertStringIncludes(partial.stderr, "of 4 are missing");
      }
      assertEquals((await merge(at("b", kind), at("a", kind), "-o", at("tree", kind))).code, 0);
      assertEquals(await text("tree", kind), await text("flat", kind));
    }

    const notes: RunNote[] = [];
    for (const i of SHARDS) notes.push(JSON.parse(await text(i, "jsonl.shard.json")));
    const start = notes.map(({ startNs }) => BigInt(startNs)).reduce((a, b) => a < b ? a : b);
    for (const kind of ["jsonl", "csv"]) {
      const merged = rowsOf(await text("flat", kind), kind);
      assertEquals(merged.length, REQUESTS);
      for (const i of SHARDS) {
        const own = rowsOf(await text(i, kind), kind);
        const shift = Number(BigInt(notes[i]!.startNs) - start) / 1000;
        const here = merged.filter(({ shard }) => shard === i);
        assertEquals(here.length, own.length);
        here.forEach((row, k) => {
          const { scheduled, start, first, end, ...rest } = own[k]!;
          for (const [name, us] of Object.entries({ scheduled, start, first, end })) {
            assertAlmostEquals(row[name] as number, us as number + shift, 0.001);
          }
          // The load of all shards together.
          assertEquals(row.level, 700);
          assertEquals({ ...row, ...rest }, row);
        });
      }
    }

    // The report, the log and the records tell of the same requests.
    const { levels }: MergedResult = JSON.parse(await text("flat", "json"));
    const report = new TimeHistogram();
    addBuckets(levels[0]!.reported.latency!.buckets!, report);
    const [pass, ...others] = await readHdrPasses(await text("flat", "hlog"), "flat.hlog");
    assertEquals([others.length, pass!.tag, pass!.pass], [0, "rate-700", 1]);
    const buckets = (histogram: TimeHistogram) => {
      const list: [number, number][] = [];
      histogram.forEach((bucket, count) => list.push([bucketLow(bucket), count]));
      return list;
    };
    assertEquals(buckets(pass!.counts), buckets(report));
    assertEquals(pass!.maxNs, Math.round(levels[0]!.reported.latency!.maxUs * 1000));
    const counted: number[] = [];
    report.forEach((bucket, count) => {
      for (let i = 0; i < count; i++) counted.push(bucketValue(bucket));
    });
    const measured = rowsOf(await text("flat", "jsonl"), "jsonl").filter((row) => row.measured)
      .map((row) => (row.end as number - (row.scheduled as number)) * 1000).sort((a, b) => a - b);
    assertEquals(measured.length, counted.length);
    // A time that was rounded twice may lie one bucket further.
    measured.forEach((ns, i) => assert(Math.abs(bucketOf(ns) - bucketOf(counted[i]!)) <= 1));
  } finally {
    await removeFolder(folder);
  }
});

Deno.test("records and histograms that don't belong together are refused, nothing is written", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  const at = (name: string | number, kind: string) => `${folder}/${name}.${kind}`;
  const run = async (name: string | number, ...more: string[]) => {
    const { code, stderr } = await runCommand([
      ...["perf_client", "-m", "simple", "-u", server.httpAddress!, "--max-threads", "1"],
      ...["-t", "2", "--request-count", "20", "--records", at(name, "csv")],
      ...["--hdr", at(name, "hlog"), ...more],
    ]);
    assertEquals(code, 0, stderr);
  };
  const refused = async (kind: string, names: (string | number)[], says: string) => {
    const output = at("all", kind);
    await Deno.writeTextFile(output, "as before");
    const { code, stderr } = await merge(...names.map((name) => at(name, kind)), "-o", output);
    assertEquals(code, 1, stderr);
    assertStringIncludes(stderr, says);
    assertEquals(await Deno.readTextFile(output), "as before");
    const left = [...Deno.readDirSync(folder)].map(({ name }) => name);
    assertEquals(left.filter((name) => name.includes("partial")), []);
  };
  try {
    for (const i of [0, 1]) await run(i, "--shard", `${i}/2`);
    await run("other", "--shard", "1/2", "--warmup-request-count", "6");
    await run("whole");
    for (const kind of ["csv", "hlog"]) {
      await refused(kind, [0], "shard 1 of 2 is missing");
      await refused(kind, [0, 1, 0], "shard 0/2 is in");
      await refused(kind, [0, "other"], "warmupRequestCount (0 and 6)");
      await refused(kind, ["whole"], "none of the files is of a complete shard");
      await refused(kind, [0, "nowhere"], "nowhere");
    }
    const mixed = await merge(at(0, "csv"), at(1, "hlog"), "-o", at("all", "csv"));
    assertEquals(mixed.code, 2);
    assertStringIncludes(mixed.stderr, "of different kinds");

    const csv = await Deno.readTextFile(at(1, "csv"));
    await Deno.writeTextFile(at(1, "csv"), csv.slice(0, -20));
    await refused("csv", [0, 1], "run its shard again");
    await Deno.writeTextFile(at(1, "csv"), csv.replace(/\n\d/, "\nx"));
    await refused("csv", [0, 1], "is no record");
    await Deno.writeTextFile(at(1, "csv"), csv.replace("send", "sent"));
    await refused("csv", [0, 1], "its columns are not those of records");
    await Deno.writeTextFile(at(1, "csv"), csv);
    await Deno.writeTextFile(`${at(1, "csv")}.shard.json`, "{}");
    await refused("csv", [0, 1], "it is no note about such a file");
    await Deno.remove(`${at(1, "csv")}.shard.json`);
    await refused("csv", [0, 1], "1.csv not complete");
  } finally {
    await removeFolder(folder);
  }
});
