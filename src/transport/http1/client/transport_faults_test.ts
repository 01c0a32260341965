import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { formatAddress } from "../../../base/address.ts";
import { InferenceError } from "../../../base/errors.ts";
import { makeCertificates } from "../../../../tests/certs.ts";
import { type Peer, serveTcp, type TcpServer } from "../../../../tests/tcp_server.ts";
import type { HttpRequest, HttpTransport } from "../../types.ts";
import { createHttp1Transport } from "./transport.ts";
import type { Http1Options } from "./options.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const GET: HttpRequest = { method: "GET", path: "/", headers: [] };
const POST: HttpRequest = { method: "POST", path: "/", headers: [], body: [encode("x")] };
const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

async function withTransport(
  server: Pick<TcpServer, "address">,
  body: (transport: HttpTransport) => Promise<void>,
  options: Partial<Http1Options> = {},
): Promise<void> {
  const transport = createHttp1Transport({ address: server.address, ...options });
  try {
    await body(transport);
  } finally {
    transport.close();
  }
}

const failed = (promise: Promise<unknown>) => assertRejects(() => promise, InferenceError);

/** Answers the first request of every connection with these bytes, then closes it. */
function answering(bytes: string | Uint8Array): TcpServer {
  return serveTcp(async (peer) => {
    await peer.request();
    await peer.send(bytes);
  });
}

/** Resolves when the event loop has seen what the other side did before. */
async function untilStale(closed: Promise<void>): Promise<void> {
  await closed;
  // A round trip of its own: what was sent on the other connection before has arrived by now.
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  for (let i = 0; i < 3; i++) {
    const [ours, theirs] = await Promise.all([
      Deno.connect({ hostname: "127.0.0.1", port }),
      listener.accept(),
    ]);
    theirs.close();
    await ours.read(new Uint8Array(1));
    ours.close();
  }
  listener.close();
}

Deno.test("answers cut short", async () => {
  const rows: [string, string][] = [
    ["", "broke before an answer came"],
    ["HTTP/1.1 200 OK\r\nConte", "broke in the middle of the answer's head, after 22 bytes"],
    ["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n123", "middle of the answer: 3 of 9 bytes came"],
    [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n123",
      "in the middle of the answer: 3 bytes of its body came",
    ],
    [
      `HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n${"x".repeat(200_000)}`,
      "in the middle of the answer: 200000 of 900000 bytes came",
    ],
  ];
  for (const [bytes, says] of rows) {
    await using server = answering(bytes);
    await withTransport(server, async (transport) => {
      const error = await failed(transport.request(POST));
      assertEquals(error.code, "CONNECTION");
      assertStringIncludes(error.message, `The connection to ${formatAddress(server.address)}`);
      assertStringIncludes(error.message, says);
      assertEquals(error.address, formatAddress(server.address));
    });
    assertEquals(server.connections, 1);
  }
});

Deno.test("answers that are none", async () => {
  const rows: [string, string][] = [
    ["\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64", "looks like the gRPC port"],
    ["220 mail.example ESMTP\r\n", 'is not an HTTP server: it sent "220 mail.example ESMTP\\r\\n"'],
    ["HTTP/1.1 200 OK\r\nbroken\r\n\r\n", 'a header line is "broken"'],
    ["HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "at most 2147483648 bytes"],
  ];
  for (const [bytes, says] of rows) {
    await using server = answering(bytes);
    await withTransport(server, async (transport) => {
      const error = await failed(transport.request(POST));
      assertEquals(error.code, "PROTOCOL");
      assertStringIncludes(error.describe(), says);
    });
  }
});

Deno.test("a gRPC server that speaks first", async () => {
  await using server = serveTcp(async (peer) => {
    await peer.send("\0\0\x06\x04\0\0\0\0\0\0\x03\0\0\0\x64");
    await peer.closed();
  });
  await withTransport(server, async (transport) => {
    assertStringIncludes((await failed(transport.request(GET))).describe(), "gRPC port");
  });
});

Deno.test("a closed port, and a host that is none", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const address = { host: "127.0.0.1", port, tls: false, basePath: "" };
  await withTransport({ address }, async (transport) => {
    for (let i = 0; i < 2; i++) {
      const error = await failed(transport.request(GET));
      assertEquals(error.code, "CONNECTION");
      assertEquals(error.message, `Cannot connect to 127.0.0.1:${port}: connection refused`);
      assertStringIncludes(error.hint ?? "", "port");
    }
  }, { maxConnections: 1 });
  await withTransport({ address: { ...address, host: "no host" } }, async (transport) => {
    assertStringIncludes((await failed(transport.request(GET))).message, "no such host");
  });
});

Deno.test("a server that asks for a client certificate, after the handshake", async () => {
  const tls = await makeCertificates(["server.test"]);
  const { createServer } = await import("node:tls");
  const server = createServer({
    ...tls.server,
    ca: tls.ca,
    requestCert: true,
    rejectUnauthorized: true,
  });
  server.on("tlsClientError", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const address = { host: "127.0.0.1", port, tls: true, basePath: "" };
  await withTransport({ address }, async (transport) => {
    const error = await failed(transport.request(GET));
    assertEquals(error.code, "CONNECTION");
    assertStringIncludes(error.describe(), "client certificate");
  }, { tls: { ca: tls.ca, serverName: "server.test" } });
  await new Promise((resolve) => server.close(resolve));
});

Deno.test("TIMEOUT: while connecting, sending, waiting, and in the middle of the answer", async () => {
  const scripts: ((peer: Peer) => Promise<void>)[] = [
    (peer) => peer.closed(),
    async (peer) => {
      await peer.send("HTTP/1.1 200 OK\r\nContent-Len");
      await peer.closed();
    },
    async (peer) => {
      await peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nsome");
      await peer.closed();
    },
  ];
  for (const script of scripts) {
    await using server = serveTcp(async (peer) => {
      await peer.request();
      await script(peer);
    });
    await withTransport(server, async (transport) => {
      const error = await failed(transport.request(POST, { timeoutMs: 40 }));
      assertEquals(error.code, "TIMEOUT");
      assertEquals(error.message, `No answer from ${formatAddress(server.address)} within 40 ms`);
    });
  }
  // Nobody reads: the request is too large to disappear in the sockets' buffers.
  const release = Promise.withResolvers<void>();
  await using server = serveTcp(async () => await release.promise);
  await withTransport(server, async (transport) => {
    const body = [new Uint8Array(64 << 20)];
    const error = await failed(transport.request({ ...POST, body }, { timeoutMs: 60 }));
    assertEquals(error.code, "TIMEOUT");
  });
  // A TLS handshake that nobody answers.
  await withTransport(server, async (transport) => {
    assertEquals((await failed(transport.request(POST, { timeoutMs: 40 }))).code, "TIMEOUT");
  }, { tls: {} });
  release.resolve();
});

Deno.test("TIMEOUT while waiting for a connection; the others go on", async () => {
  const release = Promise.withResolvers<void>();
  await using server = serveTcp(async (peer) => {
    while (await peer.request() !== undefined) {
      await release.promise;
      await peer.send(OK);
    }
  });
  await withTransport(server, async (transport) => {
    const first = transport.request(GET);
    const second = failed(transport.request(GET, { timeoutMs: 30 }));
    const third = transport.request(GET, { timeoutMs: 10_000 });
    assertEquals((await second).code, "TIMEOUT");
    release.resolve();
    assertEquals([(await first).status, (await third).status], [200, 200]);
  }, { maxConnections: 1 });
  assertEquals(server.connections, 1);
});

Deno.test("the connect timeout is a CONNECTION error", async () => {
  // Deno keeps the socket of a TLS handshake that was given up until the server closes it.
  const release = Promise.withResolvers<void>();
  await using server = serveTcp(async () => await release.promise);
  await withTransport(server, async (transport) => {
    const error = await failed(transport.request(GET));
    assertEquals(error.code, "CONNECTION");
    assertStringIncludes(error.message, "no answer within 40 ms");
  }, { tls: {}, connectTimeoutMs: 40 });
  release.resolve();
});

Deno.test("CANCELLED: before, during and not after", async () => {
  const arrived = Promise.withResolvers<void>();
  await using server = serveTcp(async (peer) => {
    for (let request; (request = await peer.request()) !== undefined;) {
      if (request.head.startsWith("GET /hang ")) arrived.resolve();
      else await peer.send(OK);
    }
  });
  await withTransport(server, async (transport) => {
    const aborted = await failed(transport.request(GET, { signal: AbortSignal.abort("why") }));
    assertEquals([aborted.code, aborted.cause], ["CANCELLED", "why"]);
    assertEquals(server.connections, 0);

    const controller = new AbortController();
    const { signal } = controller;
    assertEquals((await transport.request(GET, { signal })).status, 200);
    const call = failed(transport.request({ ...GET, path: "/hang" }, { signal, timeoutMs: 9999 }));
    await arrived.promise;
    controller.abort();
    assertEquals((await call).code, "CANCELLED");
    assertEquals((await transport.request(GET)).status, 200);
    assertEquals(server.connections, 2);

    const late = new AbortController();
    assertEquals((await transport.request(GET, { signal: late.signal })).status, 200);
    late.abort();
    assertEquals((await transport.request(GET)).status, 200);
    assertEquals(server.connections, 2);
  });
});

Deno.test("close() fails what is under way, waiting and to come", async () => {
  const arrived = Promise.withResolvers<void>();
  await using server = serveTcp(async (peer) => {
    await peer.anything();
    arrived.resolve();
    await peer.closed();
  });
  await withTransport(server, async (transport) => {
    const calls = [1, 2, 3].map(() => failed(transport.request(GET)));
    await arrived.promise;
    transport.close();
    transport.close();
    for (const error of [...await Promise.all(calls), await failed(transport.request(GET))]) {
      assertEquals(error.code, "CLOSED");
      assertStringIncludes(error.message, "was closed by this program");
    }
  }, { maxConnections: 1 });
  // While the connection is being made.
  await withTransport(server, async (transport) => {
    const call = failed(transport.request(GET));
    transport.close();
    assertStringIncludes((await call).message, "was closed by this program");
  });
});

Deno.test("a kept connection that the server closes is seen before it is used", async () => {
  let closed = Promise.withResolvers<void>();
  await using server = serveTcp(async (peer) => {
    await peer.request();
    await peer.send(OK);
    peer.conn.closeWrite().catch(() => {});
    closed.resolve();
    await peer.closed();
  });
  await withTransport(server, async (transport) => {
    for (let i = 0; i < 5; i++) {
      assertEquals(decode((await transport.request(POST)).body), "ok");
      await untilStale(closed.promise);
      closed = Promise.withResolvers();
    }
  }, { maxConnections: 1 });
  assertEquals(server.connections, 5);
});

Deno.test("bytes that nobody asked for make a kept connection useless", async () => {
  const junk = Promise.withResolvers<void>();
  await using server = serveTcp(async (peer) => {
    await peer.request();
    if (peer.index === 0) await peer.send(`${OK}junk`);
    else await peer.send(OK);
    if (peer.index === 1) {
      await peer.send("late junk");
      junk.resolve();
    }
    await peer.closed();
  });
  await withTransport(server, async (transport) => {
    assertEquals(decode((await transport.request(POST)).body), "ok");
    assertEquals(decode((await transport.request(POST)).body), "ok");
    await untilStale(junk.promise);
    assertEquals(decode((await transport.request(POST)).body), "ok");
  });
  assertEquals(server.connections, 3);
});

Deno.test({
  name: "an unasked answer that came while the caller was busy is nobody's",
  // Wine brings the bytes later than they were sent.
  ignore: Deno.build.os === "windows",
  fn: unaskedAnswers,
});

async function unaskedAnswers(): Promise<void> {
  const peers: Peer[] = [];
  await using server = serveTcp(async (peer) => {
    peers.push(peer);
    while (await peer.request()) await peer.send(OK);
  });
  await withTransport(server, async (transport) => {
    for (let i = 1; i <= 5; i++) {
      assertEquals(decode((await transport.request(POST)).body), "ok");
      void peers.at(-1)!.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nbad");
      // Long enough for the bytes to be on their way, which another thread sees to.
      for (const until = performance.now() + 200; performance.now() < until;);
      assertEquals(decode((await transport.request(POST)).body), "ok");
      assertEquals(server.connections, i + 1);
    }
  });
}

/** The first connection serves one request and is closed when the second comes. */
function closingOnSecond(): TcpServer {
  return serveTcp(async (peer) => {
    await peer.request();
    await peer.send(OK);
    if (peer.index === 0) await peer.anything();
    else await peer.closed();
  });
}

Deno.test("a kept connection that breaks under a request: GET is sent again, POST is not", async () => {
  {
    await using server = closingOnSecond();
    await withTransport(server, async (transport) => {
      await transport.request(GET);
      assertEquals(decode((await transport.request(GET)).body), "ok");
    });
    assertEquals(server.connections, 2);
  }
  await using server = closingOnSecond();
  await withTransport(server, async (transport) => {
    await transport.request(POST);
    const error = await failed(transport.request(POST));
    assertEquals(error.code, "CONNECTION");
    assertStringIncludes(error.message, "before an answer came");
    assertEquals(decode((await transport.request(POST)).body), "ok");
  });
  assertEquals(server.connections, 2);
});

Deno.test("a request is sent again once, and not on a new connection that breaks", async () => {
  await using server = serveTcp(async (peer) => {
    await peer.request();
    if (peer.index > 0) return;
    await peer.send(OK);
    await peer.anything();
  });
  await withTransport(server, async (transport) => {
    await transport.request(GET);
    assertEquals((await failed(transport.request(GET))).code, "CONNECTION");
    assertEquals(server.connections, 2);
    await failed(transport.request(GET));
    assertEquals(server.connections, 3);
  });
});

Deno.test("an answer that came in part is never asked for again", async () => {
  await using server = serveTcp(async (peer) => {
    await peer.request();
    await peer.send(OK);
    await peer.request();
    await peer.send("HTTP/1.1 200");
  });
  await withTransport(server, async (transport) => {
    await transport.request(GET);
    assertStringIncludes((await failed(transport.request(GET))).message, "after 12 bytes");
  });
  assertEquals(server.connections, 1);
});

Deno.test("an answer before the whole request was read", async () => {
  await using server = serveTcp(async (peer) => {
    await peer.anything();
    await peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 5\r\n\r\nstop!");
    await peer.closed();
  });
  await withTransport(server, async (transport) => {
    for (let i = 1; i <= 2; i++) {
      const body = [new Uint8Array(32 << 20)];
      const answer = await transport.request({ ...POST, body });
      assertEquals([answer.status, decode(answer.body)], [400, "stop!"]);
      assertEquals(server.connections, i);
    }
  });
});

Deno.test("a server that closes while a large request is sent", async () => {
  await using server = serveTcp(async (peer) => await peer.anything());
  await withTransport(server, async (transport) => {
    const body = [new Uint8Array(32 << 20)];
    const error = await failed(transport.request({ ...POST, body }));
    assertEquals(error.code, "CONNECTION");
    assertEquals(server.connections, 1);
  });
});

Deno.test("a body that can't be written fails the call instead of hanging", async () => {
  await using server = serveTcp((peer) => peer.closed());
  await withTransport(server, async (transport) => {
    const bytes = new Uint8Array(100_000);
    const call = transport.request({ ...POST, body: [new Uint8Array(100_000), bytes] });
    bytes.buffer.transfer();
    const error = await failed(call);
    assertEquals(error.code, "CONNECTION");
  });
});

Deno.test("slow answers, HTTP/1.0, interim answers and trailers", async () => {
  const rows: [string, string][] = [
    ["HTTP/1.0 200 OK\r\n\r\nold", "old"],
    ["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nnew", "new"],
    [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x\r\nwith\r\n0\r\nDigest: x\r\n\r\n",
      "with",
    ],
  ];
  for (const [bytes, body] of rows) {
    await using server = serveTcp(async (peer) => {
      await peer.request();
      for (const char of bytes) await peer.send(char);
    });
    await withTransport(server, async (transport) => {
      const answer = await transport.request(POST);
      assertEquals(decode(answer.body), body);
      assert(answer.times.receiveStart <= answer.times.receiveEnd);
    });
  }
});

Deno.test("interim answers without end are no answer", async () => {
  await using server = serveTcp(async (peer) => {
    await peer.request();
    for (let i = 0; i < 200; i++) await peer.send("HTTP/1.1 100 Continue\r\n\r\n");
    await peer.closed();
  });
  await withTransport(server, async (transport) => {
    const error = await assertRejects(() => transport.request(POST), InferenceError, "1xx");
    assertEquals(error.code, "PROTOCOL");
  });
});

Deno.test("an idle connection keeps no process alive", async () => {
  await using server = serveTcp(async (peer) => {
    await peer.request();
    await peer.send(OK);
    await peer.closed();
  });
  const module = new URL("./transport.ts", import.meta.url).href;
  const code = `import { createHttp1Transport } from ${JSON.stringify(module)};
    const transport = createHttp1Transport({ address: ${JSON.stringify(server.address)} });
    const answer = await transport.request({ method: "GET", path: "/", headers: [] });
    console.log(answer.status);`;
  const { success, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-check",
      "--quiet",
      "--allow-net",
      `data:application/typescript,${encodeURIComponent(code)}`,
    ],
    stdin: "null",
    stderr: "inherit",
  }).output();
  assertEquals([success, decode(stdout)], [true, "200\n"]);
});
