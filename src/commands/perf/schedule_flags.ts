/**
 * The flags of perf_client for load on a schedule.
 *
 * @module
 */
import type { FlagTable } from "../../cli/flag.ts";

const section = "Load on a schedule";

/** Rates, schedules and how they are kept. */
export const scheduleFlags = {
  requestRate: {
    kind: "string",
    section,
    long: "request-rate",
    aliases: ["request-rate-range"],
    value: "START[:END[:STEP]]",
    help:
      "requests a second, whatever the server does: one rate, a range, or a list 100,200,400; " +
      "STEP may be x2",
  },
  requestDistribution: {
    kind: "string",
    section,
    long: "request-distribution",
    value: "NAME",
    default: "constant",
    help: "gaps between requests: constant, poisson or gamma:SHAPE",
  },
  burst: {
    kind: "integer",
    section,
    long: "burst",
    value: "N",
    min: 1,
    default: 1,
    help: "send N requests at a time, at the same rate",
  },
  ramp: {
    kind: "string",
    section,
    long: "ramp",
    value: "FROM:TO:TIME",
    help: "a rate that changes in a straight line, such as 0:500:30s",
  },
  stages: {
    kind: "string",
    section,
    long: "stages",
    value: "RATE@TIME,...",
    help: "rates one after the other, such as 100@30s,500@60s,100@30s",
  },
  requestIntervals: {
    kind: "string",
    section,
    long: "request-intervals",
    value: "FILE",
    path: "file",
    help: "microseconds between requests, one a line, used again from the start",
  },
  schedule: {
    kind: "string",
    section,
    long: "schedule",
    value: "FILE",
    path: "file",
    help: "the moments of requests, one a line: milliseconds from the start, or RFC 3339 times; " +
      "behind it the number of an input of the data, from 0",
  },
  scheduleSpeed: {
    kind: "number",
    section,
    long: "schedule-speed",
    value: "FACTOR",
    default: 1,
    help: "replay --schedule so many times as fast",
  },
  periodicRange: {
    kind: "string",
    section,
    long: "periodic-concurrency-range",
    value: "START:END:STEP",
    help: "START requests, then STEP more whenever each of the latest has had --request-period " +
      "answers, until END have been sent",
  },
  requestPeriod: {
    kind: "integer",
    section,
    long: "request-period",
    value: "N",
    min: 1,
    help: "answers to each request before --periodic-concurrency-range sends more",
    defaultHelp: "10",
  },
  maxInFlight: {
    kind: "integer",
    section,
    long: "max-in-flight",
    value: "N",
    min: 1,
    help: "a request that is due waits while N are in flight, and its wait counts",
    defaultHelp: "1024",
  },
  sequences: {
    kind: "integer",
    section,
    long: "num-of-sequences",
    value: "N",
    min: 1,
    help: "sequences at the same time, for stateful models",
    defaultHelp: "4",
  },
  pacing: {
    kind: "choice",
    section,
    long: "pacing",
    choices: ["precise", "economical"],
    help: "how closely the schedule is kept: precise uses a thread of its own",
    defaultHelp: "precise with 2 cores or more",
  },
  duration: {
    kind: "string",
    section,
    long: "duration",
    value: "TIME",
    help: "measure once for so long, such as 90s or 10m, for any kind of load",
  },
} as const satisfies FlagTable;
