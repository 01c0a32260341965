/**
 * trtis merge: many results as one, merges of merges, and everything that is refused.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath as fromFileUrl } from "node:url";
import { startServer } from "../src/server/server.ts";
import { addBuckets } from "../src/perf/merge/buckets.ts";
import { TimeHistogram } from "../src/perf/histogram.ts";
import type { MergedResult } from "../src/perf/merge/types.ts";
import { runCommand } from "./run_command.ts";

const IMAGES = fromFileUrl(new URL("../examples/images", import.meta.url));
const untimed = (text: string) => text.replace(/,\d+\.\d{3},/g, ",");
const readJson = async (path: string) => JSON.parse(await Deno.readTextFile(path));
const merge = (...args: string[]) => runCommand(["merge", ...args]);

Deno.test("pictures: the merge is the single run's file, as a tree too, with its accuracy", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  try {
    for (const [i, { name }] of [...Deno.readDirSync(IMAGES)].entries()) {
      const inner = `${folder}/in/${["red", "green", "blue"][i % 3]}`;
      await Deno.mkdir(inner, { recursive: true });
      await Deno.copyFile(`${IMAGES}/${name}`, `${inner}/${name}`);
    }
    const run = async (name: string, ...more: string[]) => {
      const { code, stderr, stdout } = await runCommand([
        ...["image_client", "-m", "colors", "-u", server.httpAddress!, "--workers", "0"],
        ...["--recursive", "--truth", "folders", "-c", "2"],
        ...["-o", `${folder}/${name}`, "--confusion", `${folder}/${name}.matrix.csv`, ...more],
        `${folder}/in`,
      ]);
      assertEquals(code, 0, stderr);
      return stdout;
    };
    for (const kind of ["csv", "jsonl"]) {
      const said = await run(`whole.${kind}`);
      const parts = [0, 1, 2, 3].map((i) => `${folder}/${i}.${kind}`);
      for (const i of [0, 1, 2, 3]) await run(`${i}.${kind}`, "--shard", `${i}/4`);
      const flat = `${folder}/flat.${kind}`;
      const matrix = `${folder}/flat.matrix.csv`;
      const merged = await merge(...parts.toReversed(), "-o", flat, "--confusion", matrix);
      assertEquals(merged.code, 0, merged.stderr);
      const text = async (name: string) =>
        untimed(await Deno.readTextFile(`${folder}/${name}.${kind}`))
          .replace(/"request_ms":[\d.]+,/g, "");
      assertEquals(await text("flat"), await text("whole"));
      assertStringIncludes(merged.stdout, said);
      assertEquals(
        await Deno.readTextFile(matrix),
        await Deno.readTextFile(`${folder}/whole.${kind}.matrix.csv`),
      );
      const [a, b] = [`${folder}/a.${kind}`, `${folder}/b.${kind}`];
      for (const [out, one, other] of [[a, 3, 0], [b, 1, 2]] as const) {
        const half = await merge(parts[one]!, parts[other]!, "--partial", "-o", out);
        assertEquals(half.code, 0, half.stderr);
      }
      assertEquals((await merge(a, b, "-o", `${folder}/tree.${kind}`)).code, 0);
      assertEquals(
        await Deno.readTextFile(`${folder}/tree.${kind}`),
        await Deno.readTextFile(flat),
      );
    }
    const sums = await merge(
      ...[0, 1, 2, 3].map((i) => `${folder}/${i}.csv.matrix.csv`),
      ...["-o", `${folder}/sum.csv`],
    );
    assertEquals(sums.code, 0, sums.stderr);
    assertEquals(
      await Deno.readTextFile(`${folder}/sum.csv`),
      await Deno.readTextFile(`${folder}/whole.csv.matrix.csv`),
    );

    const refused = async (args: string[], says: string) => {
      await Deno.writeTextFile(`${folder}/refused.csv`, "as before");
      const { code, stderr } = await merge(...args, "-o", `${folder}/refused.csv`);
      assertEquals(code, 1, stderr);
      assertStringIncludes(stderr, says);
      assertEquals(await Deno.readTextFile(`${folder}/refused.csv`), "as before");
    };
    const parts = [0, 1, 2, 3].map((i) => `${folder}/${i}.csv`);
    await refused(parts.slice(1), "shard 0 of 4 is missing");
    await refused([...parts, parts[2]!], "shard 2/4 is in");
    await refused([`${folder}/whole.csv`], "none of the files is the output of a complete shard");
    await run("other.csv", "--shard", "0/4", "--softmax");
    await refused([`${folder}/other.csv`, ...parts.slice(1)], "softmax (true and false)");
    const half = await Deno.readTextFile(parts[1]!);
    await Deno.writeTextFile(parts[1]!, half.slice(0, half.length / 2));
    await refused(parts, "it has fewer rows than");
    await Deno.remove(`${parts[1]}.shard.json`);
    await refused(parts, "1.csv not complete");
    const own = await merge(...parts, "-o", parts[0]!);
    assertEquals(own.code, 2);
    assertStringIncludes(own.stderr, "is one of the files to merge");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("load: buckets, counts and rates add up, whatever the order and the tree", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  try {
    const run = async (name: string, ...more: string[]) => {
      const { code, stderr } = await runCommand([
        ...["perf_client", "-m", "simple", "-u", server.httpAddress!, "--max-threads", "1"],
        ...["--request-rate", "400", "--json", `${folder}/${name}.json`],
        ...["--threshold", "p50<100s@rate=400", ...more],
      ]);
      assertEquals(code, 0, stderr);
      return await readJson(`${folder}/${name}.json`);
    };
    const parts: MergedResult[] = [];
    for (const i of [0, 1, 2, 3]) {
      parts.push(await run(`${i}`, "--shard", `${i}/4`, "--request-count", "90"));
    }
    const file = (name: string | number) => `${folder}/${name}.json`;
    const flat = await merge(file(2), file(0), file(3), file(1), "-o", file("flat"));
    assertEquals(flat.code, 0, flat.stderr);
    assertStringIncludes(flat.stdout, "Merged 4 of 4 shards\n");
    const result: MergedResult = await readJson(file("flat"));
    const [level] = result.levels;
    const times = level!.reported.latency!;
    assertEquals([level!.counts.sent, times.count, level!.requestRate], [90, 90, 400]);
    assertEquals(result.thresholds!.map(({ verdict }) => verdict), ["passed"]);
    assertEquals(result.settings.shard, undefined);

    // By hand: all buckets in one histogram, and the percentiles of that.
    const all = new TimeHistogram();
    const own = parts.map((part) => part.levels[0]!.reported.latency!);
    for (const one of own) assertEquals(addBuckets(one.buckets!, all), one.count);
    for (const { percentile, us } of times.percentiles) {
      const expected = all.percentile(percentile) / 1000;
      assertEquals(us, Math.min(times.maxUs, Math.max(times.minUs, expected)));
    }
    assertEquals(times.maxUs, Math.max(...own.map(({ maxUs }) => maxUs)));
    assertEquals(
      level!.reported.inferPerSecond,
      parts.reduce((sum, part) => sum + part.levels[0]!.reported.inferPerSecond, 0),
    );

    for (const [out, one, other] of [["a", 3, 1], ["b", 2, 0]] as const) {
      const half = await merge(file(one), file(other), "--partial", "-o", file(out));
      assertEquals(half.code === 0 || half.code === 4, true, half.stderr);
      assertStringIncludes(half.stderr, "missing: the result is not that of the whole job");
    }
    assertEquals((await merge(file("b"), file("a"), "-o", file("tree"))).code, 0);
    assertEquals(await Deno.readTextFile(file("tree")), await Deno.readTextFile(file("flat")));

    // What was started again is said, in every merge that it goes into.
    const begun = (at: string) => ({ by: "barrier", at, lateMs: 0 });
    for (const i of [0, 1, 2, 3]) {
      const report = await readJson(file(i));
      if (i === 2) report.settings.shard.restarts = 2;
      report.environment.start = begun(`2026-12-01T08:00:0${i === 3 ? 5 : 0}.000Z`);
      await Deno.writeTextFile(file(`again-${i}`), JSON.stringify(report));
    }
    await merge(file("again-3"), file("again-2"), "--partial", "-o", file("half"));
    const again = await merge(
      ...[file("half"), file("again-0"), file("again-1"), "-o", file("again")],
    );
    assertEquals(again.code, 0, again.stderr);
    assertStringIncludes(again.stderr, "shard 2 was started again 2 times");
    assertStringIncludes(again.stderr, "shard 3 did not begin with most others");
    const { merge: { warnings } }: MergedResult = await readJson(file("again"));
    assertEquals(warnings.filter((text) => text.includes("started again")).length, 1);

    const refused = async (args: string[], says: string) => {
      await Deno.writeTextFile(file("refused"), "as before");
      const { code, stderr } = await merge(...args, "-o", file("refused"));
      assertEquals(code, 1, stderr);
      assertStringIncludes(stderr, says);
      assertEquals(await Deno.readTextFile(file("refused")), "as before");
    };
    await run("whole", "--request-count", "20");
    await run("other", "--shard", "1/4", "--request-count", "40");
    await refused([file(0), file(1)], "shards 2, 3 of 4 are missing");
    await refused([file(0), file(1), file(0)], "shard 0/4 is in");
    await refused([file("a"), file(1)], "shard 1/4 is in");
    await refused([file(0), file("other")], "requestCount (90 and 40)");
    await refused([file("whole")], "it is not the report of a shard");
    const text = await Deno.readTextFile(file(0));
    for (const [part, says] of [[0.5, "not a whole JSON file"], [0, "not a whole JSON"]] as const) {
      await Deno.writeTextFile(file("half"), text.slice(0, text.length * part));
      await refused([file("half")], says);
    }
    await Deno.writeTextFile(file("odd"), '{"schemaVersion":1,"levels":[{}]}');
    await refused([file("odd")], "it is no report of perf_client");
    await Deno.writeTextFile(file("old"), text.replace(/"buckets": "[^"]*"/g, '"x": 1'));
    await refused([file("old")], "has no buckets");
    await Deno.writeTextFile(file("bad"), text.replace(/"buckets": "\d+:/g, '"buckets": "1:1 5:'));
    await refused([file("bad")], "are damaged");
    await Deno.writeTextFile(
      file("cut"),
      JSON.stringify({ ...result, schemaVersion: 1, levels: [] }),
    );
    await refused([file("cut")], "its list of shards is damaged");
    await Deno.writeTextFile(`${folder}/x.jsonl`, "");
    const mixed = await merge(file(0), `${folder}/x.jsonl`, "-o", file("refused"));
    assertEquals(mixed.code, 2);
    assertStringIncludes(mixed.stderr, "of different kinds");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
