/**
 * The client's part of a level's report.
 *
 * @module
 */
import { histogramLines } from "../histogram.ts";
import { percentileUs } from "../percentile.ts";
import type { BacklogFigures, ErrorGroup, PassResult, PerfContext, TimeFigures } from "../types.ts";
import { percent, rate, usec } from "./format.ts";

/** How much is written. */
export interface TextOptions {
  /** Every pass, and the parts of the client's time apart. */
  readonly verbose?: boolean;
  /** The latencies as a histogram. */
  readonly histogram?: boolean;
}

/** Percentiles that the text shows, beside the one asked for; the files have more. */
const SHOWN = [50, 90, 95, 99];

/** The lines of a pass that has latencies. */
export function clientLines(
  pass: PassResult,
  latency: TimeFigures,
  context: PerfContext,
  options: TextOptions,
): string[] {
  const { settings, model, environment: { api } } = context;
  const lines = [`Request count: ${pass.requestCount}`];
  if (model.sequence) {
    const perSecond = rate(pass.sequencePerSecond, api);
    lines.push(`Sequence count: ${pass.sequenceCount} (${perSecond} seq/sec)`);
  }
  lines.push(`Throughput: ${rate(pass.inferPerSecond, api)} infer/sec`);
  if (api === "v2" && !model.decoupled) {
    const { overheadUs } = pass.client;
    const share = overheadUs / (latency.averageUs + overheadUs) || 0;
    lines.push(`Avg client overhead: ${percent(share)}`);
  }
  if (settings.percentile === undefined) {
    lines.push(
      `Avg latency: ${usec(latency.averageUs)} usec ` +
        `(standard deviation ${usec(latency.deviationUs)} usec)`,
    );
  }
  for (const { percentile, us } of shownPercentiles(latency, settings.percentile)) {
    lines.push(`p${percentile} latency: ${usec(us)} usec`);
  }
  if (settings.schedule !== undefined) lines.push(...scheduleLines(pass));
  if (model.decoupled) lines.push(...responseLines(pass));
  else lines.push(timeLine(pass, context, options));
  lines.push(...accuracyLines(pass), ...failureLines(pass));
  if (settings.failuresAsSlow && pass.failedCount > 0) {
    lines.push("Failed requests count as the slowest ones in all latencies");
  }
  if (options.histogram) {
    lines.push("Latency histogram:", ...histogramLines(latency.histogram).map((row) => `  ${row}`));
  }
  return ["  Client: ", ...lines.map((line) => `    ${line}`)];
}

/** The percentiles of the text and the CSV file: the usual ones and the one asked for. */
export function shownPercentiles(latency: TimeFigures, extra: number | undefined) {
  return latency.percentiles.filter(({ percentile }) =>
    SHOWN.includes(percentile) || percentile === extra
  );
}

/** The headline figures count from the schedule; these are its two parts. */
function scheduleLines({ serviceLatency, delay, backlogs = [] }: PassResult): string[] {
  if (serviceLatency === undefined || delay === undefined) return [];
  return [
    `Service latency (from the actual send): ${timesText(serviceLatency)}`,
    `Delay (from the schedule to the send): ${timesText(delay)}`,
    ...backlogLines(backlogs),
  ];
}

/** When the server fell behind, and whether it caught up; nothing when it never did. */
function backlogLines(backlogs: readonly BacklogFigures[]): string[] {
  if (backlogs.length === 0) return [];
  const [longest] = [...backlogs].sort((a, b) => b.maxUs - a.maxUs);
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const { fromMs, toMs, requestCount, maxUs } = longest!;
  const until = toMs === undefined ? "the end" : seconds(toMs);
  const what = `from ${seconds(fromMs)} to ${until} of the window, ` +
    `${requestCount.toLocaleString("en")} requests waited, the longest ${usec(maxUs)} usec`;
  const caughtUp = backlogs.at(-1)!.toMs !== undefined;
  if (backlogs.length === 1) {
    return [`Fell behind: ${what}; ${caughtUp ? "then it caught up" : "it had not caught up"}`];
  }
  const end = caughtUp ? "it caught up each time" : "it had not caught up with the last one";
  return [`Fell behind ${backlogs.length} times; ${end}. The worst: ${what}`];
}

function timeLine(
  { client }: PassResult,
  { environment: { api, wire } }: PerfContext,
  { verbose }: TextOptions,
): string {
  const send = usec(client.sendUs);
  const receive = usec(client.receiveUs);
  const summed = wire === "grpc" && api === "v1";
  const wait = summed ? usec(client.waitUs) : usec(client.requestUs) - send - receive;
  const total = send + wait + receive;
  const [name, sending, receiving, both] = wire === "grpc"
    ? ["gRPC", "marshal", "unmarshal", "(un)marshal request/response"]
    : ["HTTP", "send", "receive", "send/recv"];
  const parts = verbose
    ? `${sending} ${send} usec + response wait ${wait} usec + ${receiving} ${receive} usec`
    : `${both} ${send + receive} usec + response wait ${wait} usec`;
  return `Avg ${name} time: ${total} usec (${parts})`;
}

function responseLines({ responses, requestCount }: PassResult): string[] {
  if (responses === undefined) return [];
  const each = Number((responses.responseCount / Math.max(1, requestCount)).toPrecision(3));
  const lines = [`Response count: ${responses.responseCount} (${each} per request)`];
  if (responses.first) lines.push(`First response: ${timesText(responses.first)}`);
  if (responses.between) lines.push(`Between responses: ${timesText(responses.between)}`);
  return lines;
}

function timesText(figures: TimeFigures): string {
  const at = (p: number) => percentileUs(figures, p) ?? 0;
  return `avg ${usec(figures.averageUs)} usec, p50 ${usec(at(50))} usec, p90 ${
    usec(at(90))
  } usec, ` +
    `p99 ${usec(at(99))} usec`;
}

/** What the checked answers were; nothing when none were. */
function accuracyLines({ accuracy }: PassResult): string[] {
  if (accuracy === undefined) return [];
  const { checkedCount, top1Count, top1 } = accuracy;
  return [`Accuracy: top-1 ${(100 * top1).toFixed(1)} % (${top1Count} of ${checkedCount})`];
}

/** How many requests failed, and why; nothing when none did. */
export function failureLines(pass: PassResult): string[] {
  if (pass.failedCount === 0) return [];
  const wrong = pass.errors.filter(({ code }) => code === "WRONG_ANSWER")
    .reduce((sum, { count }) => sum + count, 0);
  return [
    `Failed request count: ${pass.failedCount} (${percent(pass.errorRate)})`,
    ...wrong > 0 ? [`Wrong answer count: ${wrong}`] : [],
    ...pass.errors.map((group) => `  ${errorText(group)}`),
    ...pass.failedLatency === undefined
      ? []
      : [`Failed requests took: ${timesText(pass.failedLatency)}`],
  ];
}

function errorText({ count, code, message }: ErrorGroup): string {
  return `${count} x ${code} - ${message}`;
}
