import { createServer } from "node:tls";
import { assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { makeCertificates } from "../../tests/certs.ts";
import { checkTlsOptions, openConnection } from "./tls.ts";
import type { TlsOptions, TransportOptions } from "./types.ts";

const certificates = await makeCertificates(["server.test"]);
const { ca, client } = certificates;

function optionsFor(addr: Deno.Addr, tls?: TlsOptions, connectTimeoutMs = 5000): TransportOptions {
  const { port } = addr as Deno.NetAddr;
  return {
    address: { host: "127.0.0.1", port, tls: false, basePath: "" },
    tls,
    connectTimeoutMs,
  };
}

/** Accepts connections until closed and sends each back what it gets. */
function echoServer(listener: Deno.Listener): { addr: Deno.Addr } & AsyncDisposable {
  const done = (async () => {
    for await (const conn of listener) {
      const buffer = new Uint8Array(1024);
      try {
        for (let n; (n = await conn.read(buffer)) !== null;) {
          await conn.write(buffer.subarray(0, n));
        }
      } catch {
        // The handshake failed: that is the client's test.
      }
      conn.close();
    }
  })();
  return {
    addr: listener.addr,
    async [Symbol.asyncDispose]() {
      listener.close();
      await done;
    },
  };
}

const tlsListener = () =>
  Deno.listenTls({ hostname: "127.0.0.1", port: 0, ...certificates.server });

async function assertEcho(options: TransportOptions): Promise<void> {
  const conn = await openConnection(options);
  await conn.write(new TextEncoder().encode("ping"));
  const buffer = new Uint8Array(8);
  const n = await conn.read(buffer);
  conn.close();
  assertEquals(new TextDecoder().decode(buffer.subarray(0, n ?? 0)), "ping");
}

Deno.test("openConnection: plain TCP", async () => {
  await using server = echoServer(Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  await assertEcho(optionsFor(server.addr));
});

Deno.test("openConnection: TLS with our own authority and server name", async () => {
  await using server = echoServer(tlsListener());
  await assertEcho(optionsFor(server.addr, { ca, serverName: "server.test" }));
});

Deno.test("openConnection: TLS with client certificate and server name", async () => {
  await using server = echoServer(tlsListener());
  await assertEcho(optionsFor(server.addr, { ca, ...client, serverName: "server.test" }));
});

Deno.test("openConnection: the certificate's name is checked, with and without a client certificate", async () => {
  for (const extra of [{}, client]) {
    await using server = echoServer(tlsListener());
    for (const serverName of ["other.test", undefined]) {
      const error = await assertRejects(
        () => openConnection(optionsFor(server.addr, { ca, serverName, ...extra })),
        InferenceError,
      );
      assertEquals(error.code, "CONNECTION");
      assertStringIncludes(error.message, "the server's certificate is for another name");
    }
  }
});

Deno.test("openConnection: an unknown authority is refused", async () => {
  await using server = echoServer(tlsListener());
  const error = await assertRejects(
    () => openConnection(optionsFor(server.addr, { serverName: "server.test" })),
    InferenceError,
  );
  assertStringIncludes(error.message, "not signed by a trusted authority");
});

Deno.test("openConnection: material that only looks like PEM is refused", async () => {
  await using server = echoServer(tlsListener());
  const broken = (text: string) => text.replace(/\n[^-]{20}/, "\n!!!!!!!!!!!!!!!!!!!!");
  for (const tls of [{ ca: broken(ca) }, { ca, ...client, cert: broken(client.cert) }]) {
    const error = await assertRejects(
      () => openConnection(optionsFor(server.addr, tls)),
      InferenceError,
    );
    assertEquals(error.code, "CONNECTION");
    assertStringIncludes(error.message, "Cannot connect to 127.0.0.1:");
  }
});

Deno.test("openConnection: without a server name the address has to be in the certificate", async () => {
  const own = await makeCertificates(["127.0.0.1"]);
  await using server = echoServer(
    Deno.listenTls({ hostname: "127.0.0.1", port: 0, ...own.server }),
  );
  await assertEcho(optionsFor(server.addr, { ca: own.ca }));
  await assertEcho(optionsFor(server.addr, { ca: own.ca, ...own.client }));
});

Deno.test("openConnection: the client certificate reaches a server that asks for it", async () => {
  const server = createServer({
    ...certificates.server,
    ca,
    requestCert: true,
    rejectUnauthorized: true,
  }, (socket) => socket.end(String(socket.getPeerCertificate().subject.CN)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const conn = await openConnection(
    optionsFor({ port } as Deno.NetAddr, { ca, ...client, serverName: "server.test" }),
  );
  const buffer = new Uint8Array(100);
  const n = await conn.read(buffer);
  assertEquals(new TextDecoder().decode(buffer.subarray(0, n ?? 0)), "trtis test client");
  conn.close();
  await new Promise((resolve) => server.close(resolve));
});

Deno.test("openConnection: TLS to a plain server says so", async () => {
  await using server = echoServer(Deno.listen({ hostname: "127.0.0.1", port: 0 }));
  const error = await assertRejects(
    () => openConnection(optionsFor(server.addr, { ca })),
    InferenceError,
  );
  assertStringIncludes(error.describe(), "the server does not speak TLS");
});

Deno.test("openConnection: a refused connection names the address and says what to try", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  for (const tls of [undefined, { ca }, { ca, ...client }]) {
    const error = await assertRejects(
      () => openConnection(optionsFor(listener.addr, tls)),
      InferenceError,
    );
    assertEquals(
      error.message,
      `Cannot connect to 127.0.0.1:${port}: connection refused`,
    );
    assertEquals(error.address, `127.0.0.1:${port}`);
    assertStringIncludes(error.hint ?? "", "check the host and the port");
  }
});

Deno.test("openConnection: an unknown host is named", async () => {
  const error = await assertRejects(
    () => openConnection({ address: { host: "no host", port: 1, tls: false, basePath: "" } }),
    InferenceError,
  );
  assertEquals(error.message, "Cannot connect to no host:1: no such host");
});

Deno.test("openConnection: a handshake that nobody answers runs into the connect timeout", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  for (const tls of [{ ca }, { ca, ...client }]) {
    const accepted = listener.accept();
    const error = await assertRejects(
      () => openConnection(optionsFor(listener.addr, tls, 50)),
      InferenceError,
    );
    assertEquals(error.code, "CONNECTION");
    assertStringIncludes(error.message, "no answer within 50 ms");
    (await accepted).close();
  }
  listener.close();
});

Deno.test("openConnection: the signal ends the attempt, before and during it", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const options = optionsFor(listener.addr, { ca });
  const before = await assertRejects(
    () => openConnection(options, undefined, AbortSignal.abort()),
    InferenceError,
  );
  assertEquals(before.code, "CANCELLED");
  const controller = new AbortController();
  const accepted = listener.accept();
  const attempt = openConnection(options, undefined, controller.signal);
  const conn = await accepted;
  controller.abort(new InferenceError("TIMEOUT", "mine"));
  const during = await assertRejects(() => attempt, InferenceError);
  assertEquals(during.message, "mine");
  conn.close();
  listener.close();
});

Deno.test("checkTlsOptions: PEM only, and certificate and key go together", () => {
  checkTlsOptions(undefined);
  checkTlsOptions({});
  checkTlsOptions({ ca, ...client, serverName: "x" });
  const rows: [TlsOptions, string][] = [
    [{ cert: client.cert }, "the client key is missing"],
    [{ key: client.key }, "the client certificate is missing"],
    [{ ca: "" }, "the certificate authority is not PEM"],
    [{ cert: client.key, key: client.key }, "the client certificate is not PEM"],
    [{ cert: client.cert, key: client.cert }, "the client key is not PEM"],
  ];
  for (const [tls, says] of rows) {
    const error = assertThrows(() => checkTlsOptions(tls), InferenceError, says);
    assertEquals(error.code, "INVALID_ARG");
  }
});
