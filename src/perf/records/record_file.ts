/**
 * A file of single requests, written while they are measured: in another thread, so that the load does
 * not wait for text and disks, and in bounded memory.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import { type Chunk, Sample } from "../samples.ts";
import type { LoadMark, SampleTap } from "../tap.ts";
import type { PassResult } from "../types.ts";
import type { RecordReply, RecordRequest } from "./messages.ts";
import type { ProfileFacts } from "./profile_export.ts";
import type { RecordFormat } from "./rows.ts";

/** Batches on their way to the writer, at most: 70 MiB. */
const MOST_WAITING = 64;
/** A writer that doesn't get on for so long is given up. */
const PATIENCE_MS = 10_000;

/** What a file of records is made with. */
export interface RecordFileOptions {
  readonly path: string;
  readonly format: RecordFormat;
  /** Every nth request is written. @default 1 */
  readonly every?: number;
  /** For profile exports. */
  readonly facts?: ProfileFacts;
  readonly clock: Clock;
  /** Times count from here on the clock. @default now */
  readonly origin?: number;
}

/** A file that is being written. */
export class RecordFile implements SampleTap {
  readonly #worker: Worker;
  readonly #options: RecordFileOptions;
  readonly #origin: number;
  readonly #written = new Int32Array(new SharedArrayBuffer(4));
  #sent = 0;
  #seen = 0;
  #mark: LoadMark | undefined;
  #stalledMs = 0;
  #failure: string | undefined;
  #onReply: ((reply: RecordReply) => void) | undefined;

  private constructor(options: RecordFileOptions) {
    this.#options = options;
    this.#origin = options.origin ?? options.clock.now();
    this.#worker = new Worker(new URL("./records_worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<RecordReply>) => {
      if (data.type === "failed") this.#failure ??= data.message;
      this.#onReply?.(data);
    });
    this.#worker.addEventListener("error", (event) => {
      event.preventDefault();
      this.#failure ??= event.message;
      this.#onReply?.({ type: "failed", message: event.message });
    });
  }

  /** Begins a file. @throws {InferenceError} `FILE` */
  static async open(options: RecordFileOptions): Promise<RecordFile> {
    const file = new RecordFile(options);
    const { path, format, facts } = options;
    const written = file.#written.buffer as SharedArrayBuffer;
    await file.#ask({ type: "open", path, format, facts, written });
    return file;
  }

  /** Milliseconds for which the load had to wait for the writer. */
  get stalledMs(): number {
    return this.#stalledMs;
  }

  /** See {@linkcode SampleTap}. */
  add(chunk: Chunk, shift: number, mark: LoadMark): void {
    if (chunk.kind === "gaps" || this.#failure !== undefined) return;
    this.#mark = mark;
    const rows = this.#pick(chunk);
    if (rows.length === 0) return;
    this.#wait();
    const batch = {
      rows,
      count: rows.length / Sample.WIDTH,
      shift: shift - this.#origin,
      load: mark.load,
      pass: mark.pass,
      from: mark.from - this.#origin,
      to: mark.to - this.#origin,
    };
    this.#sent++;
    this.#worker.postMessage({ type: "batch", batch } satisfies RecordRequest, [rows.buffer]);
  }

  /** A pass is over; its window is told to a profile export. */
  passDone({ windowMs }: Pick<PassResult, "windowMs">): void {
    const mark = this.#mark;
    if (mark === undefined || mark.pass === 0 || !Number.isFinite(mark.from)) return;
    const from = mark.from - this.#origin;
    const request = { type: "window", load: mark.load, from, to: from + windowMs } as const;
    this.#worker.postMessage(request satisfies RecordRequest);
  }

  /**
   * Writes what is left.
   *
   * @returns how many requests were handed to the file
   * @throws {InferenceError} `FILE`
   */
  async close(): Promise<number> {
    try {
      const reply = await this.#ask({ type: "close" });
      return reply.type === "closed" ? reply.lines : 0;
    } finally {
      this.#worker.terminate();
    }
  }

  /** The rows to write, copied: the chunk's own are used again. */
  #pick({ rows, count }: Chunk): Float64Array<ArrayBuffer> {
    const { every = 1 } = this.#options;
    const { WIDTH } = Sample;
    const first = (every - this.#seen % every) % every;
    this.#seen += count;
    if (every === 1) return rows.slice(0, count * WIDTH);
    if (first >= count) return new Float64Array(0);
    const picked = new Float64Array(Math.ceil((count - first) / every) * WIDTH);
    for (let i = first, to = 0; i < count; i += every, to += WIDTH) {
      picked.set(rows.subarray(i * WIDTH, (i + 1) * WIDTH), to);
    }
    return picked;
  }

  /** Rather a load that falters, and says so, than a memory that grows or a request that is missing. */
  #wait(): void {
    const start = this.#options.clock.now();
    let written = Atomics.load(this.#written, 0);
    if (this.#sent - written < MOST_WAITING) return;
    while (this.#sent - written >= MOST_WAITING) {
      if (Atomics.wait(this.#written, 0, written, PATIENCE_MS) === "timed-out") {
        this.#failure = "it takes nothing any more";
        break;
      }
      written = Atomics.load(this.#written, 0);
    }
    this.#stalledMs += this.#options.clock.now() - start;
  }

  async #ask(request: RecordRequest): Promise<RecordReply> {
    const reply = this.#failure === undefined
      ? await new Promise<RecordReply>((resolve) => {
        this.#onReply = resolve;
        this.#worker.postMessage(request);
      })
      : { type: "failed", message: this.#failure } as const;
    if (reply.type !== "failed") return reply;
    this.#worker.terminate();
    throw new InferenceError("FILE", `Cannot write ${this.#options.path}: ${reply.message}`);
  }
}
