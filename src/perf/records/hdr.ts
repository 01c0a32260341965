/**
 * Latencies as HdrHistogram files: a log with an interval a pass, and the percentile text that plotters
 * read. The library is loaded when a file is asked for.
 *
 * @module
 */
import type { Histogram, JsHistogram } from "hdr-histogram-js";
import { InferenceError } from "../../base/errors.ts";
import { bucketValue, nanoseconds, TimeHistogram } from "../histogram.ts";
import { type Chunk, Sample } from "../samples.ts";
import type { LoadMark, SampleTap } from "../tap.ts";
import type { PassResult } from "../types.ts";

/** Latencies of one pass in nanoseconds, counted. */
export interface PassHistogram {
  /** The level: `concurrency-8` or `rate-500`. */
  readonly tag: string;
  readonly pass: number;
  /** Milliseconds from the run's start. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly minNs: number;
  readonly maxNs: number;
  readonly counts: TimeHistogram;
}

/** Counts the measured requests of every pass. Memory: 296 KiB a pass. */
export class PassHistograms implements SampleTap {
  readonly #origin: number;
  readonly #done: PassHistogram[] = [];
  #open: { -readonly [K in keyof PassHistogram]: PassHistogram[K] } | undefined;
  #key = "";

  /** @param origin the run's start on the measurement's clock */
  constructor(origin: number) {
    this.#origin = origin;
  }

  /** See {@linkcode SampleTap}. */
  add({ kind, rows, count }: Chunk, shift: number, mark: LoadMark): void {
    if (kind !== "samples" || mark.pass === 0 || !Number.isFinite(mark.from)) return;
    const pass = this.#pass(mark);
    const [from, to] = [mark.from - shift, mark.to - shift];
    for (let i = 0; i < count; i++) {
      const at = i * Sample.WIDTH;
      const end = rows[at + Sample.END]!;
      if (end < from || end >= to) continue;
      const ms = end - rows[at + Sample.SCHEDULED]!;
      const ns = nanoseconds(ms);
      pass.counts.add(ns);
      if (ns < pass.minNs) pass.minNs = ns;
      if (ns > pass.maxNs) pass.maxNs = ns;
    }
  }

  /** A pass is over. */
  passDone({ windowMs }: Pick<PassResult, "windowMs">): void {
    if (this.#open === undefined) return;
    this.#open.toMs = this.#open.fromMs + windowMs;
    if (this.#open.counts.count > 0) this.#done.push(this.#open);
    this.#open = undefined;
  }

  /** All passes with a request, in their order. */
  get passes(): readonly PassHistogram[] {
    return this.#done;
  }

  #pass({ level, load, open, pass, from }: LoadMark) {
    const key = `${level} ${pass}`;
    if (this.#open === undefined || this.#key !== key) {
      this.#key = key;
      const fromMs = from - this.#origin;
      this.#open = {
        tag: open ? `rate-${load}` : `concurrency-${load}`,
        ...{ pass, fromMs, toMs: fromMs, minNs: Infinity, maxNs: 0, counts: new TimeHistogram() },
      };
    }
    return this.#open;
  }
}

/** The library's histogram with the same counts: its buckets are ours. */
async function toHdr({ counts, tag }: PassHistogram): Promise<Histogram> {
  const { build } = await import("hdr-histogram-js");
  const histogram = build({
    bitBucketSize: 64,
    lowestDiscernibleValue: 1,
    highestTrackableValue: 2 ** 46,
    numberOfSignificantValueDigits: 3,
  });
  counts.forEach((bucket, count) => {
    histogram.recordValueWithCount(Math.floor(bucketValue(bucket)), count);
  });
  histogram.tag = tag;
  return histogram;
}

const ms = (ns: number) => (ns / 1e6).toFixed(6);

/** The log: an interval a pass, its level as the tag; values are nanoseconds. */
export async function hdrLog(passes: readonly PassHistogram[], startedAt: Date): Promise<string> {
  const { HistogramLogWriter } = await import("hdr-histogram-js");
  const parts: string[] = [];
  const writer = new HistogramLogWriter((text) => parts.push(text));
  writer.outputComment("[Latencies in nanoseconds, measured by trtis]");
  writer.outputLogFormatVersion();
  const seconds = startedAt.getTime() / 1000;
  writer.outputComment(
    `[StartTime: ${seconds.toFixed(3)} (seconds since epoch), ${startedAt.toISOString()}]`,
  );
  writer.outputLegend();
  for (const each of passes) {
    writer.outputComment(
      `[${each.tag} pass ${each.pass}: exact minimum ${ms(each.minNs)} ms, ` +
        `maximum ${ms(each.maxNs)} ms, ${each.counts.count} requests]`,
    );
    const histogram = await toHdr(each);
    writer.outputIntervalHistogram(histogram, each.fromMs / 1000, each.toMs / 1000, 1e6);
  }
  return parts.join("");
}

/** Percentiles of a pass as text (.hgrm), in milliseconds. */
export async function hdrPercentiles(pass: PassHistogram): Promise<string> {
  const histogram = await toHdr(pass);
  const text = histogram.outputPercentileDistribution(5, 1e6);
  return `${text.trimEnd()}\n#[Exact minimum = ${ms(pass.minNs)}, maximum = ${ms(pass.maxNs)}]\n`;
}

/** What one interval of a log holds. */
export interface HdrInterval {
  readonly tag: string;
  readonly count: number;
  readonly minNs: number;
  readonly maxNs: number;
  /** Nanoseconds at a percentile. */
  readonly at: (percentile: number) => number;
  /** Calls with every value that was counted, ascending. */
  readonly forEach: (use: (ns: number, count: number) => void) => void;
}

/** Bytes of a log that is read at most, and counts of one histogram. */
const MOST_TEXT = 64 * 1024 * 1024;
const MOST_LINE = 4 * 1024 * 1024;

/**
 * Reads a log, as this or any other program wrote it.
 *
 * @throws {InferenceError} `FILE` for what is none
 */
export async function readHdrLog(text: string, name: string): Promise<HdrInterval[]> {
  const refuse = (why: string) => new InferenceError("FILE", `Cannot read ${name}: ${why}`);
  if (text.length > MOST_TEXT) throw refuse("it is larger than 64 MiB");
  const { HistogramLogReader } = await import("hdr-histogram-js");
  const lines = text.split(/\r?\n/).filter((line) => line.includes(",") && !line.startsWith("#"));
  if (lines.some((line) => line.length > MOST_LINE)) throw refuse("a line of it is too long");
  const found: HdrInterval[] = [];
  try {
    const reader = new HistogramLogReader(text, 64);
    for (;;) {
      const histogram = reader.nextIntervalHistogram();
      if (histogram === null) break;
      found.push({
        tag: histogram.tag ?? "",
        count: histogram.totalCount,
        minNs: histogram.minNonZeroValue,
        maxNs: histogram.maxValue,
        at: (percentile) => histogram.getValueAtPercentile(percentile),
        forEach: (use) => forEachValue(histogram as JsHistogram, use),
      });
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw refuse(`it is not an HdrHistogram log (${why})`);
  }
  if (found.length === 0) throw refuse("there is no interval in it");
  return found;
}

/** The reader makes this kind of histogram. */
function forEachValue(histogram: JsHistogram, use: (ns: number, count: number) => void): void {
  const { countsArrayLength, totalCount } = histogram;
  for (let i = 0, seen = 0; i < countsArrayLength && seen < totalCount; i++) {
    const count = histogram.getCountAtIndex(i);
    if (count === 0) continue;
    seen += count;
    use(histogram.valueFromIndex(i), count);
  }
}
