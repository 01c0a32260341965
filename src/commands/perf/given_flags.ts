/**
 * Which of the flags that set the load were given, for those that set it by themselves.
 *
 * @module
 */
import type { PerfOptions } from "./flags.ts";

const GIVEN = {
  "-t": ({ concurrency }) => concurrency !== undefined,
  "--concurrency-range": ({ concurrencyRange }) => concurrencyRange !== undefined,
  "-d": ({ search }) => search,
  "-l": ({ latencyLimit = 0 }) => latencyLimit > 0,
  "--request-rate": ({ requestRate }) => requestRate !== undefined,
  "--request-distribution": ({ requestDistribution }) => requestDistribution !== "constant",
  "--burst": ({ burst }) => burst > 1,
  "--ramp": ({ ramp }) => ramp !== undefined,
  "--stages": ({ stages }) => stages !== undefined,
  "--request-intervals": ({ requestIntervals }) => requestIntervals !== undefined,
  "--schedule": ({ schedule }) => schedule !== undefined,
  "--periodic-concurrency-range": ({ periodicRange }) => periodicRange !== undefined,
  "--find-max": ({ findMax }) => findMax !== undefined,
  "--binary-search": ({ binarySearch }) => binarySearch,
  "--request-count": ({ requestCount }) => requestCount > 0,
  "--warmup-request-count": ({ warmupRequestCount }) => warmupRequestCount > 0,
  "--duration": ({ duration }) => duration !== undefined,
  "--measurement-mode count_windows": ({ measurementMode }) => measurementMode === "count_windows",
  "--mix": ({ mix }) => mix !== undefined,
  "--shard": ({ shard }) => shard !== undefined,
  "--streaming": ({ streaming }) => streaming,
} satisfies Readonly<Record<string, (options: PerfOptions) => boolean>>;

/** One of them, as messages write it. */
export type LoadFlag = keyof typeof GIVEN;

/** The first of some flags that was given. */
export function firstGiven(
  options: PerfOptions,
  flags: readonly LoadFlag[],
): LoadFlag | undefined {
  return flags.find((flag) => GIVEN[flag](options));
}

/** All ways to say which load to send, but for searches. */
export const LOADS: readonly LoadFlag[] = [
  ...["-t", "--concurrency-range", "-d", "--request-rate", "--ramp", "--stages"] as const,
  ...["--request-intervals", "--schedule"] as const,
];
