import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
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

function connect(conn: FakeConn, onStale: () => void = () => {}): Connection {
  return new Connection(address, conn as unknown as Deno.Conn, {}, onStale);
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
    const error = await assertRejects(() => connection.exchange(request), InferenceError);
    assertStringIncludes(error.message, says);
    assertEquals([connection.failure, connection.isOpen, conn.closed], [failure, false, 1]);
  }
});

Deno.test("exchange: an answer counts although the write failed", async () => {
  const connection = connect(new FakeConn([OK], pipe()));
  assertEquals((await connection.exchange(request)).status, 200);
  assertEquals(connection.isOpen, false);
});

Deno.test("exchange: a write that fails by itself ends the call", async () => {
  const cause = new TypeError("not bytes");
  const connection = connect(new FakeConn([], cause));
  const error = await assertRejects(() => connection.exchange(request), InferenceError);
  assertEquals([error.code, error.cause], ["CONNECTION", cause]);
});

Deno.test("exchange: the reason given to close() is what the call fails with", async () => {
  const connection = connect(new FakeConn([]));
  const call = connection.exchange(request);
  const reason = new InferenceError("TIMEOUT", "too slow");
  connection.close(reason);
  assertEquals(await assertRejects(() => call), reason);
});

Deno.test("idle: seen when it ends, once, and only while idle", async () => {
  for (const step of [null, reset(), "junk"]) {
    const stale = Promise.withResolvers<void>();
    const conn = new FakeConn([OK, step]);
    const connection = connect(conn, stale.resolve);
    await connection.exchange(request);
    assertEquals([connection.isOpen, connection.isReused], [true, true]);
    connection.idle();
    await stale.promise;
    assertEquals([connection.isOpen, conn.closed], [false, 1]);
  }
  const conn = new FakeConn([OK, OK]);
  const connection = connect(conn, () => {
    throw new Error("not stale");
  });
  await connection.exchange(request);
  connection.idle();
  await connection.exchange(request);
  connection.idle();
  connection.close();
  connection.close();
  assertEquals(conn.refs, ["unref", "ref", "unref"]);
  assertEquals(conn.closed, 1);
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
    assertEquals((await connection.exchange(request)).status, 200);
    assertEquals(connection.isOpen, false);
  }
});
