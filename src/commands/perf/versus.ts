/**
 * `--versus`: two sides in turn, their comparison, and the exit code.
 *
 * @module
 */
import { EXIT } from "../../cli/command.ts";
import type { LoadInput } from "../../perf/input_data/given.ts";
import { comparisonMarkdown, comparisonText, limitText } from "../../perf/compare/text.ts";
import type { ChangeLimit } from "../../perf/compare/thresholds.ts";
import { combineRuns } from "../../perf/repeat/combine.ts";
import type { PerfObserver, PerfResult } from "../../perf/types.ts";
import { measureVersus } from "../../perf/versus/measure.ts";
import { compareSides, type Versus, versusJson } from "../../perf/versus/report.ts";
import type { Side, Turn } from "../../perf/versus/turns.ts";
import { announced } from "../start/plan.ts";
import type { PerfOptions } from "./flags.ts";
import { Connection, type Measurement } from "./measurement.ts";
import { observerOf } from "./reporter.ts";
import { writeReport } from "./reports.ts";
import type { RunContext } from "./runs.ts";
import { verdictOf } from "./verdict.ts";

/** One of the two. */
export interface SideOptions {
  readonly measurement: Measurement;
  readonly options: PerfOptions;
  readonly input?: LoadInput;
  /** The command line that measures it alone. */
  readonly command: string;
}

/** What is compared, and by what it is judged. */
export interface VersusPlan {
  readonly sides: readonly [SideOptions, SideOptions];
  readonly limits: readonly ChangeLimit[];
  readonly names: Versus["names"];
}

const NAMES = ["base", "new"] as const;

/**
 * Measures both, compares them and writes the reports.
 *
 * @returns the exit code
 * @throws {InferenceError} when one of them can't be set up
 */
export async function runVersus(plan: VersusPlan, context: RunContext): Promise<number> {
  const { options, signal, terminal, reporter, display } = context;
  const stopping = () => reporter.stopping();
  const connections: Connection[] = [];
  const results: [PerfResult[], PerfResult[]] = [[], []];
  let failure: unknown;
  try {
    for (const { measurement } of plan.sides) {
      const warn = (text: string) => terminal.err(`warning: ${text}\n`);
      connections.push(await Connection.open(measurement, { signal, warn }));
    }
    signal.addEventListener("abort", stopping, { once: true });
    for (let run = 1; run <= options.repeat && (run === 1 || !signal.aborted); run++) {
      const inOrder = new InOrder();
      const measure = sideMeasurer(plan, connections, { run, inOrder }, context);
      // Where each run is a single pass, the order changes all the same.
      const both = await measureVersus(measure, signal, run % 2 === 1 ? 0 : 1);
      inOrder.end();
      both.forEach((result, side) => results[side]!.push(result));
    }
  } catch (error) {
    if (results[1].length === 0) throw error;
    // What the runs before have found is not lost.
    failure = error;
  } finally {
    display.clear();
    signal.removeEventListener("abort", stopping);
    for (const connection of connections) connection.close();
  }
  const sides = plan.sides.map(({ command }, side) => {
    const runs = results[side]!;
    return { ...options.repeat === 1 ? runs[0]! : combineRuns(runs), command };
  }) as unknown as readonly [PerfResult, PerfResult];
  const code = await reportSides(sides, plan, context);
  if (failure !== undefined) throw failure;
  return code;
}

function sideMeasurer(
  { sides }: VersusPlan,
  connections: readonly Connection[],
  { run, inOrder }: { readonly run: number; readonly inOrder: InOrder },
  context: RunContext,
) {
  const { options, clock, display, begin, version = "", giveUpPermissions } = context;
  // Every run opens shared memory of its own; nothing is needed once the last one has.
  const unopened = new Set(
    ([0, 1] as const).filter((side) => sides[side].measurement.settings.sharedMemory !== undefined),
  );
  const part = options.repeat === 1 ? "" : `Run ${run} of ${options.repeat}, `;
  return async (side: Side, turn: Turn, signal: AbortSignal): Promise<PerfResult> =>
    await connections[side]!.measure({
      input: sides[side].input,
      begin: begin && run === 1 && side === 0 ? () => announced(begin, context) : undefined,
      observer: observerOfSide(side, `${part}${NAMES[side]}`, inOrder, context),
      tap: display.tap(),
      memoryOpened: run < options.repeat ? undefined : () => {
        unopened.delete(side);
        if (unopened.size === 0) giveUpPermissions?.();
      },
      toolVersion: version,
      ...{ clock, signal, turn },
    });
}

/** Tells of the base's level before the other side's. */
class InOrder {
  #base = 0;
  #other = 0;
  readonly #held: (() => void)[] = [];

  /** A level is over. */
  done(side: Side, tell: () => void): void {
    if (side === 1 && ++this.#other > this.#base) {
      this.#held.push(tell);
      return;
    }
    tell();
    if (side === 0) {
      this.#base++;
      this.#held.shift()?.();
    }
  }

  /** There is no further level of the base. */
  end(): void {
    for (const tell of this.#held.splice(0)) tell();
  }
}

/** Both tell of themselves under their names. */
function observerOfSide(
  side: Side,
  name: string,
  inOrder: InOrder,
  { reporter, display }: RunContext,
): PerfObserver {
  const observer = observerOf(reporter, display.isShown);
  // Their callbacks come in turn, but for the end of a level.
  const as = () => reporter.part(name);
  return {
    inputRead: observer.inputRead,
    started: side === 0 ? observer.started : undefined,
    levelStarted(concurrency, requestRate) {
      as();
      observer.levelStarted?.(concurrency, requestRate);
    },
    passDone(pass, concurrency) {
      as();
      observer.passDone?.(pass, concurrency);
    },
    levelDone: (level) =>
      inOrder.done(side, () => {
        as();
        observer.levelDone?.(level);
      }),
    progress: observer.progress,
  };
}

async function reportSides(
  sides: readonly [PerfResult, PerfResult],
  { limits, names }: VersusPlan,
  { options, terminal, reporter }: RunContext,
): Promise<number> {
  const { json, markdown, html } = options;
  const aborted = sides.some((side) => side.aborted);
  const judged = sides.map((side) => verdictOf({ ...side, thresholds: undefined }, options));
  for (const [side, { lines }] of judged.entries()) {
    for (const line of lines) terminal.err(`error: ${NAMES[side]}: ${line}\n`);
  }
  const versus = compareSides(sides, names, limits);
  const { comparison } = versus;
  reporter.say(`\n${comparisonText(comparison)}`);
  await writeReport(json, terminal, () => versusJson(versus));
  await writeReport(markdown, terminal, () => comparisonMarkdown(comparison));
  await writeReport(html, terminal, async () => {
    const { pageOf } = await import("../report/page_of.ts");
    return await pageOf(sides.map((report, side) => ({ name: NAMES[side]!, report })));
  });
  const broken = (comparison.thresholds ?? []).filter(({ passed }) => !passed);
  for (const one of broken) terminal.err(`error: threshold ${limitText(one)}\n`);
  if (aborted) return EXIT.interrupted;
  if (broken.length > 0) return EXIT.threshold;
  const codes = judged.map(({ code }) => code);
  return [EXIT.failed, EXIT.unstable].find((code) => codes.includes(code)) ?? EXIT.ok;
}
