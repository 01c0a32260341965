import { assertEquals, assertStrictEquals } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { type Codec, totalCodec, unreadable } from "./codec.ts";
import type { EncodedRequest, Reply } from "./types.ts";
import { simpleRequest } from "./v2/fake_test_transports.ts";

const REPLY: Reply = {
  byteLength: 0,
  times: { sendStart: 0, sendEnd: 0, receiveStart: 0, receiveEnd: 0 },
};

function throwing(error: unknown): Codec<EncodedRequest, Reply> {
  const fail = () => {
    throw error;
  };
  return {
    encode: fail,
    failure: fail,
    decode: fail,
    replyId: fail,
    isFinal: fail,
    isEmpty: fail,
  };
}

Deno.test("a total codec's readers never throw", () => {
  const codec = totalCodec(throwing(new RangeError("Invalid array length")), "h:1");
  const error = codec.failure(REPLY);
  assertEquals(
    [error?.code, error?.message],
    ["PROTOCOL", "Cannot read the answer of the server at h:1: Invalid array length"],
  );
  const response = codec.decode(REPLY, simpleRequest({ modelVersion: 3n, batchSize: 2 }));
  assertEquals(response.error?.code, "PROTOCOL");
  assertEquals([response.modelName, response.modelVersion, response.batchSize], ["simple", "3", 2]);
  assertEquals([response.outputs, response.final], [[], true]);
  assertEquals([codec.replyId(REPLY), codec.isFinal(REPLY), codec.isEmpty(REPLY)], [
    "",
    true,
    false,
  ]);
});

Deno.test("what the server or the reader says itself is kept", () => {
  const error = new InferenceError("PROTOCOL", "its JSON part is not an object");
  assertStrictEquals(unreadable(error, "h:1"), error);
  assertStrictEquals(totalCodec(throwing(error), "h:1").failure(REPLY), error);
});
