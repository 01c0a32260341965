import { assert, assertEquals, assertGreaterOrEqual } from "@std/assert";
import { alarmWaker, type AlarmWorker } from "./alarm.ts";
import { AHEAD_MS, alarmMemory, giveOrder, Moment, Order, Word } from "./alarm_memory.ts";

const now = () => performance.now();
const realWorker = () =>
  new Worker(new URL("./alarm_worker.ts", import.meta.url), { type: "module" });

/** A worker in this thread that a test speaks for; it is asked for the time by nobody. */
class Silent extends EventTarget {
  terminated = false;
  memory: SharedArrayBuffer | undefined;
  postMessage(memory: SharedArrayBuffer) {
    this.memory = memory;
  }
  terminate() {
    this.terminated = true;
  }
}
const asWorker = (silent: Silent) => silent as unknown as AlarmWorker;

/** Moments `gapMs` apart, one after the other; resolves with how late each one came. */
function woken(waker: ReturnType<typeof alarmWaker>, count: number, gapMs: number) {
  return new Promise<number[]>((resolve) => {
    const late: number[] = [];
    const next = (moment: number) =>
      waker.at(moment, () => {
        late.push(now() - moment);
        if (late.length === count) resolve(late);
        else next(moment + gapMs);
      });
    next(now() + gapMs);
  });
}

Deno.test("alarm: every moment comes once, none early, with the worker and before it is there", async () => {
  const waker = alarmWaker(now, realWorker);
  try {
    for (const gapMs of [0.05, 0.5, 3, 20, 0.5]) {
      const late = await woken(waker, 20, gapMs);
      assertEquals(late.length, 20);
      for (const ms of late) assertGreaterOrEqual(ms, 0);
    }
  } finally {
    waker.close();
  }
});

Deno.test("alarm's worker: greets, tells its time, and says an order's number when it is due", async () => {
  const worker = realWorker();
  const said: number[] = [];
  const heard: (() => void)[] = [];
  worker.addEventListener("message", ({ data }) => {
    said.push(data);
    heard.shift()?.();
  });
  const next = () => new Promise<void>((resolve) => heard.push(resolve));
  const memory = alarmMemory();
  const { moments, words } = memory;
  const greeting = next();
  worker.postMessage(memory.buffer);
  await greeting;
  assertEquals(said, [0]);

  const time = async () => {
    const before = Atomics.load(words, Word.ANSWER);
    giveOrder(memory, Order.TELL_TIME);
    while (Atomics.load(words, Word.ANSWER) === before) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return moments[Moment.NOW]!;
  };
  const from = await time();
  assertGreaterOrEqual(from, 0);

  moments[Moment.DUE] = from + 3_600_000;
  const passed = giveOrder(memory, Order.WAKE);
  // A new order in place of one that hasn't come: the old number is never said.
  moments[Moment.DUE] = from + 10;
  const order = giveOrder(memory, Order.WAKE);
  await next();
  assertEquals(said, [0, order]);
  assertEquals([passed, order], [2, 3]);
  assertGreaterOrEqual(await time(), from + 10 - AHEAD_MS);
  giveOrder(memory, Order.END);
  worker.terminate();
});

Deno.test("alarm: a later moment takes the place of the one before, however near", async () => {
  const waker = alarmWaker(now, realWorker);
  try {
    await woken(waker, 5, 10);
    for (const near of [0, 0.05, 1, 5]) {
      const calls: string[] = [];
      await new Promise<void>((resolve) => {
        const from = now();
        // A moment that has come already is told at once: nothing can take its place.
        waker.at(from + near + 0.02, () => calls.push("first"));
        const before = calls.length;
        waker.at(from + 15, () => {
          calls.push("second");
          resolve();
        });
        if (before > 0) calls.shift();
      });
      assertEquals(calls, ["second"]);
    }
  } finally {
    waker.close();
  }
});

Deno.test("alarm: after its end no moment comes and the worker is gone", async () => {
  const silent = new Silent();
  const waker = alarmWaker(now, () => asWorker(silent));
  let calls = 0;
  waker.at(now() + 5, () => calls++);
  waker.close();
  assert(silent.terminated);
  const { words } = alarmMemory(silent.memory!);
  assertEquals(words[Word.KIND], Order.END);
  const other = alarmWaker(now, realWorker);
  await woken(other, 1, 20);
  other.close();
  assertEquals(calls, 0);
});

Deno.test("alarm: without a worker, and with one that doesn't say its time, this thread naps", async () => {
  const silent = new Silent();
  const waker = alarmWaker(now, () => asWorker(silent));
  assertEquals((await woken(waker, 3, 4)).length, 3);
  // It greets, but doesn't answer.
  silent.dispatchEvent(new MessageEvent("message", { data: 0 }));
  assertEquals((await woken(waker, 3, 4)).length, 3);
  waker.close();
});

Deno.test("alarm: a worker that breaks down leaves its moment to this thread", async () => {
  let worker: Worker | undefined;
  const waker = alarmWaker(now, () => worker = realWorker());
  await woken(waker, 5, 20);
  const waiting = woken(waker, 2, 60);
  worker!.dispatchEvent(new ErrorEvent("error", { cancelable: true, message: "gone" }));
  assertEquals((await waiting).length, 2);
  waker.close();
});

Deno.test("alarm: orders are numbered, also beyond 32 bits", () => {
  const memory = alarmMemory();
  memory.words[Word.ORDER] = 2 ** 31 - 1;
  assertEquals(giveOrder(memory, Order.WAKE), -(2 ** 31));
  assertEquals(memory.words[Word.ORDER], -(2 ** 31));
  memory.moments[Moment.DUE] = 12.5;
  assertEquals(alarmMemory(memory.buffer).moments[Moment.DUE], 12.5);
});
