/**
 * What an alarm's worker and the thread that it wakes share.
 *
 * @module
 */

/** Views of one piece of shared memory; moments in milliseconds of the worker's clock. */
export interface AlarmMemory {
  /** {@linkcode Moment} says what is where. */
  readonly moments: Float64Array;
  /** {@linkcode Word} says what is where. */
  readonly words: Int32Array;
}

/** Elements of `moments`. */
export const Moment = {
  /** When to wake. */
  DUE: 0,
  /** The worker's answer to a question about the time. */
  NOW: 1,
} as const;

/** Elements of `words`. */
export const Word = {
  /** Changes with every order; the worker sleeps on it. */
  ORDER: 0,
  /** What the latest order is, see {@linkcode Order}. */
  KIND: 1,
  /** Changes with every answer about the time; the asking thread sleeps on it. */
  ANSWER: 2,
} as const;

/** Kinds of order. */
export const Order = { NONE: 0, WAKE: 1, TELL_TIME: 2, END: 3 } as const;

/** The worker says it so long before the moment: a message and the end of a sleep take about that. */
export const AHEAD_MS = 0.08;

const MOMENTS = 2;
const WORDS = 4;

/** Views of `buffer`, or of new memory. */
export function alarmMemory(
  buffer = new SharedArrayBuffer(MOMENTS * 8 + WORDS * 4),
): AlarmMemory & { readonly buffer: SharedArrayBuffer } {
  return {
    buffer,
    moments: new Float64Array(buffer, 0, MOMENTS),
    words: new Int32Array(buffer, MOMENTS * 8, WORDS),
  };
}

/** Gives the worker an order; returns its number. */
export function giveOrder({ words }: AlarmMemory, kind: number): number {
  words[Word.KIND] = kind;
  const order = Atomics.add(words, Word.ORDER, 1) + 1 | 0;
  Atomics.notify(words, Word.ORDER);
  return order;
}
