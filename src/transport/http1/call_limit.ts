/**
 * What may end a call before its answer: its time limit, its caller's signal.
 *
 * @module
 */
import type { Address } from "../../base/address.ts";
import type { InferenceError } from "../../base/errors.ts";
import { cancelled, timedOut } from "../errors.ts";
import type { CallOptions } from "../types.ts";

// Beyond this a timer fires at once.
const LONGEST_TIMER_MS = 0x7fffffff;

/** Watches over one call, whatever it is doing at the moment. */
export class CallLimit {
  #error: InferenceError | undefined;
  #onEnd: ((error: InferenceError) => void) | undefined;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort: () => void;

  constructor(address: Address, { timeoutMs, signal }: CallOptions) {
    this.#signal = signal;
    this.#onAbort = () => this.#end(cancelled(address, signal));
    if (signal?.aborted) this.#onAbort();
    signal?.addEventListener("abort", this.#onAbort);
    if (timeoutMs && timeoutMs <= LONGEST_TIMER_MS) {
      this.#timer = setTimeout(() => this.#end(timedOut(address, timeoutMs)), timeoutMs);
    }
  }

  /** What to do when the call has to end, or has to already; replaces what was said before. */
  onEnd(action: ((error: InferenceError) => void) | undefined): void {
    this.#onEnd = action;
    if (this.#error) action?.(this.#error);
  }

  /** Why the call has to end; undefined while it may go on. */
  get error(): InferenceError | undefined {
    return this.#error;
  }

  /** The call is over. */
  release(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener("abort", this.#onAbort);
    this.#onEnd = undefined;
  }

  #end(error: InferenceError): void {
    if (this.#error) return;
    this.#error = error;
    this.#onEnd?.(error);
  }
}
