/**
 * What may end a caller's wait, over all the steps that his call takes: one time limit, one signal.
 *
 * @module
 */
import { onAbort } from "../base/abort.ts";
import { LONGEST_TIMER_MS } from "../base/clock.ts";
import { InferenceError } from "../base/errors.ts";
import type { CallOptions } from "../transport/types.ts";

/** The limits of one call of the library's user. */
export class Deadline {
  /** The caller's own signal. */
  readonly signal: AbortSignal | undefined;
  /** When the call began, in monotonic milliseconds. */
  readonly startedAt: number = performance.now();
  readonly #timeoutMs: number;
  readonly #ends: number;

  /** The time runs from now on; 0 and undefined mean no limit. */
  constructor({ timeoutMs, signal }: CallOptions) {
    this.signal = signal;
    this.#timeoutMs = timeoutMs ?? 0;
    this.#ends = this.#timeoutMs > 0 ? this.startedAt + this.#timeoutMs : Infinity;
  }

  /** Milliseconds that are left; Infinity without a limit. */
  get leftMs(): number {
    return this.#ends - performance.now();
  }

  /** What is left, as options of the next step. @throws {InferenceError} when nothing is */
  step(): CallOptions {
    this.check();
    const left = this.leftMs;
    return {
      signal: this.signal,
      // Whole numbers are what gRPC sends, and what its prepared heads are found by.
      timeoutMs: left === Infinity ? undefined : Math.ceil(left),
    };
  }

  /** @throws {InferenceError} TIMEOUT or CANCELLED when the wait is over */
  check(): void {
    if (this.signal?.aborted) throw givenUp(this.signal);
    if (this.leftMs <= 0) throw this.late();
  }

  /** The outcome of work that belongs to nobody, or what ends this caller's wait for it. */
  race<T>(work: Promise<T>): Promise<T> {
    const { signal } = this;
    const left = this.leftMs;
    if (signal === undefined && left === Infinity) return work;
    return new Promise((resolve, reject) => {
      const done = () => {
        clearTimeout(timer);
        unwatch?.();
      };
      const onEnd = () => {
        done();
        reject(givenUp(signal));
      };
      const timer = left <= LONGEST_TIMER_MS
        ? setTimeout(() => {
          done();
          reject(this.late());
        }, Math.max(0, left))
        : undefined;
      const unwatch = signal && onAbort(signal, onEnd);
      if (signal?.aborted) onEnd();
      work.then((value) => {
        done();
        resolve(value);
      }, (error) => {
        done();
        reject(error);
      });
    });
  }

  /** Waits. @throws {InferenceError} what ends the caller's wait before */
  async sleep(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await this.race(new Promise<void>((resolve) => timer = setTimeout(resolve, ms)));
    } finally {
      clearTimeout(timer);
    }
  }

  /** The error for a caller whose time is over. */
  late(): InferenceError {
    return tooLate(this.#timeoutMs);
  }
}

/** The error for a call that its caller's signal ended: TIMEOUT for `AbortSignal.timeout`. */
export function givenUp(signal: AbortSignal | undefined): InferenceError {
  const cause = signal?.reason;
  return cause instanceof Error && cause.name === "TimeoutError"
    ? new InferenceError("TIMEOUT", "The caller's time limit ran out", { cause })
    : new InferenceError("CANCELLED", "The request was cancelled by its caller", { cause });
}

/** The error for a call that took longer than its limit. */
export function tooLate(timeoutMs: number): InferenceError {
  return new InferenceError("TIMEOUT", `No answer within ${timeoutMs} ms`);
}
