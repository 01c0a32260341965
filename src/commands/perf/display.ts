/**
 * What a terminal shows of a measurement that runs: several lines where there is room for them, else one.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import type { Terminal } from "../../cli/context.ts";
import { LiveArea } from "../../cli/live_area.ts";
import { StatusLine } from "../../cli/status_line.ts";
import { ErrorTally } from "../../perf/load/errors.ts";
import { liveLine } from "../../perf/report/live.ts";
import { LiveSeries } from "../../perf/report/live_series.ts";
import { liveView } from "../../perf/report/live_view.ts";
import { levelCountOf, timeLeft } from "../../perf/report/time_left.ts";
import { joinTaps, type SampleTap } from "../../perf/tap.ts";
import type { ErrorGroup, PassResult, PerfContext, PerfProgress } from "../../perf/types.ts";

/** How progress is to be shown; undefined = as fits the terminal. */
export type ProgressMode = "line" | "live" | "none" | undefined;

/** The smallest terminal for several lines. */
const LEAST = { columns: 80, rows: 20 };
/** Shorter windows tell more often than anybody can see. */
const REDRAW_MS = 150;

/** Draws it. */
export class Display {
  readonly #terminal: Terminal;
  readonly #clock: Clock;
  readonly #mode: ProgressMode;
  readonly #line: StatusLine;
  readonly #area: LiveArea;
  readonly #series = new LiveSeries();
  #context: PerfContext | undefined;
  #lastPass: PassResult | undefined;
  #errors: readonly ErrorGroup[] = [];
  readonly #levelsMs: number[] = [];
  #levelStart = 0;
  #level = 0;
  #drawn = -Infinity;
  readonly #times: number;

  /** @param times how often each level is measured */
  constructor(terminal: Terminal, clock: Clock, mode: ProgressMode, times = 1) {
    this.#times = times;
    this.#terminal = terminal;
    this.#clock = clock;
    this.#mode = mode;
    this.#line = new StatusLine(terminal);
    this.#area = new LiveArea(terminal);
  }

  /** Whether anything is shown. */
  get isShown(): boolean {
    return this.#terminal.canRedraw && this.#mode !== "none";
  }

  /** Looks at every request, beside another tap; undefined when that isn't needed. */
  tap(other?: SampleTap): SampleTap | undefined {
    const all = [other, this.#mayBeLive ? this.#series : undefined];
    return joinTaps(all.filter((tap) => tap !== undefined));
  }

  /** A terminal without colours is taken for one that can do little else. */
  get #mayBeLive(): boolean {
    if (!this.isShown || this.#mode === "line" || this.#terminal.isDumb) return false;
    return this.#mode === "live" || this.#terminal.errColor;
  }

  /** What is measured is known. */
  started(context: PerfContext): void {
    this.#context = context;
  }

  /** A level begins. */
  levelStarted(): void {
    const now = this.#clock.now();
    if (this.#level > 0) this.#levelsMs.push(now - this.#levelStart);
    this.#levelStart = now;
    this.#level++;
    this.#errors = [];
  }

  /** A pass is over. */
  passDone(pass: PassResult): void {
    this.#lastPass = pass;
    this.#errors = added(this.#errors, pass.errors);
  }

  /** A text in one line. */
  say(text: string): void {
    if (!this.isShown) return;
    this.#area.clear();
    this.#line.draw(text);
  }

  /** How far the measurement is. */
  progress(progress: PerfProgress): void {
    if (!this.isShown) return;
    const now = this.#clock.now();
    if (now - this.#drawn < REDRAW_MS) return;
    this.#drawn = now;
    const [columns, rows] = [this.#terminal.columns(), this.#terminal.rows?.() ?? 0];
    const context = this.#context;
    const hasRoom = columns >= LEAST.columns && rows >= LEAST.rows;
    if (!this.#mayBeLive || !hasRoom || context === undefined) return this.say(liveLine(progress));
    this.#line.clear();
    const { settings } = context;
    const levels = levelCountOf(settings);
    this.#area.draw(liveView({
      context,
      progress,
      points: this.#series.points(now),
      errors: added(this.#errors, progress.errors ?? []),
      lastPass: this.#lastPass,
      level: Math.max(1, this.#level),
      levelCount: levels && levels * this.#times,
      left: timeLeft(settings, progress, this.#levelsMs, this.#times),
    }, columns - 1));
  }

  /** Takes everything away, so that other text can stand there. */
  clear(): void {
    this.#line.clear();
    this.#area.clear();
  }
}

function added(a: readonly ErrorGroup[], b: readonly ErrorGroup[]): readonly ErrorGroup[] {
  if (b.length === 0) return a;
  const tally = new ErrorTally();
  for (const group of [...a, ...b]) tally.addGroup(group);
  return tally.groups();
}
