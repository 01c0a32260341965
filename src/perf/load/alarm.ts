/**
 * A waker whose waiting is done by a worker. A thread that naps itself reads what comes a nap late, and
 * with every answer read late each latency is too long; this one reads, and is told when it is time.
 *
 * @module
 */
import { setImmediate } from "node:timers";
import {
  AHEAD_MS,
  type AlarmMemory,
  alarmMemory,
  giveOrder,
  Moment,
  Order,
  Word,
} from "./alarm_memory.ts";
import { nappingWaker, type Waker } from "./waker.ts";

/** What an alarm needs of a worker. */
export type AlarmWorker = Pick<Worker, "addEventListener" | "postMessage" | "terminate">;

/** Questions by which the worker's clock is compared with ours; the quickest answer counts. */
const CLOCK_ROUNDS = 8;
/** This thread stands still meanwhile; a worker that takes longer to say its time is no help. */
const ANSWER_MS = 200;

interface Alarm {
  readonly moment: number;
  readonly wake: () => void;
}

function startAlarmWorker(): AlarmWorker {
  return new Worker(new URL("./alarm_worker.ts", import.meta.url), { type: "module" });
}

/**
 * Wakes within some hundredths of a millisecond. The worker starts at once, which takes this thread some
 * milliseconds; until it is there, and where there can't be one, this thread naps.
 */
export function alarmWaker(now: () => number, start = startAlarmWorker): Waker {
  const memory = alarmMemory();
  const naps = nappingWaker(now);
  const worker = start();
  /** To be added to our clock for the worker's; undefined while there is no worker to rely on. */
  let shift: number | undefined;
  let ended = false;
  let latest: Alarm | undefined;
  let order: number | undefined;

  const turn = (own: Alarm) => {
    if (own !== latest) return;
    if (now() < own.moment) return void setImmediate(turn, own);
    latest = undefined;
    own.wake();
  };
  const arm = (own: Alarm) => {
    order = undefined;
    if (own.moment - now() <= AHEAD_MS) turn(own);
    else if (shift === undefined) naps.at(own.moment, () => turn(own));
    else {
      memory.moments[Moment.DUE] = own.moment + shift;
      order = giveOrder(memory, Order.WAKE);
    }
  };
  const rearm = () => latest === undefined ? undefined : arm(latest);
  let greeted = false;
  worker.addEventListener("message", ({ data }: MessageEvent<number>) => {
    if (greeted) return data === order && latest !== undefined ? turn(latest) : undefined;
    greeted = true;
    shift = ended ? undefined : clockShift(memory, now);
    if (shift === undefined) return;
    naps.close();
    rearm();
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    shift = undefined;
    rearm();
  });
  worker.postMessage(memory.buffer);

  return {
    at(moment, wake) {
      latest = { moment, wake };
      arm(latest);
    },
    close() {
      ended = true;
      latest = shift = undefined;
      naps.close();
      giveOrder(memory, Order.END);
      worker.terminate();
    },
  };
}

/** What the worker's clock shows at our zero, as exact as half of the quickest answer. */
function clockShift(memory: AlarmMemory, now: () => number): number | undefined {
  const { moments, words } = memory;
  let best = Infinity;
  let shift: number | undefined;
  for (let round = 0; round < CLOCK_ROUNDS; round++) {
    const answer = Atomics.load(words, Word.ANSWER);
    const before = now();
    giveOrder(memory, Order.TELL_TIME);
    if (Atomics.wait(words, Word.ANSWER, answer, ANSWER_MS) === "timed-out") return undefined;
    const after = now();
    if (after - before >= best) continue;
    best = after - before;
    shift = moments[Moment.NOW]! - (before + after) / 2;
  }
  return shift;
}
