/**
 * One load level: passes until they are stable.
 *
 * @module
 */
import { describeError } from "../base/errors.ts";
import { wallMs } from "../base/clock.ts";
import { drain } from "./drain.ts";
import { ErrorTally } from "./load/errors.ts";
import type { LoadManager } from "./load/manager.ts";
import { type LoadPoint, measurePass, type ProfilerParts } from "./pass.ts";
import { type SlottedPass, withIntervals } from "./intervals/level.ts";
import { slotFigures } from "./merge/slots.ts";
import { doubts, isSaturated } from "./doubts.ts";
import { judge, overloaded, reportedPass, type Verdict, withPass } from "./level_verdict.ts";
import { countsSince } from "./pass_run.ts";
import { withCommonStart } from "./schedule/common_start.ts";
import { warmUp } from "./warm_up.ts";
import { WarningTally } from "./warning_tally.ts";
import type {
  LevelOutcome,
  LevelResult,
  PassResult,
  PerfObserver,
  PerfSettings,
  RequestCounts,
} from "./types.ts";

/** A further thread stays only when throughput rises by this factor: it takes a core from the rest. */
const WORTH_A_THREAD = 1.05;

/** Measures one level. Requests go on being sent when it returns. */
export async function profileLevel(
  parts: ProfilerParts,
  point: LoadPoint,
  observer: PerfObserver = {},
): Promise<LevelResult> {
  const { settings, load, signal, turn } = parts;
  const { concurrency, requestRate } = point;
  const base = await load.collect();
  load.markLevel(point.name ?? requestRate ?? concurrency, requestRate !== undefined);
  const errors = new ErrorTally();
  load.takeErrors();
  await turn?.begin();
  observer.levelStarted?.(concurrency, requestRate);
  await warmUp(parts, point, base);
  load.takeErrors().forEach((group) => errors.addGroup(group));
  const arrivals = withCommonStart(point.arrivals, wallMs());
  const timed = { ...point, arrivals };
  const start = async () => {
    if (settings.requestCount > 0 || signal.aborted) return;
    await load.setLoad(concurrency, Infinity, arrivals);
  };
  await start();

  const passes: PassResult[] = [];
  const slotted: SlottedPass[] = [];
  const warnings = new WarningTally();
  let judgedFrom = 0;
  let beforeGrowth: PassResult | undefined;
  let counts: RequestCounts = base;
  const onePass = async (): Promise<Verdict | undefined> => {
    const pass = await measurePass(parts, timed, passes.length + 1, base);
    counts = pass.counts;
    passes.push(pass.result);
    slotted.push(pass);
    pass.result.errors.forEach((group) => errors.addGroup(group));
    pass.warnings.forEach((warning) => warnings.add(warning, pass.result.pass));
    observer.passDone?.(pass.result, concurrency);
    if (beforeGrowth !== undefined && pass.result.complete) {
      const helped = pass.result.inferPerSecond >= beforeGrowth.inferPerSecond * WORTH_A_THREAD;
      beforeGrowth = undefined;
      if (!helped) {
        await load.shrink();
        judgedFrom = passes.length;
        return undefined;
      }
    }
    if (
      wantsThread(settings, load, pass.result) && await growLoad(load, pass.result.pass, warnings)
    ) {
      beforeGrowth = pass.result;
      judgedFrom = passes.length;
      return undefined;
    }
    return overloaded(pass, requestRate) ?? judge(settings, passes.slice(judgedFrom));
  };
  let verdict: Verdict | undefined;
  do {
    verdict = await onePass();
    if (turn !== undefined && !await passOn(parts, timed, verdict)) {
      verdict = undefined;
      await turn.begin();
      await start();
    }
  } while (verdict === undefined);

  const reported = reportedPass(passes, verdict.outcome);
  doubts(reported).forEach((warning) => warnings.add(warning, reported.pass));
  const level = withIntervals(
    {
      concurrency,
      requestRate,
      threads: load.threads,
      ...withPass(verdict, reported, passes),
      passes,
      reported,
      counts: countsSince(counts, base),
      errors: errors.groups(),
      warnings: warnings.texts(passes.length),
    },
    slotted.slice(judgedFrom),
    settings,
  );
  const result = settings.shard === undefined ? level : withSlots(level, slotted);
  observer.levelDone?.(result);
  return result;
}

/** The level of one task: what all tasks did together can only be told with its slots of time. */
function withSlots(level: LevelResult, passes: readonly SlottedPass[]): LevelResult {
  const { reported } = level;
  const found = passes.find(({ result }) => result.pass === reported.pass);
  const marked = { ...reported, slots: found && slotFigures(reported, found.slots) };
  return {
    ...level,
    reported: marked,
    passes: level.passes.map((pass) => pass === reported ? marked : pass),
  };
}

/** Outcomes after which a measurement goes no further, whatever the other one does. */
const FINAL: readonly LevelOutcome[] = ["aborted", "errors", "overload"];

/** Lets the other side measure its pass; whether the level is over. */
async function passOn(
  parts: ProfilerParts,
  point: LoadPoint,
  verdict: Verdict | undefined,
): Promise<boolean> {
  await drain(parts, point);
  if (verdict !== undefined && FINAL.includes(verdict.outcome)) {
    parts.turn!.leave();
    return true;
  }
  return await parts.turn!.end(verdict !== undefined);
}

/** Whether this pass was held up by too few threads, and a further one can help. */
function wantsThread(settings: PerfSettings, load: LoadManager, pass: PassResult): boolean {
  return pass.complete && settings.requestCount === 0 && isSaturated(pass) && load.canGrow;
}

/** Without a further thread the measurement goes on as it is. */
async function growLoad(
  load: LoadManager,
  pass: number,
  warnings: WarningTally,
): Promise<boolean> {
  try {
    await load.grow();
    return true;
  } catch (error) {
    warnings.add(
      `no further thread to send requests could be started: ${describeError(error)}`,
      pass,
    );
    return false;
  }
}
