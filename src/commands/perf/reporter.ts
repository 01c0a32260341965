/**
 * Prints a measurement while it runs: the report on standard output as levels finish, warnings and
 * how far it is on standard error.
 *
 * @module
 */
import type { Terminal } from "../../cli/context.ts";
import type { Display } from "./display.ts";
import {
  curveText,
  levelHeading,
  levelText,
  loadName,
  passText,
  settingsText,
  type TextOptions,
  unstableText,
} from "../../perf/report/text.ts";
import { runLine, runsText } from "../../perf/report/run_text.ts";
import { calibrationText } from "../../perf/report/calibration_text.ts";
import { confirmingStep, findMaxText, searchStepText } from "../../perf/report/find_max_text.ts";
import { scenarioText } from "../../perf/report/scenario_text.ts";
import { thresholdsText } from "../../perf/report/threshold_text.ts";
import type {
  FindMaxResult,
  FindMaxStep,
  LevelResult,
  PassResult,
  PerfContext,
  PerfObserver,
  PerfProgress,
  PerfResult,
} from "../../perf/types.ts";

/** A smaller file is read before a line about it could be. */
const SILENT_BYTES = 4e6;

/** What the command tells the user, step by step. */
export class Reporter implements PerfObserver {
  readonly #terminal: Terminal;
  readonly #display: Display;
  readonly #options: TextOptions;
  #context: PerfContext | undefined;
  #levels = 0;
  /** What is measured, where it is one of several things. */
  #part: string | undefined;

  constructor(terminal: Terminal, display: Display, options: TextOptions) {
    this.#terminal = terminal;
    this.#display = display;
    this.#options = options;
  }

  /** How far a large file of inputs has been read; only a terminal is told. */
  inputRead(path: string, bytes: number): void {
    if (bytes < SILENT_BYTES) return;
    this.#display.say(`Reading ${path}, ${Math.round(bytes / 1e6)} MB`);
  }

  /** How many pictures are ready to be sent. */
  picturesDecoded(count: number): void {
    this.#display.say(`Decoding pictures, ${count.toLocaleString("en")}`);
  }

  started(context: PerfContext): void {
    const isFirst = this.#context === undefined;
    this.#context = context;
    this.#display.started(context);
    if (isFirst) this.#out(settingsText(context.settings));
  }

  /** A text of its own. */
  say(text: string): void {
    this.#out(text);
  }

  /** One of several things is measured next: its levels take a line each. */
  part(name: string): void {
    this.#part = name;
  }

  levelStarted(concurrency: number, requestRate?: number): void {
    this.#levels++;
    this.#display.levelStarted();
    // A search has a line a try.
    if (this.#context?.settings.findMax !== undefined) return;
    if (this.#part !== undefined) {
      const { verbose } = this.#options;
      if (verbose) this.#out(`${this.#part}, ${loadName({ concurrency, requestRate })}\n`);
      return;
    }
    this.#out(levelHeading(concurrency, requestRate));
  }

  passDone(pass: PassResult): void {
    this.#display.passDone(pass);
    if (this.#options.verbose) this.#out(passText(pass, this.#context!));
  }

  levelDone(level: LevelResult): void {
    const context = this.#context!;
    if (this.#part !== undefined) {
      this.#out(runLine(this.#part, level, context));
      for (const text of level.warnings) {
        this.#err(`warning: ${this.#part}, ${loadName(level)}: ${text}\n`);
      }
      return;
    }
    this.#err(unstableText(level, context.settings));
    // Warnings have a stream of their own; the report's lines stay those of the original.
    this.#out(levelText({ ...level, warnings: [] }, context, this.#options));
    for (const text of level.warnings) this.#err(`warning: ${loadName(level)}: ${text}\n`);
  }

  /** A try of a search. */
  searchStep(step: FindMaxStep): void {
    this.#out(searchStepText(step, this.#context!.settings.findMax!.metric));
  }

  /** Draws anew; only a terminal is told. */
  progress(progress: PerfProgress): void {
    this.#display.progress(progress);
  }

  /** After the first Ctrl-C. */
  stopping(): void {
    this.#err("Stopping; the report follows. Ctrl-C again quits.\n");
  }

  /** After the last run: the levels of all of them. */
  combined(result: PerfResult): void {
    for (const level of result.levels) {
      this.#out(`\n${runsText(level, result.runs?.length ?? 1)}`);
      this.#out(levelHeading(level.concurrency, level.requestRate));
      this.#out(levelText({ ...level, warnings: [] }, result, this.#options));
    }
  }

  /** After the last level. */
  finished(result: PerfResult): void {
    this.#display.clear();
    if (result.findMax !== undefined) {
      this.#confirmed(result, result.findMax);
      return;
    }
    this.#out(curveText(result));
    this.#out(thresholdsText(result.thresholds));
    this.#out(scenarioText(result.scenario, result.settings.scenario));
    this.#out(calibrationText(result));
  }

  /** When the requests can't be made: the level they were for, as in r19.07. */
  failed(): void {
    this.#display.clear();
    if (this.#context !== undefined && this.#levels === 0) {
      const { levels, schedule } = this.#context.settings;
      this.#out(levelHeading(levels.start, schedule?.levels[0]?.requestRate));
    }
  }

  /** The figures of the run that confirmed, and the sentence. */
  #confirmed(result: PerfResult, findMax: FindMaxResult): void {
    const level = result.levels[confirmingStep(findMax)];
    if (level !== undefined) {
      this.#out(levelHeading(level.concurrency, level.requestRate));
      this.#out(levelText({ ...level, reason: undefined, warnings: [] }, result, this.#options));
      for (const text of level.warnings) this.#err(`warning: ${loadName(level)}: ${text}\n`);
    }
    this.#out(calibrationText(result));
    this.#out(findMaxText(findMax, result.settings));
  }

  #out(text: string): void {
    if (text === "") return;
    this.#display.clear();
    this.#terminal.out(text);
  }

  #err(text: string): void {
    if (text === "") return;
    this.#display.clear();
    this.#terminal.err(text);
  }
}

/** The observer of a run: without a terminal nobody is told how far it is. */
export function observerOf(reporter: Reporter, live: boolean): PerfObserver {
  return {
    inputRead: live ? (path, bytes) => reporter.inputRead(path, bytes) : undefined,
    started: (context) => reporter.started(context),
    levelStarted: (concurrency, requestRate) => reporter.levelStarted(concurrency, requestRate),
    passDone: (pass) => reporter.passDone(pass),
    searchStep: (step) => reporter.searchStep(step),
    levelDone: (level) => reporter.levelDone(level),
    progress: live ? (progress) => reporter.progress(progress) : undefined,
  };
}
