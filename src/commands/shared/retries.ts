/**
 * Sending again what failed in passing: each attempt has the whole time limit of a request, and the
 * pauses between them grow.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import type { InferenceError } from "../../base/errors.ts";
import type { FlagTable } from "../../cli/flag.ts";
import { type Backoff, retryDelay } from "../../client/retry.ts";

/** Together the pauses of the default are 4 to 8 seconds: a server that restarts is waited for. */
const BACKOFF: Backoff = { firstMs: 250, factor: 2, maxMs: 5000, jitter: 0.5 };

/** The flag; the option is the number of attempts after the first. */
export const retryFlags = {
  retries: {
    kind: "integer",
    long: "retries",
    value: "N",
    default: 5,
    min: 0,
    max: 1000,
    help: "send a request up to N more times when its failure may pass",
  },
} as const satisfies FlagTable;

/** What retrying needs. */
export interface Retrying {
  /** Attempts after the first. */
  readonly retries: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** In [0, 1); for tests. */
  readonly random?: () => number;
}

/**
 * Runs `attempt` until it succeeds, its failure is one that won't pass, or the retries are used up.
 *
 * @param failureOf the error of an outcome; undefined = it succeeded
 * @returns the last outcome
 */
export async function retried<T>(
  attempt: () => Promise<T>,
  failureOf: (outcome: T) => InferenceError | undefined,
  { retries, clock, signal, random = Math.random }: Retrying,
): Promise<T> {
  for (let attempts = 1;; attempts++) {
    const outcome = await attempt();
    const error = failureOf(outcome);
    if (error === undefined || signal.aborted) return outcome;
    const delay = retryDelay(
      { attempts: retries + 1, backoff: BACKOFF },
      { attempts, error, inSequence: false, leftMs: Infinity },
      random(),
    );
    if (delay === undefined) return outcome;
    await clock.sleep(delay, signal);
    if (signal.aborted) return outcome;
  }
}

/** A server counts as gone after three attempts in a row without an answer... */
const NO_ANSWER = 10;
const AWAY_FROM = 30;
/** ... or ten that were answered with "not now": one that is busy may say so a few times in a row. */
const NOT_NOW = 3;

/** Whether a failure says that nobody is there, rather than something about its request. */
export function saysAway(error: InferenceError | undefined): boolean {
  if (error === undefined || error.code === "TIMEOUT") return false;
  return !error.answered || error.code === "UNAVAILABLE";
}

/**
 * Tells from the outcomes, one after the other, when a server stays away: every further request would
 * fail the same way.
 */
export class AwayWatch {
  readonly #attemptsEach: number;
  #inRow = 0;

  constructor(retries: number) {
    this.#attemptsEach = retries + 1;
  }

  /** Notes an outcome; whether the server stays away. */
  note(error: InferenceError | undefined): boolean {
    // What a gateway says of the server behind it is no answer of that server's.
    const behind = error?.httpStatus === 502 || error?.httpStatus === 504;
    const weight = error?.answered && !behind ? NOT_NOW : NO_ANSWER;
    this.#inRow = saysAway(error) ? this.#inRow + weight * this.#attemptsEach : 0;
    return this.#inRow >= AWAY_FROM;
  }
}
