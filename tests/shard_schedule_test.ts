/**
 * One schedule that many tasks keep together: what they send is the whole of it, from one moment on.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { startServer } from "../src/server/server.ts";
import { arrivalCursor } from "../src/perf/schedule/arrivals.ts";
import type { PerfResult } from "../src/perf/types.ts";
import { removeFolder } from "./remove_folder.ts";
import { runCommand } from "./run_command.ts";

const SHARDS = 4;
const REQUESTS = 400;
/** Tasks that are not ready together begin so many milliseconds apart, or a multiple of it. */
const SLOT_MS = 200;
/** The clock is read twice for the moment of the start, and a busy machine may come in between. */
const CLOCK_MS = 50;

interface Row {
  readonly shard: number;
  readonly scheduled: number;
}

for (const distribution of ["constant", "poisson"]) {
  Deno.test(`${distribution}: the moments of all shards are those of the one schedule`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: false });
    const folder = await Deno.makeTempDir();
    try {
      const file = (i: number | string, kind: string) => `${folder}/${i}.${kind}`;
      const tasks = Array.from({ length: SHARDS }, (_, i) =>
        runCommand([
          ...["perf_client", "-m", "simple", "-u", server.httpAddress!, "--max-threads", "1"],
          ...["--request-rate", "500", "--request-distribution", distribution],
          ...["--request-count", String(REQUESTS), "--shard", `${i}/${SHARDS}`],
          ...["--barrier", `${folder}/start`, "--json", file(i, "json")],
          ...["--records", file(i, "jsonl")],
        ]));
      for (const { code, stderr } of await Promise.all(tasks)) assertEquals(code, 0, stderr);
      const parts = Array.from({ length: SHARDS }, (_, i) => file(i, "jsonl"));
      const merged = await runCommand(["merge", ...parts, "-o", file("all", "jsonl")]);
      assertEquals(merged.code, 0, merged.stderr);
      const rows: Row[] = (await Deno.readTextFile(file("all", "jsonl"))).trimEnd().split("\n")
        .map((line) => JSON.parse(line));
      assertEquals(rows.length, REQUESTS);

      const report: PerfResult = JSON.parse(await Deno.readTextFile(file(0, "json")));
      const { arrivals } = report.settings.schedule!.levels[0]!;
      const cursor = arrivalCursor(arrivals);
      const moments = Array.from({ length: REQUESTS }, () => cursor.next());
      const starts = Array.from({ length: SHARDS }, (_, i) => {
        const own = rows.filter(({ shard }) => shard === i).map((row) => row.scheduled / 1000)
          .sort((a, b) => a - b);
        const wanted = moments.filter((_, k) => k % SHARDS === i);
        const start = own[0]! - wanted[0]!;
        own.forEach((ms, k) => assert(Math.abs(ms - start - wanted[k]!) < 0.01, `${i} ${k}`));
        return start;
      });
      for (const start of starts) {
        const apart = Math.abs(start - starts[0]!) % SLOT_MS;
        assert(Math.min(apart, SLOT_MS - apart) < CLOCK_MS, `${starts}`);
      }
    } finally {
      await removeFolder(folder);
    }
  });
}
