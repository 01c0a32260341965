/**
 * Servers behind a forward proxy, and servers that are called otherwise than their address: with every
 * transport, plain and with TLS, by flags and by the environment.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { startServer } from "../src/server/server.ts";
import { makeCertificates } from "./certs.ts";
import { startConnectProxy } from "./connect_proxy.ts";
import { runProgram } from "./program.ts";
import { runCommand } from "./run_command.ts";
import { serveTcp } from "./tcp_server.ts";
import { tlsFront } from "./tls_front.ts";

Deno.test("a proxy by --proxy: HTTP and gRPC, plain and TLS, with our trust and without", async (t) => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  await using proxy = startConnectProxy();
  const folder = await Deno.makeTempDir();
  const { ca, server: { cert, key } } = await makeCertificates(["localhost"]);
  await Deno.writeTextFile(`${folder}/ca.pem`, ca);
  const ports = { http: portOf(server.httpAddress!), grpc: portOf(server.grpcAddress!) };
  try {
    for (const wire of ["http", "grpc"] as const) {
      const front = await tlsFront(ports[wire], { cert, key });
      const rows: readonly (readonly string[])[] = [
        [`127.0.0.1:${ports[wire]}`],
        [`localhost:${front.port}`, "--ca", `${folder}/ca.pem`],
        [`localhost:${front.port}`, "--insecure"],
      ];
      for (const [address, ...flags] of rows) {
        await t.step(`${wire} ${flags[0] ?? "plain"}`, async () => {
          const before = proxy.heads.length;
          const argv = ["simple_client", "-i", wire, "-u", address!, "--proxy", proxy.address];
          const { code, stderr } = await runCommand([...argv, ...flags]);
          assertEquals([code, withoutWarning(stderr)], [0, ""]);
          const heads = proxy.heads.slice(before);
          assert(heads.length > 0);
          for (const head of heads) {
            assertEquals(head, `CONNECT ${address} HTTP/1.1\r\nHost: ${address}`);
          }
        });
      }
      await front.close();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a proxy by the environment, as the program reads it", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  await using proxy = startConnectProxy({ user: "al:s@c" });
  const url = `http://al:s%40c@${proxy.address}`;
  const run = (argv: readonly string[], env: Readonly<Record<string, string>>) =>
    runProgram(["health", ...argv], { env });
  const http = ["-u", server.httpAddress!];
  const grpc = ["-i", "grpc", "-u", server.grpcAddress!];
  const rows: readonly (readonly [readonly string[], Record<string, string>, number])[] = [
    [http, { http_proxy: url }, 1],
    [grpc, { grpc_proxy: url }, 1],
    [grpc, { https_proxy: url }, 1],
    [http, { all_proxy: url }, 1],
    [http, { https_proxy: url }, 0],
    [http, { http_proxy: url, no_proxy: "127.0.0.0/8" }, 0],
    [[...http, "--no-proxy", "*"], { http_proxy: url }, 0],
  ];
  for (const [argv, env, proxied] of rows) {
    const before = proxy.heads.length;
    const { code, stderr } = await run(argv, env);
    assertEquals([code, stderr], [0, ""], JSON.stringify(env));
    assertEquals(Math.min(1, proxy.heads.length - before), proxied, JSON.stringify(env));
  }
  const { code, stderr } = await run(http, { http_proxy: `http://al:wrong@${proxy.address}` });
  assertEquals(code, 1);
  assertMatch(
    stderr,
    /^error: .*through the proxy at 127.0.0.1:\d+: it answers 407 Proxy Authentication Required; give a user name and password/,
  );
  assertEquals(/wrong/.test(stderr), false);
});

Deno.test("a proxy that refuses, is none, or is not there is told from the server", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const rows: readonly (readonly [answer: string, expected: RegExp])[] = [
    [
      "HTTP/1.1 403 Forbidden\r\n\r\n",
      /it answers 403 Forbidden; the proxy may not allow this port/,
    ],
    [
      "HTTP/1.1 502 Bad Gateway\r\n\r\n",
      /it answers 502 Bad Gateway; check the server's address as/,
    ],
    ["HTTP/1.1 200 OK", /does not answer as a proxy does: it ended the connection/],
    ["SSH-2.0-OpenSSH_9.2\r\n\r\n", /does not answer as a proxy does: it begins with "SSH-2.0/],
    [`HTTP/1.1 200 OK\r\nX: ${"x".repeat(20_000)}`, /a proxy does: its answer has no end/],
    ["", /it ended the connection/],
  ];
  for (const [answer, expected] of rows) {
    await using proxy = startConnectProxy({ answer });
    for (const flags of [["-u", server.httpAddress!], ["-i", "grpc", "-u", server.grpcAddress!]]) {
      for (const tls of [[], ["--insecure"]]) {
        const argv = ["health", ...flags, ...tls, "--proxy", `http://${proxy.address}`];
        const { code, stderr } = await runCommand(argv);
        assertEquals(code, 1);
        assertMatch(
          withoutWarning(stderr),
          /^error: Cannot connect to 127.0.0.1:\d+ through the proxy at 127/,
        );
        assertMatch(stderr, expected);
        assertMatch(stderr, /\(--proxy and --no-proxy\)/);
      }
    }
  }
  const gone = startConnectProxy();
  await gone[Symbol.asyncDispose]();
  for (const tls of [[], ["--insecure"]]) {
    const argv = ["health", "-u", server.httpAddress!, "--proxy", gone.address, ...tls];
    const { code, stderr } = await runCommand(argv);
    assertEquals(code, 1);
    assertMatch(
      stderr,
      /the proxy at 127.0.0.1:\d+ can't be reached: connection refused; check the/,
    );
  }
});

Deno.test("perf_client measures through a proxy, and says so", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  await using proxy = startConnectProxy({ user: "al:secret" });
  const argv = ["perf_client", "-m", "simple", "-i", "grpc", "-u", server.grpcAddress!];
  const url = `http://al:secret@${proxy.address}`;
  const { code, stdout, stderr } = await runCommand([
    ...argv,
    ...["--request-count", "20", "--max-threads", "1", "--proxy", url, "--json", "-"],
  ]);
  assertEquals(code, 0);
  assertMatch(stderr, /^warning: the requests go through the proxy at 127.0.0.1:\d+, and its time/);
  assertEquals(/secret/.test(stdout + stderr), false);
  assertEquals(proxy.heads.length > 0, true);
});

Deno.test("a silent proxy obeys the time limit", async () => {
  await using silent = serveTcp((peer) => peer.closed());
  for (const tls of [[], ["--insecure"]]) {
    const begin = performance.now();
    const { host, port } = silent.address;
    const argv = ["health", "-u", "127.0.0.1:1", "--timeout", "0.3", "--proxy", `${host}:${port}`];
    const { code, stderr } = await runCommand([...argv, ...tls]);
    assertEquals(code, 1);
    assertMatch(stderr, /no answer|within/i);
    assert(performance.now() - begin < 5000);
  }
});

Deno.test("proxies that can't be used are refused before anything is sent", async () => {
  for (
    const [url, expected] of [
      [
        "socks5://127.0.0.1:1",
        /^error: --proxy: .*socks5:\/\/ is no kind of proxy that can be used/,
      ],
      [
        "127.0.0.1:port",
        /^error: --proxy: Cannot use the proxy "127.0.0.1:port": it is no address/,
      ],
    ] as const
  ) {
    const { code, stderr } = await runCommand(["health", "--proxy", url]);
    assertEquals(code, 2);
    assertMatch(stderr, expected);
  }
  const argv = ["health", "-i", "grpc", "--proxy", "p:1", "--grpc-channel", "grpc-js"];
  assertMatch((await runCommand(argv)).stderr, /Cannot use a proxy with grpc-js/);
});

Deno.test("--authority is Host, :authority and the name in TLS alike", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const { ca, server: { cert, key } } = await makeCertificates(["models.example"]);
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/ca.pem`, ca);
  try {
    for (
      const [wire, address] of [["http", server.httpAddress!], [
        "grpc",
        server.grpcAddress!,
      ]] as const
    ) {
      const front = await tlsFront(portOf(address), { cert, key });
      const argv = [
        "health",
        "-i",
        wire,
        "-u",
        `localhost:${front.port}`,
        "--ca",
        `${folder}/ca.pem`,
      ];
      const { code, stderr } = await runCommand([...argv, "--authority", "models.example:8443"]);
      assertEquals([code, stderr], [0, ""]);
      assertEquals(front.names, ["models.example"]);
      await front.close();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  // The plain bytes, as a virtual host sees them.
  const seen: string[] = [];
  await using http = serveTcp(async (peer) => {
    const request = await peer.request();
    seen.push(/^Host: .*$/m.exec(request!.head)![0]);
    await peer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  await runCommand(["health", "-u", `127.0.0.1:${http.address.port}`, "--authority", "m.example"]);
  assertEquals(new Set(seen), new Set(["Host: m.example"]));
});

Deno.test("an authority that is none is refused", async () => {
  for (const text of ["http://a", "a/b", "a b", "u@a", "a:x", "a\nb"]) {
    const { code, stderr } = await runCommand(["health", "--authority", text]);
    assertEquals(code, 2, text);
    assertMatch(stderr, /^error: Cannot use ".*" as the authority; write it as name or name:port/s);
  }
});

function withoutWarning(stderr: string): string {
  return stderr.replace(/^warning: --insecure: .*\n/, "");
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(":") + 1));
}
