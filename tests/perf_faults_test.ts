/**
 * perf_client against servers that fail: the report is right each time, and nothing hangs.
 */
import { assert, assertEquals, assertGreater, assertMatch } from "@std/assert";
import { InferenceError } from "../src/base/errors.ts";
import type { LevelResult } from "../src/perf/types.ts";
import type { ModelRequest, ServerModel } from "../src/server/core/model.ts";
import { addsubModel } from "../src/server/models/addsub.ts";
import { startServer } from "../src/server/server.ts";
import { type Fault, startFaultProxy } from "./fault_proxy.ts";
import { runPerf, runPerfJson } from "./perf_program.ts";
import { pathOf, projectRoot, type RunningProgram, startProgram } from "./program.ts";

type Wire = "http" | "grpc";
const WIRES: readonly Wire[] = ["http", "grpc"];

/** Sent = succeeded + failed + those under way when the level ended; every failure has its message. */
function assertCounts({ counts, errors, passes }: LevelResult): void {
  assertEquals(counts.sent, counts.succeeded + counts.failed + counts.inFlight);
  assertEquals(errors.reduce((sum, { count }) => sum + count, 0), counts.failed);
  const measured = passes.reduce((sum, { requestCount }) => sum + requestCount, 0);
  assert(measured <= counts.succeeded, `${measured} measured, ${counts.succeeded} succeeded`);
}

/** Starts `trtis serve` and waits until it says where it listens. */
async function serve(http: number, grpc: number): Promise<[RunningProgram, number, number]> {
  const ports = ["--http-port", String(http), "--grpc-port", String(grpc)];
  const running = startProgram(["serve", ...ports]);
  const reader = running.process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let found: RegExpExecArray | null = null;
  while (found === null) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`no server: ${text}`);
    text += value;
    found = /HTTP +http:\/\/\S+:(\d+)\ngRPC +\S+:(\d+)\n/.exec(text);
  }
  await reader.cancel();
  return [running, Number(found[1]), Number(found[2])];
}

async function kill({ process }: RunningProgram): Promise<void> {
  process.kill("SIGKILL");
  await process.status;
  await process.stderr.cancel();
}

Deno.test({
  name: "a server that is killed and back after 2 s: errors are counted, measuring goes on",
  // Under Wine it isn't back before the passes are over.
  ignore: Deno.build.os === "windows",
  fn: killedAndBack,
});

async function killedAndBack(): Promise<void> {
  let [server, http, grpc] = await serve(0, 0);
  const ports = { http, grpc };
  let killed: Promise<void> | undefined;
  const restart = async () => {
    await kill(server);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    [server] = await serve(http, grpc);
  };
  await Promise.all(WIRES.map(async (wire) => {
    const run = await runPerfJson(
      [
        ...["-v", "-m", "simple", "-i", wire, "-u", `127.0.0.1:${ports[wire]}`, "-t", "3"],
        ...["-p", "400", "-s", "0", "-r", "10", "--max-error-rate", "100"],
      ],
      { onText: (text) => void (text.includes("Pass [1]") && (killed ??= restart())) },
    );
    await killed;
    const { level } = run;
    assertEquals(run.code, 3, run.merged);
    assertCounts(level);
    assertEquals(level.passes.length, 10);
    assertGreater(level.counts.failed, 0);
    assert(level.errors.every(({ code }) => code === "CONNECTION" || code === "UNAVAILABLE"));
    // A server that is down is not asked by the million.
    assert(level.counts.failed < 1000, `${level.counts.failed} failures`);
    assertGreater(level.passes[0]!.requestCount, 0);
    assert(level.passes.some((pass) => pass.requestCount === 0), "while it was down");
    assertGreater(level.reported.requestCount, 0, "after it came back");
    assertEquals(level.reported.failedCount, 0);
  }));
  await kill(server);
}

Deno.test("a server that is killed and stays away: the figures of before, and what happened", async () => {
  const [server, http] = await serve(0, 0);
  let killed: Promise<void> | undefined;
  const run = await runPerfJson(
    [
      ...["-v", "-m", "simple", "-u", `127.0.0.1:${http}`, "-t", "3"],
      ...["-p", "300", "-s", "0", "-r", "6"],
    ],
    { onText: (text) => void (text.includes("Pass [1]") && (killed ??= kill(server))) },
  );
  await killed;
  const { level } = run;
  assertEquals([run.code, level.passes.length], [1, 6], run.merged);
  assertCounts(level);
  assertEquals([level.passes[5]!.requestCount, level.reported.failedCount], [0, 0]);
  assertGreater(level.reported.requestCount, 0);
  assertMatch(run.stdout, /the figures are those of pass 1, the last one without failures/);
  assertMatch(run.stderr, /requests failed \(.* %\), most with CONNECTION - /);
});

Deno.test("a gateway that answers 502 is asked less and less, and told", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  let refused = 0;
  const gateway = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith("/infer")) {
      refused++;
      return new Response("<html>502 Bad Gateway</html>", { status: 502 });
    }
    return fetch(`http://${server.httpAddress}${pathname}`);
  });
  const address = `127.0.0.1:${gateway.addr.port}`;
  const run = await runPerfJson([
    ...["-m", "simple", "-u", address, "--api", "v2", "-t", "4", "-p", "300", "-r", "3"],
  ]);
  await gateway.shutdown();
  assertEquals(run.code, 1, run.merged);
  assertMatch(run.stderr, /requests failed \(100 %\), most with UNAVAILABLE - .*502/);
  assertCounts(run.level);
  assertEquals(run.level.counts.succeeded, 0);
  // A hundred before it is no coincidence; at full speed it would be thousands.
  assert(refused >= 100 && refused < 1000, `${refused} requests`);
});

Deno.test({
  name: "more connections than the system allows: the report says so, and how to raise the limit",
  ignore: Deno.build.os === "windows",
  async fn() {
    await using server = await startServer({ httpPort: 0, grpcPort: false });
    const args = ["-m", "simple", "-u", server.httpAddress!, "-t", "200", "--request-count", "400"];
    const main = pathOf(new URL("main.ts", projectRoot));
    const run = await new Deno.Command("sh", {
      args: [
        ...["-c", 'ulimit -n 64 && exec "$@"', "sh", Deno.execPath(), "run", "--quiet"],
        ...["--config", pathOf(new URL("deno.json", projectRoot)), "--permission-set=program"],
        ...[main, "perf_client", ...args],
      ],
      stdin: "null",
    }).output();
    const [stdout, stderr] = [run.stdout, run.stderr].map((bytes) =>
      new TextDecoder().decode(bytes)
    );
    assertEquals(run.code, 1, stderr);
    const reason = /may open no more files and connections \(raise ulimit -n\)/;
    assertMatch(stdout!, reason);
    assertMatch(stderr!, reason);
  },
});

async function againstProxy(
  wire: Wire,
  fault: Fault,
  args: readonly string[],
): Promise<Awaited<ReturnType<typeof runPerfJson>>> {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  await using proxy = startFaultProxy(wire === "http" ? server.httpAddress! : server.grpcAddress!);
  return await runPerfJson(
    ["-v", "-m", "simple", "-i", wire, "-u", proxy.address, "-t", "3", "-s", "0", ...args],
    {
      onText(text) {
        if (text.includes("Pass [1]")) proxy.fault = fault;
      },
    },
  );
}

for (const wire of WIRES) {
  Deno.test(`a server that stops to answer over ${wire}: --timeout ends the requests`, async () => {
    const args = ["-p", "300", "-r", "2", "--timeout", "0.05", "--connect-timeout", "10"];
    const { code, level, merged } = await againstProxy(wire, "silence", args);
    assertEquals(code, 1, merged);
    assertCounts(level);
    assertGreater(level.passes[0]!.requestCount, 0);
    const { requestCount, failedCount, errorRate } = level.passes[1]!;
    assertEquals([requestCount, errorRate > 0.5], [0, true]);
    assertGreater(failedCount, 3);
    assert(level.errors.some(({ code }) => code === "TIMEOUT"), JSON.stringify(level.errors));
  });

  for (const fault of ["half", "garbage"] as const) {
    Deno.test(`a server that answers ${fault} over ${wire}: those requests fail`, async () => {
      const args = ["-p", "300", "-r", "3", "--timeout", "0.2", "--connect-timeout", "10"];
      const { level, merged } = await againstProxy(wire, fault, args);
      assertCounts(level);
      assertEquals(level.passes.length, 3, merged);
      assertEquals(level.passes[0]!.failedCount, 0);
      // Random bytes can read as the head of a long HTTP/2 frame, which swallows what follows.
      const lost = fault === "garbage" && wire === "grpc";
      if (!lost) assertGreater(level.passes[2]!.requestCount, 0);
      assertGreater(level.passes[1]!.failedCount + level.passes[2]!.failedCount, 0);
    });
  }

  Deno.test(`no server over ${wire}`, async () => {
    for (const api of ["v1", "v2", "auto"]) {
      const run = await runPerf(
        ["-m", "simple", "-i", wire, "-u", "127.0.0.1:1", "--api", api],
      );
      assertEquals([run.code, run.stdout], [1, ""]);
      assertMatch(run.stderr, /^error: Cannot connect to 127\.0\.0\.1:1: connection refused/);
    }
  });

  Deno.test(`5 % of the requests fail over ${wire}`, async () => {
    await using server = await startServer({ httpPort: 0, grpcPort: 0, models: [flaky(20)] });
    const address = wire === "http" ? server.httpAddress! : server.grpcAddress!;
    const flags = ["-m", "flaky", "-i", wire, "-u", address, "-t", "4"];
    const { code, stdout, stderr, level } = await runPerfJson([
      ...flags,
      ...["--request-count", "2000"],
    ]);
    assertEquals(code, 1);
    assertMatch(
      stderr,
      /^error: concurrency 4: 100 of 2000 requests failed \(5 %\), most with INTERNAL - no luck; --max-error-rate/m,
    );
    const allowed = [...flags, "--request-count", "200", "--max-error-rate", "5"];
    assertEquals((await runPerfJson(allowed)).code, 0);
    assertCounts(level);
    assertEquals(level.counts, { sent: 2000, succeeded: 1900, failed: 100, inFlight: 0 });
    assertEquals([level.reported.requestCount, level.reported.errorRate], [1900, 0.05]);
    assertMatch(stdout, /^ {4}Failed request count: 100 \(5\.00%\)\n {6}100 x INTERNAL - no luck/m);

    const strict = await runPerfJson([...flags, "-p", "100", "--max-error-rate", "1"]);
    assertEquals([strict.code, strict.level.outcome, strict.level.passes.length], [1, "errors", 1]);
    assertMatch(
      strict.stdout,
      / {2}Failed: \S+ % of the requests failed, more than the 1 % allowed/,
    );
  });
}

/** The model simple, every `period`th of whose requests fails. */
function flaky(period: number): ServerModel {
  const simple = addsubModel("flaky", "INT32");
  let count = 0;
  return {
    ...simple,
    createInstance(context) {
      const instance = simple.createInstance!(context);
      return {
        async execute(batch: readonly ModelRequest[]) {
          const results = await instance.execute(batch);
          return results.map((result) =>
            ++count % period === 0 ? new InferenceError("INTERNAL", "no luck") : result
          );
        },
      };
    },
  };
}
