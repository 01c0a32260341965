/**
 * The main module of an alarm's worker: it sleeps until a moment, and says so. A worker may sleep for
 * parts of a millisecond, which no timer does, and holds nobody up meanwhile.
 *
 * @module
 */
import { AHEAD_MS, alarmMemory, Moment, Order, Word } from "./alarm_memory.ts";

interface Port {
  onmessage: ((event: MessageEvent<SharedArrayBuffer>) => void) | null;
  postMessage(order: number): void;
  close(): void;
}

/** A sleep that is longer than asked by more than this is a coarse clock's. */
const FINE_MS = 0.3;
const TRIES = 3;
const TRY_MS = 1;

/** By how much sleeps are too long here, at their best: 15 ms on some systems. */
function coarseness(words: Int32Array): number {
  let least = Infinity;
  for (let i = 0; i < TRIES; i++) {
    const from = performance.now();
    // Nobody wakes this one.
    Atomics.wait(words, Word.ANSWER, words[Word.ANSWER]!, TRY_MS);
    least = Math.min(least, performance.now() - from - TRY_MS);
  }
  return least > FINE_MS ? least : 0;
}

const port = self as unknown as Port;

port.onmessage = ({ data }) => {
  const { moments, words } = alarmMemory(data);
  const coarse = coarseness(words);
  let done = Atomics.load(words, Word.ORDER);
  port.postMessage(done);
  while (true) {
    Atomics.wait(words, Word.ORDER, done);
    const order = Atomics.load(words, Word.ORDER);
    if (order === done) continue;
    const kind = words[Word.KIND];
    if (kind === Order.END) break;
    if (kind === Order.TELL_TIME) {
      moments[Moment.NOW] = performance.now();
      Atomics.add(words, Word.ANSWER, 1);
      Atomics.notify(words, Word.ANSWER);
      done = order;
      continue;
    }
    const left = moments[Moment.DUE]! - performance.now() - AHEAD_MS;
    if (left <= 0) {
      port.postMessage(order);
      done = order;
    } else if (left > coarse) Atomics.wait(words, Word.ORDER, order, left - coarse);
  }
  port.close();
};
