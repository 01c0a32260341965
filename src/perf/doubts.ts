/**
 * What makes a pass's figures doubtful.
 *
 * @module
 */
import { percentileUs } from "./percentile.ts";
import type { PassResult, TimeFigures } from "./types.ts";

/** Above this share of a core a load thread can't send much faster. */
const SATURATED_SHARE = 0.9;
/** Timers that come this late, and late compared with the latency, make the latency doubtful. */
const LAG_WARNING_US = 2000;
const LAG_WARNING_SHARE = 0.2;
/** Sends behind the schedule that are worth a warning: from here on, as a share of the p99 latency. */
const DELAY_WARNING_US = 1000;
const DELAY_WARNING_SHARE = 0.2;

/** Whether the client did all it could. */
export function isSaturated(pass: PassResult): boolean {
  return pass.client.cpuShare >= SATURATED_SHARE;
}

function p99(figures: TimeFigures | undefined): number {
  return figures && percentileUs(figures, 99) || 0;
}

/** Warnings about a pass. */
export function doubts(pass: PassResult): string[] {
  const { client, latency } = pass;
  const warnings: string[] = [];
  if (isSaturated(pass)) {
    warnings.push(
      `the client itself is the bottleneck: it used ${Math.round(client.cpuShare * 100)} % of a ` +
        "processor core for each thread that sends requests; the server could answer more",
    );
  }
  const lateUs = client.lagAverageUs;
  if (lateUs > LAG_WARNING_US && lateUs > LAG_WARNING_SHARE * (latency?.averageUs ?? 0)) {
    warnings.push(
      `the client's timers came ${
        Math.round(lateUs)
      } usec late on average: latencies may include ` +
        "as much of the client's own time",
    );
  }
  const delayUs = p99(pass.delay);
  if (delayUs > DELAY_WARNING_US && delayUs > DELAY_WARNING_SHARE * p99(latency)) {
    warnings.push(
      `requests were sent behind the schedule, by ${Math.round(delayUs)} usec at the 99th ` +
        "percentile: this client was busy, or as many as allowed were in flight; the response " +
        "latency includes it, the service latency doesn't",
    );
  }
  if (latency?.exact === false) {
    warnings.push("the window has more requests than can be kept: percentiles are within 0.1 %");
  }
  return warnings;
}
