import { assert, assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import { InferenceError } from "../../../base/errors.ts";
import { makeCertificates } from "../../../../tests/certs.ts";
import { serveTcp, type TcpServer } from "../../../../tests/tcp_server.ts";
import type { Header, HttpRequest, HttpTransport } from "../../types.ts";
import { createHttp1Transport } from "./transport.ts";
import type { Http1Options } from "./options.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const get = (path = "/"): HttpRequest => ({ method: "GET", path, headers: [] });
const post = (body: Uint8Array[], headers: Header[] = []): HttpRequest => ({
  method: "POST",
  path: "/echo",
  headers,
  body,
});

/** Runs `body` with a transport to the server, and closes it. */
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

/** Answers every request with its own body. */
function echoServer(listener?: Deno.Listener): TcpServer {
  return serveTcp(async (peer) => {
    for (let request; (request = await peer.request()) !== undefined;) {
      await peer.send(`HTTP/1.1 200 OK\r\nContent-Length: ${request.body.length}\r\n\r\n`);
      await peer.send(request.body);
    }
  }, listener);
}

/** Deno's own HTTP server. */
function denoServer(handler: Deno.ServeHandler) {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, handler);
  return {
    address: { host: "127.0.0.1", port: server.addr.port, tls: false, basePath: "" },
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

function pattern(length: number): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let i = 0; i < words.length; i++) words[i] = Math.imul(i + 1, 2654435761);
  return new Uint8Array(words.buffer, 0, length);
}

function assertSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (actual[i] !== expected[i]) throw new Error(`bytes differ from offset ${i}`);
  }
}

Deno.test("requests and answers as they go over the wire", async () => {
  const seen: string[] = [];
  await using server = serveTcp(async (peer) => {
    for (let request; (request = await peer.request()) !== undefined;) {
      seen.push(request.head + "|" + decode(request.body));
      await peer.send("HTTP/1.1 200 Fine\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 2\r\n\r\nhi");
    }
  });
  await withTransport(server, async (transport) => {
    const answer = await transport.request(
      post([encode("ab"), encode("c")], [["NV-InferRequest", "batch_size: 1"]]),
    );
    assertEquals([answer.status, answer.statusText, decode(answer.body)], [200, "Fine", "hi"]);
    assertEquals([answer.header("x-a"), answer.header("x-b")], ["1, 2", undefined]);
    const { sendStart, sendEnd, receiveStart, receiveEnd } = answer.times;
    assert(0 < sendStart && sendStart <= sendEnd);
    assert(sendEnd <= receiveStart && receiveStart <= receiveEnd);
    assertLessOrEqual(receiveEnd, performance.now());
    await transport.request(get("/api/status?format=binary"));
  });
  const host = `Host: 127.0.0.1:${server.address.port}`;
  assertEquals(seen, [
    `POST /echo HTTP/1.1\r\n${host}\r\nNV-InferRequest: batch_size: 1\r\nContent-Length: 3|abc`,
    `GET /api/status?format=binary HTTP/1.1\r\n${host}|`,
  ]);
});

Deno.test("one connection serves call after call", async () => {
  await using server = echoServer();
  await withTransport(server, async (transport) => {
    const headers: Header[] = [["A", "b"]];
    for (let i = 0; i < 300; i++) {
      const body = [encode(`request ${i}`)];
      assertEquals(decode((await transport.request(post(body, headers))).body), `request ${i}`);
    }
  });
  assertEquals(server.connections, 1);
});

Deno.test("bodies of every size, in one and in many pieces", async () => {
  await using server = echoServer();
  await withTransport(server, async (transport) => {
    for (const size of [0, 1, 1000, 65_000, 65_536, 70_000, 1 << 20, 8 << 20]) {
      const whole = pattern(size);
      assertSameBytes((await transport.request(post([whole]))).body, whole);
      const pieces = [0, 0.1, 0.15, 0.9].map((from, i, all) =>
        whole.subarray(size * from, size * (all[i + 1] ?? 1))
      );
      assertSameBytes((await transport.request(post(pieces))).body, whole);
    }
  });
  assertEquals(server.connections, 1);
});

Deno.test("Deno.serve: sized and streamed answers, statuses, large bodies", async () => {
  await using server = denoServer(async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/missing") return new Response("no such model", { status: 404 });
    if (pathname === "/nothing") return new Response(null, { status: 204 });
    const bytes = await request.bytes();
    if (pathname === "/echo") return new Response(bytes, { headers: { "x-kind": "echo" } });
    const pieces = [bytes.subarray(0, 10), bytes.subarray(10, 100_000), bytes.subarray(100_000)];
    return new Response(ReadableStream.from(pieces.filter((piece) => piece.length > 0)));
  });
  await withTransport(server, async (transport) => {
    const large = pattern(3 << 20);
    for (const body of [encode("hello"), large]) {
      const sized = await transport.request(post([body]));
      assertEquals(sized.header("x-kind"), "echo");
      assertSameBytes(sized.body, body);
      const streamed = await transport.request({ ...post([body]), path: "/streamed" });
      assertEquals(streamed.header("transfer-encoding"), "chunked");
      assertSameBytes(streamed.body, body);
    }
    const missing = await transport.request(get("/missing"));
    assertEquals([missing.status, decode(missing.body)], [404, "no such model"]);
    const nothing = await transport.request(get("/nothing"));
    assertEquals([nothing.status, nothing.body.length], [204, 0]);
  });
});

Deno.test("64 requests at once, each with its own answer", async () => {
  await using server = echoServer();
  await withTransport(server, async (transport) => {
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 64 }, async (_, i) => {
        const body = encode(`request ${i} `.repeat(i * 20));
        assertSameBytes((await transport.request(post([body]))).body, body);
      }));
    }
  });
  assertEquals(server.connections, 64);
});

Deno.test("maxConnections: the rest waits its turn, in order", async () => {
  let open = 0;
  let most = 0;
  const order: string[] = [];
  await using server = serveTcp(async (peer) => {
    most = Math.max(most, ++open);
    for (let request; (request = await peer.request()) !== undefined;) {
      order.push(decode(request.body));
      await peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }
    open--;
  });
  await withTransport(server, async (transport) => {
    const names = Array.from({ length: 20 }, (_, i) => `request ${i}`);
    await Promise.all(names.map((name) => transport.request(post([encode(name)]))));
    assertEquals(order, names);
  }, { maxConnections: 1 });
  assertEquals(server.connections, 1);
  await withTransport(server, async (transport) => {
    await Promise.all(Array.from({ length: 30 }, () => transport.request(get())));
  }, { maxConnections: 3 });
  assertLessOrEqual(most, 3);
});

Deno.test("maxConnections: a connection that ends makes room for another", async () => {
  await using server = serveTcp(async (peer) => {
    await peer.request();
    await peer.send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  await withTransport(server, async (transport) => {
    await Promise.all(Array.from({ length: 10 }, () => transport.request(get())));
  }, { maxConnections: 2 });
  assertEquals(server.connections, 10);
});

Deno.test("the connection used last is used first", async () => {
  await using server = serveTcp(async (peer) => {
    while (await peer.request() !== undefined) {
      await peer.send(`HTTP/1.1 200 OK\r\nX-Index: ${peer.index}\r\nContent-Length: 0\r\n\r\n`);
    }
  });
  await withTransport(server, async (transport) => {
    await Promise.all([1, 2, 3].map(() => transport.request(get())));
    const first = (await transport.request(get())).header("x-index");
    for (let i = 0; i < 5; i++) {
      assertEquals((await transport.request(get())).header("x-index"), first);
    }
  });
});

Deno.test("TLS: our own authority, client certificate and server name", async () => {
  const tls = await makeCertificates(["server.test"]);
  const listener = Deno.listenTls({ hostname: "127.0.0.1", port: 0, ...tls.server });
  await using server = echoServer(listener);
  for (const material of [{ ca: tls.ca }, { ca: tls.ca, ...tls.client }]) {
    await withTransport(server, async (transport) => {
      for (const size of [10, 100_000, 3 << 20]) {
        const body = pattern(size);
        assertSameBytes((await transport.request(post([body]))).body, body);
      }
    }, { tls: { ...material, serverName: "server.test" } });
  }
  await withTransport(server, async (transport) => {
    const error = await assertRejects(() => transport.request(get()), InferenceError);
    assertEquals(error.code, "CONNECTION");
  }, { tls: { ca: tls.ca, serverName: "other.test" } });
  assertEquals(server.connections, 3);
});

Deno.test("what can't be sent is refused before anything is", async () => {
  await using server = echoServer();
  await withTransport(server, async (transport) => {
    for (
      const request of [
        { ...get(), path: "no slash" },
        { ...get(), headers: [["A", "b\r\nC: d"]] as Header[] },
      ]
    ) {
      const error = await assertRejects(() => transport.request(request), InferenceError);
      assertEquals(error.code, "INVALID_ARG");
    }
  });
  assertEquals(server.connections, 0);
});
