/**
 * What every {@linkcode GrpcChannel} must do, as tests. A channel's own test file calls
 * {@linkcode channelContractTests} with its factory.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertLess,
  assertLessOrEqual,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { type Address, formatAddress } from "../../base/address.ts";
import { InferenceError } from "../../base/errors.ts";
import { makeCertificates } from "../../../tests/certs.ts";
import type {
  GrpcCallOptions,
  GrpcChannel,
  GrpcStream,
  Header,
  TransportOptions,
} from "../types.ts";
import {
  type ContractServer,
  type ContractServerOptions,
  METHODS,
  startContractServer,
} from "./contract_test_server.ts";
import { GrpcStatus, type GrpcStatusError } from "./status.ts";

/** Makes the channel under test. */
export type MakeChannel = (options: TransportOptions) => GrpcChannel | Promise<GrpcChannel>;

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Bytes that differ along the way and from seed to seed, so that mixed-up pieces show. */
function pattern(length: number, seed = 1): Uint8Array {
  const words = new Uint32Array(Math.ceil(length / 4));
  for (let i = 0; i < words.length; i++) words[i] = Math.imul(i + seed, 2654435761);
  return new Uint8Array(words.buffer, 0, length);
}

/** Comparing megabytes with assertEquals takes seconds. */
function assertSameBytes(actual: Uint8Array, expected: Uint8Array): void {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    if (actual[i] !== expected[i]) throw new Error(`bytes differ from offset ${i}`);
  }
}

function addressOf(addr: Deno.Addr): Address {
  return { host: "127.0.0.1", port: (addr as Deno.NetAddr).port, tls: false, basePath: "" };
}

/** A stream whose messages can be awaited; `ended` gets what onEnd got. */
class StreamProbe {
  readonly messages: Uint8Array[] = [];
  readonly stream: GrpcStream;
  readonly ended: Promise<Error | undefined>;
  ends = 0;
  #waiter?: { count: number; resolve: () => void };

  constructor(channel: GrpcChannel, method: string, options?: GrpcCallOptions) {
    const { promise, resolve } = Promise.withResolvers<Error | undefined>();
    this.ended = promise;
    this.stream = channel.stream(method, {
      onMessage: (message, receiveStart) => {
        assert(receiveStart > 0 && receiveStart <= performance.now());
        this.messages.push(message);
        if (this.messages.length >= (this.#waiter?.count ?? Infinity)) this.#waiter?.resolve();
      },
      onEnd: (error) => {
        this.ends++;
        resolve(error);
      },
    }, options);
  }

  /** Resolves when `count` messages have come; rejects when the stream ends before. */
  async received(count: number): Promise<void> {
    if (this.messages.length >= count) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiter = { count, resolve };
    const early = this.ended.then((error) => {
      throw error ?? new Error(`ended after ${this.messages.length} messages`);
    });
    await Promise.race([promise, early]);
  }

  async error(): Promise<InferenceError> {
    const error = await this.ended;
    assertEquals(this.ends, 1);
    assert(error instanceof InferenceError, `not an InferenceError: ${error}`);
    return error;
  }
}

const failed = (promise: Promise<unknown>) => assertRejects(() => promise, InferenceError);

/** What a channel can't help. */
export interface ContractExceptions {
  /** Why timers live on for a moment after a connection failed, though they keep no process alive. */
  readonly failedConnectionLeavesTimers?: string;
}

/** Registers the tests, each named `NAME channel: ...`. */
export function channelContractTests(
  name: string,
  makeChannel: MakeChannel,
  exceptions: ContractExceptions = {},
): void {
  const sanitizeFailures = exceptions.failedConnectionLeavesTimers === undefined;

  function plainTest(title: string, fn: () => Promise<void>, sanitize = true): void {
    Deno.test({
      name: `${name} channel: ${title}`,
      sanitizeOps: sanitize,
      sanitizeResources: sanitize,
      fn,
    });
  }

  async function withChannel(
    options: TransportOptions,
    body: (channel: GrpcChannel) => Promise<void>,
  ): Promise<void> {
    const channel = await makeChannel(options);
    try {
      await body(channel);
    } finally {
      channel.close();
    }
  }

  function test(
    title: string,
    body: (channel: GrpcChannel, server: ContractServer) => Promise<void>,
    serverOptions?: ContractServerOptions,
  ): void {
    plainTest(title, async () => {
      const server = await startContractServer(serverOptions);
      try {
        await withChannel({ address: server.address }, (channel) => body(channel, server));
      } finally {
        await server.stop();
      }
    });
  }

  async function seenMetadata(
    channel: GrpcChannel,
    metadata: readonly Header[],
  ): Promise<Record<string, string[]>> {
    const reply = await channel.unary(METHODS.metadata, encode(""), { metadata });
    return JSON.parse(decode(reply.message));
  }

  test("unary echo of an empty, a small and an 8 MB message", async (channel, server) => {
    assertEquals(channel.address, server.address);
    for (const length of [0, 1, 5, 16_384, 65_536, 8 << 20, 3]) {
      const message = pattern(length, length);
      const { message: reply, times } = await channel.unary(METHODS.echo, message);
      assertSameBytes(reply, message);
      assertLessOrEqual(times.sendStart, times.sendEnd);
      assertLessOrEqual(times.sendStart, times.receiveStart);
      assertLessOrEqual(times.receiveStart, times.receiveEnd);
      assertLessOrEqual(times.receiveEnd, performance.now());
    }
  });

  test("exchange: eight at a time, of every size; each answer is good in its callback", async (channel) => {
    const sizes = [0, 5, 700, 20_000, 100_000, 3 << 20];
    const one = (size: number, seed: number) =>
      new Promise<void>((resolve, reject) => {
        const message = pattern(size, seed);
        let isInside = true;
        channel.exchange(METHODS.echo, message, {}, (reply, error) => {
          try {
            if (reply === undefined) throw error;
            assert(!isInside, "called back from inside the call");
            assertSameBytes(reply.message, message);
            resolve();
          } catch (error) {
            reject(error);
          }
        });
        isInside = false;
      });
    await Promise.all(Array.from({ length: 8 }, async (_, slot) => {
      for (let i = 0; i < 12; i++) await one(sizes[(slot + i) % sizes.length]!, slot * 100 + i + 1);
    }));
  });

  test("exchange: limits and refusals come back as errors", async (channel) => {
    const code = (method: string, message: string, options: GrpcCallOptions) =>
      new Promise((resolve) => {
        channel.exchange(method, encode(message), options, (_, error) => resolve(error?.code));
      });
    const failure = JSON.stringify({ code: GrpcStatus.NOT_FOUND, details: "no" });
    assertEquals(await code(METHODS.fail, failure, {}), "NOT_FOUND");
    assertEquals(await code(METHODS.hang, "", { timeoutMs: 30 }), "TIMEOUT");
    assertEquals(await code(METHODS.hang, "", { signal: AbortSignal.abort() }), "CANCELLED");
    assertEquals(await code(METHODS.echo, "", {}), undefined);
  });

  test("metadata goes out, repeated and empty values too", async (channel) => {
    const seen = await seenMetadata(channel, [
      ["x-one", "1"],
      ["x-two", 'a, b; c="d"'],
      ["x-two", "e"],
      ["x-empty", ""],
    ]);
    assertEquals(seen["x-one"], ["1"]);
    assertEquals(seen["x-two"]!.join(", "), 'a, b; c="d", e');
    assertEquals(seen["x-empty"], [""]);
  });

  test("binary metadata is base64 in, bytes at the server", async (channel) => {
    const seen = await seenMetadata(channel, [["x-bytes-bin", "AP8Qf4A="]]);
    assertEquals(seen["x-bytes-bin"], ["AP8Qf4A="]);
  });

  test("the same metadata on call after call, and much of it", async (channel) => {
    const metadata = Array.from({ length: 60 }, (_, i): Header => [`x-n${i}`, "v".repeat(i)]);
    for (let i = 0; i < 3; i++) {
      const seen = await seenMetadata(channel, metadata);
      for (const [key, value] of metadata) assertEquals(seen[key], [value]);
    }
  });

  test("metadata that is not allowed is refused by name", async (channel) => {
    for (
      const header of [
        ["x-bad", "line\r\nbreak"],
        ["x-bad", "caf\u00e9"],
        ["x bad", "v"],
        ["X-Bad", "v"],
        [":path", "v"],
        ["grpc-timeout", "1S"],
        ["te", "v"],
        ["x-bad-bin", "not base64!"],
      ] as const
    ) {
      const error = await failed(channel.unary(METHODS.echo, encode(""), { metadata: [header] }));
      assertEquals(error.code, "INVALID_ARG");
      assertStringIncludes(error.message, JSON.stringify(header[0]));
    }
  });

  test("a status becomes an error with its code and its message", async (channel, server) => {
    const rows: [number, string, string][] = [
      [GrpcStatus.INVALID_ARGUMENT, "unknown input 'X'", "INVALID_ARG"],
      [
        GrpcStatus.NOT_FOUND,
        "kein Modell \u201egr\u00f6\u00dfe\u201c \u2013 100% \u{1f600}",
        "NOT_FOUND",
      ],
      [GrpcStatus.UNAVAILABLE, "first line\nsecond line", "UNAVAILABLE"],
      [GrpcStatus.INTERNAL, "%41 is not A", "INTERNAL"],
      [GrpcStatus.CANCELLED, "the server gave up", "CANCELLED"],
      [GrpcStatus.DEADLINE_EXCEEDED, "the server was slow", "TIMEOUT"],
    ];
    for (const [code, details, expected] of rows) {
      const error = await failed(
        channel.unary(METHODS.fail, encode(JSON.stringify({ code, details }))),
      );
      assertEquals(error.code, expected);
      assertEquals(error.message, details);
      assertEquals(error.address, formatAddress(server.address));
      assertEquals(error.grpcStatus, code);
      assertEquals((error.cause as GrpcStatusError).details, details);
    }
  });

  test("an unknown method is UNSUPPORTED", async (channel) => {
    const error = await failed(channel.unary("/test.Contract/Nothing", encode("x")));
    assertEquals(error.code, "UNSUPPORTED");
    assertEquals(error.grpcStatus, GrpcStatus.UNIMPLEMENTED);
    const probe = new StreamProbe(channel, "/test.Nothing/Nothing");
    assertEquals((await probe.error()).code, "UNSUPPORTED");
  });

  test("a call that takes too long is a TIMEOUT, and the next one works", async (channel) => {
    const error = await failed(channel.unary(METHODS.hang, encode(""), { timeoutMs: 60 }));
    assertEquals(error.code, "TIMEOUT");
    assertStringIncludes(error.message, "60 ms");
    const reply = await channel.unary(METHODS.echo, encode("x"), { timeoutMs: 10_000 });
    assertEquals(decode(reply.message), "x");
    const none = await channel.unary(METHODS.echo, encode("y"), { timeoutMs: 0 });
    assertEquals(decode(none.message), "y");
  });

  test("a stream that takes too long is a TIMEOUT", async (channel) => {
    const probe = new StreamProbe(channel, METHODS.streamEcho, { timeoutMs: 60 });
    await probe.stream.send(encode("x"));
    assertEquals((await probe.error()).code, "TIMEOUT");
  });

  test("a signal aborted before the call: CANCELLED, nothing is sent", async (channel) => {
    const signal = AbortSignal.abort();
    const error = await failed(channel.unary(METHODS.echo, encode(""), { signal }));
    assertEquals(error.code, "CANCELLED");
    const probe = new StreamProbe(channel, METHODS.streamEcho, { signal });
    assertEquals((await probe.error()).code, "CANCELLED");
  });

  test("a signal aborted during the call: CANCELLED, and the server hears of it", async (
    channel,
    server,
  ) => {
    const controller = new AbortController();
    const call = channel.unary(METHODS.hang, encode(""), { signal: controller.signal });
    await server.opened(1);
    controller.abort();
    assertEquals((await failed(call)).code, "CANCELLED");
    await server.cancelled;
    assertEquals(decode((await channel.unary(METHODS.echo, encode("x"))).message), "x");
  });

  test("a signal aborted after the call changes nothing", async (channel) => {
    const controller = new AbortController();
    const options = { signal: controller.signal, timeoutMs: 10_000 };
    await channel.unary(METHODS.echo, encode("x"), options);
    controller.abort();
    assertEquals(decode((await channel.unary(METHODS.echo, encode("y"))).message), "y");
  });

  test("64 calls at once, each with its own answer", async (channel) => {
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 64 }, async (_, i) => {
        const message = pattern(i * 2000, i);
        assertSameBytes((await channel.unary(METHODS.echo, message)).message, message);
      }));
    }
  });

  test("bidirectional stream: 1000 messages in order", async (channel) => {
    const probe = new StreamProbe(channel, METHODS.streamEcho);
    for (let i = 0; i < 1000; i++) await probe.stream.send(encode(`message ${i}`));
    probe.stream.end();
    assertEquals(await probe.ended, undefined);
    assertEquals(probe.messages.length, 1000);
    for (const [i, message] of probe.messages.entries()) {
      assertEquals(decode(message), `message ${i}`);
    }
    assertEquals(probe.ends, 1);
  });

  test("bidirectional stream: one message at a time, empty ones too", async (channel) => {
    const probe = new StreamProbe(channel, METHODS.streamEcho, { metadata: [["x-a", "b"]] });
    for (let i = 0; i < 20; i++) {
      void probe.stream.send(encode("x".repeat(i % 3)));
      await probe.received(i + 1);
      assertEquals(probe.messages[i]!.length, i % 3);
    }
    probe.stream.end();
    assertEquals(await probe.ended, undefined);
  });

  test("bidirectional stream: large messages", async (channel) => {
    const probe = new StreamProbe(channel, METHODS.streamEcho);
    const sizes = [5 << 20, 1, 0, 3 << 20, 65_535, 65_536, 4 << 20];
    for (const size of sizes) await probe.stream.send(pattern(size, size));
    probe.stream.end();
    assertEquals(await probe.ended, undefined);
    assertEquals(probe.messages.length, sizes.length);
    for (const [i, size] of sizes.entries()) {
      assertSameBytes(probe.messages[i]!, pattern(size, size));
    }
  });

  test("a server that does not read holds the sender back", async (channel, server) => {
    const probe = new StreamProbe(channel, METHODS.streamHold);
    const message = pattern(1 << 20);
    const count = 32;
    let taken = 0;
    const sending = (async () => {
      for (let i = 0; i < count; i++) {
        await probe.stream.send(message);
        taken++;
      }
      probe.stream.end();
    })();
    await server.opened(1);
    // Other calls share the connection and must go on; they also give the sender time to run away.
    for (let i = 0; i < 20; i++) await channel.unary(METHODS.echo, encode("x"));
    assertLess(taken, count, "all messages were taken although nobody read them");
    server.readAll();
    await sending;
    assertEquals(await probe.ended, undefined);
    assertEquals(probe.messages.map(decode), Array(count).fill(String(message.length)));
  });

  test("a stream that the server fails midway", async (channel) => {
    const probe = new StreamProbe(channel, METHODS.streamFail);
    for (let i = 0; i < 3; i++) void probe.stream.send(encode(String(i))).catch(() => {});
    const error = await probe.error();
    // A channel may report the failure before what came just ahead of it.
    assertEquals(probe.messages.map(decode), ["0", "1"].slice(0, probe.messages.length));
    assertEquals(error.message, "DATA_LOSS: lost it");
  });

  test("a stream that the server ends early with OK; sending on does not hang", async (channel) => {
    const probe = new StreamProbe(channel, METHODS.streamEnd);
    void probe.stream.send(encode("first")).catch(() => {});
    assertEquals(await probe.ended, undefined);
    assertEquals(probe.messages.map(decode), ["first"]);
    await Promise.allSettled([
      probe.stream.send(encode("late")),
      probe.stream.send(pattern(1 << 20)),
    ]);
    probe.stream.end();
    probe.stream.cancel();
    assertEquals(probe.ends, 1);
  });

  test(
    "cancel of a stream: CANCELLED once, and the server hears of it",
    async (channel, server) => {
      const probe = new StreamProbe(channel, METHODS.streamEcho);
      await probe.stream.send(encode("x"));
      await probe.received(1);
      probe.stream.cancel();
      probe.stream.cancel();
      assertEquals((await probe.error()).code, "CANCELLED");
      await server.cancelled;
    },
  );

  test("cancel settles a send that waits", async (channel, server) => {
    const probe = new StreamProbe(channel, METHODS.streamHold);
    const sends = Array.from({ length: 32 }, () => probe.stream.send(pattern(1 << 20)));
    const settled = Promise.allSettled(sends);
    await server.opened(1);
    probe.stream.cancel();
    await settled;
    assertEquals((await probe.error()).code, "CANCELLED");
  });

  test("a signal ends a stream: CANCELLED", async (channel, server) => {
    const controller = new AbortController();
    const probe = new StreamProbe(channel, METHODS.streamEcho, { signal: controller.signal });
    await server.opened(1);
    controller.abort();
    assertEquals((await probe.error()).code, "CANCELLED");
    await server.cancelled;
  });

  test("16 streams and unary calls beside each other", async (channel) => {
    const streams = Array.from({ length: 16 }, async (_, i) => {
      const probe = new StreamProbe(channel, METHODS.streamEcho);
      for (let k = 0; k < 20; k++) await probe.stream.send(pattern(k * 1000, i));
      probe.stream.end();
      assertEquals(await probe.ended, undefined);
      assertEquals(probe.messages.length, 20);
      for (let k = 0; k < 20; k++) assertSameBytes(probe.messages[k]!, pattern(k * 1000, i));
    });
    const calls = Array.from({ length: 32 }, () => channel.unary(METHODS.echo, encode("x")));
    await Promise.all([...streams, ...calls]);
  });

  plainTest("a server restarted on the same port is found again", async () => {
    let server = await startContractServer();
    await withChannel({ address: server.address }, async (channel) => {
      await channel.unary(METHODS.echo, encode("x"));
      await server.stop();
      const down = await failed(channel.unary(METHODS.echo, encode("x"), { timeoutMs: 10_000 }));
      assertEquals(down.code, "CONNECTION");
      server = await startContractServer({ port: server.address.port });
      // A channel may wait a moment before it tries again, but says so meanwhile and finds it then.
      const deadline = performance.now() + 10_000;
      for (;;) {
        try {
          const reply = await channel.unary(METHODS.echo, encode("again"), { timeoutMs: 10_000 });
          assertEquals(decode(reply.message), "again");
          break;
        } catch (error) {
          assert(error instanceof InferenceError && error.code === "CONNECTION", String(error));
          assertLess(performance.now(), deadline, "the channel does not find the server again");
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
      const probe = new StreamProbe(channel, METHODS.streamEcho);
      await probe.stream.send(encode("x"));
      probe.stream.end();
      assertEquals(await probe.ended, undefined);
    });
    await server.stop();
  });

  plainTest("a server that goes away ends calls and streams with CONNECTION", async () => {
    const server = await startContractServer();
    const proxy = cuttableProxy(server.address);
    await withChannel({ address: proxy.address }, async (channel) => {
      const calls = Array.from(
        { length: 4 },
        () => failed(channel.unary(METHODS.hang, encode(""))),
      );
      const probe = new StreamProbe(channel, METHODS.streamEcho);
      await server.opened(5);
      await proxy.cut();
      for (const error of await Promise.all(calls)) {
        assertEquals(error.code, "CONNECTION", error.describe());
        assertEquals(error.address, formatAddress(proxy.address));
      }
      assertEquals((await probe.error()).code, "CONNECTION");
    });
    await server.stop();
  });

  plainTest("a server shut down during calls: an error, no hang", async () => {
    const server = await startContractServer();
    await withChannel({ address: server.address }, async (channel) => {
      const call = failed(channel.unary(METHODS.hang, encode("")));
      const probe = new StreamProbe(channel, METHODS.streamEcho);
      await server.opened(2);
      await server.stop();
      // Whether the streams are reset or the connection just closes is the server's choice.
      const codes = ["CONNECTION", "UNAVAILABLE", "INTERNAL"];
      for (const error of [await call, await probe.error()]) {
        assert(codes.includes(error.code), error.describe());
      }
    });
  });

  plainTest("close() fails what is under way and what comes after", async () => {
    const server = await startContractServer();
    await withChannel({ address: server.address }, async (channel) => {
      const call = failed(channel.unary(METHODS.hang, encode("")));
      const probe = new StreamProbe(channel, METHODS.streamEcho);
      await server.opened(2);
      channel.close();
      for (
        const error of [
          await call,
          await probe.error(),
          await failed(channel.unary(METHODS.echo, encode(""))),
          await new StreamProbe(channel, METHODS.streamEcho).error(),
        ]
      ) {
        assertEquals([error.code, error.retryable], ["CLOSED", false]);
        assertStringIncludes(error.message, "closed");
      }
    });
    await server.stop();
  });

  plainTest("TLS: our own authority, a client certificate and a server name", async () => {
    const message = pattern(1 << 20);
    for (const serverName of ["server.test", undefined]) {
      const tls = await makeCertificates([serverName ?? "127.0.0.1"]);
      const server = await startContractServer({ tls });
      const good = { ca: tls.ca, ...tls.client, serverName };
      await withChannel({ address: server.address, tls: good }, async (channel) => {
        assertSameBytes((await channel.unary(METHODS.echo, message)).message, message);
      });
      await server.stop();
    }
  });

  // From here on connections fail; what timers they leave would show up in any test after them.
  plainTest("a closed port: CONNECTION at once, with the address and what to try", async () => {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const address = addressOf(listener.addr);
    listener.close();
    await withChannel({ address }, async (channel) => {
      for (let i = 0; i < 2; i++) {
        const error = await failed(channel.unary(METHODS.echo, encode("")));
        assertEquals(error.code, "CONNECTION");
        assertEquals(
          error.message,
          `Cannot connect to ${formatAddress(address)}: connection refused`,
        );
        assertStringIncludes(error.hint ?? "", "port");
      }
      assertEquals((await new StreamProbe(channel, METHODS.streamEcho).error()).code, "CONNECTION");
    });
  }, sanitizeFailures);

  plainTest("an HTTP/1.1 server: the error asks whether it is the HTTP port", async () => {
    const answer = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    const server = rawServer(async (conn) => {
      const buffer = new Uint8Array(4096);
      await conn.read(buffer);
      await conn.write(encode(answer));
      // Closing with unread bytes would reset the connection before the answer is read.
      while (await conn.read(buffer) !== null);
    });
    await withChannel({ address: server.address }, async (channel) => {
      const error = await failed(channel.unary(METHODS.echo, encode("")));
      assert(["CONNECTION", "PROTOCOL"].includes(error.code), error.describe());
      assertStringIncludes(error.describe(), "HTTP port");
      assertStringIncludes(error.describe(), formatAddress(server.address));
    });
    await server.stop();
  }, sanitizeFailures);

  plainTest("a server that closes every connection at once: CONNECTION", async () => {
    const server = rawServer(() => Promise.resolve());
    await withChannel({ address: server.address }, async (channel) => {
      assertEquals((await failed(channel.unary(METHODS.echo, encode("")))).code, "CONNECTION");
    });
    await server.stop();
  }, sanitizeFailures);

  plainTest("a listener that never answers: TIMEOUT of the call, or of connecting", async () => {
    const server = rawServer(async (conn) => {
      const buffer = new Uint8Array(4096);
      while (await conn.read(buffer) !== null);
    });
    const { address } = server;
    await withChannel({ address }, async (channel) => {
      const error = await failed(channel.unary(METHODS.echo, encode(""), { timeoutMs: 60 }));
      assertEquals(error.code, "TIMEOUT");
    });
    await withChannel({ address, connectTimeoutMs: 60 }, async (channel) => {
      const error = await failed(channel.unary(METHODS.echo, encode("")));
      assertEquals(error.code, "CONNECTION");
      assertStringIncludes(error.message, "60 ms");
    });
    await server.stop();
  }, sanitizeFailures);

  plainTest(
    "TLS: a wrong name, authority or client certificate is a CONNECTION error",
    async () => {
      const tls = await makeCertificates(["server.test"]);
      const server = await startContractServer({ tls });
      const { address } = server;
      const good = { ca: tls.ca, ...tls.client, serverName: "server.test" };
      const bad: [string, string, TransportOptions["tls"]][] = [
        ["another name", "another name", { ...good, serverName: "other.test" }],
        ["the address as name", "another name", { ...good, serverName: undefined }],
        ["no client certificate", "certificate", { ca: tls.ca, serverName: "server.test" }],
        ["another authority", "trusted authority", { ...good, ca: (await makeCertificates()).ca }],
      ];
      for (const [what, says, options] of bad) {
        await withChannel({ address, tls: options }, async (channel) => {
          const error = await failed(
            channel.unary(METHODS.echo, encode(""), { timeoutMs: 10_000 }),
          );
          assertEquals(error.code, "CONNECTION", `${what}: ${error.describe()}`);
          assertStringIncludes(error.describe(), formatAddress(address));
          assertStringIncludes(error.describe(), says, what);
        });
      }
      await server.stop();
    },
    sanitizeFailures,
  );
}

/** A TCP server that runs `handle` on each connection and closes it after. */
function rawServer(
  handle: (conn: Deno.TcpConn) => Promise<void>,
): { address: Address; stop(): Promise<void> } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Promise<void>>();
  const accepting = (async () => {
    for await (const conn of listener) {
      const task = handle(conn).catch(() => {}).finally(() => {
        conn.close();
        open.delete(task);
      });
      open.add(task);
    }
  })();
  return {
    address: addressOf(listener.addr),
    async stop() {
      listener.close();
      await accepting;
      // The channel was closed: its connections have to end by themselves.
      const { promise: late, reject } = Promise.withResolvers<never>();
      const timer = setTimeout(
        () => reject(new Error("the closed channel left a connection open")),
        5000,
      );
      await Promise.race([Promise.all(open), late]).finally(() => clearTimeout(timer));
    },
  };
}

/** Forwards connections to `target` until they are cut. */
function cuttableProxy(target: Address): { address: Address; cut(): Promise<void> } {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const conns = new Set<Deno.TcpConn>();
  const pumps: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const client of listener) {
      const upstream = await Deno.connect({ hostname: target.host, port: target.port });
      conns.add(client).add(upstream);
      pumps.push(
        client.readable.pipeTo(upstream.writable).catch(() => {}),
        upstream.readable.pipeTo(client.writable).catch(() => {}),
      );
    }
  })();
  return {
    address: addressOf(listener.addr),
    async cut() {
      listener.close();
      await accepting;
      for (const conn of conns) {
        try {
          conn.close();
        } catch {
          // One side's end has already closed it.
        }
      }
      await Promise.all(pumps);
    },
  };
}
