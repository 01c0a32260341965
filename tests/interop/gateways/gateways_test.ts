/**
 * Behind real gateways: what was sent has succeeded or failed, nothing is lost, and each message says what
 * stands in the way. A gateway that is not installed is named, and its cases are skipped.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { InferenceClient } from "../../../src/client/inference_client.ts";
import { removeSharedMemory } from "../server/shared_memory.ts";
import { startServer } from "../../../src/server/server.ts";
import { makeCertificates, type TestCertificates } from "../../certs.ts";
import { runCommand } from "../../run_command.ts";
import { freePort, isInstalled, startGateway } from "./gateway.ts";
import { startNginx } from "./nginx.ts";

function gatewayTest(program: string, name: string, fn: (t: Deno.TestContext) => Promise<void>) {
  const ignore = !isInstalled(program);
  if (ignore) console.warn(`skipped: ${program} is not installed: ${name}`);
  Deno.test({ name: `${program}: ${name}`, ignore, fn });
}

const portOf = (address: string) => Number(address.slice(address.lastIndexOf(":") + 1));

async function withServer(
  body: (ports: { http: number; grpc: number }) => Promise<void>,
): Promise<void> {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  await body({ http: portOf(server.httpAddress!), grpc: portOf(server.grpcAddress!) });
}

/** Measures `count` requests; every one of them must have succeeded. */
async function load(argv: readonly string[], count: number, meanwhile?: () => Promise<void>) {
  const args = ["perf_client", "-m", "simple", "-t", "8", "--max-threads", "1", ...argv];
  const running = runCommand([...args, "--request-count", String(count), "--json", "-"]);
  await meanwhile?.();
  const { code, stdout, stderr } = await running;
  assertEquals(code, 0, stderr);
  const [level] = JSON.parse(stdout).levels;
  const { sent, succeeded, failed } = level.counts;
  assertEquals([succeeded, failed], [sent, 0]);
  assert(sent >= count);
}

/** Writes the certificates to a folder; the flags that use them. */
async function trustFlags(folder: string, { ca, client, clientV1 }: TestCertificates) {
  const files = {
    ...{ "ca.pem": ca, "own.pem": client.cert, "own.key": client.key },
    ...{ "own1.pem": clientV1.cert, "own1.key": clientV1.key },
  };
  for (const [name, text] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
  }
  return {
    ca: ["--ca", `${folder}/ca.pem`],
    own: ["--cert", `${folder}/own.pem`, "--key", `${folder}/own.key`],
    own1: ["--cert", `${folder}/own1.pem`, "--key", `${folder}/own1.key`],
  };
}

gatewayTest(
  "nginx",
  "TLS, client certificates, limits, names, prefixes, and no server",
  async (t) => {
    const certificates = await makeCertificates(["localhost"]);
    await withServer(async (server) => {
      await using nginx = await startNginx(server, certificates);
      const { ports, folder } = nginx;
      const { ca, own, own1 } = await trustFlags(folder, certificates);
      const at = (port: number) => ["-u", `localhost:${port}`];
      const grpc = ["-i", "grpc"];
      const rows: readonly (readonly [string, readonly string[], RegExp?])[] = [
        ["HTTP", at(ports.http)],
        ["a path prefix", ["-u", `localhost:${ports.http}/prefix`]],
        ["HTTPS with a certificate", [...at(ports.https), ...ca, ...own]],
        ["HTTPS with one of version 1", [...at(ports.https), ...ca, ...own1]],
        [
          "HTTPS without one",
          [...at(ports.https), ...ca],
          /HTTP 400 .*No required SSL certificate.*--cert and --key/,
        ],
        [
          "HTTP to the TLS port",
          at(ports.https),
          /HTTP 400 .*plain HTTP request was sent to HTTPS.*\(--tls\)/,
        ],
        ["the right name", [...at(ports.named), "--authority", "models.example"]],
        ["the wrong name", at(ports.named), /HTTP 421 .*which one you mean \(--authority\)/],
        [
          "no server",
          at(ports.dead),
          /HTTP 502 Bad Gateway and no v2 error message but: 502 Bad Gateway/,
        ],
        ["gRPC", [...at(ports.grpc), ...grpc]],
        ["gRPC with a certificate", [...at(ports.grpcs), ...grpc, ...ca, ...own]],
        ["gRPC with one of version 1", [...at(ports.grpcs), ...grpc, ...ca, ...own1]],
        [
          "gRPC without one",
          [...at(ports.grpcs), ...grpc, ...ca],
          /HTTP status 400.*a client's certificate.*--cert/,
        ],
        ["gRPC, the right name", [
          ...at(ports.grpcNamed),
          ...grpc,
          "--authority",
          "models.example",
        ]],
        [
          "gRPC, the wrong name",
          [...at(ports.grpcNamed), ...grpc],
          /status 421: the gateway.*\(--authority\)/,
        ],
        ["gRPC, no server", [...at(ports.grpcDead), ...grpc], /HTTP status 502/],
      ];
      for (const [name, flags, expected] of rows) {
        await t.step(name, async () => {
          const { code, stdout, stderr } = await runCommand(["simple_client", ...flags]);
          if (expected === undefined) {
            assertEquals([code, stderr], [0, ""]);
            assertMatch(stdout, /^0 \+ 1 = 1$/m);
            return;
          }
          assertEquals([code, stdout], [1, ""]);
          assertMatch(stderr, /^error: .*\n$/);
          assertMatch(stderr, expected);
        });
      }
      for (const wire of ["http", "grpc"] as const) {
        await t.step(`${wire}: a request that is too large`, async () => {
          const argv = ["infer", "-m", "identity_fp32", "-i", wire, ...at(ports[wire])];
          const input = ["--input", "INPUT0=zeros", "--shape", "INPUT0:100000"];
          const { code, stdout, stderr } = await runCommand([...argv, ...input]);
          assertEquals([code, stdout], [1, ""]);
          assertMatch(stderr, /413/);
          assertEquals(/HTTP port/.test(stderr), false);
        });
      }
      await t.step("a limit of requests: 429 is waited for, then told", async () => {
        const url = ["-u", `localhost:${ports.http}/busy`];
        const { code, stderr } = await runCommand(["health", ...url]);
        if (code !== 0) assertMatch(stderr, /HTTP 429 Too Many Requests/);
        const perf = await runCommand(["perf_client", "-m", "simple", "--api", "v2", ...url]);
        assertEquals(perf.code, 1);
        assertMatch(perf.stderr, /429/);
      });
    });
  },
);

gatewayTest("nginx", "50 requests a connection and reloads under load lose nothing", async (t) => {
  const certificates = await makeCertificates(["localhost"]);
  await withServer(async (server) => {
    await using nginx = await startNginx(server, certificates);
    for (const wire of ["http", "grpc"] as const) {
      await t.step(wire, async () => {
        const flags = ["-i", wire, "-u", `127.0.0.1:${nginx.ports[wire]}`];
        await load(flags, 5000, async () => {
          for (let i = 0; i < 4; i++) {
            await new Promise((resolve) => setTimeout(resolve, 150));
            await nginx.reload();
          }
        });
      });
    }
  });
});

gatewayTest("haproxy", "an idle connection that it closes costs no call", async (t) => {
  await withServer(async (server) => {
    const ports = { http: freePort(), grpc: freePort() };
    await using _haproxy = await startGateway({
      program: "haproxy",
      port: ports.grpc,
      args: (folder) => ["-db", "-q", "-f", `${folder}/haproxy.cfg`],
      files: () => ({
        "haproxy.cfg": `defaults
  mode tcp
  timeout connect 5s
  timeout client 200ms
  timeout server 200ms
listen http
  bind 127.0.0.1:${ports.http}
  server one 127.0.0.1:${server.http}
listen grpc
  bind 127.0.0.1:${ports.grpc}
  server one 127.0.0.1:${server.grpc}
`,
      }),
    });
    for (const wire of ["http", "grpc"] as const) {
      await t.step(wire, async () => {
        const seed = crypto.getRandomValues(new Uint32Array(1))[0]!;
        console.log(`pauses around haproxy's limit, seed ${seed}`);
        let state = seed;
        const jitter = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
        const inputs = { INPUT0: new Int32Array(16), INPUT1: new Int32Array(16) };
        let sent = 0;
        const one = async () => {
          const url = `127.0.0.1:${ports[wire]}`;
          const client = await InferenceClient.connect({
            url,
            wire,
            api: "v1",
            throwOnError: true,
          });
          for (let i = 0; i < 30; i++) {
            await client.infer("simple", { inputs });
            sent++;
            await new Promise((resolve) => setTimeout(resolve, 195 + 10 * jitter()));
          }
          client.close();
        };
        await Promise.all(Array.from({ length: 8 }, one));
        assertEquals(sent, 240);
      });
    }
  });
});

gatewayTest("haproxy", "HTTP and gRPC with limits of its own; no server behind", async (t) => {
  await withServer(async (server) => {
    const ports = { http: freePort(), grpc: freePort(), dead: freePort() };
    await using _haproxy = await startGateway({
      program: "haproxy",
      port: ports.dead,
      args: (folder) => ["-db", "-q", "-f", `${folder}/haproxy.cfg`],
      files: () => ({
        "haproxy.cfg": `defaults
  mode http
  timeout connect 1s
  timeout client 10s
  timeout server 10s
  timeout http-keep-alive 100ms
listen http
  bind 127.0.0.1:${ports.http}
  server one 127.0.0.1:${server.http}
listen grpc
  bind 127.0.0.1:${ports.grpc} proto h2
  server one 127.0.0.1:${server.grpc} proto h2
listen dead
  bind 127.0.0.1:${ports.dead}
  server one 127.0.0.1:${freePort()}
`,
      }),
    });
    for (const wire of ["http", "grpc"] as const) {
      await t.step(wire, () => load(["-i", wire, "-u", `127.0.0.1:${ports[wire]}`], 3000));
    }
    await t.step("no server", async () => {
      const { code, stderr } = await runCommand(["health", "-u", `127.0.0.1:${ports.dead}`]);
      assertEquals(code, 1);
      assertMatch(stderr, /HTTP 503 Service Unavailable and no v2 error message but: 503 Service/);
    });
  });
});

gatewayTest("nghttpx", "HTTP and gRPC, and an end under load", async (t) => {
  await withServer(async (server) => {
    for (const wire of ["http", "grpc"] as const) {
      await t.step(wire, async () => {
        const port = freePort();
        const proto = wire === "grpc" ? ";;proto=h2" : "";
        await using _nghttpx = await startGateway({
          program: "nghttpx",
          port,
          args: (folder) => [
            `--conf=${folder}/nghttpx.conf`,
            `--frontend=127.0.0.1,${port};no-tls`,
            `--backend=127.0.0.1,${server[wire]}${proto}`,
            "--workers=1",
            "--no-ocsp",
            `--pid-file=${folder}/pid`,
            `--errorlog-file=${folder}/error.log`,
          ],
          files: () => ({ "nghttpx.conf": "" }),
        });
        await load(["-i", wire, "-u", `127.0.0.1:${port}`], 3000);
      });
    }
  });
});

for (const program of ["haproxy", "nghttpx"]) {
  gatewayTest(program, "TLS and client certificates", async (t) => {
    const certificates = await makeCertificates(["localhost"]);
    const { ca, server: { cert, key } } = certificates;
    const files = { "ca.pem": ca, "server.pem": cert, "server.key": key, "both.pem": cert + key };
    await withServer(async (server) => {
      for (const wire of ["http", "grpc"] as const) {
        const port = freePort();
        const h2 = wire === "grpc";
        const haproxy = `defaults
  mode http
  timeout connect 1s
  timeout client 10s
  timeout server 10s
listen one
  bind 127.0.0.1:${port} ssl crt both.pem ca-file ca.pem verify required${h2 ? " alpn h2" : ""}
  server one 127.0.0.1:${server[wire]}${h2 ? " proto h2" : ""}
`;
        await using gateway = await startGateway({
          ...{ program, port },
          args: (folder) =>
            program === "haproxy" ? ["-db", "-q", "-f", `${folder}/haproxy.cfg`] : [
              ...[`--conf=${folder}/nghttpx.conf`, `--frontend=127.0.0.1,${port}`],
              `--backend=127.0.0.1,${server[wire]}${h2 ? ";;proto=h2" : ""}`,
              ...["--workers=1", "--no-ocsp", `--pid-file=${folder}/pid`],
              ...["--verify-client", `--verify-client-cacert=${folder}/ca.pem`],
              ...[`--errorlog-file=${folder}/error.log`, `${folder}/server.key`],
              `${folder}/server.pem`,
            ],
          files: () => ({ ...files, "haproxy.cfg": haproxy, "nghttpx.conf": "" }),
        });
        const { own, own1, ca } = await trustFlags(gateway.folder, certificates);
        const flags = ["-i", wire, "-u", `localhost:${port}`, ...ca];
        await t.step(`${wire} under load`, () => load([...flags, ...own], 2000));
        await t.step(`${wire}: a certificate of version 1`, () => load([...flags, ...own1], 20));
        await t.step(`${wire} without a certificate`, async () => {
          const { code, stderr } = await runCommand(["simple_client", ...flags]);
          assertEquals(code, 1);
          assertMatch(stderr, /client certificate.*\(--cert and --key\)\n$/);
        });
      }
    });
  });
}

gatewayTest("squid", "a forward proxy, and what it does not allow", async (t) => {
  await withServer(async (server) => {
    const port = freePort();
    await using regions = new AsyncDisposableStack();
    regions.defer(() => removeSharedMemory(`trtis${port}-`));
    await using squid = await startGateway({
      program: "squid",
      port,
      args: (folder) => ["-N", "-n", `trtis${port}`, "-f", `${folder}/squid.conf`],
      files: (folder) => ({
        "squid.conf": `http_port 127.0.0.1:${port}
pid_filename ${folder}/squid.pid
cache_log ${folder}/cache.log
access_log stdio:${folder}/access.log
coredump_dir ${folder}
cache deny all
cache_mem 1 MB
shutdown_lifetime 0 seconds
${Deno.uid() === 0 ? "cache_effective_user proxy" : ""}
acl ours port ${server.http} ${server.grpc}
http_access allow ours
http_access deny all
`,
      }),
    });
    const proxy = ["--proxy", `http://127.0.0.1:${port}`];
    for (const wire of ["http", "grpc"] as const) {
      await t.step(wire, async () => {
        const argv = ["simple_client", "-i", wire, "-u", `127.0.0.1:${server[wire]}`, ...proxy];
        const { code, stderr } = await runCommand(argv);
        assertEquals([code, stderr], [0, ""]);
      });
    }
    await t.step("another port", async () => {
      const { code, stderr } = await runCommand(["health", "-u", "127.0.0.1:9", ...proxy]);
      assertEquals(code, 1);
      assertMatch(
        stderr,
        /through the proxy at 127.0.0.1:\d+: it answers 403 Forbidden; the proxy may not/,
      );
    });
    const log = await Deno.readTextFile(`${squid.folder}/access.log`);
    assertMatch(log, new RegExp(`TCP_TUNNEL/200 .* CONNECT 127.0.0.1:${server.http} `));
  });
});
