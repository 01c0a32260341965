import { assert, assertEquals, assertMatch } from "@std/assert";
import type { ServerLimits } from "../limits.ts";
import type { Listener } from "../listening.ts";
import { listenHttp } from "./listener.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);
const GET = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";

async function served(
  limits: Partial<ServerLimits>,
  body: (listener: Listener) => Promise<void>,
): Promise<void> {
  const answer = bytesOf("x".repeat(20_000_000));
  const handle = ({ path, body }: { path: string; body: Uint8Array }) => ({
    status: 200,
    body: [path === "/large" ? answer : bytesOf(`${body.length}`)],
  });
  const route = { prefix: "/", handle };
  const listener = listenHttp([route], { host: "127.0.0.1", port: 0, limits });
  try {
    await body(listener);
  } finally {
    await listener.close(1000);
  }
}

function connect({ address }: Listener): Promise<Deno.TcpConn> {
  return Deno.connect({ hostname: "127.0.0.1", port: Number(address.split(":")[1]) });
}

/** Everything that comes until the server ends the connection. */
async function rest(conn: Deno.Conn): Promise<string> {
  let said = "";
  const buffer = new Uint8Array(65_536);
  for (let count; (count = await conn.read(buffer).catch(() => null)) !== null;) {
    said += new TextDecoder().decode(buffer.subarray(0, count));
  }
  return said;
}

/** Resolves when the server has ended the connection, without reading what it says. */
async function untilReset(conn: Deno.Conn): Promise<void> {
  for (;;) {
    try {
      await conn.write(bytesOf("x"));
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

Deno.test("http limits: a client that takes its time is left", async () => {
  await served({ requestTimeoutMs: 60, idleTimeoutMs: 60 }, async (listener) => {
    const rows = [
      "",
      "GET /",
      `${GET}`,
      "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nab",
    ];
    await Promise.all(rows.map(async (sent) => {
      using conn = await connect(listener);
      await conn.write(bytesOf(sent));
      const said = await rest(conn);
      assertMatch(said, sent === GET ? /^HTTP\/1.1 200 / : /^$/);
    }));
  });
});

Deno.test("http limits: a head that comes an octet at a time has its time as a whole", async () => {
  await served({ requestTimeoutMs: 80 }, async (listener) => {
    using conn = await connect(listener);
    conn.setNoDelay(true);
    await conn.write(bytesOf("GET / HTTP/1.1\r\nHost: "));
    await untilReset(conn);
  });
});

Deno.test("http limits: a client that doesn't read its answer is left", async () => {
  await served({ requestTimeoutMs: 60 }, async (listener) => {
    using conn = await connect(listener);
    await conn.write(bytesOf("GET /large HTTP/1.1\r\nHost: h\r\n\r\n"));
    await untilReset(conn);
  });
});

Deno.test("http limits: connections beyond the limit are closed, others take their place", async () => {
  await served({ maxConnections: 2 }, async (listener) => {
    const first = await Promise.all([connect(listener), connect(listener)]);
    for (const conn of first) {
      await conn.write(bytesOf(GET));
      assert(await conn.read(new Uint8Array(1000)));
    }
    using third = await connect(listener);
    assertEquals(await rest(third), "");
    for (const conn of first) conn.close();
    for (let said = ""; said === "";) {
      using next = await connect(listener);
      await next.write(bytesOf("GET / HTTP/1.0\r\n\r\n")).catch(() => {});
      said = await rest(next);
    }
  });
});

Deno.test("http limits: a body beyond the limit is refused before it comes", async () => {
  await served({ maxBodyBytes: 1000 }, async (listener) => {
    const head = (line: string) =>
      `POST / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n${line}\r\n\r\n`;
    const rows: [string, RegExp][] = [
      [`${head("Content-Length: 1000")}${"x".repeat(1000)}`, /200 OK[^]*\r\n\r\n1000$/],
      [head("Content-Length: 1001"), /^HTTP\/1.1 413 /],
      [head("Expect: 100-continue\r\nContent-Length: 1001"), /^HTTP\/1.1 413 /],
      [`${head("Transfer-Encoding: chunked")}3e9\r\n${"x".repeat(1001)}\r\n`, /^HTTP\/1.1 413 /],
    ];
    for (const [sent, says] of rows) {
      using conn = await connect(listener);
      await conn.write(bytesOf(sent));
      assertMatch(await rest(conn), says);
    }
  });
});
