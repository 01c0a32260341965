import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { gzipSync } from "node:zlib";
import { GrpcStatus } from "../../transport/grpc/status.ts";
import {
  CLIENT_PREFACE,
  Flag,
  frame,
  FrameType,
  Http2Error,
  putUint32,
  uint32Payload,
} from "../../transport/http2/frames.ts";
import type { Caller } from "../core/model.ts";
import type { ServerLimits } from "../limits.ts";
import { prefixed, RawClient } from "../testing/raw_grpc_client.ts";
import { listenGrpc } from "./listener.ts";
import type { Send } from "./service.ts";

const ECHO = "/t.S/Echo";
const HOLD = "/t.S/Hold";
const PUSH = "/t.S/Push";
const NOTHING = new Uint8Array(0);

interface Served {
  readonly client: RawClient;
  readonly address: string;
  /** Callers of Hold. */
  readonly callers: Caller[];
  /** Octets that Push has made so far. */
  readonly pushed: () => number;
}

/** Echo answers, Hold never does; Push sends 1000 messages of 100 KB when it is waited for. */
function limitsTest(
  name: string,
  limits: Partial<ServerLimits>,
  body: (served: Served) => Promise<void>,
): void {
  Deno.test(`grpc limits: ${name}`, async () => {
    const callers: Caller[] = [];
    const { promise: never, resolve } = Promise.withResolvers<Uint8Array>();
    let pushed = 0;
    const push = async (send: Send, caller: Caller) => {
      for (let i = 0; i < 1000 && !caller.gone; i++) {
        pushed += 100_000;
        await send(new Uint8Array(100_000));
      }
    };
    const hold = (_: Uint8Array, caller: Caller) => {
      callers.push(caller);
      return never;
    };
    const listener = listenGrpc([{
      name: "t.S",
      methods: [
        { kind: "unary", name: "Echo", handle: (message) => message },
        { kind: "unary", name: "Hold", handle: hold },
        {
          kind: "stream",
          name: "Push",
          open: (send, caller) => ({ onMessage: () => push(send, caller) }),
        },
      ],
    }], { host: "127.0.0.1", port: 0, limits });
    const client = await RawClient.connect(listener.address);
    try {
      await body({ client, address: listener.address, callers, pushed: () => pushed });
    } finally {
      client.close();
      await listener.close(1000);
      resolve(NOTHING);
    }
  });
}

const PREFACE = Uint8Array.of(...CLIENT_PREFACE, ...frame(FrameType.SETTINGS, 0, 0));

const data = (id: number, bytes: Uint8Array, end = true) =>
  frame(FrameType.DATA, end ? Flag.END_STREAM : 0, id, bytes);
const reset = (id: number) => frame(FrameType.RST_STREAM, 0, id, uint32Payload(Http2Error.CANCEL));

function compressed(bytes: Uint8Array): Uint8Array {
  const message = prefixed(gzipSync(bytes));
  message[0] = 1;
  return message;
}

limitsTest(
  "streams beyond the limit are refused, others go on",
  { maxStreams: 2 },
  async (served) => {
    const { client } = served;
    for (const id of [1, 3, 5]) {
      await client.send(
        client.headers(id, HOLD),
        data(id, prefixed(NOTHING)),
      );
    }
    await client.until(() => client.stream(5).reset !== undefined);
    assertEquals(client.stream(5).reset, Http2Error.REFUSED_STREAM);
    await client.send(reset(1), client.headers(7, ECHO), data(7, prefixed(NOTHING)));
    await client.until(() => client.stream(7).ended);
    assertEquals(served.callers.map(({ gone }) => gone), [true, false]);
  },
);

limitsTest(
  "a message beyond the limit ends its call only",
  { maxBodyBytes: 1000 },
  async ({ client }) => {
    const claim = new Uint8Array(5);
    putUint32(claim, 1, 0x7fffffff);
    await client.send(client.headers(1, ECHO), data(1, claim, false));
    await client.until(() => client.stream(1).ended);
    const [head] = client.stream(1).heads;
    assertEquals(head!["grpc-status"], String(GrpcStatus.RESOURCE_EXHAUSTED));
    assertStringIncludes(head!["grpc-message"]!, "2147483647 octets, more than 1000");
    await client.send(client.headers(3, ECHO), data(3, prefixed(NOTHING)));
    await client.until(() => client.stream(3).ended);
  },
);

limitsTest(
  "bombs end their calls only, good ones are read",
  { maxBodyBytes: 2 ** 20 },
  async (served) => {
    const { client } = served;
    const gzip = [["grpc-encoding", "gzip"]] as const;
    const bomb = compressed(new Uint8Array(2 ** 26));
    for (const id of [1, 3, 5]) {
      await client.send(
        client.headers(id, ECHO, false, gzip),
        data(id, bomb),
      );
    }
    const good = new Uint8Array(1000).fill(7);
    await client.send(client.headers(7, ECHO, false, gzip), data(7, compressed(good)));
    const bad = Uint8Array.of(1, 0, 0, 0, 2, 9, 9);
    await client.send(client.headers(9, ECHO, false, gzip), data(9, bad));
    await client.until(() => [1, 3, 5, 7, 9].every((id) => client.stream(id).ended));
    for (const id of [1, 3, 5]) {
      const [head] = client.stream(id).heads;
      assertEquals(head!["grpc-status"], String(GrpcStatus.RESOURCE_EXHAUSTED));
      assertStringIncludes(head!["grpc-message"]!, "grows beyond 131072 bytes");
    }
    assertEquals(client.stream(7).data, [...prefixed(good)]);
    assertEquals(client.stream(9).heads[0]!["grpc-status"], String(GrpcStatus.INTERNAL));
  },
);

limitsTest("a stream's maker waits for a client that takes nothing", {}, async (served) => {
  const { client, pushed } = served;
  await client.send(client.headers(1, PUSH), data(1, prefixed(NOTHING), false));
  await client.until(() => client.stream(1).data.length === 65_535);
  // Another call has gone all the way since then.
  await client.send(client.headers(3, ECHO), data(3, NOTHING));
  await client.until(() => client.stream(3).ended);
  assert(pushed() <= 500_000, `${pushed()}`);
  const more = frame(FrameType.WINDOW_UPDATE, 0, 1, uint32Payload(1_000_000));
  await client.send(frame(FrameType.WINDOW_UPDATE, 0, 0, uint32Payload(1_000_000)), more);
  await client.until(() => client.stream(1).data.length === 1_065_535);
  assert(pushed() <= 1_600_000, `${pushed()}`);
  await client.send(reset(1));
});

limitsTest("a flood of resets ends the connection", {}, async ({ client }) => {
  const sent = (async () => {
    for (let id = 1; id < 5000; id += 2) await client.send(client.headers(id, HOLD), reset(id));
  })().catch(() => {});
  await client.untilClosed();
  await sent;
  assertEquals(client.goAway, Http2Error.PROTOCOL_ERROR);
});

limitsTest("a flood of what isn't gRPC ends the connection", {}, async ({ address }) => {
  const [hostname, port] = address.split(":");
  const conn = await Deno.connect({ hostname, port: Number(port) });
  const builder = await RawClient.connect(address);
  const html = [["content-type", "text/html"]] as const;
  const heads = Array.from({ length: 500 }, (_, i) => builder.headers(2 * i + 1, ECHO, true, html));
  builder.close();
  // Nobody reads the answers.
  let ended = false;
  for (let id = 1; id < 2 ** 20 && !ended; id += 1000) {
    for (const [i, head] of heads.entries()) putUint32(head, 5, id + 2 * i);
    if (id === 1) await conn.write(PREFACE);
    const bytes = Uint8Array.from(heads.flatMap((head) => [...head]));
    for (let at = 0; at < bytes.length && !ended;) {
      await conn.write(bytes.subarray(at)).then((count) => at += count, () => ended = true);
    }
  }
  conn.close();
  assert(ended);
});

limitsTest("who stops in the middle of a message, or says nothing, is left", {
  requestTimeoutMs: 60,
  idleTimeoutMs: 60,
}, async ({ client, address }) => {
  const mute = await RawClient.connect(address, []);
  const idle = await RawClient.connect(address);
  await client.send(
    client.headers(1, ECHO),
    data(1, prefixed(new Uint8Array(9)).subarray(0, 7), false),
  );
  await Promise.all([client, mute, idle].map((each) => each.untilClosed()));
  mute.close();
  idle.close();
});

limitsTest("who takes none of an answer is left", { requestTimeoutMs: 60 }, async ({ client }) => {
  await client.send(client.headers(1, PUSH), data(1, prefixed(NOTHING), false));
  await client.untilClosed();
});
