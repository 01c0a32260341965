/**
 * Files that are made of single requests: opened before the load, fed while it runs, closed after it.
 *
 * @module
 */
import { type Clock, wallMs } from "../../base/clock.ts";
import { writeOutput } from "../../base/write_file.ts";
import {
  hdrLog,
  hdrPercentiles,
  type PassHistogram,
  PassHistograms,
} from "../../perf/records/hdr.ts";
import { RecordFile } from "../../perf/records/record_file.ts";
import { Timeline } from "../../perf/records/timeline.ts";
import { joinTaps, type SampleTap } from "../../perf/tap.ts";
import type {
  LevelResult,
  PassResult,
  PerfObserver,
  PerfResult,
  PerfSettings,
  TimelinePoint,
} from "../../perf/types.ts";
import { hdrBase, hdrLogPath, removeNotes, writeNotes } from "./output_notes.ts";
import { type OutputOptions, recordsFormat } from "./output_options.ts";

/** What the outputs need of the run. */
export interface OutputParts {
  readonly clock: Clock;
  readonly mode: "concurrency" | "request_rate";
  readonly endpoint: string;
  readonly settings: PerfSettings;
}

/** The moment from which times count, on the measurement's clock and since 1970. */
interface Origin {
  readonly now: number;
  readonly startedMs: number;
}

/** The outputs of one run. */
export class Outputs {
  readonly #options: OutputOptions;
  readonly #records: RecordFile | undefined;
  readonly #profile: RecordFile | undefined;
  readonly #histograms: PassHistograms | undefined;
  readonly #timeline: Timeline | undefined;
  readonly #timelines = new WeakMap<LevelResult, readonly TimelinePoint[]>();
  readonly #hgrm = new Map<string, PassHistogram>();
  readonly #startedMs: number;
  readonly #settings: PerfSettings;
  #recordsWritten = 0;
  #seen = 0;

  private constructor(
    options: OutputOptions,
    { settings }: OutputParts,
    { now, startedMs }: Origin,
    files: { readonly records?: RecordFile; readonly profile?: RecordFile },
  ) {
    this.#options = options;
    this.#settings = settings;
    this.#startedMs = startedMs;
    this.#records = files.records;
    this.#profile = files.profile;
    if (options.hdr !== undefined) this.#histograms = new PassHistograms(now);
    if (options.timeline || options.html !== undefined) {
      this.#timeline = new Timeline(() => options.batchSize);
    }
  }

  /** Opens the files. @throws {InferenceError} `FILE` */
  static async open(options: OutputOptions, parts: OutputParts): Promise<Outputs> {
    const { clock, mode, endpoint } = parts;
    const { records: path, recordsEvery: every, profileExport } = options;
    const origin = { now: clock.now(), startedMs: wallMs() };
    const startNs = nanosecondsSince1970(origin.startedMs);
    const facts = { mode, endpoint, startNs };
    const common = { clock, origin: origin.now };
    await removeNotes(options);
    const records = path === undefined
      ? undefined
      : await RecordFile.open({ ...common, path, format: recordsFormat(path), every });
    try {
      const profile = profileExport === undefined
        ? undefined
        : await RecordFile.open({ ...common, path: profileExport, format: "profile", facts });
      return new Outputs(options, parts, origin, { records, profile });
    } catch (error) {
      await records?.close();
      throw error;
    }
  }

  /** Looks at every request. */
  get tap(): SampleTap | undefined {
    const all = [this.#records, this.#profile, this.#histograms, this.#timeline];
    return joinTaps(all.filter((tap) => tap !== undefined));
  }

  /** The same observer, and the outputs are told too. */
  observer(observer: PerfObserver): PerfObserver {
    return {
      ...observer,
      passDone: (pass, concurrency) => {
        this.#passDone(pass);
        observer.passDone?.(pass, concurrency);
      },
      levelDone: (level) => {
        this.#levelDone(level);
        observer.levelDone?.(level);
      },
      // Being told how far it is brings the samples in a few times a second.
      progress: observer.progress ?? (() => {}),
    };
  }

  /** The result with the series of its levels. */
  completed(result: PerfResult): PerfResult {
    if (this.#timeline === undefined) return result;
    const levels = result.levels.map((level) => {
      const timeline = this.#timelines.get(level);
      return timeline === undefined ? level : { ...level, timeline };
    });
    return { ...result, levels };
  }

  /**
   * Ends the files.
   *
   * @returns what the user should know
   * @throws {InferenceError} `FILE`
   */
  async close(): Promise<string[]> {
    const warnings: string[] = [];
    for (const [what, file] of [["records", this.#records], ["profile", this.#profile]] as const) {
      if (file === undefined) continue;
      const count = await file.close();
      if (what === "records") this.#recordsWritten = count;
      if (file.stalledMs < 1) continue;
      warnings.push(
        `the load waited ${Math.round(file.stalledMs)} ms in all for the file of ${what} to be ` +
          "written: latencies include it; write every 10th request, or to a faster disk",
      );
    }
    const { hdr } = this.#options;
    if (hdr !== undefined && this.#histograms !== undefined) {
      const base = hdrBase(hdr);
      await write(
        hdrLogPath(hdr),
        await hdrLog(this.#histograms.passes, new Date(this.#startedMs)),
      );
      for (const [tag, pass] of this.#hgrm) {
        const path = this.#hgrm.size === 1 ? `${base}.hgrm` : `${base}.${tag}.hgrm`;
        await write(path, await hdrPercentiles(pass));
      }
    }
    return warnings;
  }

  /** Says which share the files are of, once they are closed. @throws {InferenceError} `FILE` */
  async note(): Promise<void> {
    await writeNotes(this.#options, {
      settings: this.#settings,
      startNs: nanosecondsSince1970(this.#startedMs),
      records: this.#recordsWritten,
      intervals: this.#histograms?.passes.length ?? 0,
    });
  }

  #passDone(pass: PassResult): void {
    this.#records?.passDone(pass);
    this.#profile?.passDone(pass);
    this.#histograms?.passDone(pass);
  }

  #levelDone(level: LevelResult): void {
    if (this.#timeline !== undefined) this.#timelines.set(level, this.#timeline.take());
    if (this.#histograms === undefined) return;
    const { passes } = this.#histograms;
    const mine = passes.slice(this.#seen);
    this.#seen = passes.length;
    const reported = mine.find(({ pass }) => pass === level.reported.pass);
    if (reported !== undefined) this.#hgrm.set(reported.tag, reported);
  }
}

function nanosecondsSince1970(ms: number): string {
  return String(BigInt(Math.round(ms * 1e6)));
}

async function write(path: string, text: string): Promise<void> {
  await writeOutput(path, text, `the report ${path}`);
}
