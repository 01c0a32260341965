import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { listenHttp } from "./listener.ts";
import type { Listener } from "../listening.ts";
import type { HttpServerRequest, HttpServerResponse } from "./message.ts";

const latin1 = new TextDecoder("latin1");
const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** Answers with the method, the path and the length of the body. */
function echo({ method, path, body }: HttpServerRequest): HttpServerResponse {
  if (path === "/throw") throw new Error("broken handler");
  if (path === "/refuse") return { status: 405 };
  if (path === "/body") return { status: 200, body: [body.subarray(0, 1), body.subarray(1)] };
  return {
    status: 200,
    headers: [["X", "y"]],
    body: [bytesOf(`${method} ${path} ${body.length}`)],
  };
}

async function served(
  body: (listener: Listener, log: string[]) => Promise<void>,
  handle = echo as (request: HttpServerRequest) => HttpServerResponse | Promise<HttpServerResponse>,
): Promise<void> {
  const log: string[] = [];
  const listener = listenHttp([{ prefix: "/", handle }], {
    host: "127.0.0.1",
    port: 0,
    log: (line) => log.push(line),
  });
  try {
    await body(listener, log);
  } finally {
    await listener.close(1000);
  }
}

function connect({ address }: Listener): Promise<Deno.TcpConn> {
  return Deno.connect({ hostname: "127.0.0.1", port: Number(address.split(":")[1]) });
}

/** Sends text in pieces of at most `size` bytes and returns everything that comes until the end. */
async function talk(listener: Listener, text: string, size = Infinity): Promise<string> {
  using conn = await connect(listener);
  conn.setNoDelay(true);
  const bytes = bytesOf(text);
  for (let at = 0; at < bytes.length;) {
    at += await conn.write(bytes.subarray(at, at + Math.min(size, bytes.length)));
  }
  return await rest(conn);
}

async function rest(conn: Deno.Conn): Promise<string> {
  let said = "";
  const buffer = new Uint8Array(65_536);
  for (let n = await conn.read(buffer); n !== null; n = await conn.read(buffer)) {
    said += latin1.decode(buffer.subarray(0, n));
  }
  return said;
}

const LAST = "Connection: close\r\n\r\n";

Deno.test("http server: the head of an answer as r19.07's library orders it", async () => {
  await served(async (listener) => {
    assertEquals(
      await talk(listener, `GET /a?b HTTP/1.1\r\nHost: h\r\n${LAST}`),
      "HTTP/1.1 200 OK\r\nX: y\r\nContent-Length: 8\r\nContent-Type: text/plain\r\n" +
        "Connection: close\r\n\r\nGET /a 0",
    );
    assertEquals(
      await talk(listener, `HEAD /refuse HTTP/1.1\r\nHost: h\r\n${LAST}`),
      "HTTP/1.1 405 Not Allowed\r\nContent-Length: 0\r\nContent-Type: text/plain\r\n" +
        "Connection: close\r\n\r\n",
    );
    assert((await talk(listener, `HEAD /a HTTP/1.1\r\nHost: h\r\n${LAST}`)).endsWith("\r\n\r\n"));
  });
});

Deno.test("http server: request after request, in one piece and byte by byte", async () => {
  const requests = "POST /1 HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc" +
    "POST /2 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nab\r\n3\r\ncde\r\n0\r\nA: b\r\n\r\n" +
    "\r\nGET /3 HTTP/1.1\r\nHost: h\r\n\r\n" +
    `DELETE /4 HTTP/1.1\r\nHost: h\r\n${LAST}`;
  await served(async (listener) => {
    for (const size of [Infinity, 1, 7]) {
      const said = await talk(listener, requests, size);
      const bodies = [...said.matchAll(/\r\n\r\n([A-Z]+ \/\d \d)/g)].map(([, body]) => body);
      assertEquals(bodies, ["POST /1 3", "POST /2 5", "GET /3 0", "DELETE /4 0"]);
    }
  });
});

Deno.test("http server: large bodies, sized and chunked, come back whole", async () => {
  const body = "0123456789abcdef".repeat(40_000);
  await served(async (listener) => {
    const head = `POST /body HTTP/1.1\r\nHost: h\r\nConnection: close\r\n`;
    for (
      const request of [
        `${head}Content-Length: ${body.length}\r\n\r\n${body}`,
        `${head}Transfer-Encoding: chunked\r\n\r\n${
          body.length.toString(16)
        }\r\n${body}\r\n0\r\n\r\n`,
      ]
    ) {
      const said = await talk(listener, request);
      assertEquals(said.slice(said.indexOf("\r\n\r\n") + 4) === body, true);
    }
  });
});

Deno.test("http server: 100 Continue comes before the body is sent", async () => {
  await served(async (listener) => {
    using conn = await connect(listener);
    await conn.write(
      bytesOf(
        "POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n" + LAST,
      ),
    );
    const buffer = new Uint8Array(100);
    const count = await conn.read(buffer);
    assertEquals(latin1.decode(buffer.subarray(0, count!)), "HTTP/1.1 100 Continue\r\n\r\n");
    await conn.write(bytesOf("hi"));
    assert((await rest(conn)).endsWith("POST /a 2"));
  });
});

Deno.test("http server: HTTP/1.0 ends after an answer, unless it is asked not to", async () => {
  await served(async (listener) => {
    assertStringIncludes(await talk(listener, "GET /a HTTP/1.0\r\n\r\n"), "Connection: close\r\n");
    const said = await talk(
      listener,
      "GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /b HTTP/1.0\r\n\r\n",
    );
    assertMatch(said, /Connection: keep-alive\r\n\r\nGET \/a 0HTTP[^]*Connection: close[^]*\/b 0$/);
  });
});

Deno.test("http server: what is no request is refused, logged, and ends the connection", async () => {
  const rows: [string, number][] = [
    ["\x16\x03\x01\x02\x00\r\n\r\n", 400],
    ["PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505],
    ["GET / HTTP/1.1\r\nHost: h\r\nbad line\r\n\r\n", 400],
    [`GET / HTTP/1.1\r\nHost: h\r\nA: ${"x".repeat(70_000)}\r\n\r\n`, 431],
    ["POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000000\r\n\r\nabc", 413],
    ["POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400],
  ];
  await served(async (listener, log) => {
    for (const [request, status] of rows) {
      const said = await talk(listener, request);
      assertMatch(said, new RegExp(`^HTTP/1.1 ${status} [^]*Connection: close\r\n\r\n$`));
      assertStringIncludes(log.at(-1)!, `HTTP refused with ${status}`);
    }
    // None of it harms the others.
    assertStringIncludes(await talk(listener, `GET /a HTTP/1.1\r\nHost: h\r\n${LAST}`), "GET /a 0");
  });
});

Deno.test("http server: a handler that throws, and a path that no route has", async () => {
  await served(async (listener, log) => {
    const said = await talk(
      listener,
      `GET /throw HTTP/1.1\r\nHost: h\r\n\r\nGET /a HTTP/1.1\r\nHost: h\r\n${LAST}`,
    );
    assertMatch(said, /^HTTP\/1.1 500 Internal Server Error\r\n[^]*GET \/a 0$/);
    assertStringIncludes(log.join("\n"), "broken handler");
    assertMatch(log.at(-1)!, /^HTTP GET \/a 200 [\d.]+ ms$/);
    assertMatch(
      await talk(listener, `GET * HTTP/1.1\r\nHost: h\r\n${LAST}`),
      /^HTTP\/1.1 400 Bad Request/,
    );
  });
});

Deno.test("http server: clients that leave in the middle leave nothing behind", async () => {
  await served(async (listener) => {
    for (
      const part of [
        "",
        "GET",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab",
        "GET / HTTP/1.1\r\n",
      ]
    ) {
      const conn = await connect(listener);
      await conn.write(bytesOf(part));
      conn.close();
    }
    assertStringIncludes(await talk(listener, `GET /a HTTP/1.1\r\nHost: h\r\n${LAST}`), "GET /a 0");
  });
});

Deno.test("http server: random bytes are refused or read, and never hang", async () => {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0];
  let state = seed! | 1;
  const random = () => (state = Math.imul(state, 1664525) + 1013904223 | 0) >>> 8;
  await served(async (listener) => {
    for (let i = 0; i < 40; i++) {
      const bytes = Uint8Array.from({ length: 1 + random() % 200 }, () => random() & 255);
      using conn = await connect(listener);
      await conn.write(bytes);
      await conn.closeWrite();
      const said = await rest(conn).catch(() => "");
      assert(said === "" || said.startsWith("HTTP/1.1 "), `seed ${seed}: ${said.slice(0, 40)}`);
    }
    assertStringIncludes(await talk(listener, `GET /a HTTP/1.1\r\nHost: h\r\n${LAST}`), "GET /a 0");
  });
});

Deno.test("what can't be a request is answered at once, not waited for", async () => {
  await served(async (listener) => {
    // The beginning of a TLS handshake; it has no end of a line.
    assertMatch(await talk(listener, "\x16\x03\x01\x02\x00\x01\x00"), /^HTTP\/1\.1 400 /);
  });
});
