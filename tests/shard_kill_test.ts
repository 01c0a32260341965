/**
 * One of eight shards is killed at a random moment: the merge names it, and once it went on, the result is
 * that of an undisturbed run.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath as fromFileUrl } from "node:url";
import { createRandom } from "../src/perf/random.ts";
import { startServer } from "../src/server/server.ts";
import { runProgram, startProgram } from "./program.ts";
import { runCommand } from "./run_command.ts";

const IMAGES = fromFileUrl(new URL("../examples/images", import.meta.url));
const SHARDS = 8;
const PICTURES = 240;
const seed = crypto.getRandomValues(new Uint32Array(1))[0]!;
const untimed = (text: string) => text.replace(/,\d+\.\d{3},/g, ",");
const sizeOf = async (path: string) => await Deno.stat(path).then(({ size }) => size, () => 0);

Deno.test(`one of eight shards is killed and restarted, ten times (seed ${seed})`, async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  try {
    const names = [...Deno.readDirSync(IMAGES)].map(({ name }) => name).sort();
    await Deno.mkdir(`${folder}/in`);
    for (let i = 0; i < PICTURES; i++) {
      await Deno.copyFile(`${IMAGES}/${names[i % names.length]}`, `${folder}/in/${i}.jpg`);
    }
    const single = `${folder}/single.csv`;
    const command = (output: string, ...more: string[]) => [
      ...["image_client", "-m", "colors", "-u", server.httpAddress!, "--workers", "0"],
      ...["-o", output, ...more, `${folder}/in`],
    ];
    const output = (shard: number) => `${folder}/part-${shard}.csv`;
    const shardOf = (shard: number) => ["--shard", `${shard}/${SHARDS}`];
    assertEquals((await runCommand(command(single))).code, 0);
    const shards = Array.from({ length: SHARDS }, (_, i) => i);
    for (const i of shards) {
      const { code, stderr } = await runCommand(command(output(i), ...shardOf(i)));
      assertEquals(code, 0, stderr);
    }
    const merge = () => runCommand(["merge", ...shards.map(output), "-o", `${folder}/all.csv`]);
    const random = createRandom(seed);
    for (let run = 0; run < 10; run++) {
      const victim = random.bits() % SHARDS;
      const moment = random.unit() * await sizeOf(output(victim));
      await Deno.remove(output(victim));
      const child = startProgram(command(output(victim), ...shardOf(victim)));
      const result = child.result();
      const ended = result.then(() => true);
      while (await sizeOf(output(victim)) < moment) {
        if (await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 1))])) break;
      }
      try {
        child.process.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await result;
      const isComplete = await sizeOf(`${output(victim)}.shard.json`) > 0;
      if (!isComplete && await sizeOf(output(victim)) > 0) {
        const { code, stderr } = await merge();
        assertEquals(code, 1);
        assertStringIncludes(stderr, `shard ${victim} of ${SHARDS} is missing`);
        assertStringIncludes(stderr, `part-${victim}.csv not complete`);
      }
      const again = await runProgram(command(output(victim), ...shardOf(victim), "--resume"), {
        env: { TRTIS_RESTARTS: "1" },
        timeoutMs: 120_000,
      });
      assertEquals(again.code, 0, again.stderr);
      const said = again.stdout.split("\n")[0];
      assertEquals(said, `Shard ${victim}/${SHARDS}, from --shard, started again once`);
      const merged = await merge();
      assertEquals(merged.code, 0, merged.stderr);
      assertMatch(merged.stderr, /^shards? [\d, ]+ of 8 (was|were) started again$/m);
      const { restarted, resumed } = JSON.parse(
        await Deno.readTextFile(`${folder}/all.csv.shard.json`),
      );
      assert(restarted.includes(victim), `${restarted}`);
      assertEquals(merged.stderr.includes("rows are of a run that was resumed"), resumed > 0);
      const read = async (path: string) => untimed(await Deno.readTextFile(path));
      assertEquals(await read(`${folder}/all.csv`), await read(single));
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
