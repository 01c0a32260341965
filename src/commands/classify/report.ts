/**
 * What image_client prints of a classification.
 *
 * @module
 */
import { formatGeneral } from "../../base/format_number.ts";
import type { InferClass } from "../../protocol/types.ts";

/** The classes of one picture. */
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

/** The lines of one picture. */
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

/** One line of JSON for one picture. */
export function imageJson({ path, classes }: Classification, origin: Origin): string {
  return JSON.stringify({
    image: path,
    model: origin.modelName,
    version: origin.modelVersion,
    request: origin.request,
    classes: classes.map(({ index, label, value }) => ({ index, label, value })),
  }) + "\n";
}

/** One line of JSON for a picture that could not be classified. */
export function failureJson(path: string, error: string): string {
  return JSON.stringify({ image: path, error }) + "\n";
}
