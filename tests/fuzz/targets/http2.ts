/**
 * HTTP/2 and gRPC: both ends of a connection, HPACK, and the messages in DATA.
 *
 * @module
 */
import { ServerConnection } from "../../../src/server/grpc/connection.ts";
import type { GrpcMethod } from "../../../src/server/grpc/service.ts";
import { Inflater } from "../../../src/server/inflater.ts";
import { DEFAULT_LIMITS } from "../../../src/server/limits.ts";
import { createNativeChannel } from "../../../src/transport/grpc/client/channel.ts";
import { MessageReader } from "../../../src/transport/grpc/message_reader.ts";
import { CLIENT_PREFACE } from "../../../src/transport/http2/frames.ts";
import { HpackDecoder } from "../../../src/transport/http2/hpack_decoder.ts";
import { HpackEncoder } from "../../../src/transport/http2/hpack_encoder.ts";
import type { Random } from "../../mutate.ts";
import { clientFrames, serverFrames } from "../http2_frames.ts";
import { corpusOf, ensure, isRefusal, pieces, sourceOf, type Target } from "../target.ts";

/** A connection that gives these bytes and takes what is written. */
function fakeConn(bytes: Uint8Array, random: Random): Deno.TcpConn {
  const source = sourceOf(bytes, random);
  let closed = false;
  const nothing = () => {};
  return {
    async read(into: Uint8Array) {
      // Gives the other side's own work a chance to come in between.
      for (let turns = Math.floor(random() * 8); turns > 0; turns--) await undefined;
      if (closed) throw new Deno.errors.BadResource("closed");
      return await source.read(into);
    },
    write: (data: Uint8Array) => Promise.resolve(data.length),
    close: () => void (closed = true),
    closeWrite: () => Promise.resolve(),
    setNoDelay: nothing,
    setKeepAlive: nothing,
    ref: nothing,
    unref: nothing,
    localAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
    remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 2 },
  } as unknown as Deno.TcpConn;
}

const hpack: Target = {
  name: "hpack",
  corpus: corpusOf("hpack"),
  tokens: ["\x3f\xe1\x1f", "\x20", "\x82", "\xbe", "\xff\xff\xff\xff\x0f", "\x40\x01a\x01b", "\x00"]
    .concat(["\x7f\x80\x01", "\x85\xff\xff\xff\xff\xff"]),
  make(random) {
    const encoder = new HpackEncoder();
    const names = [":status", "grpc-status", "x-a", "content-type", ""];
    const block = encoder.encode(Array.from({ length: 1 + Math.floor(random() * 6) }, () => {
      const name = names[Math.floor(random() * names.length)]!;
      return [name, "v".repeat(Math.floor(random() * 40))];
    }));
    return block.slice();
  },
  run(input, random) {
    const decoder = new HpackDecoder();
    for (const block of random() < 0.7 ? [input] : pieces(input, random)) {
      const headers = decoder.decode(block, 0, block.length);
      ensure(decoder.tableSize <= 4096, "the table stays within its limit");
      const again = new HpackEncoder().encode(headers);
      const same = new HpackDecoder().decode(again, 0, again.length);
      ensure(JSON.stringify(same) === JSON.stringify(headers), "what is written is read again");
    }
  },
};

/** The messages in these pieces as text; what was refused ends them. */
async function messagesIn(parts: Iterable<Uint8Array>, encoding: string): Promise<string> {
  const found: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (error: unknown) => isRefusal(error) ? resolve() : reject(error);
  const reader = new MessageReader({
    limit: 1 << 20,
    encoding,
    emit: (message) => void found.push(message.toHex()),
    fail,
  });
  try {
    for (const part of parts) reader.feed(part, 0, part.length);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    reader.whenEmitted(() => fail(error));
    await promise;
    return `${found.join()},refused`;
  }
  reader.whenEmitted(() => {
    found.push("whole");
    resolve();
  });
  await promise;
  return found.join();
}

const grpcMessage: Target = {
  name: "grpc-message",
  corpus: corpusOf("grpc-message"),
  tokens: [
    "\0\0\0\0\0",
    "\0\0\0\0\x01a",
    "\x01\0\0\0\x01a",
    "\0\xff\xff\xff\xff",
    "\x02",
    "\x1f\x8b",
  ],
  async run(input, random) {
    const encoding = random() < 0.5 ? "gzip" : "identity";
    const whole = await messagesIn([input], encoding);
    const same = whole === await messagesIn(pieces(input, random), encoding);
    ensure(same, "pieces make no difference");
  },
};

const ADDRESS = { host: "127.0.0.1", port: 1, tls: false, basePath: "" };

const client: Target = {
  name: "http2-client",
  corpus: corpusOf("http2-client"),
  make: serverFrames,
  async run(input, random) {
    const connect: unknown = () => Promise.resolve(fakeConn(input, random));
    Deno.connect = connect as typeof Deno.connect;
    const channel = createNativeChannel({ address: ADDRESS, connectTimeoutMs: 0 });
    const message = new Uint8Array(10);
    const ends: Promise<void>[] = [];
    for (let i = 0; i < 2; i++) {
      ends.push(
        new Promise((resolve, reject) =>
          channel.exchange("/s/Unary", message, {}, (reply, error) => {
            if (reply !== undefined || isRefusal(error) || hasStatus(error)) resolve();
            else reject(error);
          })
        ),
      );
    }
    ends.push(
      new Promise((resolve, reject) => {
        const stream = channel.stream("/s/Stream", {
          onMessage() {},
          onEnd: (error) =>
            !error || isRefusal(error) || hasStatus(error) ? resolve() : reject(error),
        });
        stream.send(message).catch(() => {});
        stream.end();
      }),
    );
    try {
      await Promise.all(ends);
    } finally {
      channel.close();
    }
  },
};

/** INTERNAL is a server's own word when its status says so. */
function hasStatus(error: unknown): boolean {
  return error instanceof Error && "answered" in error && error.answered === true;
}

const METHODS = new Map<string, GrpcMethod>([
  ["/s/Unary", { kind: "unary", name: "Unary", handle: (message) => message }],
  ["/s/Stream", {
    kind: "stream",
    name: "Stream",
    open: (send) => ({ onMessage: async (message) => await send(message) }),
  }],
]);

const SERVED = {
  methods: METHODS,
  log() {},
  limits: DEFAULT_LIMITS,
  inflater: new Inflater(DEFAULT_LIMITS),
};

const server: Target = {
  name: "http2-server",
  corpus: corpusOf("http2-server"),
  make: clientFrames,
  async run(input, random) {
    const whole = new Uint8Array(CLIENT_PREFACE.length + input.length);
    whole.set(CLIENT_PREFACE);
    whole.set(input, CLIENT_PREFACE.length);
    const bytes = random() < 0.98 ? whole : input;
    await new ServerConnection(fakeConn(bytes, random), SERVED).serve();
  },
};

/** The targets of this file. */
export const targets: readonly Target[] = [hpack, grpcMessage, client, server];
