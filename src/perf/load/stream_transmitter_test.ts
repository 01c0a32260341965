import { assertEquals } from "@std/assert";
import { systemClock } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import type { EncodedRequest, Protocol, Reply, StreamHandlers } from "../../protocol/types.ts";
import { createSlot } from "./slot.ts";
import { streamTransmitter } from "./stream_transmitter.ts";

interface Said {
  readonly id: string;
  readonly error?: string;
  readonly final?: boolean;
  readonly empty?: boolean;
}

const times = { sendStart: 0, sendEnd: 0, receiveStart: 0, receiveEnd: 0 };

/** A stream whose answers the test says; what the sink heard. */
function setUp() {
  let handlers: StreamHandlers | undefined;
  const heard: string[] = [];
  const protocol = {
    failure: ({ error }: Said) =>
      error === undefined ? undefined : new InferenceError("UNKNOWN", error),
    replyId: ({ id }: Said) => id,
    isFinal: ({ final = true }: Said) => final,
    isEmpty: ({ empty = false }: Said) => empty,
    openStream(given: StreamHandlers) {
      handlers = given;
      return { send: () => Promise.resolve(), end() {}, cancel() {}, done: Promise.resolve() };
    },
  } as unknown as Protocol;
  const options = { streams: 1, decoupled: true, timeoutMs: 0 };
  const transmitter = streamTransmitter(protocol, systemClock, options, {
    done: (slot) => void heard.push(`done ${slot.responses}`),
    failed: (_slot, error, answered) => void heard.push(`failed ${error.message} ${answered}`),
    answered() {},
    gap() {},
  });
  const slot = { ...createSlot(0), id: "7" };
  transmitter.send(slot, {} as EncodedRequest);
  return { heard, say: (said: Said) => handlers!.onReply({ ...said, times } as unknown as Reply) };
}

Deno.test("an error among a decoupled model's answers doesn't end the request; the final flag does", () => {
  const { heard, say } = setUp();
  say({ id: "7", final: false });
  say({ id: "7", final: false, error: "no luck" });
  say({ id: "7", final: false, error: "again" });
  assertEquals(heard, []);
  say({ id: "7", final: true, empty: true });
  assertEquals(heard, ["failed no luck true"]);
  say({ id: "7", final: true });
  assertEquals(heard.length, 1);
});

Deno.test("a final error ends it at once, and answers without errors are counted", () => {
  const failed = setUp();
  failed.say({ id: "7", error: "no" });
  assertEquals(failed.heard, ["failed no true"]);
  const good = setUp();
  for (const final of [false, false]) good.say({ id: "7", final });
  good.say({ id: "7", final: true, empty: true });
  assertEquals(good.heard, ["done 2"]);
});
