/**
 * Which levels are measured.
 *
 * @module
 */
import type { Pacing } from "./load/waker.ts";
import type { Arrivals } from "./schedule/arrivals.ts";

/** The load levels to measure, in requests in flight. */
export interface LevelSettings {
  readonly start: number;
  /** The last level; 0 = no limit. */
  readonly end: number;
  readonly step: number;
  /** All levels, in their order, in place of steps from `start` to `end`. */
  readonly list?: readonly number[];
  /** No further level once the stabilising latency reaches this; undefined = no limit. */
  readonly latencyLimitMs?: number;
  /** Whether levels are searched (`-d`, `--concurrency-range`): reports then show the limits. */
  readonly search: boolean;
}

/** Load on a schedule, whatever the server does meanwhile: an open loop. */
export interface ScheduleSettings {
  /** The schedules to measure, one a level. */
  readonly levels: readonly {
    /** Requests a second; of a schedule that varies, its mean. */
    readonly requestRate: number;
    readonly arrivals: Arrivals;
  }[];
  /** A request that is due waits while so many are in flight, and its wait counts. */
  readonly maxInFlight: number;
  /** Sequences at the same time, for stateful models. */
  readonly sequences?: number;
  readonly pacing: Pacing;
}
