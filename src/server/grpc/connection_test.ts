import { assertEquals } from "@std/assert";
import { InferenceError } from "../../base/errors.ts";
import {
  CLIENT_PREFACE,
  Flag,
  frame,
  FrameType,
  Http2Error,
  Setting,
  settingsPayload,
  uint32Payload,
} from "../../transport/http2/frames.ts";
import { prefixed, RawClient } from "../testing/raw_grpc_client.ts";
import { listenGrpc } from "./listener.ts";
import type { GrpcService } from "./service.ts";

const encoder = new TextEncoder();
const ECHO = "/t.S/Echo";

function service(): { services: GrpcService[]; released: PromiseWithResolvers<void> } {
  const released = Promise.withResolvers<void>();
  const services: GrpcService[] = [{
    name: "t.S",
    methods: [
      { kind: "unary", name: "Echo", handle: (message) => message },
      {
        kind: "unary",
        name: "Hold",
        handle: (message) => released.promise.then(() => message),
      },
      {
        kind: "unary",
        name: "Fail",
        handle: () => {
          throw new InferenceError("NOT_FOUND", "100 % näh\n");
        },
      },
      {
        kind: "stream",
        name: "Chat",
        open: (send) => ({
          onMessage(message) {
            if (message.length === 0) throw new InferenceError("INVALID_ARG", "empty");
            send(message);
            return Promise.resolve();
          },
        }),
      },
    ],
  }];
  return { services, released };
}

type Body = (client: RawClient, release: () => void, address: string) => Promise<void>;

function connectionTest(name: string, body: Body, first?: readonly Uint8Array[]): void {
  Deno.test(`grpc connection: ${name}`, async () => {
    const { services, released } = service();
    const listener = listenGrpc(services, { host: "127.0.0.1", port: 0 });
    const client = await RawClient.connect(listener.address, first);
    try {
      await body(client, () => released.resolve(), listener.address);
    } finally {
      client.close();
      released.resolve();
      await listener.close(1000);
    }
  });
}

function data(id: number, bytes: Uint8Array, end = true): Uint8Array {
  return frame(FrameType.DATA, end ? Flag.END_STREAM : 0, id, bytes);
}

const HELLO = prefixed(encoder.encode("hello"));

connectionTest("a call: head, message, trailers", async (client) => {
  await client.send(client.headers(1, ECHO), data(1, HELLO));
  await client.until(() => client.stream(1).ended);
  assertEquals(client.stream(1), {
    heads: [{ ":status": "200", "content-type": "application/grpc" }, { "grpc-status": "0" }],
    data: [...HELLO],
    ended: true,
  });
});

connectionTest("many calls on one connection, the header table in use", async (client) => {
  for (let id = 1; id < 100; id += 2) {
    await client.send(client.headers(id, ECHO), data(id, HELLO));
    await client.until(() => client.stream(id).ended);
    assertEquals(client.stream(id).heads.map((head) => Object.keys(head).length), [2, 1]);
  }
});

connectionTest("a client that wants no header table and allows pushes", async (client) => {
  for (const id of [1, 3, 5]) {
    await client.send(client.headers(id, ECHO), data(id, HELLO));
    await client.until(() => client.stream(id).ended);
    assertEquals(client.stream(id).heads[1], { "grpc-status": "0" });
  }
}, [
  CLIENT_PREFACE,
  frame(
    FrameType.SETTINGS,
    0,
    0,
    settingsPayload([[Setting.HEADER_TABLE_SIZE, 0], [Setting.ENABLE_PUSH, 1]]),
  ),
]);

connectionTest("a preface that comes octet by octet, a message in pieces", async (client) => {
  await client.send(client.headers(1, ECHO));
  for (let i = 0; i < HELLO.length; i++) {
    await client.send(data(1, HELLO.subarray(i, i + 1), i === HELLO.length - 1));
  }
  await client.until(() => client.stream(1).ended);
  assertEquals(client.stream(1).data, [...HELLO]);
}, [
  ...Array.from(CLIENT_PREFACE, (octet) => Uint8Array.of(octet)),
  frame(FrameType.SETTINGS, 0, 0),
]);

connectionTest("padding counts for nothing", async (client) => {
  const padded = Uint8Array.of(3, ...HELLO, 0, 0, 0);
  const flags = Flag.PADDED | Flag.END_STREAM;
  await client.send(client.headers(1, ECHO), frame(FrameType.DATA, flags, 1, padded));
  await client.until(() => client.stream(1).ended);
  assertEquals(client.stream(1).data, [...HELLO]);
});

const WINDOW = 7;

connectionTest("an answer waits for the stream's window, others go past it", async (client) => {
  await client.send(client.headers(1, ECHO), data(1, HELLO));
  await client.until(() => client.stream(1).data.length === WINDOW);
  await client.send(client.headers(3, ECHO), data(3, prefixed(Uint8Array.of(1))));
  await client.until(() => client.stream(3).ended);
  assertEquals(client.stream(1).ended, false);
  await client.send(frame(FrameType.WINDOW_UPDATE, 0, 1, uint32Payload(2)));
  await client.until(() => client.stream(1).data.length === WINDOW + 2);
  const larger = settingsPayload([[Setting.INITIAL_WINDOW_SIZE, 100]]);
  await client.send(frame(FrameType.SETTINGS, 0, 0, larger));
  await client.until(() => client.stream(1).ended);
  assertEquals(client.stream(1).data, [...HELLO]);
}, [
  CLIENT_PREFACE,
  frame(FrameType.SETTINGS, 0, 0, settingsPayload([[Setting.INITIAL_WINDOW_SIZE, WINDOW]])),
]);

connectionTest("an answer waits for the connection's window", async (client) => {
  const message = prefixed(new Uint8Array(100_000).fill(7));
  const pieces = Array.from(
    { length: 10 },
    (_, i) => data(1, message.subarray(i * 10_001, (i + 1) * 10_001), i === 9),
  );
  const larger = settingsPayload([[Setting.INITIAL_WINDOW_SIZE, 1_000_000]]);
  await client.send(frame(FrameType.SETTINGS, 0, 0, larger), client.headers(1, ECHO), ...pieces);
  await client.until(() => client.stream(1).data.length === 65_535);
  await client.send(frame(FrameType.WINDOW_UPDATE, 0, 0, uint32Payload(50_000)));
  await client.until(() => client.stream(1).ended);
  assertEquals(client.stream(1).data.length, message.length);
});

connectionTest("failures: what a method throws, unknown methods, no gRPC", async (client) => {
  await client.send(
    client.headers(1, "/t.S/Fail"),
    data(1, HELLO),
    client.headers(3, "/t.S/Nope", true),
    client.headers(5, ECHO, true, [["content-type", "text/html"]]),
  );
  await client.until(() => [1, 3, 5].every((id) => client.stream(id).ended));
  const head = { ":status": "200", "content-type": "application/grpc" };
  assertEquals(client.stream(1).heads, [
    { ...head, "grpc-status": "5", "grpc-message": "100 %25 n%C3%A4h%0A" },
  ]);
  assertEquals(client.stream(3).heads, [
    { ...head, "grpc-status": "12", "grpc-message": "the server has no method /t.S/Nope" },
  ]);
  assertEquals(client.stream(5).heads, [{ ":status": "415" }]);
});

connectionTest("a unary call with no message, two, or half of one", async (client) => {
  await client.send(
    client.headers(1, ECHO, true),
    client.headers(3, ECHO),
    data(3, Uint8Array.of(...HELLO, ...HELLO)),
    client.headers(5, ECHO),
    data(5, HELLO.subarray(0, 7)),
  );
  await client.until(() => [1, 3, 5].every((id) => client.stream(id).ended));
  assertEquals([1, 3, 5].map((id) => client.stream(id).heads[0]!["grpc-message"]), [
    "Echo takes one message, none came",
    "Echo takes one message, more came",
    "the call ended in the middle of a message",
  ]);
});

connectionTest("a stream that fails is reset for the client that still sends", async (client) => {
  await client.send(client.headers(1, "/t.S/Chat"), data(1, HELLO, false));
  await client.until(() => client.stream(1).data.length === HELLO.length);
  await client.send(data(1, prefixed(new Uint8Array(0)), false));
  await client.until(() => client.stream(1).reset !== undefined);
  assertEquals(client.stream(1).heads[1], { "grpc-status": "3", "grpc-message": "empty" });
  assertEquals(client.stream(1).reset, Http2Error.NO_ERROR);
  await client.send(data(1, HELLO));
  await client.send(client.headers(3, ECHO), data(3, HELLO));
  await client.until(() => client.stream(3).ended);
});

connectionTest("a call that the client gives up is not answered", async (client, release) => {
  const reset = frame(FrameType.RST_STREAM, 0, 1, uint32Payload(Http2Error.CANCEL));
  await client.send(client.headers(1, "/t.S/Hold"), data(1, HELLO), reset);
  release();
  await client.send(client.headers(3, ECHO), data(3, HELLO));
  await client.until(() => client.stream(3).ended);
  assertEquals(client.stream(1).heads, []);
});

connectionTest("pings are answered", async (client) => {
  const payload = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  await client.send(frame(FrameType.PING, 0, 0, payload));
  await client.until(() => client.pings.length === 1);
  assertEquals(client.pings, [[...payload]]);
});

const VIOLATIONS: Readonly<Record<string, readonly Uint8Array[]>> = {
  "a frame for a stream that was never opened": [data(9, HELLO)],
  "an even stream": [frame(FrameType.RST_STREAM, 0, 2, uint32Payload(0))],
  "a window that gets too large": [
    frame(FrameType.WINDOW_UPDATE, 0, 0, uint32Payload(0x7fffffff)),
  ],
  "a setting out of range": [
    frame(FrameType.SETTINGS, 0, 0, settingsPayload([[Setting.MAX_FRAME_SIZE, 1]])),
  ],
  "a header block that can't be decoded": [
    frame(
      FrameType.HEADERS,
      Flag.END_HEADERS,
      1,
      Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
    ),
  ],
};

for (const [name, frames] of Object.entries(VIOLATIONS)) {
  connectionTest(`${name} ends the connection`, async (client) => {
    await client.send(...frames);
    await client.untilClosed();
    assertEquals(client.goAway, Http2Error.PROTOCOL_ERROR);
  });
}

connectionTest(
  "what is no HTTP/2 is hung up on, and the server lives",
  async (other, _, address) => {
    await other.untilClosed();
    const client = await RawClient.connect(address);
    await client.send(client.headers(1, ECHO), data(1, HELLO));
    await client.until(() => client.stream(1).ended);
    client.close();
  },
  [encoder.encode("GET / HTTP/1.1\r\n\r\n")],
);

Deno.test("grpc connection: closing answers calls under way and refuses new ones", async () => {
  const { services, released } = service();
  const listener = listenGrpc(services, { host: "127.0.0.1", port: 0 });
  const client = await RawClient.connect(listener.address);
  await client.send(client.headers(1, "/t.S/Hold"), data(1, HELLO));
  await client.send(client.headers(3, ECHO), data(3, HELLO));
  await client.until(() => client.stream(3).ended);
  const closed = listener.close(10_000);
  await client.send(client.headers(5, ECHO), data(5, HELLO));
  await client.until(() => client.stream(5).reset !== undefined);
  assertEquals(client.stream(5).reset, Http2Error.REFUSED_STREAM);
  released.resolve();
  await client.until(() => client.stream(1).ended);
  assertEquals(client.stream(1).heads[1], { "grpc-status": "0" });
  await client.untilClosed();
  client.close();
  await closed;
});
