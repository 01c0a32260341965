/**
 * Runs with everything that a page can show, for its tests, and a reader of its tables.
 *
 * @module
 */
import type { PageRun } from "../page/types.ts";
import type { RunReport } from "../run_file/read.ts";
import type { LevelResult, TimelinePoint } from "../types.ts";
import {
  exampleLevel,
  exampleMetrics,
  exampleParts,
  examplePass,
  exampleResult,
  exampleServer,
  exampleTimes,
} from "./example_result.ts";

/** What a hostile server or file may be called or say. */
export const NASTY = `<img src=x onerror=alert(1)>"'&</script><script>alert(2)</script>\0<!--`;

function timeline(level: number): TimelinePoint[] {
  return Array.from({ length: 12 }, (_, second) => ({
    second,
    pass: Math.floor(second / 4),
    durationMs: 1000,
    requestCount: 100 * level + second,
    failedCount: second === 7 ? 3 : 0,
    inferPerSecond: 100 * level + second + 0.25,
    inFlight: level,
    p50Us: second === 2 ? undefined : 900 + 10 * second,
    p90Us: second === 2 ? undefined : 1800 + 10 * second,
    p99Us: second === 2 ? undefined : 2700.4 + 10 * second,
    maxUs: second === 2 ? undefined : 4000,
  }));
}

function level(concurrency: number, nasty: string): LevelResult {
  const latency = {
    ...exampleTimes(900 + 100 * concurrency ** 2),
    spectrum: [0, 50, 90, 99, 99.9].map((percentile) => ({
      percentile,
      us: (800 + 10 * percentile) * concurrency,
    })),
  };
  const pass = examplePass({
    pass: 2,
    latency,
    inferPerSecond: 1000 * Math.min(concurrency, 3) + concurrency / 8,
    failedCount: 3,
    server: {
      ...exampleServer(nasty),
      composing: [exampleServer(`${nasty} part`)],
    },
    metrics: [1, 2].map(() => ({
      ...exampleMetrics(),
      url: nasty,
      series: exampleMetrics().series.map((one) => (
        { ...one, family: nasty, name: nasty, labels: { [nasty]: nasty } }
      )),
    })),
    addresses: exampleParts().addresses.map((one) => ({ ...one, address: nasty })),
  });
  const errors = [{
    code: nasty as "UNAVAILABLE",
    message: nasty,
    count: 3,
    answered: true,
    retryable: true,
  }] as const;
  return exampleLevel({
    concurrency,
    errors,
    warnings: [nasty],
    outcome: concurrency === 2 ? "unstable" : "stable",
    reason: concurrency === 2 ? nasty : undefined,
    counts: { sent: 133, succeeded: 128, failed: 3, inFlight: 2 },
    timeline: timeline(concurrency),
    passes: [examplePass(), pass],
  }, pass);
}

/** Two runs; all that comes from outside is hostile. */
export function exampleRuns(): PageRun[] {
  return ["a", "b"].map((name) => {
    const result = exampleResult([1, 2, 3, 4, 5].map((n) => level(n, NASTY)), {
      command: `trtis perf_client -m '${NASTY}'`,
      thresholds: [{
        threshold: "p99<5ms@2",
        metric: "p99",
        operator: "<",
        limit: 5000,
        unit: "us",
        concurrency: 2,
        passed: false,
        verdict: "unjudged",
        reason: NASTY,
      }],
    });
    const report = {
      ...result,
      settings: {
        ...result.settings,
        ...{ modelName: NASTY, thresholds: [NASTY], [NASTY]: NASTY },
        input: { ...result.settings.input, paths: [NASTY], stringData: NASTY },
        metrics: { urls: [NASTY], intervalMs: 100, families: [NASTY] },
      },
      model: { ...result.model, name: NASTY },
      environment: {
        ...result.environment,
        ...{ tool: NASTY, toolVersion: NASTY, runtime: NASTY, os: NASTY, serverVersion: NASTY },
        ...{ address: NASTY, serverId: NASTY, startedAt: NASTY, [NASTY]: NASTY },
      },
    };
    return { name: `${NASTY} ${name}`, report };
  });
}

/** A long sweep: ten passes of five seconds a level, everything different in each of its figures. */
export function longRun(levels: number): RunReport {
  const PASSES = 10;
  return exampleResult(Array.from({ length: levels }, (_, i) => {
    const at = (k: number) => 1000 * (i + 1) + 1234.567 * k;
    const passes = Array.from({ length: PASSES }, (_, k) => {
      const latency = {
        ...exampleTimes(at(k)),
        histogram: Array.from({ length: 30 }, (_, k) => ({ upToUs: at(k), count: 1000 + k })),
        spectrum: Array.from({ length: 60 }, (_, k) => (
          { percentile: 100 * (1 - 0.8 ** k), us: at(k) }
        )),
      };
      return examplePass({ pass: k + 1, latency, inferPerSecond: at(k) });
    });
    const timeline = Array.from({ length: PASSES * 5 }, (_, second): TimelinePoint => ({
      ...{ second, pass: 1 + Math.floor(second / 5), durationMs: 1000 },
      ...{ requestCount: 12_345 + second, failedCount: second, inferPerSecond: at(second) },
      ...{ inFlight: i + 0.5, p50Us: at(second), p90Us: at(second) + 1, p99Us: at(second) + 2 },
    }));
    return exampleLevel({ concurrency: i + 1, passes, timeline }, passes.at(-1));
  }));
}

/** The rows of a page's tables by the tables' ids, each cell by its column's key, as text. */
export function tablesOf(html: string): Map<string, Record<string, string>[]> {
  const found = new Map<string, Record<string, string>[]>();
  for (const [, id, body] of html.matchAll(/<table id="([^"]*)">([^]*?)<\/table>/g)) {
    const keys = [...body!.matchAll(/data-k="([^"]*)"/g)].map(([, key]) => key!);
    const [, rows] = body!.split("<tbody>");
    found.set(
      id!,
      rows!.split("<tr").slice(1).map((row) => {
        const cells = row.split(/<t[hd](?=[ >])[^>]*>/).slice(1)
          .map((cell) => unescaped(cell.replace(/<[^>]*>/g, "")).trim());
        return Object.fromEntries(keys.map((key, i) => [key, cells[i]!]));
      }),
    );
  }
  return found;
}

function unescaped(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
