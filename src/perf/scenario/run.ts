/**
 * Runs a scenario: one pass, as long as its rules ask.
 *
 * @module
 */
import type { LoadPoint, ProfilerParts } from "../pass.ts";
import { measurePass } from "../pass.ts";
import { countsSince, type PassRun, progressOf } from "../pass_run.ts";
import { arrivalCursor, type Arrivals } from "../schedule/arrivals.ts";
import type { LevelResult, PerfObserver, PerfSettings } from "../types.ts";
import { warmUp } from "../warm_up.ts";
import { judgeScenario } from "./judge.ts";
import type { ScenarioRecord } from "./record.ts";
import type { ScenarioResult, ScenarioSettings } from "./settings.ts";

/** The run as a level, and what came of it; nothing when the caller ended it. */
export interface RanScenario {
  readonly levels: readonly LevelResult[];
  readonly scenario?: ScenarioResult;
}

/** Between two looks at the run. */
const TICK_MS = 50;
/** LoadGen makes Offline's query so much larger than expected, so that it takes long enough. */
const SLACK = 1.1;

/** What is sent: for so long and so many, or exactly so many. */
interface Load {
  readonly point: LoadPoint;
  /** Requests in all. Undefined: until the rules are kept. */
  readonly count?: number;
}

/** Runs it. */
export async function runScenario(
  parts: ProfilerParts,
  record: ScenarioRecord,
  observer: PerfObserver = {},
): Promise<RanScenario> {
  const { settings, load } = parts;
  const scenario = settings.scenario!;
  const { point, count } = loadOf(settings, scenario);
  const { concurrency, requestRate } = point;
  const base = await load.collect();
  load.markLevel(requestRate ?? concurrency, requestRate !== undefined);
  observer.levelStarted?.(concurrency, requestRate);
  await warmUp(parts, point, base);
  load.takeErrors();
  let start = 0;
  const run = async (pass: PassRun) => {
    start = pass.clock.now();
    await pass.load.setLoad(concurrency, count ?? Infinity, point.arrivals);
    return await untilDone(pass, count === undefined ? scenario : undefined, count);
  };
  const pass = await measurePass({ ...parts, ending: { settleMs: 0, run } }, point, 1, base);
  const { result } = pass;
  observer.passDone?.(result, concurrency);
  const level: LevelResult = {
    ...{ concurrency, requestRate, threads: load.threads },
    ...result.complete
      ? { outcome: "unjudged", reason: "one run of a scenario" }
      : { outcome: "aborted", reason: "the run was ended" },
    ...{ passes: [result], reported: result, counts: countsSince(pass.counts, base) },
    ...{ errors: result.errors, warnings: pass.warnings },
  };
  observer.levelDone?.(level);
  if (!result.complete) return { levels: [level] };
  const { batchSize } = settings;
  return {
    levels: [level],
    scenario: judgeScenario(scenario, { start, done: record.done(), batchSize }),
  };
}

/** The load of each scenario. */
function loadOf(settings: PerfSettings, scenario: ScenarioSettings): Load {
  const { minDurationMs, minQueryCount, targetQps = 0, scheduleSeed } = scenario;
  const inFlight = settings.schedule?.maxInFlight ?? 1;
  switch (scenario.scenario) {
    case "SingleStream":
      return { point: { concurrency: 1 } };
    case "MultiStream":
      return { point: { concurrency: scenario.samplesPerQuery / settings.batchSize } };
    case "Server": {
      const arrivals: Arrivals = {
        ...{ kind: "rate", rate: targetQps, distribution: "poisson", shape: 1, burst: 1 },
        seed: scheduleSeed,
      };
      const count = queriesOf(arrivals, minDurationMs, minQueryCount);
      return { point: { concurrency: inFlight, requestRate: targetQps, arrivals }, count };
    }
    case "Offline": {
      const samples = Math.max(
        minQueryCount,
        Math.floor(SLACK * minDurationMs / 1000 * targetQps),
      );
      const count = Math.ceil(samples / settings.batchSize);
      // All are due at once, and their latencies count from then.
      const arrivals: Arrivals = {
        ...{ kind: "rate", rate: targetQps, distribution: "constant", shape: 1 },
        ...{ burst: count, seed: scheduleSeed },
      };
      return { point: { concurrency: inFlight, arrivals }, count };
    }
  }
}

/** LoadGen's number of queries: until the last one is due after the least duration. */
export function queriesOf(arrivals: Arrivals, minDurationMs: number, least: number): number {
  const cursor = arrivalCursor(arrivals);
  let [count, last] = [0, 0];
  while (last < minDurationMs || count < least) {
    last = cursor.next();
    count++;
  }
  return count;
}

/** Waits for all answers; without a number of requests, sends until the least of both is reached. */
async function untilDone(
  run: PassRun,
  until: ScenarioSettings | undefined,
  count = Infinity,
): Promise<boolean> {
  const { clock, signal, load, before, concurrency } = run;
  const start = clock.now();
  let ending = until === undefined;
  /** Requests sent when the rules were kept: the last query has to be sent after that. */
  let enough = Infinity;
  while (!signal.aborted) {
    await clock.sleep(TICK_MS, signal);
    const counts = await load.collect();
    run.onProgress?.(progressOf(run, counts));
    const settled = counts.succeeded + counts.failed - before.succeeded - before.failed;
    if (ending && (settled >= count || until !== undefined && counts.inFlight === 0)) return true;
    if (ending || until === undefined) continue;
    const queries = until.scenario === "MultiStream" ? settled / concurrency : settled;
    if (clock.now() - start < until.minDurationMs || queries < until.minQueryCount) continue;
    if (enough === Infinity) enough = counts.sent;
    if (counts.sent === enough) continue;
    await load.setLoad(concurrency, 0);
    ending = true;
  }
  return false;
}
