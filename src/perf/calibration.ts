/**
 * What the machine can measure at most, as a report has it.
 *
 * @module
 */
import type { ApiVersion, Wire } from "../protocol/types.ts";

/** A load on the null server. */
export interface CalibrationFigures {
  /** Requests in flight; undefined with a schedule. */
  readonly concurrency?: number;
  readonly requestPerSecond: number;
  /** Undefined when no request was answered. */
  readonly p50Us?: number;
  readonly p99Us?: number;
}

/** The same program, measuring a server that does next to nothing on the same machine. */
export interface Calibration {
  /** Where that server ran: a thread of this process. */
  readonly server: "thread";
  readonly wire: Wire;
  readonly api: ApiVersion;
  /** One request in flight: no latency below can be seen from here. */
  readonly floor: CalibrationFigures;
  /** Many in flight: no higher throughput can be seen from here. */
  readonly ceiling: CalibrationFigures;
  /** The highest rate of the schedule, at even gaps. */
  readonly schedule?: CalibrationFigures & {
    readonly requestRate: number;
    readonly delayP50Us?: number;
    readonly delayP99Us?: number;
  };
}

/** What comes this near the ceiling is the machine's as much as the server's. */
const NEAR = 0.8;

/** Whether a throughput may be this machine's limit. */
export function isNearCeiling(perSecond: number, { ceiling }: Calibration): boolean {
  return perSecond >= NEAR * ceiling.requestPerSecond;
}
