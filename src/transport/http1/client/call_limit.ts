/**
 * What may end a call before its answer: its time limit, its caller's signal.
 *
 * @module
 */
import { LONGEST_TIMER_MS } from "../../../base/clock.ts";
import { onAbort } from "../../../base/abort.ts";
import type { Address } from "../../../base/address.ts";
import type { InferenceError } from "../../../base/errors.ts";
import { cancelled, timedOut } from "../../errors.ts";
import type { CallOptions } from "../../types.ts";

/** Watches over one call, whatever it is doing at the moment. */
export class CallLimit {
  #error: InferenceError | undefined;
  #onEnd: ((error: InferenceError) => void) | undefined;
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #unwatch: (() => void) | undefined;

  constructor(address: Address, { timeoutMs, signal }: CallOptions) {
    const end = () => this.#end(cancelled(address, signal));
    if (signal?.aborted) end();
    else this.#unwatch = signal && onAbort(signal, end);
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
    this.#unwatch?.();
    this.#onEnd = undefined;
  }

  #end(error: InferenceError): void {
    if (this.#error) return;
    this.#error = error;
    this.#onEnd?.(error);
  }
}
