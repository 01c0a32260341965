/**
 * A real Triton that drains its connections, crashes and comes back, refuses, and speaks TLS: whatever was
 * sent has succeeded or failed, and a drain costs nothing.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { InferenceError } from "../../src/base/errors.ts";
import { InferenceClient } from "../../src/client/inference_client.ts";
import { makeCertificates } from "../certs.ts";
import { runCommand } from "../run_command.ts";
import { tlsFront } from "../tls_front.ts";
import { environment, interopTest } from "./fixture.ts";
import { makeRepository } from "./server/repository.ts";
import { startTriton, type Triton, type TritonOptions } from "./server/triton.ts";

/** A server of its own; `change` edits the repository first. */
async function withTriton(
  options: Omit<TritonOptions, "repository">,
  body: (triton: Triton, start: () => Promise<Triton>) => Promise<void>,
  change: (repository: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const repository = await Deno.makeTempDir();
  const running: Triton[] = [];
  const start = async () => {
    const ports = running[0]?.ports ?? options.ports;
    const triton = await startTriton(environment(), { ...options, ports, repository });
    running.push(triton);
    return triton;
  };
  try {
    await makeRepository(repository, ["simple", "slow"]);
    await change(repository);
    await body(await start(), start);
  } finally {
    for (const triton of running) await triton.stop();
    await Deno.remove(repository, { recursive: true });
  }
}

/** perf_client's JSON: the first level, and the exit code. */
async function measure(model: string, ...argv: readonly string[]) {
  const args = ["perf_client", "-m", model, "--max-threads", "1", "--json", "-", ...argv];
  const { code, stdout, stderr } = await runCommand(args);
  const [level] = JSON.parse(stdout).levels;
  return { code, stderr, level, counts: level.counts };
}

interopTest("connections that Triton ends by GOAWAY every 300 ms cost no call", async () => {
  await withTriton({
    args: ["--grpc-max-connection-age=300", "--grpc-max-connection-age-grace=2000"],
  }, async ({ grpc }) => {
    const { code, stderr, counts } = await measure(
      "simple",
      ...["-i", "grpc", "-u", grpc, "-t", "8", "--duration", "4s"],
    );
    assertEquals(code, 0, stderr);
    // What was in flight when the time was over is neither.
    assertEquals(counts.failed, 0);
    assert(counts.sent - counts.succeeded <= 8);
    assert(counts.sent > 500, `only ${counts.sent} requests`);
    const client = await InferenceClient.connect({ url: grpc, wire: "grpc", throwOnError: true });
    const inputs = { INPUT0: new Int32Array(16), INPUT1: new Int32Array(16) };
    const end = performance.now() + 3000;
    let calls = 0;
    await Promise.all(Array.from({ length: 64 }, async () => {
      while (performance.now() < end) {
        await client.infer("simple", { inputs });
        calls++;
      }
    }));
    client.close();
    assert(calls > 64);
  });
});

for (const wire of ["http", "grpc"] as const) {
  interopTest(`a Triton that crashes and comes back under load, ${wire}`, async () => {
    await withTriton({}, async (triton, start) => {
      const measuring = measure(
        "simple",
        ...["-i", wire, "-u", triton[wire], "-t", "8", "--duration", "8s"],
        ...["--max-error-rate", "100"],
      );
      const client = await InferenceClient.connect({ url: triton[wire], wire, throwOnError: true });
      const inputs = { INPUT0: new Int32Array(16), INPUT1: new Int32Array(16) };
      const tally = { sent: 0, succeeded: 0, failed: 0 };
      const codes = new Set<string>();
      let recovered = 0;
      let isBack = false;
      const end = performance.now() + 8000;
      const calls = Array.from({ length: 64 }, async () => {
        while (performance.now() < end) {
          tally.sent++;
          try {
            await client.infer("simple", { inputs });
            tally.succeeded++;
            if (isBack) recovered++;
          } catch (error) {
            assert(error instanceof InferenceError);
            codes.add(error.code);
            tally.failed++;
            await new Promise((resolve) => setTimeout(resolve, 50));
          }
        }
      });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await triton.kill();
      await start();
      isBack = true;
      await Promise.all(calls);
      client.close();
      assertEquals(tally.sent, tally.succeeded + tally.failed);
      assert(tally.failed > 0 && recovered > 0, JSON.stringify(tally));
      assertEquals([...codes].filter((code) => !/CONNECTION|UNAVAILABLE/.test(code)), []);
      const { code, counts, stderr } = await measuring;
      assert(counts.sent - counts.succeeded - counts.failed <= 8);
      assert(counts.failed > 0 && counts.succeeded > 0);
      assertEquals(code, 0, stderr);
    });
  });
}

interopTest("a Triton whose queue is full refuses, and every refusal is counted", async () => {
  await withTriton({}, async (triton) => {
    for (const wire of ["http", "grpc"] as const) {
      const { code, level, counts, stderr } = await measure(
        "slow",
        ...["-i", wire, "-u", triton[wire], "-t", "16", "--request-count", "40"],
      );
      assertEquals(counts.sent, counts.succeeded + counts.failed);
      assert(counts.failed > 0 && counts.succeeded > 0, JSON.stringify(counts));
      assertEquals(code, 1);
      assertMatch(stderr, /Exceeds maximum queue size/);
      assertEquals(
        level.errors.reduce((sum: number, { count }: { count: number }) => sum + count, 0),
        counts.failed,
      );
    }
  }, async (repository) => {
    const path = `${repository}/slow/config.pbtxt`;
    const config = await Deno.readTextFile(path);
    const policy = "dynamic_batching { default_queue_policy { max_queue_size: 2 }";
    await Deno.writeTextFile(path, config.replace("dynamic_batching {", policy));
  });
});

interopTest(
  "TLS on Triton's gRPC port and before its HTTP port, one-sided and mutual",
  async (t) => {
    const folder = await Deno.makeTempDir();
    const { ca, server, client, clientV1 } = await makeCertificates(["localhost"]);
    const files = {
      ...{ ca, cert: server.cert, key: server.key, own: client.cert, ownKey: client.key },
      ...{ own1: clientV1.cert, own1Key: clientV1.key },
    };
    for (const [name, text] of Object.entries(files)) {
      await Deno.writeTextFile(`${folder}/${name}.pem`, text);
    }
    const pem = (name: string) => `${folder}/${name}.pem`;
    const trust = ["--ca", pem("ca")];
    const own = ["--cert", pem("own"), "--key", pem("ownKey")];
    try {
      for (const mutual of [false, true]) {
        const args = [
          `--grpc-use-ssl${mutual ? "-mutual" : ""}=1`,
          `--grpc-server-cert=${pem("cert")}`,
          `--grpc-server-key=${pem("key")}`,
          `--grpc-root-cert=${pem("ca")}`,
        ];
        await withTriton({ args }, async (triton) => {
          const grpc = ["-i", "grpc", "-u", triton.grpc.replace("127.0.0.1", "localhost")];
          const front = await tlsFront(triton.ports[0], {
            ...{ cert: server.cert, key: server.key, ca, requestCert: mutual },
          });
          const https = ["-u", `localhost:${front.port}`];
          const rows: readonly (readonly [string, readonly string[], RegExp | undefined])[] = [
            ["gRPC", [...grpc, ...trust, ...own], undefined],
            [
              "gRPC, a client certificate of version 1",
              [...grpc, ...trust, "--cert", pem("own1"), "--key", pem("own1Key")],
              undefined,
            ],
            ["gRPC, unchecked", [...grpc, "--insecure", ...own], undefined],
            ["gRPC, no trust", [...grpc, "--tls"], /not signed by a trusted authority.*\(--ca\)/],
            ["gRPC, no TLS", grpc, /TLS/],
            [
              "gRPC, no client certificate",
              [...grpc, ...trust],
              mutual ? /certificate.*\(--cert and --key\)/ : undefined,
            ],
            ["HTTPS", [...https, ...trust, ...own], undefined],
            [
              "HTTPS, no client certificate",
              [...https, ...trust],
              mutual ? /certificate.*\(--cert and --key\)/ : undefined,
            ],
          ];
          for (const [name, flags, expected] of rows) {
            await t.step(`${mutual ? "mutual" : "one-sided"}: ${name}`, async () => {
              const { code, stdout, stderr } = await runCommand(["health", "simple", ...flags]);
              if (expected === undefined) {
                return assertEquals([code, stdout.includes("true")], [0, true]);
              }
              assertEquals(code, 1);
              assertMatch(stderr, expected);
            });
          }
          await front.close();
        });
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
