/**
 * What this machine can measure at most: the same load on a server that does next to nothing.
 *
 * @module
 */
import { connectProtocol } from "../../client/connect.ts";
import type { Calibration, CalibrationFigures } from "../../perf/calibration.ts";
import { perSecond } from "../../perf/figures.ts";
import { connectFleet } from "../../perf/load/connect_fleet.ts";
import { startLoadWorker } from "../../perf/load/worker_thread.ts";
import { measure } from "../../perf/measure.ts";
import { percentileUs } from "../../perf/percentile.ts";
import type { Arrivals } from "../../perf/schedule/arrivals.ts";
import {
  DEFAULT_SETTINGS,
  LOAD_CONNECTIONS,
  type PassResult,
  type PerfSettings,
} from "../../perf/types.ts";
import type { Protocol } from "../../protocol/types.ts";
import { startNullServer } from "../../server/null_server.ts";

/** What is measured, and how the server is spoken to. */
interface CalibrationOptions {
  readonly settings: PerfSettings;
  readonly protocol: Pick<Protocol, "wire" | "api">;
  readonly signal: AbortSignal;
}

/** How long each of the loads is looked at: a window of the measurement, but no longer. */
const MAX_WINDOW_MS = 2000;
/** Before that. */
const WARM_UP_REQUESTS = 2000;
/** In flight for the ceiling, unless the measurement has more. */
const MANY = 16;

/** Measures this machine, as the protocol speaks; a few seconds. */
export async function calibrate(
  settings: PerfSettings,
  protocol: Pick<Protocol, "wire" | "api">,
  signal: AbortSignal,
): Promise<Calibration> {
  const options = { settings, protocol, signal };
  const { wire, api } = protocol;
  const server = await startNullServer();
  try {
    const load = (changes: Partial<PerfSettings>) => passOf(server[wire], options, changes);
    const closed = async (concurrency: number): Promise<CalibrationFigures> => {
      const levels = { ...DEFAULT_SETTINGS.levels, start: concurrency, end: concurrency };
      return { concurrency, ...figuresOf(await load({ levels })) };
    };
    const { schedule, levels } = settings;
    const rate = Math.max(0, ...schedule?.levels.map(({ requestRate }) => requestRate) ?? []);
    return {
      server: "thread",
      ...{ wire, api },
      floor: await closed(1),
      ceiling: await closed(Math.max(MANY, schedule === undefined ? levels.end : 0)),
      schedule: rate === 0 ? undefined : await onSchedule(rate, settings, load),
    };
  } finally {
    server.close();
  }
}

async function onSchedule(
  rate: number,
  { schedule }: PerfSettings,
  load: (changes: Partial<PerfSettings>) => Promise<PassResult>,
): Promise<NonNullable<Calibration["schedule"]>> {
  const even = { distribution: "constant", shape: 1, burst: 1, seed: 1 } as const;
  const arrivals: Arrivals = { kind: "rate", rate, ...even };
  const levels = [{ requestRate: rate, arrivals }];
  const pass = await load({ schedule: { ...schedule!, levels } });
  const delayAt = (percentile: number) => pass.delay && percentileUs(pass.delay, percentile);
  return {
    requestRate: rate,
    ...figuresOf(pass),
    delayP50Us: delayAt(50),
    delayP99Us: delayAt(99),
  };
}

function figuresOf({ requestCount, windowMs, latency }: PassResult) {
  const at = (percentile: number) => latency && percentileUs(latency, percentile);
  return { requestPerSecond: perSecond(requestCount, windowMs), p50Us: at(50), p99Us: at(99) };
}

async function passOf(
  url: string,
  { settings, protocol: { wire, api }, signal }: CalibrationOptions,
  changes: Partial<PerfSettings>,
): Promise<PassResult> {
  const windowMs = Math.min(settings.windowMs, MAX_WINDOW_MS);
  const connection = { url, wire, api, connections: LOAD_CONNECTIONS };
  const protocol = await connectProtocol(connection, { signal });
  try {
    const { levels: [level] } = await measure({
      ...DEFAULT_SETTINGS,
      modelName: "simple",
      input: { ...DEFAULT_SETTINGS.input, source: "zero" },
      warmupRequestCount: WARM_UP_REQUESTS,
      durationMs: windowMs,
      windowMs,
      ...changes,
    }, {
      protocol,
      connect: () => connectFleet(connection),
      workers: { start: startLoadWorker, connection },
      signal,
      toolVersion: "",
      startedAt: new Date(),
    });
    return level!.reported;
  } finally {
    protocol.close();
  }
}
