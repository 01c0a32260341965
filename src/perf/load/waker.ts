/**
 * Calls back at a moment. A timer comes 1 ms late on average, so where that matters the last 2 ms are
 * spent in turns of the event loop, with naps between them. For load on a schedule see `alarm.ts`.
 *
 * @module
 */
import { setImmediate } from "node:timers";
import type { Clock } from "../../base/clock.ts";

/** Calls back at a moment of a clock. */
export interface Waker {
  /** Replaces an earlier call that hasn't come yet. */
  at(moment: number, wake: () => void): void;
  close(): void;
}

/** How closely the moment is kept. */
export type Pacing = "precise" | "economical";

/** Before the moment, a timer ends and turns begin. */
const TURNS_MS = 2;
/** The longest nap. */
const NAP_MS = 0.25;
/** A nap takes a little longer than asked. */
const NAP_MARGIN_MS = 0.1;

/** Timers of the clock alone; for virtual time too. */
export function timerWaker(clock: Clock): Waker {
  let waiting = new AbortController();
  return {
    at(moment, wake) {
      waiting.abort();
      const own = waiting = new AbortController();
      clock.sleep(Math.max(0, moment - clock.now()), own.signal).then(() => {
        if (!own.signal.aborted) wake();
      });
    },
    close: () => waiting.abort(),
  };
}

/** A timer first, then turns with naps; what comes meanwhile is read up to several naps late. */
export function nappingWaker(now: () => number): Waker {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts calls of `at`; a turn of an older one does nothing. */
  let call = 0;
  const turn = (own: number, moment: number, wake: () => void) => {
    if (own !== call) return;
    const left = moment - now();
    if (left <= 0) return wake();
    if (left > TURNS_MS + 1) {
      timer = setTimeout(() => turn(own, moment, wake), left - TURNS_MS);
      return;
    }
    const nap = Math.min(NAP_MS, left - NAP_MARGIN_MS);
    if (nap > 0.02) Atomics.wait(cell, 0, 0, nap);
    setImmediate(() => turn(own, moment, wake));
  };
  const close = () => {
    call++;
    clearTimeout(timer);
  };
  return {
    at(moment, wake) {
      close();
      turn(call, moment, wake);
    },
    close,
  };
}
