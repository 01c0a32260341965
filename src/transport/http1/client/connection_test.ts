import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InferenceError } from "../../../base/errors.ts";
import type { HttpResponse } from "../../types.ts";
import { Connection, type Failure } from "./connection.ts";

const address = { host: "h", port: 1, tls: false, basePath: "" };
const request = {
  head: new TextEncoder().encode("GET / HTTP/1.1\r\n\r\n"),
  body: [],
  bodyLength: 0,
  idempotent: true,
};

type Step = string | null | Error;

/** A socket whose reads give these steps, one after the other, and then wait until it is closed. */
class FakeConn {
  closed = 0;
  refs: string[] = [];
  #steps: Step[];
  #writeError: Error | undefined;
  #waiting = Promise.withResolvers<never>();

  constructor(steps: Step[], writeError?: Error) {
    this.#steps = steps;
    this.#writeError = writeError;
    this.#waiting.promise.catch(() => {});
  }

  async read(into: Uint8Array): Promise<number | null> {
    const step = this.#steps.shift();
    if (step === undefined) return this.#waiting.promise;
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (step instanceof Error) throw step;
    return step === null ? null : new TextEncoder().encodeInto(step, into).written;
  }

  write(bytes: Uint8Array): Promise<number> {
    return this.#writeError ? Promise.reject(this.#writeError) : Promise.resolve(bytes.length);
  }

  close(): void {
    this.closed++;
    this.#waiting.reject(new Deno.errors.Interrupted("closed"));
  }

  ref = () => void this.refs.push("ref");
  unref = () => void this.refs.push("unref");
}

/** A connection whose owner lets it rest after an exchange that left it open. */
function connect(conn: FakeConn, stale: () => void = () => {}): Connection {
  const owner = { released: (connection: Connection) => connection.isOpen, stale, rests: () => {} };
  return new Connection(address, conn as unknown as Deno.Conn, {}, owner);
}

/** An exchange as a promise, after which the connection rests. */
function exchange(connection: Connection, isLent = false): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    connection.wake();
    connection.exchange(request, isLent, (response, error) => {
      if (response === undefined) reject(error);
      else resolve(response);
    });
  });
}

const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
const reset = () => new Deno.errors.ConnectionReset("reset");
const pipe = () => new Deno.errors.BrokenPipe("pipe");

Deno.test("exchange: how far a request had come when its connection broke", async () => {
  const rows: [Step[], Error | undefined, Failure, string][] = [
    [[null], undefined, "unanswered", "before an answer came"],
    [[reset()], undefined, "unanswered", "before an answer came"],
    [[null], pipe(), "unsent", "before an answer came"],
    [[reset()], reset(), "unsent", "before an answer came"],
    [["HTTP/1.1", null], undefined, "answered", "after 8 bytes"],
    [["HTTP/1.1", null], pipe(), "answered", "after 8 bytes"],
    [["SSH-2.0"], undefined, "answered", "is not an HTTP server"],
    [["HTTP/1.1 100 Continue\r\n\r\n", null], undefined, "answered", "after 0 bytes"],
    [
      [new Deno.errors.InvalidData("received fatal alert: CertificateRequired")],
      undefined,
      "answered",
      "refused the TLS handshake",
    ],
  ];
  for (const [steps, writeError, failure, says] of rows) {
    const conn = new FakeConn(steps, writeError);
    const connection = connect(conn);
    const error = await assertRejects(() => exchange(connection), InferenceError);
    assertStringIncludes(error.message, says);
    assertEquals([connection.failure, connection.isOpen, conn.closed], [failure, false, 1]);
  }
});

Deno.test("exchange: an answer counts although the write failed", async () => {
  const connection = connect(new FakeConn([OK], pipe()));
  assertEquals((await exchange(connection)).status, 200);
  assertEquals(connection.isOpen, false);
});

Deno.test("exchange: a write that fails by itself ends the call", async () => {
  const cause = new TypeError("not bytes");
  const connection = connect(new FakeConn([], cause));
  const error = await assertRejects(() => exchange(connection), InferenceError);
  assertEquals([error.code, error.cause], ["CONNECTION", cause]);
});

Deno.test("exchange: the reason given to close() is what the call fails with", async () => {
  const connection = connect(new FakeConn([]));
  const call = exchange(connection);
  const reason = new InferenceError("TIMEOUT", "too slow");
  connection.close(reason);
  assertEquals(await assertRejects(() => call), reason);
});

Deno.test("idle: seen when it ends, once, and only while idle", async () => {
  for (const step of [null, reset(), "junk"]) {
    const stale = Promise.withResolvers<void>();
    const conn = new FakeConn([OK, step]);
    const connection = connect(conn, stale.resolve);
    await exchange(connection);
    assertEquals([connection.isOpen, connection.isReused], [true, true]);
    await stale.promise;
    assertEquals([connection.isOpen, conn.closed], [false, 1]);
  }
  const conn = new FakeConn([OK, OK]);
  const connection = connect(conn, () => {
    throw new Error("not stale");
  });
  await exchange(connection);
  await exchange(connection);
  connection.close();
  connection.close();
  assertEquals(conn.refs, ["unref", "ref", "unref"]);
  assertEquals(conn.closed, 1);
});

Deno.test("idle: a connection that ends after it was taken fails its request as unanswered", async () => {
  const conn = new FakeConn([OK, null]);
  const connection = connect(conn, () => {
    throw new Error("it was taken");
  });
  await exchange(connection);
  connection.wake();
  await new Promise((resolve) => setTimeout(resolve, 5));
  await assertRejects(() => exchange(connection), InferenceError, "before an answer came");
  assertEquals([connection.failure, conn.closed], ["unanswered", 1]);
});

Deno.test("exchange: the next one may begin inside the callback; the connection never rests", async () => {
  const conn = new FakeConn([OK, OK, OK]);
  const connection = connect(conn);
  const statuses: number[] = [];
  await new Promise<void>((resolve) => {
    const next = () => {
      connection.wake();
      connection.exchange(request, true, (response) => {
        statuses.push(response!.status);
        if (statuses.length < 3) next();
        else resolve();
      });
    };
    next();
  });
  assertEquals(statuses, [200, 200, 200]);
  assertEquals(conn.refs, ["unref"]);
  connection.close();
});

Deno.test("exchange: an answer that is there before the write has had a turn is no early one", async () => {
  const conn = new FakeConn([]);
  conn.read = (into) => Promise.resolve(new TextEncoder().encodeInto(OK, into).written);
  conn.write = async (bytes) => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    return bytes.length;
  };
  const connection = connect(conn);
  const { times } = await exchange(connection);
  assertEquals(connection.isOpen, true);
  assertEquals(times.sendEnd >= times.receiveStart && times.sendEnd > 0, true);
});

Deno.test("exchange: an answer before the request is written ends the connection", async () => {
  const conn = new FakeConn([OK]);
  conn.write = () => new Promise(() => {});
  const connection = connect(conn);
  const { status, times } = await exchange(connection);
  assertEquals([status, connection.isOpen, conn.closed], [200, false, 1]);
  assertEquals(times.sendEnd, times.receiveStart);
});

Deno.test("exchange: lent answers share the connection's memory, the others own theirs", async () => {
  const answers = ["one", "two"].map((text) =>
    `HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n${text}`
  );
  for (const isLent of [false, true]) {
    const connection = connect(new FakeConn([...answers]));
    const first = await exchange(connection, isLent);
    const text = () => new TextDecoder().decode(first.body);
    assertEquals(text(), "one");
    await exchange(connection, isLent);
    assertEquals(text(), isLent ? "two" : "one");
    connection.close();
  }
});

Deno.test("exchange: an answer that ends the connection closes it", async () => {
  for (
    const answer of [
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
      `${OK}junk`,
    ]
  ) {
    const connection = connect(new FakeConn([answer]));
    assertEquals((await exchange(connection)).status, 200);
    assertEquals(connection.isOpen, false);
  }
});
