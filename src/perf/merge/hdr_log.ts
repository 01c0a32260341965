/**
 * HdrHistogram logs of many tasks as that of one: pass by pass, bucket by bucket.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { bucketOf, TimeHistogram } from "../histogram.ts";
import { type PassHistogram, readHdrLog } from "../records/hdr.ts";

const INTERVAL = /^Tag=([^,]{1,200}),(\d{1,12}\.\d{3}),(\d{1,12}\.\d{3}),/;
const FACTS =
  /^#\[(\S{1,200}) pass (\d{1,9}): exact minimum (\d+\.\d{6}) ms, maximum (\d+\.\d{6}) ms, (\d+) requests\]$/;

const whole = (text: string | undefined, factor: number) => Math.round(Number(text) * factor);

/**
 * The passes of a log that this program wrote; their times are whole milliseconds.
 *
 * @throws {InferenceError} `FILE` for any other
 */
export async function readHdrPasses(text: string, name: string): Promise<PassHistogram[]> {
  const intervals = await readHdrLog(text, name);
  const lines = text.split("\n");
  const times = lines.map((line) => INTERVAL.exec(line)).filter((match) => match !== null);
  const facts = lines.map((line) => FACTS.exec(line)).filter((match) => match !== null);
  const wrong = (why: string) => new InferenceError("FILE", `Cannot merge ${name}: ${why}`);
  if (times.length !== intervals.length || facts.length !== intervals.length) {
    throw wrong("not every interval says which pass it is");
  }
  return intervals.map((interval, i) => {
    const [, tag, pass, min, max, count] = facts[i]!;
    const [, own, from, length] = times[i]!;
    const counts = new TimeHistogram();
    interval.forEach((ns, times) => counts.addBucket(bucketOf(ns), times));
    if (tag !== own || counts.count !== Number(count)) throw wrong(`its interval ${i} is damaged`);
    const fromMs = whole(from, 1000);
    return {
      ...{ tag: tag!, pass: Number(pass), fromMs, toMs: fromMs + whole(length, 1000), counts },
      ...{ minNs: whole(min, 1e6), maxNs: whole(max, 1e6) },
    };
  });
}

/** Adds logs up. */
export class HdrMerger {
  readonly #startMs: number;
  #passes: readonly PassHistogram[] | undefined;
  #first = "";

  /** @param startMs of the run, milliseconds since 1970: the earliest of all tasks' */
  constructor(startMs: number) {
    this.#startMs = startMs;
  }

  /**
   * Adds a task's passes.
   *
   * @param startMs of the task
   * @throws {InferenceError} `FILE` when they are not the passes of the others
   */
  add(name: string, passes: readonly PassHistogram[], startMs: number): void {
    const shift = startMs - this.#startMs;
    const moved = passes.map((pass) => (
      { ...pass, fromMs: pass.fromMs + shift, toMs: pass.toMs + shift }
    ));
    if (this.#passes === undefined) {
      this.#passes = moved;
      this.#first = name;
      return;
    }
    const names = (list: readonly PassHistogram[]) => list.map(({ tag, pass }) => `${tag} ${pass}`);
    if (String(names(this.#passes)) !== String(names(moved))) {
      throw new InferenceError(
        "FILE",
        `Cannot merge ${this.#first} and ${name}: they have other passes ` +
          `(${passesText(this.#passes)}; ${passesText(moved)})`,
        { hint: "measure one window of a fixed length, so that each task has one pass" },
      );
    }
    this.#passes = this.#passes.map((pass, i) => added(pass, moved[i]!));
  }

  /** Of all tasks together. */
  get passes(): readonly PassHistogram[] {
    return this.#passes ?? [];
  }
}

function added(a: PassHistogram, b: PassHistogram): PassHistogram {
  a.counts.merge(b.counts);
  return {
    ...a,
    fromMs: Math.min(a.fromMs, b.fromMs),
    toMs: Math.max(a.toMs, b.toMs),
    minNs: Math.min(a.minNs, b.minNs),
    maxNs: Math.max(a.maxNs, b.maxNs),
  };
}

/** `rate-500: 3, rate-1000: 4`. */
function passesText(passes: readonly PassHistogram[]): string {
  const counts = new Map<string, number>();
  for (const { tag } of passes) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].slice(0, 5).map(([tag, count]) => `${tag}: ${count}`).join(", ");
}
