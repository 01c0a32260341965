/**
 * What image_client prints of a classification.
 *
 * @module
 */
import { describeError, InferenceError } from "../../base/errors.ts";
import { adviceOf } from "../../cli/remedies.ts";
import { formatGeneral } from "../../base/format_number.ts";
import type { InferClass } from "../../protocol/types.ts";

/** Why a file can't be classified, and what would help where that is known. */
export function fileReason(error: unknown): string {
  if (!(error instanceof InferenceError)) return describeError(error);
  const advice = adviceOf(error);
  return advice === undefined ? error.message : `${error.message}; ${advice}`;
}

/** The classes of one image. */
export interface Classification {
  readonly path: string;
  readonly classes: readonly InferClass[];
}

/** The lines of a request as the C++ client prints them. */
export function requestLine(index: number, batchSize: number): string {
  return `Request ${index}, batch size ${batchSize}\n`;
}

/** How a class value is printed. */
export type FormatValue = (value: number) => string;

/** The lines of one image. */
export function imageLines(
  { path, classes }: Classification,
  formatValue: FormatValue = formatGeneral,
): string {
  const lines = classes.map(({ index, label, value }) =>
    `    ${index} (${label}) = ${formatValue(value)}\n`
  );
  return `Image '${path}':\n${lines.join("")}`;
}

/** Where a classification comes from. */
export interface Origin {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly request: number;
}

/** One line of JSON for one image. */
export function imageJson({ path, classes }: Classification, origin: Origin): string {
  return JSON.stringify({
    image: path,
    model: origin.modelName,
    version: origin.modelVersion,
    request: origin.request,
    classes: classes.map(({ index, label, value }) => ({ index, label, value })),
  }) + "\n";
}

/** One line of JSON for an image that could not be classified. */
export function failureJson(path: string, error: string): string {
  return JSON.stringify({ image: path, error }) + "\n";
}

/** How a run went. */
export interface Summary {
  readonly classified: number;
  readonly failed: number;
  /** Not tried: the server stayed away, or the run was ended. */
  readonly left: number;
  readonly elapsedMs: number;
  /** Classified by an earlier run, which this one goes on with. */
  readonly before?: number;
}

/** The closing line of a run over several images. */
export function summaryLine({ classified, failed, left, elapsedMs, before = 0 }: Summary): string {
  const perSecond = classified / Math.max(elapsedMs, 1e-3) * 1000;
  const rest = left === 0 ? "" : `, ${left} not tried`;
  const earlier = before === 0 ? "" : `, ${before} done before`;
  return `classified ${classified}, failed ${failed}${rest}${earlier}, ` +
    `${formatGeneral(Number(perSecond.toPrecision(3)))} images/s\n`;
}
