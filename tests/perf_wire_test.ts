/**
 * How perf_client's messages travel: compression is on the wire, limits and trace settings are kept, and
 * command lines of perf_analyzer's documentation run or say why not.
 *
 * @module
 */
import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { withTrace } from "../src/commands/perf/trace.ts";
import type { Protocol } from "../src/protocol/types.ts";
import { startServer } from "../src/server/server.ts";
import { runPerf, runPerfJson } from "./perf_program.ts";

/** Passes connections on to an address, and counts the bytes that clients send. */
function countingProxy(to: string) {
  const [hostname = "", port] = to.split(":");
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const state = { sent: 0, received: 0 };
  const open = new Set<Deno.Conn>();
  const counted = (key: keyof typeof state) =>
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        state[key] += chunk.length;
        controller.enqueue(chunk);
      },
    });
  const serve = async () => {
    for await (const client of listener) {
      const server = await Deno.connect({ hostname, port: Number(port) });
      open.add(client).add(server);
      client.readable.pipeThrough(counted("sent")).pipeTo(server.writable).catch(() => {});
      server.readable.pipeThrough(counted("received")).pipeTo(client.writable).catch(() => {});
    }
  };
  const serving = serve().catch(() => {});
  return {
    address: `127.0.0.1:${(listener.addr as Deno.NetAddr).port}`,
    state,
    async [Symbol.asyncDispose]() {
      listener.close();
      for (const conn of open) {
        try {
          conn.close();
        } catch {
          // The other end was first.
        }
      }
      await serving;
    },
  };
}

const ZEROS = [
  ...["-m", "identity_fp32", "--shape", "INPUT0:20000", "--input-data", "zero", "--api", "v2"],
  ...["--request-count", "20"],
];

/** Bytes that a run sends and receives. */
async function bytesOf(address: string, flags: readonly string[]) {
  await using proxy = countingProxy(address);
  const run = await runPerfJson([...ZEROS, "-u", proxy.address, ...flags]);
  assertEquals([run.code, run.level.counts.succeeded], [0, 20], run.merged);
  return { ...proxy.state };
}

Deno.test("compression is on the wire: requests are shorter by far, answers where asked for", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const plain = 20 * 80_000;
  for (const how of ["gzip", "deflate"]) {
    for (const streaming of [[], ["--streaming"]]) {
      const grpc = await bytesOf(server.grpcAddress!, [
        ...["-i", "grpc", "--grpc-compression-algorithm", how, ...streaming],
      ]);
      assertLess(grpc.sent, plain / 10, how);
    }
    const http = await bytesOf(server.httpAddress!, ["--request-compression-algorithm", how]);
    assertLess(http.sent, plain / 10, how);
    assert(http.received > plain);
    const both = await bytesOf(server.httpAddress!, [
      ...["--request-compression-algorithm", how, "--response-compression-algorithm", how],
    ]);
    assertLess(both.sent + both.received, plain / 10, how);
  }
  const none = await bytesOf(server.grpcAddress!, [
    ...["-i", "grpc", "--grpc-compression-algorithm", "none"],
  ]);
  assert(none.sent > plain);
});

Deno.test("limits of gRPC messages: a longer one fails its request, and says why", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const flags = [...ZEROS, "-i", "grpc", "-u", server.grpcAddress!];
  for (const streaming of [[], ["--streaming"]]) {
    const send = await runPerf([
      ...[...flags, ...streaming, "--grpc-max-send-message-length", "1000"],
    ]);
    assertEquals(send.code, 1);
    assertStringIncludes(send.merged, "1000 are allowed");
  }
  const receive = await runPerf([...flags, "--grpc-max-receive-message-length", "1000"]);
  assertEquals(receive.code, 1);
  assertStringIncludes(receive.merged, "RESOURCE_EXHAUSTED");
  const enough = await runPerf([
    ...[...flags, "--grpc-max-send-message-length", "100000", "--grpc-keepalive-time", "1000"],
    ...["--grpc-keepalive-timeout", "500", "--grpc-keepalive-permit-without-calls"],
  ]);
  assertEquals(enough.code, 0, enough.merged);
});

Deno.test("flags of the other protocol are refused", async () => {
  const cases: [string[], string][] = [
    [["--grpc-compression-algorithm", "gzip"], "need gRPC; add -i grpc"],
    [["--grpc-keepalive-time", "5"], "need gRPC"],
    [["-i", "grpc", "--request-compression-algorithm", "gzip"], "are for HTTP"],
  ];
  for (const [flags, text] of cases) {
    const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", ...flags]);
    assertEquals(run.code, 2, run.merged);
    assertStringIncludes(run.stderr, text);
  }
});

Deno.test("trace settings last as long as the work, however it ends", async () => {
  const calls: unknown[] = [];
  const setTrace: Protocol["setTrace"] = (model, settings) => {
    calls.push([model, settings]);
    return Promise.resolve({ trace_level: ["OFF"], trace_rate: ["1000"], trace_mode: "triton" });
  };
  const protocol = { setTrace } as Protocol;
  const settings = { trace_level: ["TIMESTAMPS"], trace_rate: "10" };
  const result = await withTrace(protocol, "m", settings, {}, () => {
    calls.push("work");
    return Promise.resolve(5);
  });
  assertEquals(result, 5);
  const restored = { trace_level: ["OFF"], trace_rate: ["1000"] };
  assertEquals(calls, [["m", {}], ["m", settings], "work", ["m", restored]]);
  calls.length = 0;
  const failing = withTrace(protocol, "m", settings, {}, () => Promise.reject(new Error("no")));
  assertEquals(await failing.catch(({ message }) => message), "no");
  assertEquals(calls.at(-1), ["m", restored]);
});

Deno.test("trace settings where there are none, and levels that aren't any", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const flags = ["-m", "simple", "-u", server.httpAddress!, "--trace-level"];
  const v2 = await runPerf([...flags, "TIMESTAMPS", "--api", "v2"]);
  assertEquals(v2.code, 1);
  assertStringIncludes(v2.stderr, "has no trace settings");
  const v1 = await runPerf([...flags, "TIMESTAMPS", "--api", "v1"]);
  assertStringIncludes(v1.stderr, "Trace settings exist only in v2");
  const bad = await runPerf([...flags, "MUCH"]);
  assertEquals(bad.code, 2);
  assertStringIncludes(bad.stderr, "expected OFF, TIMESTAMPS, TENSORS");
});

Deno.test("models that a model calls itself are in the report; its own times stay its own", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const flags = ["-m", "simple", "-u", server.httpAddress!, "--api", "v2", "--request-count", "30"];
  const { level, stdout } = await runPerfJson([
    ...[...flags, "--bls-composing-models", "addsub_fp32,simple_string:1"],
  ]);
  const names = level.reported.server?.composing.map(({ modelName }) => modelName);
  assertEquals(names, ["addsub_fp32", "simple_string"]);
  assert(level.reported.server!.computeUs > 0);
  assertStringIncludes(stdout, "addsub_fp32, version: 1");
  const unknown = await runPerf([...flags, "--bls-composing-models", "nothere"]);
  assertEquals(unknown.code, 1);
  assertStringIncludes(unknown.stderr, "nothere");
  const bad = await runPerf([...flags, "--bls-composing-models", "a::b"]);
  assertEquals(bad.code, 2);
});
