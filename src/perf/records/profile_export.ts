/**
 * perf_analyzer's profile export: a JSON file with the time stamps of every measured request, an
 * experiment a load level. Written piece by piece, as the requests come.
 *
 * @module
 */
import { Sample } from "../samples.ts";
import { firstAnswer, type RecordBatch, sequenceText } from "./rows.ts";

/** The version of perf_analyzer whose files these are like. */
const LIKE_VERSION = "2.51.0";

/** What the file says beside the requests. */
export interface ProfileFacts {
  /** What perf_analyzer calls the mode of the load. */
  readonly mode: "concurrency" | "request_rate";
  /** The server's address. */
  readonly endpoint: string;
  /** Nanoseconds since 1970 at the run's start. */
  readonly startNs: string;
}

/** Makes the file's text, in the order of the calls. */
export class ProfileText {
  readonly #facts: ProfileFacts;
  readonly #startNs: bigint;
  #level: number | undefined;
  #isFirst = true;
  #bounds: number[] = [];
  #opened = false;

  constructor(facts: ProfileFacts) {
    this.#facts = facts;
    this.#startNs = BigInt(facts.startNs);
  }

  /** The measured requests of a batch; failed ones have no answer and are left out. */
  batch(batch: RecordBatch): string {
    const { rows, count, shift, load, from, to } = batch;
    const parts: string[] = [];
    for (let i = 0; i < count; i++) {
      const at = i * Sample.WIDTH;
      const end = rows[at + Sample.END]! + shift;
      if (rows[at + Sample.ERROR] !== 0 || end < from || end >= to) continue;
      parts.push(this.#open(load));
      const first = firstAnswer(rows, at) + shift;
      const answers = rows[at + Sample.RESPONSES]!;
      const stamps = answers > 1 ? [first, end] : [end];
      const sequence = sequenceText(
        rows[at + Sample.SEQUENCE_HIGH]!,
        rows[at + Sample.SEQUENCE_LOW]!,
      );
      const id = sequence === "" ? "" : `"sequence_id":${sequence},`;
      parts.push(
        `${this.#isFirst ? "" : ","}\n{"timestamp":${
          this.#ns(rows[at + Sample.START]! + shift)
        },${id}` +
          `"response_timestamps":[${stamps.map((stamp) => this.#ns(stamp)).join(",")}]}`,
      );
      this.#isFirst = false;
    }
    return parts.join("");
  }

  /** A pass's window has ended. */
  window(load: number, from: number, to: number): string {
    const text = this.#open(load);
    this.#bounds.push(from, to);
    return text;
  }

  /** The rest of the file. */
  end(): string {
    const { endpoint } = this.#facts;
    return `${this.#opened ? this.#close() : '{"experiments":['}],"version":"${LIKE_VERSION}",` +
      `"service_kind":"triton","endpoint":${JSON.stringify(endpoint)}}\n`;
  }

  #open(load: number): string {
    if (this.#level === load) return "";
    const before = this.#opened ? `${this.#close()},` : '{"experiments":[';
    this.#opened = true;
    this.#level = load;
    this.#isFirst = true;
    this.#bounds = [];
    return `${before}{"experiment":{"mode":"${this.#facts.mode}","value":${load}},"requests":[`;
  }

  #close(): string {
    return `],"window_boundaries":[${this.#bounds.map((at) => this.#ns(at)).join(",")}]}`;
  }

  #ns(milliseconds: number): string {
    return String(this.#startNs + BigInt(Math.round(milliseconds * 1e6)));
  }
}
