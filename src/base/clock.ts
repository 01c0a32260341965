/**
 * Time as an argument: whatever measures or waits takes a {@linkcode Clock}.
 *
 * @module
 */

/** A monotonic clock that can also wait. */
export interface Clock {
  /** Milliseconds with fractions since some fixed moment; never goes back. */
  now(): number;
  /** Resolves after `ms` milliseconds, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => performance.now(),
  sleep(ms, signal) {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal?.addEventListener("abort", done, { once: true });
    });
  },
};

/** Milliseconds since 1970 with fractions, which `Date.now` lacks. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now();
}

/** The longest that a timer of the platform waits, in milliseconds; beyond it one fires at once. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;
