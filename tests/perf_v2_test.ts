/**
 * perf_client on v2: perf_analyzer's lines about the server, its CSV columns, ensembles, decoupled
 * models.
 */
import { assert, assertEquals, assertGreater, assertMatch } from "@std/assert";
import { parse } from "@std/csv";
import { type RunningServer, startServer } from "../src/server/server.ts";
import { BY_COUNT, runPerf, runPerfJson } from "./perf_program.ts";

const WIRES = ["http", "grpc"] as const;
/** Answers to each request of the decoupled model. */
const ANSWERS = 4;
const REPEAT_INPUTS = { IN: { content: [1, 2, 3], shape: [3] }, COUNT: [ANSWERS] };
const SHORT = [...BY_COUNT, "--api", "v2"];

const addressOf = (server: RunningServer, wire: typeof WIRES[number]) =>
  wire === "http" ? server.httpAddress! : server.grpcAddress!;

for (const wire of WIRES) {
  Deno.test(`v2 over ${wire}: the server's block and the CSV columns`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const path = await Deno.makeTempFile({ suffix: ".csv" });
    const flags = ["-m", "simple", "-i", wire, "-u", addressOf(server, wire), "-f", path];
    const run = await runPerf([...flags, ...SHORT, "--concurrency-range", "1:2"]);
    assertEquals(run.code, 0, run.merged);
    const block = new RegExp(
      "^ {2}Server: \n" +
        " {4}Inference count: \\d+\n" +
        " {4}Execution count: \\d+\n" +
        " {4}Successful request count: \\d+\n" +
        " {4}Avg request latency: \\d+ usec \\(overhead \\d+ usec \\+ queue \\d+ usec \\+ " +
        "compute input \\d+ usec \\+ compute infer \\d+ usec \\+ compute output \\d+ usec\\)\n" +
        " {4}Utilization: [\\d.]+% \\(.*\\)\n\n",
      "gm",
    );
    assertEquals(run.stdout.match(block)?.length, 2, run.stdout);
    assertMatch(run.stdout, /^ {4}Avg client overhead: \d+\.\d\d%$/m);
    assertMatch(run.stdout, /^Concurrency: 2, throughput: [\d.]+ infer\/sec, latency \d+ usec$/m);
    const [header, ...rows] = parse(await Deno.readTextFile(path));
    await Deno.remove(path);
    assertEquals(
      header!.join(),
      "Concurrency,Inferences/Second,Client Send,Network+Server Send/Recv,Server Queue," +
        "Server Compute Input,Server Compute Infer,Server Compute Output,Client Recv," +
        "p50 latency,p90 latency,p95 latency,p99 latency",
    );
    assertEquals(rows.length, 2);
  });

  Deno.test(`v2 over ${wire}: an ensemble lists the model that it is made of once`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0 });
    const { level, stdout } = await runPerfJson([
      ...["-m", "ensemble_add_sub_int32_int32_int32", "-i", wire, "-u", addressOf(server, wire)],
      ...["--request-count", "50", "--api", "v2"],
    ]);
    assertEquals(level.reported.server?.composing.map(({ modelName }) => modelName), ["simple"]);
    assertMatch(stdout, /^ {2}Composing models: \n {2}simple, version: 1\n/m);
  });
}

Deno.test("v2: a decoupled model's first, between and total response times", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const data = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(data, JSON.stringify({ data: [REPEAT_INPUTS] }));
  const flags = ["-m", "repeat", "-i", "grpc", "-u", server.grpcAddress!, "--input-data", data];
  const run = await runPerfJson([
    ...flags,
    ...["--streaming", "-t", "3", "--request-count", "60", "--api", "v2"],
  ]);
  const unary = await runPerf([...flags, "--api", "v2"]);
  await Deno.remove(data);
  assertEquals(run.code, 0, run.merged);
  const { counts, reported } = run.level;
  assertEquals(counts, { sent: 60, succeeded: 60, failed: 0, inFlight: 0 });
  assertEquals(reported.responses?.responseCount, 60 * ANSWERS);
  const { first, between } = reported.responses!;
  assertEquals(between?.count, 60 * (ANSWERS - 1));
  assert(first!.averageUs <= reported.latency!.averageUs);
  assertGreater(first!.averageUs, 0);
  assertMatch(run.stdout, /^ {4}First response: avg \d+ usec/m);
  assertEquals(unary.code, 1);
  assertMatch(unary.stderr, /decoupled model 'repeat'.*-i grpc --streaming/);
});

Deno.test("v2: parameters of requests", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const { report, level } = await runPerfJson([
    ...["-m", "simple", "-u", server.httpAddress!, "--request-count", "20", "--api", "v2"],
    ...["--request-parameter", "priority:1:uint", "--request-parameter", "note:a:b:string"],
  ]);
  assertEquals(level.counts.succeeded, 20);
  assertEquals(JSON.stringify(report.settings.parameters), '{"priority":"1","note":"a:b"}');
});
