/**
 * perf_client with tensors in shared memory, against the embedded server: over both wires, on streams, with
 * sequences and expected outputs, and nothing left on any way out. It takes all of Deno's permissions;
 * shared_memory_test.ts runs it with them.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { posixMemories } from "../../src/base/posix_memory.ts";
import { type RunningServer, startServer } from "../../src/server/server.ts";
import { runPerf, runPerfJson } from "../perf_program.ts";
import { WITH_SHARED_MEMORY } from "./allowed.ts";

const MEMORY = { httpPort: 0, grpcPort: 0, sharedMemory: true } as const;
const SHARED = ["--api", "v2", "--shared-memory", "system"];

async function keys(): Promise<string[]> {
  return (await posixMemories()).keys().filter((key) => key.startsWith("/trtis-"));
}

async function regionsOf(server: RunningServer): Promise<unknown[]> {
  return await (await fetch(`http://${server.httpAddress}/v2/systemsharedmemory/status`)).json();
}

/** Runs `body` and looks that no memory is left behind. */
function shared(name: string, body: (server: RunningServer) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !WITH_SHARED_MEMORY,
    async fn() {
      await using server = await startServer(MEMORY);
      const before = await keys();
      await body(server);
      assertEquals(await regionsOf(server), []);
      assertEquals((await keys()).filter((key) => !before.includes(key)), []);
    },
  });
}

async function inputFile(content: unknown): Promise<string> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  await Deno.writeTextFile(path, JSON.stringify(content));
  return path;
}

const WAYS = [["-i", "http"], ["-i", "grpc"], ["-i", "grpc", "--streaming"]];

for (const way of WAYS) {
  shared(`${way.join(" ")}: every answer is right, each slot has its own place`, async (server) => {
    const url = way.includes("grpc") ? server.grpcAddress! : server.httpAddress!;
    const steps = Array.from({ length: 7 }, (_, i) => i);
    const data = await inputFile({
      data: steps.map((i) => ({
        INPUT0: new Array(16).fill(10 * i),
        INPUT1: new Array(16).fill(1),
      })),
      validation_data: steps.map((i) => ({
        OUTPUT0: new Array(16).fill(10 * i + 1),
        OUTPUT1: new Array(16).fill(i === 3 ? 99 : 10 * i - 1),
      })),
    });
    const run = await runPerfJson([
      ...["-m", "simple", ...way, "-u", url, ...SHARED, "--input-data", data],
      ...["--request-count", "210", "-t", "4"],
    ]);
    await Deno.remove(data);
    assertEquals(run.level.counts, { sent: 210, succeeded: 180, failed: 30, inFlight: 0 });
    assertEquals(run.level.errors.map(({ code, count }) => [code, count]), [["WRONG_ANSWER", 30]]);
    assertStringIncludes(run.stdout, "output 'OUTPUT1' is wrong at [0,0]: expected 99, got 29");
  });

  shared(`${way.join(" ")}: outputs of any size, batches, sequences`, async (server) => {
    const url = way.includes("grpc") ? server.grpcAddress! : server.httpAddress!;
    const flags = [...way, "-u", url, ...SHARED, "--request-count", "60", "-t", "3"];
    const runs = [
      ["-m", "identity_fp32", "--shape", "INPUT0:5000", "-b", "4"],
      ["-m", "simple_string", "-b", "2", "--string-data", "7"],
      ["-m", "simple_sequence"],
      ["-m", "identity_fp32", "--shape", "INPUT0:50000", "--output-shared-memory-size", "200000"],
    ];
    for (const args of runs) {
      const { code, level, merged } = await runPerfJson([...args, ...flags]);
      assertEquals([code, level.counts.failed], [0, 0], `${args.join(" ")}\n${merged}`);
    }
    const small = await runPerf([...runs[3]!.slice(0, 4), ...flags]);
    assertEquals(small.code, 1);
    assertStringIncludes(small.stdout, "should be at least 200000 bytes to hold the results");
  });
}

shared("a search whose end isn't known, and a rate", async (server) => {
  const flags = ["-m", "simple", "-u", server.httpAddress!, ...SHARED];
  const search = await runPerfJson([
    ...[...flags, "--concurrency-range", "1:0:2000", "-l", "100000", "--request-count", "30"],
    ...["-l", "1"],
  ]);
  assertEquals(search.level.counts.failed, 0, search.merged);
  const rate = await runPerfJson([...flags, "--request-rate", "200", "--request-count", "40"]);
  assertEquals(rate.level.counts.failed, 0, rate.merged);
});

shared("Ctrl-C takes the memory away", async (server) => {
  const stop = new AbortController();
  const run = await runPerf(
    ["-m", "simple", "-u", server.httpAddress!, ...SHARED, "-p", "100000"],
    {
      signal: stop.signal,
      onText: () => {
        keys().then((all) => all.length > 0 && stop.abort());
      },
    },
  );
  assert(run.merged.length > 0);
});

shared("the program, ended at once by two signals, leaves no memory", async (server) => {
  const main = new URL("../../main.ts", import.meta.url).pathname;
  const before = await keys();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "-q", main, "perf_client", "-m", "simple", "-u", server.httpAddress!],
      ...[...SHARED, "-p", "100000"],
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  while ((await keys()).length === before.length) await new Promise((go) => setTimeout(go, 10));
  child.kill("SIGINT");
  child.kill("SIGTERM");
  const { code } = await child.status;
  assert(code !== 0);
  // A program that quits at once can't tell the server; the next one does.
  await runPerf(["-m", "simple", "-u", server.httpAddress!, ...SHARED, "--request-count", "1"]);
});

shared("what can't be shared is refused before anything is sent", async (server) => {
  const flags = ["-m", "simple", "-u", server.httpAddress!];
  const cases: [string[], number, string][] = [
    [["--api", "v2", "--shared-memory", "cuda"], 2, "a GPU's memory can't be reached from here"],
    [["--output-shared-memory-size", "5"], 2, "needs --shared-memory system"],
    [["--api", "v1", "--shared-memory", "system"], 1, "Shared memory exists only in v2"],
  ];
  for (const [args, code, text] of cases) {
    const run = await runPerf([...flags, ...args]);
    assertEquals(run.code, code, run.merged);
    assertStringIncludes(run.stderr, text);
  }
});
