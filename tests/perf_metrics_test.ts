/**
 * perf_client with the server's own metrics: --collect-metrics and what belongs to it.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseExposition } from "../src/perf/metrics/exposition.ts";
import { startServer } from "../src/server/start.ts";
import { BY_COUNT, runPerf, runPerfJson } from "./perf_program.ts";

Deno.test("the embedded server's metrics are Triton's, and change with what it does", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const read = async () => {
    const answer = await fetch(`http://${server.httpAddress}/metrics`);
    return { type: answer.headers.get("content-type"), text: await answer.text() };
  };
  const before = await read();
  assertEquals(before.type, "text/plain; version=0.0.4; charset=utf-8");
  assertEquals(parseExposition(before.text).map(({ name }) => name), [
    "nv_inference_request_success",
    "nv_inference_request_failure",
    "nv_inference_count",
    "nv_inference_exec_count",
    "nv_inference_request_duration_us",
    "nv_inference_queue_duration_us",
    "nv_inference_compute_input_duration_us",
    "nv_inference_compute_infer_duration_us",
    "nv_inference_compute_output_duration_us",
    "nv_inference_pending_request_count",
  ]);
  assertStringIncludes(before.text, 'nv_inference_count{model="simple",version="1"} 0\n');
  const args = ["-m", "simple", "-b", "2", "-u", server.httpAddress!, "--request-count", "5"];
  assertEquals((await runPerf(args)).code, 0);
  const after = await read();
  assertStringIncludes(after.text, 'nv_inference_request_success{model="simple",version="1"} 5\n');
  assertStringIncludes(after.text, 'nv_inference_count{model="simple",version="1"} 10\n');
  for (
    const [path, init, status] of [["/metricsx", {}, 404], [
      "/metrics",
      { method: "POST" },
      405,
    ]] as const
  ) {
    const answer = await fetch(`http://${server.httpAddress}${path}`, init);
    await answer.body?.cancel();
    assertEquals(answer.status, status);
  }
});

Deno.test("metrics are in the text, the JSON and the CSV file", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const csv = await Deno.makeTempFile();
  const url = `${server.httpAddress}/metrics`;
  const run = await runPerfJson([
    ...["-m", "simple", "-u", server.httpAddress!, "-t", "2", ...BY_COUNT, "-f", csv],
    ...["--collect-metrics", "--metrics-url", url, "--metrics-interval", "5"],
    ...["--metrics-family", "nv_inference_count"],
  ]);
  assertEquals([run.code, run.report.settings.metrics], [0, {
    urls: [url],
    intervalMs: 5,
    families: ["nv_inference_count"],
  }]);
  const [page] = run.level.reported.metrics!;
  assert(page!.scrapeCount >= 2);
  assertEquals([page!.failedCount, page!.truncated], [0, false]);
  const counted = page!.series.find(({ name, labels }) =>
    name === "nv_inference_count" && labels.model === "simple"
  )!;
  assert(counted.increase! >= 20, `it answered ${counted.increase}`);
  assertStringIncludes(run.stdout, `  Server metrics (${url}, `);
  assertStringIncludes(
    run.stdout,
    `    nv_inference_count{model="simple",version="1"}: increase ${counted.increase}, per second `,
  );
  const header = (await Deno.readTextFile(csv)).split("\n")[0]!;
  assertStringIncludes(header, 'nv_inference_count{model=""simple"",version=""1""} increase"');
  await Deno.remove(csv);
});

Deno.test("metrics that can't be had are refused before any load", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const address = server.httpAddress!;
  const refusing = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const closed = `127.0.0.1:${(refusing.addr as Deno.NetAddr).port}`;
  refusing.close();
  await using page = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) =>
      new Response(request.url.endsWith("/empty") ? "" : "<html>nothing here</html>\n", {
        headers: { "content-type": "text/html" },
      }),
  );
  const other = `127.0.0.1:${page.addr.port}`;
  const on = (
    url: string,
    ...more: string[]
  ) => ["--collect-metrics", "--metrics-url", url, ...more];
  const cases: [string[], number, RegExp][] = [
    [["--metrics-url", address], 2, /--metrics-url is about metrics that are not collected/],
    [["--metrics-interval", "5"], 2, /--metrics-interval is about metrics/],
    [["--metrics-family", "x"], 2, /--metrics-family is about metrics/],
    [on("ftp://x/metrics"), 2, /Cannot read the metrics URL "ftp:\/\/x\/metrics": expected http/],
    [on("a b"), 2, /Cannot read the metrics URL "a b": it holds white space/],
    [on(`${address},${address}`), 2, /is there twice/],
    [on(closed), 1, new RegExp(`Cannot connect to ${closed}`)],
    [on(`${address}/nothing`), 1, /Cannot read metrics from \S+\/nothing: it answered 400/],
    [on(`${other}/html`), 1, /Cannot read metrics from \S+\/html: line 1: "<html>/],
    [on(`${other}/empty`), 1, /Cannot read metrics from \S+\/empty: it is empty/],
    [on(`${address}/metrics`, "--metrics-family", "nope"), 1, /has no metric family 'nope'/],
  ];
  for (const [argv, code, says] of cases) {
    const run = await runPerf(["-m", "simple", "-u", address, "--request-count", "3", ...argv]);
    assertMatch(run.stderr, says);
    assertEquals(run.code, code, run.stderr);
    assert(!run.stdout.includes("Request count: 3\n  Client"), run.stdout);
  }
  const answer = await fetch(`http://${address}/metrics`);
  assertStringIncludes(
    await answer.text(),
    'nv_inference_request_success{model="simple",version="1"} 0\n',
  );
});
