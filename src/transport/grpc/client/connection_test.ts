import { assert, assertEquals, assertLess, assertRejects, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { formatAddress } from "../../../base/address.ts";
import { InferenceError } from "../../../base/errors.ts";
import type { GrpcCallOptions, GrpcStreamHandlers } from "../../types.ts";
import { createNativeChannel, type NativeChannel, type NativeChannelOptions } from "./channel.ts";
import {
  Flag,
  frame,
  FrameType,
  goAwayPayload,
  Http2Error,
  LAST_STREAM_ID,
  Setting,
  settingsPayload,
  uint32At,
  uint32Payload,
} from "../../http2/frames.ts";
import { framed, type Peer, type ScriptedServer, scriptedServer } from "./scripted_test_server.ts";
import { OUR_WINDOW, STREAM_WINDOW } from "../../http2/settings.ts";

const METHOD = "/test.Scripted/Call";
const HELLO = new TextEncoder().encode("hello");
const { DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION } =
  FrameType;

type Options = Partial<NativeChannelOptions>;

/** Runs `body` with a channel to a server that plays `script`. */
async function scripted(
  script: (peer: Peer, index: number) => Promise<void>,
  body: (channel: NativeChannel, server: ScriptedServer) => Promise<void>,
  options: Options = {},
): Promise<void> {
  const server = scriptedServer(script);
  const channel = createNativeChannel({ address: server.address, ...options });
  try {
    await body(channel, server);
  } finally {
    channel.close();
    await server.stop();
  }
}

const call = (channel: NativeChannel, message = HELLO) => channel.unary(METHOD, message);
const failed = (promise: Promise<unknown>) => assertRejects(() => promise, InferenceError);

/** Answers every request with its own message. */
async function echo(peer: Peer, count = Infinity): Promise<void> {
  for (let i = 0; i < count; i++) {
    const request = await peer.request().catch(() => undefined);
    if (request === undefined) return;
    await peer.write(...peer.answer(request.streamId, request.body.slice(5)));
  }
}

function streamEnd(channel: NativeChannel, handlers: Partial<GrpcStreamHandlers> = {}) {
  const { promise, resolve } = Promise.withResolvers<Error | undefined>();
  const stream = channel.stream(METHOD, { onMessage() {}, onEnd: resolve, ...handlers });
  return { stream, ended: promise };
}

Deno.test("the first request goes out before the server has said anything", async () => {
  await scripted(async (peer) => {
    assertEquals(
      new TextDecoder().decode(await peer.preface()),
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    );
    const settings = await peer.frame();
    assertEquals(settings?.type, SETTINGS);
    const values = new Map<number, number>();
    for (let at = 0; at < settings!.payload.length; at += 6) {
      values.set(settings!.payload[at + 1]!, uint32At(settings!.payload, at + 2));
    }
    assertEquals(values.get(Setting.ENABLE_PUSH), 0);
    assertEquals(values.get(Setting.INITIAL_WINDOW_SIZE), STREAM_WINDOW);
    const window = await peer.frame();
    assertEquals([window?.type, window?.streamId], [WINDOW_UPDATE, 0]);
    assertEquals(uint32At(window!.payload, 0), OUR_WINDOW - 65_535);
    const request = await peer.request();
    assertEquals(request.streamId, 1);
    assertEquals(request.headers.slice(0, 3), [[":method", "POST"], [":scheme", "http"], [
      ":path",
      METHOD,
    ]]);
    assertEquals(request.body, framed(HELLO));
    await peer.write(frame(SETTINGS, 0, 0), ...peer.answer(1, HELLO));
    assertEquals((await peer.next(SETTINGS)).flags, Flag.ACK);
    const blocks: number[] = [];
    for (let i = 0; i < 3; i++) {
      const next = await peer.request();
      blocks.push(next.blockLength);
      assertEquals(next.headers, request.headers);
      await peer.write(...peer.answer(next.streamId, HELLO));
    }
    assertEquals(blocks, [8, 8, 8]);
  }, async (channel) => {
    for (let i = 0; i < 4; i++) assertEquals((await call(channel)).message, HELLO);
  });
});

Deno.test("callbacks: the same bytes go again and again", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    await echo(peer);
  }, async (channel) => {
    const options: GrpcCallOptions = { timeoutMs: 10_000, metadata: [["a", "b"]] };
    const replies: Uint8Array[] = [];
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    channel.exchange(METHOD, HELLO, options, function done(reply, error) {
      if (reply === undefined) return reject(error);
      replies.push(reply.message.slice());
      assert(reply.times.sendStart > 0 && reply.times.receiveEnd >= reply.times.sendStart);
      if (replies.length === 20) return resolve();
      channel.exchange(METHOD, HELLO, options, done);
    });
    await promise;
    assertEquals(replies, Array(20).fill(HELLO));
  });
});

Deno.test("callbacks: cancel, close and an error thrown in one", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    await peer.request();
    assertEquals(uint32At((await peer.next(RST_STREAM)).payload, 0), Http2Error.CANCEL);
    const { streamId } = await peer.request();
    await peer.write(...peer.answer(streamId, HELLO));
    await echo(peer);
  }, async (channel) => {
    const code = (cancel: boolean) =>
      new Promise((resolve) => {
        const stop = new AbortController();
        const options = cancel ? { signal: stop.signal } : {};
        channel.exchange(METHOD, HELLO, options, (_, error) => resolve(error?.code));
        if (cancel) setTimeout(() => stop.abort(), 10);
      });
    assertEquals(await code(true), "CANCELLED");
    const thrown = new Promise((resolve) => {
      addEventListener("error", (event) => {
        event.preventDefault();
        resolve(event.error.message);
      }, { once: true });
    });
    channel.exchange(METHOD, HELLO, {}, () => {
      throw new Error("in the callback");
    });
    assertEquals(await thrown, "in the callback");
    assertEquals((await call(channel)).message, HELLO);
    channel.close();
    assertEquals(await code(false), "CLOSED");
  });
});

Deno.test("the peer's header table, frame size and concurrency are kept to", async () => {
  const { HEADER_TABLE_SIZE, MAX_CONCURRENT_STREAMS, MAX_FRAME_SIZE } = Setting;
  await scripted(async (peer) => {
    await peer.greet([HEADER_TABLE_SIZE, 0], [MAX_CONCURRENT_STREAMS, 2], [99, 1]);
    const first = await peer.request();
    await peer.write(...peer.answer(first.streamId, HELLO));
    // From the acknowledgement on, the table must not be used.
    const { headers } = await peer.request();
    const third = await peer.request();
    assertEquals([headers, third.headers], [first.headers, first.headers]);
    await peer.write(
      frame(
        SETTINGS,
        0,
        0,
        settingsPayload([[MAX_CONCURRENT_STREAMS, 1], [MAX_FRAME_SIZE, 100_000]]),
      ),
      ...peer.answer(3, HELLO),
    );
    assertEquals((await peer.next(SETTINGS)).flags, Flag.ACK);
    await peer.write(frame(PING, 0, 0, new Uint8Array(8)));
    const next = await peer.frame();
    assertEquals(next?.type, PING, "a call went out although only one at a time is allowed");
    await peer.write(...peer.answer(5, HELLO));
    const last = await peer.next(DATA);
    assertEquals([last.streamId, last.payload.length], [7, 60_005]);
    await peer.write(...peer.answer(7, HELLO));
    await peer.drained();
  }, async (channel) => {
    await call(channel);
    const calls = [call(channel), call(channel), call(channel, new Uint8Array(60_000))];
    await Promise.all(calls);
  });
});

Deno.test("tiny and negative windows: every octet in its time", async () => {
  const message = Uint8Array.from({ length: 300 }, (_, i) => i);
  await scripted(async (peer) => {
    await peer.greet([Setting.INITIAL_WINDOW_SIZE, 0]);
    await call0(peer);
    const bodies = new Map<number, number[]>();
    const take = async () => {
      const data = await peer.next(DATA);
      const body = bodies.get(data.streamId) ?? [];
      body.push(...data.payload);
      bodies.set(data.streamId, body);
      return data.payload.length;
    };
    await peer.next(HEADERS);
    for (let i = 0; i < 8; i++) {
      await peer.write(frame(WINDOW_UPDATE, 0, 3, uint32Payload(1)));
      assertEquals(await take(), 1);
    }
    await peer.write(frame(SETTINGS, 0, 0, settingsPayload([[Setting.INITIAL_WINDOW_SIZE, 20]])));
    assertEquals(await take(), 20);
    await peer.write(frame(SETTINGS, 0, 0, settingsPayload([[Setting.INITIAL_WINDOW_SIZE, 5]])));
    await peer.write(frame(WINDOW_UPDATE, 0, 3, uint32Payload(17)));
    assertEquals(await take(), 2);
    await peer.write(frame(WINDOW_UPDATE, 0, 3, uint32Payload(1000)));
    assertEquals(await take(), 305 - 30);
    assertEquals(Uint8Array.from(bodies.get(3)!), framed(message));
    await peer.write(...peer.answer(3, HELLO));
    await peer.drained();
  }, async (channel) => {
    await call(channel, new Uint8Array(0)).catch(() => {});
    assertEquals((await call(channel, message)).message, HELLO);
  });

  /** The first call makes sure that the settings have arrived: its data went out before them. */
  async function call0(peer: Peer): Promise<void> {
    const { streamId } = await peer.next(HEADERS);
    await peer.write(...peer.answer(streamId, HELLO));
    await peer.next(SETTINGS);
  }
});

Deno.test("GOAWAY: seen calls end here, the others and what comes after go elsewhere", async () => {
  const seen: [number, number][] = [];
  await scripted(async (peer, index) => {
    await peer.greet([Setting.MAX_CONCURRENT_STREAMS, 3]);
    if (index === 1) return await echo(peer);
    for (let i = 0; i < 3; i++) seen.push([index, (await peer.request()).streamId]);
    await peer.write(frame(GOAWAY, 0, 0, goAwayPayload(LAST_STREAM_ID, 0)));
    await peer.write(frame(GOAWAY, 0, 0, goAwayPayload(1, 0)));
    await peer.write(...peer.answer(1, HELLO));
    await peer.drained();
  }, async (channel, server) => {
    const messages = Array.from({ length: 5 }, (_, i) => Uint8Array.of(i));
    const replies = await Promise.all(messages.map((message) => call(channel, message)));
    assertEquals(replies.map((reply) => reply.message), [HELLO, ...messages.slice(1)]);
    assertEquals(seen, [[0, 1], [0, 3], [0, 5]]);
    await call(channel);
    assertEquals(server.connections, 2);
  });
});

Deno.test("GOAWAY again and again: the call fails, and says what the server said", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    await peer.request();
    const debug = new TextEncoder().encode("too_many_pings");
    await peer.write(frame(GOAWAY, 0, 0, Uint8Array.of(...goAwayPayload(0, 11), ...debug)));
    await peer.drained();
  }, async (channel, server) => {
    const error = await failed(call(channel));
    assertEquals(error.code, "CONNECTION");
    assertStringIncludes(
      error.message,
      `during ${METHOD} (GOAWAY: ENHANCE_YOUR_CALM, too_many_pings)`,
    );
    assertEquals(server.connections, 3);
  });
});

Deno.test("GOAWAY: a stream that has sent nothing moves on, another ends", async () => {
  await scripted(async (peer, index) => {
    await peer.greet();
    if (index === 1) {
      const { streamId } = await peer.request();
      await peer.write(...peer.answer(streamId, HELLO));
      return await peer.drained();
    }
    const seen = new Set<string>();
    while (!(seen.has(`${HEADERS} 3`) && seen.has(`${DATA} 1`))) {
      const { type, streamId } = (await peer.frame())!;
      seen.add(`${type} ${streamId}`);
    }
    await peer.write(frame(GOAWAY, 0, 0, goAwayPayload(0, 0)));
    await peer.drained();
  }, async (channel) => {
    const one = streamEnd(channel);
    await one.stream.send(HELLO);
    const messages: Uint8Array[] = [];
    const two = streamEnd(channel, { onMessage: (message) => messages.push(message) });
    const error = await one.ended;
    assert(error instanceof InferenceError && error.code === "CONNECTION");
    await two.stream.send(HELLO);
    two.stream.end();
    assertEquals([await two.ended, messages], [undefined, [HELLO]]);
  });
});

Deno.test("RST_STREAM: refused calls are tried again, others end with the code's meaning", async () => {
  let refusals = 2;
  const { REFUSED_STREAM, CANCEL, ENHANCE_YOUR_CALM, INTERNAL_ERROR } = Http2Error;
  const codes: number[] = [CANCEL, ENHANCE_YOUR_CALM, INTERNAL_ERROR];
  await scripted(async (peer) => {
    await peer.greet();
    for (;;) {
      const request = await peer.request().catch(() => undefined);
      if (request === undefined) return;
      const { streamId } = request;
      if (refusals-- > 0) {
        await peer.write(frame(RST_STREAM, 0, streamId, uint32Payload(REFUSED_STREAM)));
      } else if (codes.length === 0) await peer.write(...peer.answer(streamId, HELLO));
      else await peer.write(frame(RST_STREAM, 0, streamId, uint32Payload(codes.shift()!)));
    }
  }, async (channel) => {
    const rows = [
      ["CONNECTION", "reset the stream"],
      ["RESOURCE_EXHAUSTED", "ENHANCE_YOUR_CALM"],
      ["INTERNAL", "INTERNAL_ERROR"],
    ];
    for (const [code, says] of rows) {
      const error = await failed(call(channel));
      assertEquals(error.code, code);
      assertStringIncludes(error.message, says!);
    }
    assertEquals((await call(channel)).message, HELLO);
    refusals = 3;
    const error = await failed(call(channel));
    assertEquals(error.code, "UNAVAILABLE");
    assertStringIncludes(error.message, "REFUSED_STREAM");
  });
});

Deno.test("a server may end with OK before it has everything, and reset the rest", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    await peer.next(HEADERS);
    await peer.write(...peer.answer(1, HELLO));
    await peer.next(RST_STREAM);
    await peer.write(frame(RST_STREAM, 0, 1, uint32Payload(0)));
    await peer.next(HEADERS);
    await peer.write(...peer.answer(3, HELLO), frame(RST_STREAM, 0, 3, uint32Payload(0)));
    await peer.drained();
  }, async (channel) => {
    const large = new Uint8Array(200_000);
    assertEquals((await call(channel, large)).message, HELLO);
    assertEquals((await call(channel, large)).message, HELLO);
  });
});

Deno.test("PING is answered with its own octets", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    const octets = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    await peer.write(frame(PING, 0, 0, octets));
    const answer = await peer.next(PING);
    assertEquals([answer.flags, answer.payload], [Flag.ACK, octets]);
    await peer.write(frame(PING, Flag.ACK, 0, octets));
    await peer.drained();
  }, async (channel) => {
    assertEquals((await failed(channel.unary(METHOD, HELLO, { timeoutMs: 50 }))).code, "TIMEOUT");
  });
});

Deno.test("padding, priority, CONTINUATION, unknown frames and answers in small pieces", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    for (const step of [1, 3, 1000]) {
      const { streamId } = await peer.request();
      const block = peer.encoder.encode([[":status", "200"], ["content-type", "application/grpc"]]);
      const padding = new Uint8Array(7);
      const message = framed(HELLO);
      const answer = Uint8Array.of(
        ...frame(0x55, 0xff, streamId, HELLO),
        ...frame(
          HEADERS,
          Flag.PADDED | Flag.PRIORITY,
          streamId,
          Uint8Array.of(7, 0, 0, 0, 0, 9, ...block.slice(0, 1), ...padding),
        ),
        ...frame(CONTINUATION, 0, streamId),
        ...frame(CONTINUATION, Flag.END_HEADERS, streamId, block.slice(1)),
        ...frame(DATA, Flag.PADDED, streamId, Uint8Array.of(7, ...message.slice(0, 3), ...padding)),
        ...frame(FrameType.PRIORITY, 0, streamId, new Uint8Array(5)),
        ...frame(DATA, 0, streamId),
        ...frame(DATA, 0, streamId, message.slice(3)),
        ...peer.trailers(streamId),
      );
      for (let at = 0; at < answer.length; at += step) {
        await peer.write(answer.slice(at, at + step));
      }
    }
    await peer.drained();
  }, async (channel) => {
    for (let i = 0; i < 3; i++) assertEquals((await call(channel)).message, HELLO);
  });
});

Deno.test("large answers in large and small frames, directly and not", async () => {
  const message = new Uint8Array(3_000_000);
  for (let i = 0; i < message.length; i++) message[i] = i * 31 >>> 3;
  const bytes = framed(message);
  await scripted(async (peer) => {
    await peer.greet();
    for (const size of [bytes.length, 1_000_000, 16_384, 40_000]) {
      const { streamId } = await peer.request();
      await peer.write(peer.answerHead(streamId));
      for (let at = 0; at < bytes.length; at += size) {
        await peer.write(frame(DATA, 0, streamId, bytes.subarray(at, at + size)));
      }
      await peer.write(peer.trailers(streamId));
    }
    await peer.drained();
  }, async (channel) => {
    for (let i = 0; i < 4; i++) {
      const reply = await call(channel);
      assertEquals(reply.message.length, message.length);
      assert(reply.message.every((octet, at) => octet === message[at]));
    }
  });
});

Deno.test("answers that are not what gRPC wants end their call only", async () => {
  const data = (id: number, bytes: Uint8Array, end = false) =>
    frame(DATA, end ? Flag.END_STREAM : 0, id, bytes);
  const ok = framed(HELLO);
  type Row = [name: string, answer: (peer: Peer, id: number) => Uint8Array[], string, string];
  const rows: Row[] = [
    [
      "trailers only",
      (peer, id) => [
        peer.headers(id, [
          [":status", "200"],
          ["content-type", "application/grpc"],
          ["grpc-status", "5"],
          ["grpc-message", "no%20such"],
        ], true),
      ],
      "NOT_FOUND",
      "no such",
    ],
    [
      "status after headers",
      (p, id) => [p.answerHead(id), p.trailers(id, 3, "bad")],
      "INVALID_ARG",
      "bad",
    ],
    [
      "no status",
      (p, id) => [p.answerHead(id), data(id, ok), p.headers(id, [["x", "y"]], true)],
      "UNKNOWN",
      "without a gRPC status",
    ],
    [
      "ended by data",
      (p, id) => [p.answerHead(id), data(id, ok, true)],
      "UNKNOWN",
      "without a gRPC status",
    ],
    [
      "nothing but an end",
      (p, id) => [p.headers(id, [[":status", "200"]], true)],
      "UNKNOWN",
      "content type",
    ],
    [
      "HTTP status 503",
      (p, id) => [p.headers(id, [[":status", "503"]], true)],
      "UNAVAILABLE",
      "503",
    ],
    [
      "HTTP status 404 with a page",
      (p, id) => [p.headers(id, [[":status", "404"]]), data(id, ok, true)],
      "UNSUPPORTED",
      "404",
    ],
    [
      "another content type",
      (p, id) => [p.headers(id, [[":status", "200"], ["content-type", "text/html"]])],
      "UNKNOWN",
      "text/html",
    ],
    ["data before headers", (_, id) => [data(id, ok)], "PROTOCOL", "data before headers"],
    ["headers twice", (p, id) => [p.answerHead(id), p.answerHead(id)], "PROTOCOL", "in the middle"],
    [
      "OK without a message",
      (p, id) => [p.answerHead(id), p.trailers(id)],
      "PROTOCOL",
      "no message",
    ],
    [
      "two messages",
      (p, id) => [p.answerHead(id), data(id, ok), data(id, ok)],
      "PROTOCOL",
      "more than one",
    ],
    [
      "two messages at once",
      (p, id) => [p.answerHead(id), data(id, Uint8Array.of(...ok, ...ok))],
      "PROTOCOL",
      "more than one",
    ],
    [
      "half a message",
      (p, id) => [p.answerHead(id), data(id, ok.slice(0, 7)), p.trailers(id)],
      "PROTOCOL",
      "middle of a message",
    ],
    [
      "compressed by nothing",
      (p, id) => [p.answerHead(id), data(id, framed(HELLO, 1))],
      "PROTOCOL",
      "no grpc-encoding",
    ],
    [
      "a bomb",
      (p, id) => [
        p.headers(id, [
          [":status", "200"],
          ["content-type", "application/grpc"],
          ["grpc-encoding", "gzip"],
        ]),
        data(id, framed(gzipSync(new Uint8Array(100_000)), 1)),
        p.trailers(id),
      ],
      "RESOURCE_EXHAUSTED",
      "grows beyond 1000 bytes",
    ],
    ["a wrong flag", (p, id) => [p.answerHead(id), data(id, framed(HELLO, 9))], "PROTOCOL", "flag"],
    [
      "over the limit",
      (p, id) => [p.answerHead(id), data(id, framed(new Uint8Array(1001)))],
      "RESOURCE_EXHAUSTED",
      "1001 octets",
    ],
    [
      "a window over its limit",
      (_, id) => [frame(WINDOW_UPDATE, 0, id, uint32Payload(0x7fffffff))],
      "PROTOCOL",
      "window",
    ],
    [
      "a window update by nothing",
      (_, id) => [frame(WINDOW_UPDATE, 0, id, uint32Payload(0))],
      "PROTOCOL",
      "window",
    ],
  ];
  await scripted(async (peer) => {
    await peer.greet();
    for (const [, answer] of rows) {
      const { streamId } = await peer.request();
      await peer.write(...answer(peer, streamId));
    }
    await echo(peer);
  }, async (channel, server) => {
    for (const [name, , code, says] of rows) {
      const error = await failed(call(channel));
      assertEquals([name, error.code], [name, code]);
      assertStringIncludes(error.message, says, name);
      assertEquals(error.address, formatAddress(server.address));
    }
    assertEquals((await call(channel)).message, HELLO);
    assertEquals(server.connections, 1);
  }, { maxMessageBytes: 1000 });
});

Deno.test("informational headers are read over, compressed messages are read", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    const { streamId } = await peer.request();
    await peer.write(
      peer.headers(streamId, [[":status", "103"], ["link", "x"]]),
      peer.headers(streamId, [
        [":status", "200"],
        ["content-type", "application/grpc"],
        ["grpc-encoding", "gzip"],
      ]),
      frame(DATA, 0, streamId, framed(gzipSync(HELLO), 1)),
      peer.trailers(streamId),
    );
    await peer.drained();
  }, async (channel) => {
    assertEquals((await call(channel)).message, HELLO);
  });
});

Deno.test("a peer that breaks the rules loses the connection, and is told so", async () => {
  const many = (bytes: Uint8Array, count: number) =>
    Uint8Array.from(Array.from({ length: count }, () => [...bytes]).flat());
  type Row = [name: string, bytes: Uint8Array, says: string];
  const rows: Row[] = [
    ["a broken header block", frame(HEADERS, Flag.END_HEADERS, 1, Uint8Array.of(0x80)), "HPACK"],
    [
      "headers for a stream never opened",
      frame(HEADERS, Flag.END_HEADERS, 9, Uint8Array.of(0x88)),
      "stream 9",
    ],
    ["data for a stream of the server's", frame(DATA, 0, 2, HELLO), "stream 2"],
    ["a reset of a stream never opened", frame(RST_STREAM, 0, 99, uint32Payload(0)), "stream 99"],
    [
      "a window update for a stream never opened",
      frame(WINDOW_UPDATE, 0, 99, uint32Payload(1)),
      "stream 99",
    ],
    [
      "a pushed stream",
      frame(FrameType.PUSH_PROMISE, Flag.END_HEADERS, 1, new Uint8Array(8)),
      "pushed",
    ],
    [
      "a window that gets too large",
      frame(WINDOW_UPDATE, 0, 0, uint32Payload(0x7fffffff)),
      "window",
    ],
    ["a window update by nothing", frame(WINDOW_UPDATE, 0, 0, uint32Payload(0)), "window"],
    [
      "push switched on",
      frame(SETTINGS, 0, 0, settingsPayload([[Setting.ENABLE_PUSH, 1]])),
      "setting 2",
    ],
    [
      "a frame size too small",
      frame(SETTINGS, 0, 0, settingsPayload([[Setting.MAX_FRAME_SIZE, 16_383]])),
      "setting 5",
    ],
    [
      "a window size too large",
      frame(SETTINGS, 0, 0, settingsPayload([[Setting.INITIAL_WINDOW_SIZE, 0x80000000]])),
      "setting 4",
    ],
    ["CONTINUATION of nothing", frame(CONTINUATION, 0, 1), "CONTINUATION"],
    [
      "endless CONTINUATION",
      Uint8Array.of(...frame(HEADERS, 0, 1), ...many(frame(CONTINUATION, 0, 1), 1100)),
      "header block over",
    ],
    ["a flood of SETTINGS", many(frame(SETTINGS, 0, 0), 11_000), "flood"],
    ["a flood of empty data", many(frame(DATA, 0, 1), 11_000), "flood"],
    [
      "a flood of PRIORITY",
      many(frame(FrameType.PRIORITY, 0, 1, new Uint8Array(5)), 11_000),
      "flood",
    ],
  ];
  for (const [name, bytes, says] of rows) {
    let goAway: number | undefined;
    await scripted(async (peer) => {
      await peer.greet();
      await peer.request();
      await peer.write(bytes);
      try {
        goAway = uint32At((await peer.next(GOAWAY)).payload, 4);
      } catch {
        // Lost on a connection that was closed with bytes of ours unread.
      }
    }, async (channel, server) => {
      const error = await failed(call(channel));
      assertEquals([name, error.code], [name, "PROTOCOL"]);
      assertStringIncludes(error.message, says, name);
      assertStringIncludes(error.message, `The server at ${formatAddress(server.address)} broke`);
    });
    assert(goAway === undefined || goAway === Http2Error.PROTOCOL_ERROR, name);
  }
});

Deno.test("what is no gRPC server", async () => {
  const text = (s: string) => new TextEncoder().encode(s);
  const rows: [name: string, bytes: Uint8Array, code: string, says: string][] = [
    ["HTTP/1.1", text("HTTP/1.1 400 Bad Request\r\n\r\n"), "PROTOCOL", "HTTP port"],
    ["a TLS alert", Uint8Array.of(0x15, 3, 1, 0, 2, 2, 80), "PROTOCOL", "speaks TLS"],
    ["something else", text("220 mail.example.com ESMTP"), "PROTOCOL", "does not speak HTTP/2"],
    ["something short", text("hi"), "PROTOCOL", "does not speak HTTP/2"],
    ["nothing", text(""), "CONNECTION", "closed it at once"],
    [
      "half a greeting",
      frame(SETTINGS, 0, 0, settingsPayload([[3, 1]])).slice(0, 12),
      "PROTOCOL",
      "HTTP/2",
    ],
    [
      "another frame first",
      frame(PING, 0, 0, new Uint8Array(8)),
      "PROTOCOL",
      "does not speak HTTP/2",
    ],
  ];
  for (const [name, bytes, code, says] of rows) {
    await scripted(async (peer) => {
      await peer.preface();
      await peer.next(DATA);
      await peer.write(bytes);
    }, async (channel) => {
      for (let i = 0; i < 2; i++) {
        const errors = await Promise.all([failed(call(channel)), failed(call(channel))]);
        for (const error of errors) {
          assertEquals([name, error.code], [name, code]);
          assertStringIncludes(error.describe(), says, name);
        }
      }
    });
  }
});

Deno.test("a connection that breaks: CONNECTION for what is under way, the next call reconnects", async () => {
  await scripted(async (peer, index) => {
    await peer.greet([Setting.MAX_CONCURRENT_STREAMS, 1]);
    if (index > 0) return await echo(peer);
    const { streamId } = await peer.request();
    await peer.write(...peer.answer(streamId, HELLO));
    await peer.request();
  }, async (channel, server) => {
    await call(channel);
    const [broken, waiting] = await Promise.allSettled([call(channel), call(channel)]);
    assert(broken.status === "rejected" && broken.reason instanceof InferenceError);
    assertEquals(broken.reason.code, "CONNECTION");
    assertStringIncludes(broken.reason.message, `broke during ${METHOD}`);
    assertEquals(waiting.status, "fulfilled", "a call that was never sent fails");
    await call(channel);
    assertEquals(server.connections, 2);
  });
});

Deno.test("what crosses the end of an idle connection is sent once more where that does no harm", async () => {
  let seen = 0;
  await scripted(async (peer) => {
    await peer.greet();
    const { streamId } = await peer.request();
    await peer.write(...peer.answer(streamId, HELLO));
    // The next one comes, and the connection is closed without a word, as by a proxy in between.
    await peer.request().catch(() => undefined);
    seen++;
  }, async (channel, server) => {
    const harmless = { idempotent: true };
    assertEquals((await channel.unary(METHOD, HELLO)).message, HELLO);
    assertEquals((await channel.unary(METHOD, HELLO, harmless)).message, HELLO);
    assertEquals([seen, server.connections], [1, 2]);
    const error = await failed(channel.unary(METHOD, HELLO));
    assertEquals([error.code, server.connections], ["CONNECTION", 2]);
  });
});

Deno.test("a call is not sent again once the server has said a word, nor a third time", async () => {
  await scripted(async (peer, index) => {
    await peer.greet();
    if (index > 0) return void await peer.request().catch(() => undefined);
    const { streamId } = await peer.request();
    await peer.write(...peer.answer(streamId, HELLO));
    await peer.request();
    await peer.write(frame(PING, 0, 0, new Uint8Array(8)));
    await peer.next(PING);
  }, async (channel, server) => {
    await call(channel);
    const { code } = await failed(channel.unary(METHOD, HELLO, { idempotent: true }));
    assertEquals([code, server.connections], ["CONNECTION", 1]);
    // The first call of a connection: nothing shows that it was idle before.
    await failed(channel.unary(METHOD, HELLO, { idempotent: true }));
    assertEquals(server.connections, 2);
  });
});

Deno.test("calls that wait can be cancelled and run out of time", async () => {
  await scripted(async (peer) => {
    await peer.greet([Setting.MAX_CONCURRENT_STREAMS, 0]);
    await peer.drained();
  }, async (channel) => {
    await failed(channel.unary(METHOD, HELLO, { timeoutMs: 30 }));
    const controller = new AbortController();
    const calls = [
      channel.unary(METHOD, HELLO, { timeoutMs: 40 }),
      channel.unary(METHOD, HELLO, { signal: controller.signal }),
      channel.unary(METHOD, HELLO, { timeoutMs: 20 }),
    ].map(failed);
    controller.abort();
    const codes = (await Promise.all(calls)).map((error) => error.code);
    assertEquals(codes, ["TIMEOUT", "CANCELLED", "TIMEOUT"]);
  });
});

Deno.test("stream numbers run out: a new connection goes on", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    await echo(peer);
  }, async (channel, server) => {
    for (let i = 0; i < 5; i++) assertEquals((await call(channel)).message, HELLO);
    await Promise.all(Array.from({ length: 3 }, () => call(channel)));
    assertEquals(server.connections, 4);
  }, { firstStreamId: LAST_STREAM_ID - 2 });
});

Deno.test("connections: as many as asked for, when calls need them", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    await echo(peer);
  }, async (channel, server) => {
    for (let i = 0; i < 3; i++) await call(channel);
    assertEquals(server.connections, 1, "an idle one is there");
    await Promise.all(Array.from({ length: 9 }, () => call(channel)));
    assertEquals(server.connections, 3);
  }, { connections: 3 });
});

Deno.test("keepalive: a PING when it is quiet, an end when nobody answers", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    await peer.request();
    const octets = (await peer.next(PING)).payload;
    await peer.write(frame(PING, Flag.ACK, 0, octets));
    await peer.next(PING);
    await peer.drained();
  }, async (channel) => {
    const error = await failed(call(channel));
    assertEquals(error.code, "CONNECTION");
    assertStringIncludes(String(error.cause), "PING");
  }, { keepaliveMs: 20 });
});

Deno.test("messages of a stream come with the moment of their first byte", async () => {
  await scripted(async (peer) => {
    await peer.greet();
    await peer.next(HEADERS);
    const message = framed(new Uint8Array(50_000));
    await peer.write(peer.answerHead(1), frame(DATA, 0, 1, message.slice(0, 20_000)));
    await peer.write(frame(DATA, 0, 1, message.slice(20_000)));
    await peer.write(frame(DATA, 0, 1, Uint8Array.of(...framed(HELLO), ...framed(HELLO))));
    await peer.write(peer.trailers(1));
    await peer.drained();
  }, async (channel) => {
    const seen: [number, number][] = [];
    const { ended } = streamEnd(channel, {
      onMessage(message, receiveStart) {
        seen.push([message.length, receiveStart]);
      },
    });
    assertEquals(await ended, undefined);
    assertEquals(seen.map(([length]) => length), [50_000, 5, 5]);
    for (let i = 1; i < seen.length; i++) assertLess(seen[i - 1]![1], seen[i]![1] + 0.001);
  });
});

Deno.test("random frames from the server: an error or a timeout, never a hang", async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  console.log(`seed ${seed}`);
  let state = seed;
  const random = (below: number) => {
    state = Math.imul(state ^ state >>> 15, 0x2c1b3c6d) + 0x9e3779b9 | 0;
    return ((state ^ state >>> 13) >>> 0) % below;
  };
  await scripted(async (peer) => {
    await peer.greet();
    await peer.next(HEADERS);
    for (let i = 0; i < 20; i++) {
      const payload = Uint8Array.from({ length: random(20) }, () => random(256));
      await peer.write(frame(random(11), random(256), random(4), payload));
    }
    await peer.drained();
  }, async (channel) => {
    for (let i = 0; i < 60; i++) {
      const error = await failed(channel.unary(METHOD, HELLO, { timeoutMs: 30 }));
      assert(error instanceof InferenceError);
    }
  });
});
