import { assertEquals, assertRejects } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import type { GrpcChannel, GrpcStreamHandlers } from "../transport/types.ts";
import { decodeMessage, encodeMessage } from "./message.ts";
import { createStub } from "./stub.ts";
import {
  HealthRequest,
  HealthResponse,
  InferRequest,
  InferResponse,
} from "./v1/generated/messages.js";
import { GRPCService } from "./v1/generated/services.ts";

const NO_TIMES = { sendStart: 0, sendEnd: 0, receiveStart: 0, receiveEnd: 0 };

interface Stream {
  readonly handlers: GrpcStreamHandlers;
  readonly sent: Uint8Array[];
  ended: boolean;
  cancelled: boolean;
}

/** A channel that answers every health question and leaves its streams to the test. */
function fakeChannel(onSend: (stream: Stream) => void = () => {}) {
  const methods: string[] = [];
  const streams: Stream[] = [];
  const channel: GrpcChannel = {
    address: { host: "test", port: 1, tls: false, basePath: "" },
    unary(method, message) {
      methods.push(method);
      const { mode } = decodeMessage(HealthRequest, message);
      const answer = encodeMessage(HealthResponse, { health: mode === "live" });
      return Promise.resolve({ message: answer, times: NO_TIMES });
    },
    exchange() {
      throw new Error("stubs have promises");
    },
    stream(method, handlers) {
      methods.push(method);
      const stream: Stream = { handlers, sent: [], ended: false, cancelled: false };
      streams.push(stream);
      return {
        send(message) {
          stream.sent.push(message);
          onSend(stream);
          return Promise.resolve();
        },
        end: () => {
          stream.ended = true;
          handlers.onEnd(undefined);
        },
        cancel: () => stream.cancelled = true,
        pause() {},
        resume() {},
      };
    },
    close() {},
  };
  return { channel, methods, streams };
}

const answer = (modelName: string) => encodeMessage(InferResponse, { metaData: { modelName } });
const echo = ({ handlers, sent }: Stream) => {
  const { modelName } = decodeMessage(InferRequest, sent.at(-1)!);
  handlers.onMessage(answer(modelName!), 0);
};

Deno.test("a unary method takes and gives plain objects, with defaults", async () => {
  const { channel, methods } = fakeChannel();
  const stub = createStub(GRPCService, channel);
  assertEquals((await stub.health({ mode: "live" })).health, true);
  assertEquals((await stub.health({ mode: "ready" })).health, false);
  assertEquals(methods[0], "/nvidia.inferenceserver.GRPCService/Health");
  const wrong = { mode: 1 } as unknown as HealthRequest;
  const error = await assertRejects(() => stub.health(wrong), InferenceError, "mode");
  assertEquals(error.code, "INVALID_ARG");
});

Deno.test("a streaming method yields the answers and ends with the stream", async () => {
  const { channel, streams } = fakeChannel(echo);
  const stub = createStub(GRPCService, channel);
  const replies = stub.streamInfer([{ modelName: "a" }, { modelName: "b" }]);
  assertEquals(streams.length, 0);
  const names: (string | undefined)[] = [];
  for await (const reply of replies) names.push(reply.metaData?.modelName);
  assertEquals(names, ["a", "b"]);
  assertEquals(streams[0]!.ended, true);
});

Deno.test("answers that came before the stream broke are not lost", async () => {
  const { channel } = fakeChannel((stream) => {
    echo(stream);
    stream.handlers.onEnd(new InferenceError("CONNECTION", "broken"));
  });
  const replies = createStub(GRPCService, channel).streamInfer([{ modelName: "a" }]);
  assertEquals((await replies.next()).value?.metaData?.modelName, "a");
  await assertRejects(() => replies.next(), InferenceError, "broken");
});

Deno.test("leaving the loop cancels the call and closes the requests", async () => {
  const { channel, streams } = fakeChannel(echo);
  let closed = false;
  async function* endless() {
    try {
      for (;;) yield await Promise.resolve({ modelName: "again" });
    } finally {
      closed = true;
    }
  }
  for await (const reply of createStub(GRPCService, channel).streamInfer(endless())) {
    assertEquals(reply.metaData?.modelName, "again");
    break;
  }
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  assertEquals(streams[0]!.cancelled, true);
  assertEquals(closed, true);
});

Deno.test("what the requests throw comes out of the answers, and the call is cancelled", async () => {
  const { channel, streams } = fakeChannel();
  function* bad() {
    yield { modelName: "a" };
    throw new RangeError("no more pictures");
  }
  const stub = createStub(GRPCService, channel);
  await assertRejects(() => stub.streamInfer(bad()).next(), RangeError, "no more pictures");
  assertEquals(streams[0]!.cancelled, true);
  const wrong = [{ nosuch: 1 } as InferRequest];
  await assertRejects(() => stub.streamInfer(wrong).next(), InferenceError, "nosuch");
});
