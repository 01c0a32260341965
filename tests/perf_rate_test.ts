/**
 * perf_client with load on a schedule, as a program.
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { startServer } from "../src/server/server.ts";
import { runPerf, runPerfJson } from "./perf_program.ts";

Deno.test("perf_client sends exactly the requests of a rate and reports all three latencies", async () => {
  const server = await startServer({ httpPort: 0, grpcPort: 0 });
  const folder = await Deno.makeTempDir();
  try {
    const flags = ["-m", "simple", "-u", server.httpAddress!];
    const csv = `${folder}/rates.csv`;
    const rated = ["--request-rate", "400", "--request-distribution", "poisson"];
    const run = await runPerfJson([...flags, ...rated, "--request-count", "60", "-f", csv]);
    assertEquals(run.code, 0, run.merged);
    assertStringIncludes(run.stdout, "Request Rate: 400 inference requests per seconds");
    assertMatch(run.stdout, /Service latency \(from the actual send\): avg \d+ usec/);
    assertEquals(run.level.requestRate, 400);
    assertEquals(run.level.counts.sent, 60);
    const { latency, serviceLatency, delay } = run.level.reported;
    assertEquals([latency!.count, serviceLatency!.count, delay!.count], [60, 60, 60]);
    // Only the headline has a spectrum.
    assertEquals(Object.keys(serviceLatency!), Object.keys(latency!));
    assertMatch(await Deno.readTextFile(csv), /^Request Rate,Inferences\/Second,/);

    await Deno.writeTextFile(`${folder}/moments`, "0\n5\n5\n20.5\n");
    const replay = await runPerfJson([
      ...flags,
      "--schedule",
      `${folder}/moments`,
      "--request-count",
      "9",
    ]);
    assertEquals([replay.code, replay.level.counts.sent], [0, 4], replay.merged);
    const stages = await runPerfJson([...flags, "--stages", "100@100ms,200@100ms"]);
    assertEquals([stages.code, stages.level.counts.sent], [0, 30], stages.merged);
    const timed = await runPerfJson([...flags, "--duration", "300ms", "-t", "2"]);
    assertEquals([timed.code, timed.level.passes.length], [0, 1], timed.merged);
  } finally {
    await server.close();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("perf_client refuses schedules that make no sense before it sends anything", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/back`, "5\n4\n");
    await Deno.writeTextFile(`${folder}/json`, '{"intervals": []}\n');
    const cases: [args: string[], says: RegExp][] = [
      [["--request-rate", "0"], /"0" for --request-rate: a rate is above 0/],
      [["--request-rate", "20:10"], /END is below START/],
      [["--request-rate", "fast"], /"fast" is not a number/],
      [["--request-rate", "10", "-t", "2"], /a load has a rate or a concurrency, not both/],
      [["--request-rate", "10", "--ramp", "0:1:1s"], /are two schedules/],
      [["--request-rate", "10", "--request-distribution", "gamma:0"], /expected constant/],
      [["--ramp", "0:0:1s"], /expected FROM:TO:TIME/],
      [["--stages", "10@5"], /expected RATE@TIME/],
      [["--schedule", `${folder}/back`], /line 2: the schedule goes back in time/],
      [["--request-intervals", `${folder}/json`], /line 1: expected microseconds/],
      [["--duration", "10"], /expected a time such as 90s or 10m/],
    ];
    for (const [args, says] of cases) {
      const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...args]);
      assertEquals(run.code, 2, `${args.join(" ")}: ${run.merged}`);
      assertMatch(run.stderr, says);
      assertEquals(run.stdout, "");
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
