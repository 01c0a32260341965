/**
 * What is written down of every request: one row of numbers in a buffer that is allocated once and
 * handed on when it is full.
 *
 * @module
 */

/** Columns of a request's row; moments and durations in milliseconds. */
export const Sample = {
  /** When the request was due. */
  SCHEDULED: 0,
  /** When it was sent. */
  START: 1,
  /** When its last answer was there. */
  END: 2,
  SEND: 3,
  WAIT: 4,
  RECEIVE: 5,
  /** From the start to the first answer. */
  FIRST: 6,
  /** Answers; 1 but for decoupled models. */
  RESPONSES: 7,
  /** 1 = the last request of a sequence. */
  SEQUENCE_END: 8,
  /** From the answer before, in the same slot, until the start: this program's own time. */
  IDLE: 9,
  /** Batch entries whose answer was checked, and those of them that were right. */
  CHECKED: 10,
  RIGHT: 11,
  /** Bytes of the request's body or message, and of its answers. */
  SENT_BYTES: 12,
  BYTES: 13,
  /** The sequence's id in two halves of 32 bits; both 0 = none. */
  SEQUENCE_HIGH: 14,
  SEQUENCE_LOW: 15,
  /** Of failed requests: place of the error's code in `ERROR_CODES`; 0 = none. */
  ERROR: 16,
  /** Which of several servers it went to, and which model of a mix it asked; from 1, 0 = there is one. */
  ADDRESS: 17,
  MODEL: 18,
  WIDTH: 19,
} as const;

/** Columns of a row between two answers to the same request. */
export const Gap = { END: 0, TIME: 1, WIDTH: 2 } as const;

/** Rows of a chunk: 152 bytes each for requests, 1.2 MiB together. */
export const CHUNK_ROWS = 8192;

/** What a chunk's rows are; failed requests have the columns of samples. */
export type ChunkKind = "samples" | "failures" | "gaps";

const WIDTHS: Readonly<Record<ChunkKind, number>> = {
  samples: Sample.WIDTH,
  failures: Sample.WIDTH,
  gaps: Gap.WIDTH,
};

/** Rows of numbers, as they are passed on: only for the time of the call, then they are reused. */
export interface Chunk {
  readonly kind: ChunkKind;
  readonly rows: Float64Array<ArrayBuffer>;
  readonly count: number;
}

/** Takes chunks; may keep `rows` only when it returns a replacement. */
export type ChunkSink = (chunk: Chunk) => Float64Array<ArrayBuffer> | void;

/** A chunk that is being written. */
export class ChunkWriter {
  readonly kind: ChunkKind;
  #rows: Float64Array<ArrayBuffer>;
  #count = 0;
  readonly #width: number;
  readonly #sink: ChunkSink;

  constructor(kind: ChunkKind, sink: ChunkSink) {
    this.kind = kind;
    this.#width = WIDTHS[kind];
    this.#rows = new Float64Array(this.#width * CHUNK_ROWS);
    this.#sink = sink;
  }

  /** The buffer to write a row to, from {@linkcode offset} on; then call {@linkcode commit}. */
  get rows(): Float64Array {
    return this.#rows;
  }

  get offset(): number {
    return this.#count * this.#width;
  }

  /** The row at `offset` is written. */
  commit(): void {
    if (++this.#count === CHUNK_ROWS) this.flush();
  }

  /** Hands on what there is. */
  flush(): void {
    if (this.#count === 0) return;
    const next = this.#sink({ kind: this.kind, rows: this.#rows, count: this.#count });
    if (next) this.#rows = next;
    this.#count = 0;
  }
}
