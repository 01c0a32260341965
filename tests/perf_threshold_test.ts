/** `perf_client --threshold`: verdicts, margins, exit codes, and what is refused before any load. */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import { type RunningServer, startServer } from "../src/server/server.ts";
import { runPerf, runPerfJson } from "./perf_program.ts";

const SCHEMA = new URL("../docs/perf-report.schema.json", import.meta.url);

async function withServer(use: (base: string[], server: RunningServer) => Promise<void>) {
  const server = await startServer({ httpPort: 0, grpcPort: false });
  try {
    const base = ["-m", "simple", "-u", server.httpAddress!, "-z", "--request-count"];
    await use(base, server);
  } finally {
    await server.close();
  }
}

Deno.test("thresholds are judged in the text, the JSON and the exit code", async () => {
  await withServer(async (base) => {
    const kept = ["--threshold", "p99<1000s", "--threshold", "errors<=0%@2"];
    const fine = await runPerfJson([...base, "700", "-t", "2", ...kept]);
    assertEquals(fine.code, 0, fine.stderr);
    assertMatch(
      fine.stdout,
      /\nThresholds:\n {2}passed {2}p99<1000s, concurrency 2: .+ below the limit\n {2}passed {2}errors<=0%@2, concurrency 2: 0 %, at the limit\n$/,
    );
    const verdicts = fine.report.thresholds!;
    assertEquals(verdicts.map(({ verdict }) => verdict), ["passed", "passed"]);
    const p99 = fine.level.reported.latency!.percentiles.find((p) => p.percentile === 99)!;
    assertEquals(verdicts[0]!.value, p99.us);
    assertEquals(verdicts[0]!.margin, 1e9 - p99.us);
    const validate = new Ajv2020().compile(JSON.parse(await Deno.readTextFile(SCHEMA)));
    assert(validate(JSON.parse(JSON.stringify(fine.report))), JSON.stringify(validate.errors));

    const broken = await runPerfJson([...base, "20", ...kept, "-t", "2", "--threshold", "avg<0us"]);
    assertEquals(broken.code, 4);
    assertStringIncludes(broken.stdout, "BROKEN  avg<0us, concurrency 2: ");
    assertMatch(broken.stderr, /error: threshold BROKEN {2}avg<0us, concurrency 2: .+ above/);
    const few = "p99<1000s, concurrency 2: can't be judged: p99 needs 662 requests, the window has";
    assertStringIncludes(broken.stdout, few);
    assertEquals(broken.report.thresholds!.filter(({ passed }) => passed).length, 1);
  });
});

Deno.test("any percentile can be asked for", async () => {
  await withServer(async (base) => {
    const odd = await runPerf([...base, "700", "--threshold", "p97.5<1000s"]);
    assertEquals(odd.code, 0, odd.stderr);
  });
});

Deno.test("wrong thresholds are refused before the server is asked", async () => {
  const refused = async (args: string[], text: RegExp) => {
    const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...args]);
    assertEquals([run.code, run.stdout], [2, ""]);
    assertMatch(run.stderr, text);
  };
  const limit = (text: string) => ["--threshold", text];
  await refused(limit("latency<5ms"), /there is no metric "latency".*p50 or any percentile/s);
  await refused(limit("p99<5%"), /the unit "%" is wrong; p99 takes us, ms, s/);
  await refused([...limit("p99<5ms"), ...limit("p99>6ms")], /contradict one another/);
  await refused([...limit("p99<5ms"), ...limit("p99<6ms")], /contradict one another/);
  await refused(limit("p99<5ms@8"), /concurrency 8 is not among the levels to measure/);
  await refused(limit("p99<5ms@rate=5"), /request rate 5 is not among the levels/);
  await refused(
    [...limit("p99<5ms@rate=5"), "--request-rate", "10,20"],
    /request rate 5 is not among the levels/,
  );
});
