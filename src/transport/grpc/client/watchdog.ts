/**
 * Noticing that a server is silent: when it never greets, and, if asked for, while calls wait.
 *
 * @module
 */

/** What a watchdog asks and tells. */
export interface Watched {
  /** When the last bytes came, by `performance.now()`. */
  readonly lastRead: number;
  /** Whether calls wait for the server. */
  readonly busy: boolean;
  /** Asks the server for a sign of life. */
  ping(): void;
}

/** When a server is asked for a sign of life. */
export interface KeepAliveOptions {
  /**
   * Milliseconds without a byte from the server, while calls are in progress, after which a PING asks
   * whether it is there; without an answer in time the connection counts as broken. 0 = never.
   *
   * @default {0}
   */
  readonly keepaliveMs?: number;
  /**
   * Milliseconds that the answer to a PING may take.
   *
   * @default {keepaliveMs}
   */
  readonly keepaliveTimeoutMs?: number;
  /**
   * Ask also while no call is in progress.
   *
   * @default {false}
   */
  readonly keepaliveAlways?: boolean;
}

/** The timers of one connection. They keep no program alive but while it connects. */
export class Watchdog {
  readonly #watched: Watched;
  #greeting: ReturnType<typeof setTimeout> | undefined;
  #interval: ReturnType<typeof setInterval> | undefined;
  #pingedAt = Infinity;

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** Calls `onSilence` unless {@linkcode greeted} is called within `ms` milliseconds. */
  awaitGreeting(ms: number, onSilence: () => void): void {
    this.#greeting = setTimeout(onSilence, Math.max(0, ms));
  }

  /** The server has greeted. */
  greeted(): void {
    clearTimeout(this.#greeting);
  }

  /** Pings after so long a silence; without a sign of life in time, calls `onSilence`. */
  keepAlive(options: KeepAliveOptions, onSilence: (why: string) => void): void {
    const { keepaliveMs: ms = 0, keepaliveTimeoutMs: timeoutMs = ms, keepaliveAlways } = options;
    if (ms <= 0) return;
    const lost = () => onSilence(`no answer to a PING within ${timeoutMs} ms`);
    const check = () => this.#check({ ms, timeoutMs, always: keepaliveAlways ?? false }, lost);
    const timer = this.#interval = setInterval(check, Math.min(ms, timeoutMs));
    Deno.unrefTimer(timer);
  }

  /** Stops watching. */
  stop(): void {
    clearTimeout(this.#greeting);
    clearInterval(this.#interval);
  }

  #check(
    { ms, timeoutMs, always }: { ms: number; timeoutMs: number; always: boolean },
    onSilence: () => void,
  ): void {
    const { lastRead, busy } = this.#watched;
    const now = performance.now();
    if (this.#pingedAt < Infinity && this.#pingedAt >= lastRead) {
      // Timers come a little early now and then.
      if (now - this.#pingedAt >= timeoutMs - 1) onSilence();
      return;
    }
    const quiet = (busy || always) && now - lastRead >= ms;
    this.#pingedAt = quiet ? now : Infinity;
    if (quiet) this.#watched.ping();
  }
}
