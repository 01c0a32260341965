/**
 * The command perf_client against the recorded reports of r19.07: every line has the form of the
 * recorded one, over the same protocol, from a short run on the embedded server.
 */
import { measureModel } from "../src/perf/mod.ts";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { identityModel } from "../src/server/models/identity.ts";
import { type RunningServer, startServer } from "../src/server/server.ts";
import { startFaultProxy } from "./fault_proxy.ts";
import { BY_COUNT, masked, RECORDED_REPORTS, runPerf, runPerfJson } from "./perf_program.ts";
import { parseRun } from "./recorded_output.ts";
import { GOLDEN } from "./shared.ts";

/** Models of the recordings that the embedded server does not have, and what takes their place. */
const STAND_INS: Readonly<Record<string, string>> = {
  classify_nhwc: "colors",
  slow_classify: "slow",
};

async function withServer(use: (server: RunningServer) => Promise<void>): Promise<void> {
  const never = identityModel("very_slow", { dims: [1], delayUs: 150_000 });
  const server = await startServer({ httpPort: 0, grpcPort: 0, models: [never] });
  try {
    await use(server);
  } finally {
    await server.close();
  }
}

/** The recorded arguments for the server at hand. */
function argvFor(argv: readonly string[], server: RunningServer, csv: string): string[] {
  return argv.map((arg, i) => {
    if (arg === "127.0.0.1:8000") return server.httpAddress!;
    if (arg === "127.0.0.1:8001") return server.grpcAddress!;
    return argv[i - 1] === "-f" ? csv : STAND_INS[arg] ?? arg;
  });
}

/** A recorded report as a run whose windows end by count prints it. */
function byCount(text: string): string {
  const line = "  Minimum number of samples in each window: 20";
  return text.replace(/^ {2}Measurement window: .*$/m, line);
}

Deno.test({
  name: "perf_client prints the lines of r19.07",
  async fn(test) {
    const csv = await Deno.makeTempFile({ suffix: ".csv" });
    await withServer(async (server) => {
      for (const name of RECORDED_REPORTS) {
        await test.step(name, async () => {
          const text = await Deno.readTextFile(new URL(`perf_client_${name}.txt`, GOLDEN));
          const argv = argvFor(parseRun(text).argv.slice(1), server, csv);
          const unstable = name === "unstable";
          // What is compared is the form; a recorded -s comes last and counts.
          const given = [...argv.filter((arg) => arg !== "perf_client"), ...BY_COUNT];
          const run = await runPerf(unstable ? [...given, "-s", "0"] : given);
          assertEquals(masked(run.merged), masked(byCount(text)));
          assertEquals(run.code, unstable ? 3 : 0, run.stderr);
        });
      }
    });
    await Deno.remove(csv);
  },
});

Deno.test({
  name: "perf_client refuses with r19.07's words what r19.07 refused",
  async fn() {
    await withServer(async (server) => {
      const cases: [name: string, argv: string[], code: number, lines: number][] = [
        ["batch_too_large", ["-m", "simple", "-b", "9"], 1, 6],
        ["unknown_model", ["-m", "nosuch"], 1, 0],
        ["streaming_http", ["-m", "simple", "--streaming"], 2, 0],
      ];
      for (const [name, argv, code, lines] of cases) {
        const text = await Deno.readTextFile(new URL(`perf_client_${name}.txt`, GOLDEN));
        const run = await runPerf([...argv, "-u", server.httpAddress!]);
        assertEquals(run.code, code, run.merged);
        assertEquals(masked(run.stdout).slice(0, lines), masked(text).slice(0, lines));
        const [line] = run.stderr.split("\n");
        const sentence = line!.replace(/^error: /, "").replace(/^\[.*\] /, "").replace(/;.*/, "");
        assertStringIncludes(text, sentence);
      }
      const small = await runPerf(
        ["-m", "very_slow", "-t", "1", "-p", "5", "-u", server.httpAddress!, "-r", "3"],
      );
      const text = await Deno.readTextFile(
        new URL("perf_client_window_too_small.txt", GOLDEN),
      );
      assertEquals(masked(small.stdout), masked(text));
      assertEquals(small.code, 1);
    });
    const missing = await runPerf(["-p", "100"]);
    assertEquals(missing.code, 2);
    assertStringIncludes(missing.stderr, "Missing flag --model (-m)");
  },
});

Deno.test("inputs that r19.07 could not make: strings and variable shapes", async () => {
  await withServer(async (server) => {
    const short = [...BY_COUNT, "-u", server.httpAddress!];
    const strings = ["-m", "simple_string", "--string-data", "7"];
    const shaped = ["-m", "identity_fp32", "--shape", "INPUT0:4"];
    for (const args of [strings, shaped]) {
      const { level, code, merged } = await runPerfJson([...args, ...short]);
      assertEquals(code, 0, merged);
      assertEquals([level.counts.failed, level.outcome], [0, "stable"]);
    }
    const without = await runPerf(["-m", "identity_fp32", ...short]);
    assertEquals(without.code, 1);
    assertStringIncludes(
      without.stderr,
      "variable-size shape [-1]; give its size as INPUT0:N (--shape)",
    );
  });
});

Deno.test("the CSV file: the recorded header, with and without -d, rows by throughput", async () => {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  await withServer(async (server) => {
    const short = ["-m", "simple", ...BY_COUNT, "-u", server.httpAddress!, "-f", path];
    for (const levels of [["-t", "2"], ["-d", "-c", "3"], ["--concurrency-range", "1:3:1"]]) {
      const run = await runPerf([...short, ...levels]);
      assertEquals(run.code, 0, run.merged);
      const [header, ...rows] = parse(await Deno.readTextFile(path));
      const golden = await Deno.readTextFile(new URL("perf_simple_d_http.csv", GOLDEN));
      assertEquals(header, parse(golden)[0]);
      assertEquals(rows.length, levels.length === 2 && levels[0] === "-t" ? 1 : 3);
      const rates = rows.map((row) => Number(row[1]));
      assertEquals(rates, rates.toSorted((a, b) => a - b));
      assert(rows.flat().every((cell) => /^\d+$/.test(cell)), "whole numbers only");
    }
  });
  await Deno.remove(path);
});

Deno.test("a fixed number of requests, and warm-up apart", async () => {
  await withServer(async (server) => {
    for (
      const [wire, address] of [
        ["http", server.httpAddress!],
        ["grpc", server.grpcAddress!],
      ] as const
    ) {
      const { code, level } = await runPerfJson([
        ...["-m", "simple", "-i", wire, "-u", address, "-t", "4"],
        ...["--request-count", "203", "--warmup-request-count", "50"],
      ]);
      assertEquals(code, 0);
      assertEquals(level.counts, { sent: 253, succeeded: 253, failed: 0, inFlight: 0 });
      assertEquals(level.reported.requestCount, 203);
      assertEquals(level.reported.server?.requestCount, 203);
    }
  });
});

Deno.test("sequences: a given range of ids is used again, none while it is in use", async () => {
  await withServer(async (server) => {
    const { code, level, merged } = await runPerfJson([
      ...["-m", "simple_sequence", "-u", server.httpAddress!, "-t", "3", "--request-count", "200"],
      ...["--sequence-length", "5", "--sequence-id-range", "100:103"],
    ]);
    assertEquals(code, 0, merged);
    assertEquals([level.counts.failed, level.errors], [0, []]);
    assert(level.reported.sequenceCount > 20, String(level.reported.sequenceCount));
    const few = await runPerfJson([
      ...["-m", "simple_sequence", "-u", server.httpAddress!, "-t", "3", "--request-count", "30"],
      ...["--sequence-length", "50", "--sequence-id-range", "100:102"],
    ]);
    assertMatch(few.level.errors[0]!.message, /the 2 correlation ids are not enough/);
  });
});

Deno.test("the first Ctrl-C ends the measurement and reports what there is", async () => {
  await withServer(async (server) => {
    const interrupt = new AbortController();
    const run = await runPerfJson(
      ["-v", "-m", "simple", "-u", server.httpAddress!, ...BY_COUNT, "-s", "0", "-r", "1000"],
      {
        signal: interrupt.signal,
        onText: (text) => text.includes("Pass [2]") && interrupt.abort(),
      },
    );
    assertEquals(run.code, 130);
    assertEquals([run.report.aborted, run.level.outcome], [true, "aborted"]);
    assertStringIncludes(run.stdout, "    Throughput: ");
    assertStringIncludes(run.stdout, "  Incomplete: the measurement was ended");
  });
});

Deno.test("a terminal has one live line, which is taken away before other text", async () => {
  await withServer(async (server) => {
    const argv = ["-m", "simple", "-u", server.httpAddress!, "-p", "1000", "-r", "1"];
    const run = await runPerf(argv, { errIsTerminal: true });
    assertMatch(run.stderr, /\rPass 1\/1: \d+ infer\/sec, p50 \d+ usec/);
    assertMatch(run.stderr.replace(/warning: .*\n/g, ""), /\r +\r$/);
    const quiet = await runPerf(argv);
    assertEquals(quiet.stderr.replace(/^warning: .*\n/gm, ""), "");
  });
});

Deno.test("perf_analyzer's flags that can't apply are refused by name with the reason", async () => {
  const cases: [argv: string[], says: RegExp][] = [
    [
      ["--shared-memory", "cuda"],
      /--shared-memory cuda: a GPU's memory can't be reached from here; use --shared-memory system/,
    ],
    [["--service-kind", "openai"], /--service-kind openai: only servers of Triton's protocols/],
    [["--binary-search"], /--binary-search needs --concurrency-range or --request-rate/],
    [["--session-concurrency", "3"], /--session-concurrency 3: sessions belong to chat models/],
    [["--grpc-method", "x"], /--grpc-method x: it belongs to the service kind dynamic_grpc/],
    [["--input-data", "random:INPUT0=9..1"], /expected random:NAME=LOW..HIGH, LOW <= HIGH/],
    [["--input-data", "zero:INPUT0=1..9"], /zeros have no range/],
    [["-d"], /a search needs a limit/],
    [["-d", "-c", "4", "--concurrency-range", "1:4"], /replaces -d, -t and -c/],
    [["--concurrency-range", "4:1"], /expected START:END:STEP/],
    [["--concurrency-range", "1:0"], /a search needs a limit/],
    [["-z", "--data-directory", "d"], /zero input can't be set when data directory is provided/],
    [["--percentile", "100"], /percentile must be -1/],
    [["--sequence-id-range", "5:5"], /0 < START < END/],
    [["--request-parameter", "a:b"], /expected NAME:VALUE:TYPE/],
    [["--request-parameter", "a:b:int"], /expected NAME:VALUE:TYPE/],
    [["--input-data", "/nonexistent/data"], /Cannot read the input data \/nonexistent\/data/],
    [["-f", "/nonexistent/report.csv"], /Cannot write the report \/nonexistent\/report.csv/],
  ];
  for (const [argv, says] of cases) {
    const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...argv]);
    assertMatch(run.stderr, says);
    const code = argv[1]?.startsWith("/nonexistent") ? 1 : 2;
    assertEquals([run.code, run.stdout], [code, ""]);
  }
  const accepted = ["--service-kind", "triton", "--shared-memory", "none", "--async"];
  const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...accepted]);
  assertMatch(run.stderr, /Cannot connect to 127.0.0.1:1/);
});

Deno.test("perf_client spreads what is outstanding over connections, one at a time needs one", async () => {
  await withServer(async (server) => {
    const [grpc, http] = [server.grpcAddress!, server.httpAddress!];
    const rows: [string[], number][] = [
      [["-i", "grpc", "-u", grpc, "-t", "1"], 1],
      [["-i", "grpc", "-u", grpc, "-t", "3"], 3],
      [["-i", "grpc", "-u", grpc, "-t", "9"], 4],
      [["-i", "http", "-u", http, "-t", "9"], 9],
      [["-i", "http", "-u", http, "-t", "130"], 130],
    ];
    for (const [args, connections] of rows) {
      const i = args.indexOf("-u") + 1;
      await using proxy = startFaultProxy(args[i]!);
      args[i] = proxy.address;
      const { level } = await runPerfJson(["-m", "simple", "--request-count", "260", ...args]);
      assertEquals(level.counts.succeeded, 260);
      // One more asks for the model and its statistics.
      assertEquals(proxy.connections, connections + 1, args.join(" "));
    }
    await using proxy = startFaultProxy(http);
    const levels = { start: 130, end: 130, step: 1, search: false };
    await measureModel(proxy.address, { modelName: "simple", levels, requestCount: 260 });
    assertEquals(proxy.connections, 131, "from code");
  });
});
