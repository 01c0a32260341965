/**
 * The sets of times that a pass has.
 *
 * @module
 */
import type { PassResult, TimeFigures } from "./types.ts";

/** Their names. */
export const TIME_NAMES = [
  ...["latency", "serviceLatency", "delay", "failedLatency", "first", "between"] as const,
];
/** One of them. */
export type TimeName = typeof TIME_NAMES[number];

/** Reads a pass's times by name. */
export function timesOf(pass: PassResult, name: TimeName): TimeFigures | undefined {
  return name === "first" || name === "between" ? pass.responses?.[name] : pass[name];
}

/** The pass with all its times changed. */
export function mapTimes(
  pass: PassResult,
  change: (times: TimeFigures) => TimeFigures,
): PassResult {
  const changed = (times: TimeFigures | undefined) => times && change(times);
  const { latency, serviceLatency, delay, failedLatency, responses } = pass;
  return {
    ...pass,
    latency: changed(latency),
    serviceLatency: changed(serviceLatency),
    delay: changed(delay),
    failedLatency: changed(failedLatency),
    responses: responses && {
      ...responses,
      first: changed(responses.first),
      between: changed(responses.between),
    },
  };
}
