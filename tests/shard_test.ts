/**
 * Many tasks that share one job, as programs: what each of them does, and what all of them do together.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath as fromFileUrl } from "node:url";
import { startServer } from "../src/server/server.ts";
import { runProgram } from "./program.ts";
import { runCommand } from "./run_command.ts";

const IMAGES = fromFileUrl(new URL("../examples/images", import.meta.url));
const rowsOf = (text: string) => text.trimEnd().split("\n").slice(1);
/** Without the time that its request took. */
const untimed = (row: string) => row.replace(/,\d+\.\d{3},/, ",");

Deno.test("every picture is in exactly one shard, and each shard says which it is", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const folder = await Deno.makeTempDir();
  try {
    const flags = ["-m", "colors", "-u", server.httpAddress!, "--workers", "0"];
    const whole = await runCommand(["image_client", ...flags, "-o", `${folder}/whole.csv`, IMAGES]);
    assertEquals(whole.code, 0, whole.stderr);
    const rows: string[] = [];
    for (const shard of ["0/3", "1/3", "2/3"]) {
      const output = `${folder}/${shard[0]}.csv`;
      const run = await runCommand([
        ...["image_client", ...flags, "--shard", shard, "-o", output, IMAGES],
      ]);
      assertEquals(run.code, 0, run.stderr);
      assertEquals(run.stdout.split("\n")[0], `Shard ${shard}, from --shard`);
      rows.push(...rowsOf(await Deno.readTextFile(output)));
      const note = JSON.parse(await Deno.readTextFile(`${output}.shard.json`));
      assertEquals([note.shard.index, note.shard.count], [Number(shard[0]), 3]);
    }
    const all = rowsOf(await Deno.readTextFile(`${folder}/whole.csv`));
    assertEquals(rows.map(untimed).sort(), all.map(untimed).sort());

    const many = await runCommand([
      ...["image_client", ...flags, "--shard", "999/1000", "-o", `${folder}/none.csv`, IMAGES],
    ]);
    assertEquals(many.code, 0, many.stderr);
    assertEquals(rowsOf(await Deno.readTextFile(`${folder}/none.csv`)), []);

    const grpc = ["-m", "colors", "-u", server.grpcAddress!];
    const both = await Promise.all(
      ["0/2", "1/2"].map((shard) =>
        runCommand(["grpc_image_client", ...grpc, "--shard", shard, IMAGES])
      ),
    );
    const named = both.flatMap(({ stdout }) => stdout.match(/^Image '.*'/gm) ?? []);
    assertEquals(named.length, new Set(named).size);
    assertEquals(named.length, all.length);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("trtis shard finds its share in the environment, as the engine says it", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const load = ["perf_client", "-m", "simple", "-u", server.httpAddress!, "--request-count", "10"];
  const report = await Deno.makeTempFile({ suffix: ".json" });
  try {
    const env = {
      ...{ SLURM_ARRAY_TASK_ID: "5", SLURM_ARRAY_TASK_MIN: "1", SLURM_ARRAY_TASK_MAX: "7" },
      ...{ SLURM_ARRAY_TASK_STEP: "2", SLURM_ARRAY_TASK_COUNT: "4", SLURM_PROCID: "0" },
    };
    const more = ["-t", "4", "--json", report];
    const run = await runProgram(["shard", ...load, ...more], { env, timeoutMs: 120_000 });
    assertEquals(run.code, 0, run.stderr);
    assertEquals(run.stdout.split("\n")[0], "Shard 2/4, from SLURM_ARRAY_TASK_ID");
    const { settings, levels } = JSON.parse(await Deno.readTextFile(report));
    assertEquals(settings.shard, { index: 2, count: 4, source: "SLURM_ARRAY_TASK_ID" });
    assertEquals([settings.requestCount, levels[0].counts.sent], [10, 2]);
    const parallel = await runProgram(["shard", "--shards", "4", ...load, "-t", "4"], {
      env: { PARALLEL_SEQ: "1" },
      timeoutMs: 120_000,
    });
    assertEquals(parallel.stdout.split("\n")[0], "Shard 0/4, from PARALLEL_SEQ");
  } finally {
    await Deno.remove(report);
  }
});

Deno.test("shares that make no sense are wrong usage, before anything is sent", async () => {
  const load = ["perf_client", "-m", "simple", "-u", "127.0.0.1:9", "-t", "8"];
  const cases: [args: string[], says: string][] = [
    [[...load, "--shard", "8/8"], "shards of 8 are 0 to 7"],
    [[...load, "--shard", "one"], "expected I/N"],
    [[...load, "--shards", "8"], "add --shard auto"],
    [[...load, "--shard", "auto"], "found no task number in the environment"],
    [["shard"], "Missing argument COMMAND"],
    [["shard", "perf_clinet"], 'did you mean "perf_client"'],
    [["shard", "health"], "Cannot split health"],
  ];
  for (const [args, says] of cases) {
    const { code, stderr } = await runCommand(args);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, says);
  }
});
