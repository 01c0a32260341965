/**
 * What this machine can measure, as text.
 *
 * @module
 */
import { type Calibration, type CalibrationFigures, isNearCeiling } from "../calibration.ts";
import { perSecond } from "../figures.ts";
import type { PerfResult } from "../types.ts";
import { usec } from "./format.ts";
import { loadName } from "./text.ts";

/** The lines; empty without a calibration. */
export function calibrationText({ calibration, levels }: PerfResult): string {
  if (calibration === undefined) return "";
  const { wire, floor, ceiling, schedule } = calibration;
  const lines = [
    `Calibration (this program's own server, in a thread of its own, over ${NAMES[wire]}):`,
    `  1 in flight: ${figures(floor)}`,
    `  ${ceiling.concurrency} in flight: ${figures(ceiling)}; more can't be measured from here`,
    ...schedule === undefined ? [] : [scheduleLine(schedule)],
    ...levels.flatMap((level) => {
      const { requestCount, windowMs } = level.reported;
      const reached = perSecond(requestCount, windowMs);
      if (!isNearCeiling(reached, calibration)) return [];
      const share = Math.round(100 * reached / ceiling.requestPerSecond);
      return [`  ${loadName(level)} reached ${share} % of that: this machine may be the limit`];
    }),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const NAMES = { http: "HTTP", grpc: "gRPC" } as const;

const count = (rate: number) => Math.round(rate).toLocaleString("en");

function figures({ requestPerSecond, p50Us = 0, p99Us = 0 }: CalibrationFigures): string {
  return `${count(requestPerSecond)} requests/s, p50 ${usec(p50Us)} usec, p99 ${usec(p99Us)} usec`;
}

function scheduleLine(schedule: NonNullable<Calibration["schedule"]>): string {
  const { requestRate, delayP50Us = 0, delayP99Us = 0 } = schedule;
  return `  ${count(requestRate)}/s asked: ${figures(schedule)}; sent late by ${
    usec(delayP50Us)
  } usec (p50), ${usec(delayP99Us)} usec (p99)`;
}
