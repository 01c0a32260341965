import { assertEquals, assertInstanceOf } from "@std/assert";
import { InferenceError } from "../base/errors.ts";
import { OUTPUT_CLOSED, type SignalPlatform, watchSignals } from "./signals.ts";

function fakePlatform(os: typeof Deno.build.os) {
  const handlers = new Map<Deno.Signal, () => void>();
  const exits: number[] = [];
  const platform: SignalPlatform = {
    os,
    addSignalListener: (signal, handler) => handlers.set(signal, handler),
    removeSignalListener: (signal, handler) => {
      if (handlers.get(signal) === handler) handlers.delete(signal);
    },
    exit: (code) => exits.push(code),
  };
  return { platform, handlers, exits };
}

Deno.test("signals: only those that the system has are listened to", () => {
  const cases: [typeof Deno.build.os, string[]][] = [
    ["windows", ["SIGINT", "SIGBREAK"]],
    ["linux", ["SIGINT", "SIGTERM"]],
    ["darwin", ["SIGINT", "SIGTERM"]],
  ];
  for (const [os, expected] of cases) {
    const { platform, handlers } = fakePlatform(os);
    const { dispose } = watchSignals(platform);
    assertEquals([...handlers.keys()], expected);
    dispose();
    assertEquals(handlers.size, 0);
  }
});

Deno.test("signals: the first aborts, the second exits with its own code", () => {
  const { platform, handlers, exits } = fakePlatform("linux");
  const { signal } = watchSignals(platform);
  assertEquals(signal.aborted, false);
  handlers.get("SIGTERM")!();
  assertEquals(signal.aborted, true);
  assertInstanceOf(signal.reason, InferenceError);
  assertEquals(signal.reason.code, "CANCELLED");
  assertEquals(exits, []);
  handlers.get("SIGINT")!();
  assertEquals(exits, [130]);
});

Deno.test("signals: a closed output aborts for its own reason; a signal then still is the first", () => {
  const { platform, handlers, exits } = fakePlatform("linux");
  const { signal, outputClosed } = watchSignals(platform);
  outputClosed();
  assertEquals(signal.reason, OUTPUT_CLOSED);
  handlers.get("SIGINT")!();
  assertEquals([signal.reason, exits], [OUTPUT_CLOSED, []]);
  handlers.get("SIGINT")!();
  assertEquals(exits, [130]);
});

Deno.test("signals: the system's own listeners leave nothing behind", () => {
  const { os } = Deno.build;
  const { addSignalListener, removeSignalListener } = Deno;
  const { dispose } = watchSignals({ os, addSignalListener, removeSignalListener, exit() {} });
  dispose();
});
