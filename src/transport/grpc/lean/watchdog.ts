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

  /** Pings after `ms` milliseconds of silence; after as long again, calls `onSilence`. */
  keepAlive(ms: number, onSilence: () => void): void {
    const timer = this.#interval = setInterval(() => this.#check(ms, onSilence), ms);
    Deno.unrefTimer(timer);
  }

  /** Stops watching. */
  stop(): void {
    clearTimeout(this.#greeting);
    clearInterval(this.#interval);
  }

  #check(ms: number, onSilence: () => void): void {
    const { lastRead, busy } = this.#watched;
    if (this.#pingedAt < Infinity && this.#pingedAt >= lastRead) return onSilence();
    const now = performance.now();
    const quiet = busy && now - lastRead >= ms;
    this.#pingedAt = quiet ? now : Infinity;
    if (quiet) this.#watched.ping();
  }
}
