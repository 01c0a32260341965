/**
 * Prints a measurement while it runs: the report on standard output as levels finish, warnings and
 * how far it is on standard error.
 *
 * @module
 */
import type { Terminal } from "../../command/context.ts";
import { liveLine } from "../../perf/report/live.ts";
import {
  curveText,
  levelHeading,
  levelText,
  passText,
  settingsText,
  type TextOptions,
  unstableText,
} from "../../perf/report/text.ts";
import type {
  LevelResult,
  PassResult,
  PerfContext,
  PerfObserver,
  PerfResult,
  Progress,
} from "../../perf/types.ts";

/** What the command tells the user, step by step. */
export class Reporter implements PerfObserver {
  readonly #terminal: Terminal;
  readonly #options: TextOptions;
  #context: PerfContext | undefined;
  #shown = 0;
  #levels = 0;

  constructor(terminal: Terminal, options: TextOptions) {
    this.#terminal = terminal;
    this.#options = options;
  }

  started(context: PerfContext): void {
    this.#context = context;
    this.#out(settingsText(context.settings));
  }

  levelStarted(concurrency: number): void {
    this.#levels++;
    this.#out(levelHeading(concurrency));
  }

  passDone(pass: PassResult): void {
    if (this.#options.verbose) this.#out(passText(pass, this.#context!));
  }

  levelDone(level: LevelResult): void {
    const context = this.#context!;
    this.#err(unstableText(level, context.settings));
    // Warnings have a stream of their own; the report's lines stay those of the original.
    this.#out(levelText({ ...level, warnings: [] }, context, this.#options));
    const { concurrency } = level;
    for (const text of level.warnings) this.#err(`warning: concurrency ${concurrency}: ${text}\n`);
  }

  /** Redraws the live line; only a terminal has one. */
  progress(progress: Progress): void {
    const line = liveLine(progress, this.#terminal.columns() - 1);
    this.#terminal.err(`\r${line.padEnd(this.#shown)}`);
    this.#shown = line.length;
  }

  /** After the last level. */
  finished(result: PerfResult): void {
    this.#out(curveText(result));
  }

  /** When the requests can't be made: the level they were for, as in r19.07. */
  failed(): void {
    this.#clear();
    if (this.#context !== undefined && this.#levels === 0) {
      this.#out(levelHeading(this.#context.settings.levels.start));
    }
  }

  #out(text: string): void {
    if (text === "") return;
    this.#clear();
    this.#terminal.out(text);
  }

  #err(text: string): void {
    if (text === "") return;
    this.#clear();
    this.#terminal.err(text);
  }

  #clear(): void {
    if (this.#shown === 0) return;
    this.#terminal.err(`\r${" ".repeat(this.#shown)}\r`);
    this.#shown = 0;
  }
}

/** The observer of a run: without a terminal nobody is told how far it is. */
export function observerOf(reporter: Reporter, live: boolean): PerfObserver {
  return {
    started: (context) => reporter.started(context),
    levelStarted: (concurrency) => reporter.levelStarted(concurrency),
    passDone: (pass) => reporter.passDone(pass),
    levelDone: (level) => reporter.levelDone(level),
    progress: live ? (progress) => reporter.progress(progress) : undefined,
  };
}
