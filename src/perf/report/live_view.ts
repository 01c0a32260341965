/**
 * How a measurement goes, in several lines: figures with the last minute beside them, the last pass's
 * server times, failures by message, and what is left.
 *
 * @module
 */
import type { ErrorGroup, PassResult, PerfContext, PerfProgress } from "../types.ts";
import type { LivePoint } from "./live_series.ts";
import { loadName } from "./text.ts";

/** What the view shows. */
export interface LiveState {
  readonly context: PerfContext;
  readonly progress: PerfProgress;
  /** The last minute, the oldest first. */
  readonly points: readonly LivePoint[];
  /** Failures of the level, its passes so far and this one. */
  readonly errors: readonly ErrorGroup[];
  /** The last pass that ended. */
  readonly lastPass?: PassResult;
  /** From 1. */
  readonly level: number;
  /** Undefined when nobody knows. */
  readonly levelCount?: number;
  /** Of the whole run. */
  readonly left?: { readonly ms: number; readonly atMost: boolean };
}

/** A line of the view, as plain text. */
export interface LiveLine {
  readonly text: string;
  readonly look?: "strong" | "quiet" | "bad";
}

/** Width of the names. */
const NAME = 11;
/** Width of a figure. */
const FIGURE = 12;
/** Messages that are shown. */
const MESSAGES = 4;

/** The view, with lines of at most `columns` characters. */
export function liveView(state: LiveState, columns: number): LiveLine[] {
  const { context, progress, points, errors } = state;
  const { environment, model, settings } = context;
  const room = Math.max(8, columns - NAME - FIGURE - 2);
  const graph = (of: (point: LivePoint) => number | undefined) => sparkline(points.map(of), room);
  const batch = settings.mix === undefined ? settings.batchSize : 1;
  const now = points.at(-1);
  const failed = progress.counts.failed;
  const lines: LiveLine[] = [
    {
      look: "strong",
      text: `${model.name} at ${environment.address}, ${
        environment.wire === "grpc" ? "gRPC" : "HTTP"
      }`,
    },
    { text: placeText(state) },
    { text: leftText(state), look: "quiet" },
    {
      text: graphRow(
        "infer/s",
        now && whole(now.requestCount * batch),
        graph((p) => p.requestCount),
      ),
    },
    { text: graphRow("p50, ms", ms(now?.p50Us), graph((p) => p.p50Us)) },
    { text: graphRow("p99, ms", ms(now?.p99Us), graph((p) => p.p99Us)) },
    { text: graphRow("in flight", whole(progress.counts.inFlight), "") },
    { text: textRow("this pass", passText(progress)), look: "quiet" },
    { text: textRow("server", serverText(state.lastPass)), look: "quiet" },
    {
      text: graphRow("failed", whole(failed), failed > 0 ? graph((p) => p.failedCount) : ""),
      look: failed > 0 ? "bad" : undefined,
    },
    ...messages(errors).map((text): LiveLine => ({ text: `  ${text}`, look: "bad" })),
  ];
  return lines.map((line) => ({ ...line, text: cut(line.text, columns) }));
}

/** A name, its figure, and the minute before it. */
function graphRow(name: string, figure: string | undefined, graph: string): string {
  return `${name.padEnd(NAME)}${(figure ?? "").padStart(FIGURE)}  ${graph}`.trimEnd();
}

function textRow(name: string, text: string): string {
  return `${name.padEnd(NAME)}${text}`;
}

function placeText({ progress, level, levelCount }: LiveState): string {
  const load = loadName(progress);
  const count = levelCount === undefined ? "" : ` of ${levelCount}`;
  const which = levelCount === 1 ? "" : `, level ${level}${count}`;
  const pass = progress.phase === "warm-up"
    ? "warm-up"
    : `pass ${progress.pass} of at most ${progress.maxPasses}`;
  return `${load}${which}, ${pass}`;
}

function leftText({ progress, left, levelCount }: LiveState): string {
  const parts = [
    ...progress.passLeftMs === undefined ? [] : [`pass ${time(progress.passLeftMs)} left`],
    ...progress.levelLeftMs === undefined || progress.levelLeftMs === progress.passLeftMs
      ? []
      : [`level at most ${time(progress.levelLeftMs)}`],
    ...left === undefined || levelCount === 1
      ? []
      : [`all ${left.atMost ? "at most" : "about"} ${time(left.ms)}`],
  ];
  return parts.join(", ");
}

function passText({ phase, inferPerSecond, p50Us, p99Us, counts }: PerfProgress): string {
  if (phase === "warm-up") return `${whole(counts.succeeded)} requests`;
  if (p50Us === undefined) return "no answer inside its window yet";
  const parts = [`${whole(inferPerSecond)} infer/s`, `p50 ${ms(p50Us)} ms`];
  if (p99Us !== undefined) parts.push(`p99 ${ms(p99Us)} ms`);
  return parts.join(", ");
}

function serverText(pass: PassResult | undefined): string {
  if (pass?.server === undefined) return "told after each pass";
  const { queueUs, computeInputUs, computeUs, computeOutputUs } = pass.server;
  const compute = computeInputUs + computeUs + computeOutputUs;
  return `queue ${ms(queueUs)} ms, compute ${ms(compute)} ms (pass ${pass.pass})`;
}

/** The most frequent ones. */
function messages(errors: readonly ErrorGroup[]): string[] {
  const sorted = [...errors].sort((a, b) => b.count - a.count);
  const rest = sorted.slice(MESSAGES).reduce((sum, { count }) => sum + count, 0);
  return [
    ...sorted.slice(0, MESSAGES).map(({ count, code, message }) =>
      `${count} x ${code} - ${message.replace(/\s+/g, " ")}`
    ),
    ...rest > 0 ? [`${rest} with other messages`] : [],
  ];
}

const BARS = "▁▂▃▄▅▆▇█";

/** Values as bars, from 0 on; the last `width` of them. A blank stands for no value. */
export function sparkline(values: readonly (number | undefined)[], width: number): string {
  const shown = values.slice(-width);
  const most = shown.reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  return shown.map((value) => {
    if (value === undefined) return " ";
    const place = most === 0 ? 0 : Math.ceil(value / most * BARS.length) - 1;
    return BARS[Math.max(0, place)];
  }).join("");
}

function cut(text: string, columns: number): string {
  const characters = [...text];
  return characters.length <= columns ? text : `${characters.slice(0, columns - 1).join("")}…`;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function ms(us: number | undefined): string | undefined {
  return us === undefined ? undefined : (us / 1000).toFixed(3);
}

function time(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
