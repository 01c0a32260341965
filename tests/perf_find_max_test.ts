/** `perf_client --find-max` and `--binary-search` as a program: the search, its report, and refusals. */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { Ajv2020 } from "ajv/dist/2020.js";
import { startServer } from "../src/server/server.ts";
import { runPerf, runPerfJson } from "./perf_program.ts";

const SCHEMA = new URL("../docs/perf-report.schema.json", import.meta.url);

Deno.test("--find-max ends in a sentence, and JSON has the path", async () => {
  const server = await startServer({ httpPort: 0, grpcPort: false });
  try {
    const base = ["-m", "simple", "-u", server.httpAddress!, "-z", "-p", "200"];
    const found = await runPerfJson([
      ...[...base, "--find-max", "concurrency", "--from", "1", "--to", "2"],
      ...["--threshold", "avg<1000s", "--threshold", "errors<50%", "--confirm", "300ms"],
    ]);
    assertEquals(found.code, 0, found.merged);
    assertMatch(
      found.stdout,
      /\nHighest concurrency within avg < 1000 s and errors < 50 %: 2 requests in flight, the highest that was to be tried; confirmed for \d+ s: avg [\d.]+ (us|ms|s)\n$/,
    );
    const { findMax } = found.report;
    assertEquals([findMax!.metric, findMax!.value, findMax!.confirmed], ["concurrency", 2, true]);
    assertEquals(findMax!.path.map(({ phase, value }) => [phase, value]), [
      ["lowest", 1],
      ["up", 2],
      ["confirm", 2],
    ]);
    assertEquals(found.report.levels.map(({ concurrency }) => concurrency), [1, 2, 2]);
    const validate = new Ajv2020().compile(JSON.parse(await Deno.readTextFile(SCHEMA)));
    assert(validate(JSON.parse(JSON.stringify(found.report))), JSON.stringify(validate.errors));

    const none = await runPerfJson([
      ...[...base, "--find-max", "rate", "--from", "20", "--request-distribution", "poisson"],
      ...["--threshold", "avg<0us"],
    ]);
    assertEquals(none.code, 1, none.merged);
    assertMatch(none.stdout, /\nNo rate within avg < 0 us: even 20 requests\/s is too much; avg /);
    assertEquals([none.report.findMax!.value, none.report.findMax!.confirmed], [undefined, false]);

    const binary = await runPerfJson([
      ...[...base, "--binary-search", "--request-rate-range", "20:40:30", "-l", "100000"],
      ...["--confirm", "0", "--percentile", "50"],
    ]);
    assertEquals(binary.code, 0, binary.merged);
    assertMatch(
      binary.stdout,
      /Highest rate within p50 < 100 s: 40 requests\/s.*; not confirmed\n$/,
    );
    assertEquals(binary.report.findMax!.metric, "rate");
  } finally {
    await server.close();
  }
});

Deno.test("searches that make no sense are refused before the server is asked", async () => {
  const limit = ["--threshold", "p99<50ms"];
  const cases: [args: string[], says: RegExp][] = [
    [["--find-max", "rate"], /--find-max needs a limit/],
    [["--find-max", "speed", ...limit], /rate.*concurrency/s],
    [["--find-max", "rate", ...limit, "-t", "2"], /Cannot use -t with --find-max/],
    [["--find-max", "rate", ...limit, "--request-rate", "9"], /Cannot use --request-rate/],
    [["--find-max", "rate", ...limit, "--shard", "1/2"], /Cannot use --shard with --find-max/],
    [["--find-max", "rate", ...limit, "--from", "9", "--to", "8"], /--to is below --from/],
    [["--find-max", "rate", ...limit, "--from", "0"], /Cannot use 0 for --from/],
    [["--find-max", "concurrency", ...limit, "--from", "1.5"], /a whole number from 1/],
    [["--find-max", "rate", ...limit, "--precision", "0"], /"0" for --precision/],
    [["--find-max", "rate", ...limit, "--confirm", "soon"], /"soon" for --confirm/],
    [["--find-max", "rate", ...limit, "--threshold", "p99<1ms"], /contradict one another/],
    [["--find-max", "rate", "--threshold", "p99<50ms@8"], /p99<50ms@8.* a search has no levels/],
    [["--find-max", "rate", ...limit, "--search-time", "soon"], /"soon" for --search-time/],
    [["--from", "5"], /belong to --find-max/],
    [["--binary-search", "-l", "5"], /needs --concurrency-range or --request-rate/],
    [["--binary-search", "--concurrency-range", "1:8"], /needs a latency limit: set -l/],
    [["--binary-search", "--concurrency-range", "8:1", "-l", "5"], /expected START:END:STEP/],
  ];
  for (const [args, says] of cases) {
    const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...args]);
    assertEquals([run.code, run.stdout], [2, ""], `${args.join(" ")}: ${run.merged}`);
    assertMatch(run.stderr, says);
  }
});
