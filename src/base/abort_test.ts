import { assertEquals } from "@std/assert";
import { onAbort } from "./abort.ts";

/** A signal that counts its listeners. */
function counting() {
  const controller = new AbortController();
  const { signal } = controller;
  let count = 0;
  for (const [method, step] of [["addEventListener", 1], ["removeEventListener", -1]] as const) {
    const original = signal[method] as (...args: unknown[]) => void;
    Object.defineProperty(signal, method, {
      value: (...args: unknown[]) => {
        count += step;
        original.apply(signal, args);
      },
    });
  }
  return { controller, signal, count: () => count };
}

Deno.test("a hundred watches are one listener, and none when all have ended", () => {
  const { controller, signal, count } = counting();
  const called: number[] = [];
  const ends = Array.from({ length: 100 }, (_, i) => onAbort(signal, () => called.push(i)));
  assertEquals(count(), 1);
  ends.slice(1).forEach((end) => end());
  assertEquals(count(), 1);
  controller.abort();
  assertEquals(called, [0]);
  ends[0]!();
});

Deno.test("a watch that ends leaves nothing behind, and another may begin", () => {
  const { controller, signal, count } = counting();
  onAbort(signal, () => {})();
  assertEquals(count(), 0);
  const called: string[] = [];
  const same = () => called.push("x");
  onAbort(signal, same);
  onAbort(signal, same);
  controller.abort();
  assertEquals(called, ["x", "x"]);
});

Deno.test("one that ends another while the signal aborts", () => {
  const { controller, signal } = counting();
  const called: string[] = [];
  let end = () => {};
  onAbort(signal, () => {
    called.push("a");
    end();
  });
  end = onAbort(signal, () => called.push("b"));
  controller.abort();
  assertEquals(called[0], "a");
});
