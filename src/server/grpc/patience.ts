/**
 * When a connection's client has had its time, or has asked for too much.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { ServerLimits } from "../limits.ts";

/** Streams that a client may reset before their answers, within a second. */
const MAX_RESETS = 1000;
const RESETS_FORGIVEN_AFTER = 1000;

/** What a connection is doing. Times are by `performance.now()`. */
export interface Progress {
  /** When the client was heard last; 0 = never. */
  readonly heard: number;
  /** More must come before anything can be done: the rest of a message, or of the preface. */
  readonly expects: boolean;
  /** No call is open. */
  readonly idle: boolean;
  /** Octets that the socket has taken. */
  readonly written: number;
  /** Octets wait to be written, or for the client to allow it. */
  readonly waits: boolean;
}

/** Keeps count for one connection. */
export class Patience {
  readonly #limits: ServerLimits;
  readonly #since = performance.now();
  #written = 0;
  #stalledSince = this.#since;
  #resets = 0;
  #resetsSince = 0;

  constructor(limits: ServerLimits) {
    this.#limits = limits;
  }

  /** Whether the client's time is over; asked every few seconds. */
  isOver(now: number, { heard, expects, idle, written, waits }: Progress): boolean {
    const { requestTimeoutMs, idleTimeoutMs } = this.#limits;
    if (!waits || written !== this.#written) {
      this.#written = written;
      this.#stalledSince = now;
    }
    const silent = now - Math.max(this.#since, heard);
    return now - this.#stalledSince > requestTimeoutMs ||
      expects && silent > requestTimeoutMs ||
      idle && silent > idleTimeoutMs;
  }

  /** The client reset a stream. @throws {InferenceError} PROTOCOL for a flood of them */
  countReset(now: number): void {
    if (now - this.#resetsSince > RESETS_FORGIVEN_AFTER) {
      this.#resets = 0;
      this.#resetsSince = now;
    }
    if (++this.#resets <= MAX_RESETS) return;
    throw new InferenceError("PROTOCOL", "HTTP/2: a flood of streams that are reset");
  }
}
