/**
 * Everything else about one level: its passes, its histogram, its errors, its servers.
 *
 * @module
 */
import { escapeHtml } from "../../base/html.ts";
import { percentileUs } from "../percentile.ts";
import { isShown, seriesName } from "../report/metrics_text.ts";
import { loadName } from "../report/text.ts";
import type {
  AddressFigures,
  ErrorGroup,
  LevelResult,
  ModelFigures,
  PassResult,
  ServerFigures,
  TimeFigures,
} from "../types.ts";
import { bar } from "./bars.ts";
import { count, figure, ms, percent, rate } from "./format.ts";
import { type Table, tableHtml, withoutEmpty } from "./table.ts";
import type { PageRun } from "./types.ts";

/** A level that opens. `id` is unlike that of any other. */
export function levelHtml(run: PageRun, level: LevelResult, id: string): string {
  const { reported, outcome } = level;
  const p99 = reported.latency && percentileUs(reported.latency, 99);
  const head = [
    `${loadName(level)}: ${rate(reported.inferPerSecond)} infer/s`,
    ...p99 === undefined ? [] : [`p99 ${ms(p99)} ms`],
    outcome,
  ];
  const families = run.report.settings.metrics?.families;
  const tables = [
    passesTable(level, id),
    latenciesTable(level, id),
    histogramTable(reported.latency, id),
    errorsTable(level.errors, id),
    serverTable(reported.server, id),
    partsTable(reported.addresses ?? [], `${id}-addresses`, "Servers"),
    partsTable(reported.models ?? [], `${id}-models`, "Models of the mix"),
    metricsTable(reported, id, Array.isArray(families) ? families.map(String) : []),
  ];
  const shown = tables.filter((table) => table.rows.length > 0)
    .map((table) => tableHtml(withoutEmpty(table)));
  return `<details class="level"><summary>${escapeHtml(head.join(", "))}</summary>` +
    `${shown.join("\n")}</details>`;
}

/** A percentile in milliseconds. */
function at(times: TimeFigures | undefined, p: number): string | undefined {
  return ms(times && percentileUs(times, p));
}

function passesTable({ passes, reported }: LevelResult, id: string): Table {
  return {
    id: `${id}-passes`,
    caption: "Passes",
    columns: [
      { key: "pass", title: "Pass", figure: true },
      { key: "note", title: "" },
      { key: "rate", title: "infer/s", figure: true },
      { key: "sequences", title: "sequences/s", figure: true },
      { key: "avg", title: "Average, ms", figure: true },
      { key: "p50", title: "p50, ms", figure: true },
      { key: "p99", title: "p99, ms", figure: true },
      { key: "requests", title: "Requests", figure: true },
      { key: "failed", title: "Failed", figure: true },
      { key: "errors", title: "Errors", figure: true },
      { key: "cpu", title: "Client CPU", figure: true },
      { key: "top1", title: "Top-1", figure: true },
    ],
    rows: passes.map((pass) => ({
      cells: [
        count(pass.pass),
        pass.pass === reported.pass ? "reported" : pass.complete ? undefined : "cut short",
        rate(pass.inferPerSecond),
        pass.sequenceCount > 0 ? rate(pass.sequencePerSecond) : undefined,
        ms(pass.latency?.averageUs),
        at(pass.latency, 50),
        at(pass.latency, 99),
        count(pass.requestCount),
        count(pass.failedCount),
        percent(pass.errorRate),
        percent(pass.client.cpuShare),
        percent(pass.accuracy?.top1),
      ],
    })),
  };
}

const NAMES = [
  ["Response, from the schedule on", ({ latency }: PassResult) => latency],
  ["Service, from the send on", ({ serviceLatency }: PassResult) => serviceLatency],
  ["Delay of the send", ({ delay }: PassResult) => delay],
  ["First answer", ({ responses }: PassResult) => responses?.first],
  ["Between answers", ({ responses }: PassResult) => responses?.between],
] as const;

/** Without a schedule a request is due when it is sent: the first three are one. */
function namesOf({ requestRate }: LevelResult) {
  return requestRate === undefined ? [["Latency", NAMES[0][1]] as const, ...NAMES.slice(3)] : NAMES;
}

function latenciesTable(level: LevelResult, id: string): Table {
  const named = namesOf(level).flatMap(([name, of]) => {
    const times = of(level.reported);
    return times === undefined ? [] : [{ name, times }];
  });
  const percentiles = named[0]?.times.percentiles.map(({ percentile }) => percentile) ?? [];
  return {
    id: `${id}-latencies`,
    caption: "Latencies, ms",
    columns: [
      { key: "name", title: "Time" },
      { key: "count", title: "Count", figure: true },
      { key: "min", title: "Min", figure: true },
      { key: "avg", title: "Average", figure: true },
      { key: "dev", title: "Deviation", figure: true },
      ...percentiles.map((p) => ({ key: `p${p}`, title: `p${p}`, figure: true })),
      { key: "max", title: "Max", figure: true },
    ],
    rows: named.map(({ name, times }) => ({
      cells: [
        name,
        count(times.count),
        ms(times.minUs),
        ms(times.averageUs),
        ms(times.deviationUs),
        ...percentiles.map((p) => at(times, p)),
        ms(times.maxUs),
      ],
    })),
  };
}

function histogramTable(latency: TimeFigures | undefined, id: string): Table {
  const bins = latency?.histogram ?? [];
  const most = Math.max(...bins.map((bin) => bin.count));
  return {
    id: `${id}-histogram`,
    caption: "Histogram of the latency",
    columns: [
      { key: "upTo", title: "Up to, ms", figure: true },
      { key: "count", title: "Requests", figure: true },
      { key: "bar", title: "" },
    ],
    rows: bins.map((bin) => ({
      cells: [
        ms(bin.upToUs),
        count(bin.count),
        bar([{ kind: 5, value: bin.count }], most),
      ],
    })),
  };
}

function errorsTable(errors: readonly ErrorGroup[], id: string): Table {
  return {
    id: `${id}-errors`,
    caption: "Failed requests by message",
    columns: [
      { key: "code", title: "Code" },
      { key: "count", title: "Count", figure: true },
      { key: "message", title: "Message" },
    ],
    rows: errors.map((group) => ({
      cells: [group.code, count(group.count), group.message],
    })),
  };
}

function serverTable(server: ServerFigures | undefined, id: string): Table {
  return {
    id: `${id}-server`,
    caption: "What the server counted, times in ms",
    columns: [
      { key: "model", title: "Model" },
      { key: "requests", title: "Requests", figure: true },
      { key: "failed", title: "Failed", figure: true },
      { key: "inferences", title: "Inferences", figure: true },
      { key: "executions", title: "Executions", figure: true },
      { key: "total", title: "Total", figure: true },
      { key: "queue", title: "Queue", figure: true },
      { key: "input", title: "Compute input", figure: true },
      { key: "infer", title: "Compute infer", figure: true },
      { key: "output", title: "Compute output", figure: true },
      { key: "hits", title: "Cache hits", figure: true },
      { key: "misses", title: "Cache misses", figure: true },
    ],
    rows: server === undefined ? [] : withParts(server).map((one) => {
      const cached = one.cacheHitCount + one.cacheMissCount > 0;
      return {
        cells: [
          `${one.modelName}, version ${one.modelVersion}`,
          count(one.requestCount),
          count(one.failedCount),
          count(one.inferenceCount),
          count(one.executionCount),
          ms(one.totalUs),
          ms(one.queueUs),
          ms(one.computeInputUs),
          ms(one.computeUs),
          ms(one.computeOutputUs),
          cached ? count(one.cacheHitCount) : undefined,
          cached ? count(one.cacheMissCount) : undefined,
        ],
      };
    }),
  };
}

function withParts(server: ServerFigures): ServerFigures[] {
  return [server, ...server.composing.flatMap(withParts)];
}

function partsTable(
  parts: readonly (AddressFigures | ModelFigures)[],
  id: string,
  caption: string,
): Table {
  return {
    id,
    caption,
    columns: [
      { key: "name", title: "Name" },
      { key: "share", title: "Share", figure: true },
      { key: "rate", title: "requests/s", figure: true },
      { key: "requests", title: "Requests", figure: true },
      { key: "failed", title: "Failed", figure: true },
      { key: "avg", title: "Average, ms", figure: true },
      { key: "p50", title: "p50, ms", figure: true },
      { key: "p99", title: "p99, ms", figure: true },
    ],
    rows: parts.map((part) => ({
      cells: [
        "address" in part ? part.address : part.name,
        "requestShare" in part ? percent(part.requestShare) : undefined,
        rate(part.requestPerSecond),
        count(part.requestCount),
        count(part.failedCount),
        ms(part.latency?.averageUs),
        at(part.latency, 50),
        at(part.latency, 99),
      ],
    })),
  };
}

function metricsTable({ metrics = [] }: PassResult, id: string, asked: readonly string[]): Table {
  return {
    id: `${id}-metrics`,
    caption: "The server's own metrics; the JSON has all that were collected",
    columns: [
      { key: "series", title: "Series" },
      { key: "average", title: "Average", figure: true },
      { key: "maximum", title: "Maximum", figure: true },
      { key: "increase", title: "Increase", figure: true },
      { key: "perSecond", title: "per second", figure: true },
      { key: "page", title: "Page" },
    ],
    rows: metrics.flatMap(({ url, series }) =>
      series.filter((one) => isShown(one, asked)).map((one) => ({
        cells: [
          seriesName(one),
          figure(one.average),
          figure(one.maximum),
          figure(one.increase),
          figure(one.perSecond),
          metrics.length > 1 ? url : undefined,
        ],
      }))
    ),
  };
}
