/**
 * The classes that are asked of the server, and what is made of them.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
import { readWhole } from "../../../base/read_file.ts";
import type { InferModel } from "../../../client/model.ts";
import type { InferClass } from "../../../protocol/types.ts";

/** How many classes count for top-5. */
const TRUTH_CLASSES = 5;

/** What is wanted of each picture. */
export interface ClassWishes {
  /** Classes to show. */
  readonly classes: number;
  readonly softmax: boolean;
  readonly hasTruth: boolean;
  /** A file with a label a line, in place of the server's. */
  readonly labels?: string;
}

/** Asks for classes and refines them. */
export interface ClassReader {
  /** Classes to ask for. */
  readonly asked: number;
  /** Labels and probabilities as wished; the best first, as many as were asked or may be needed. */
  refine(classes: readonly InferClass[]): readonly InferClass[];
}

/** @throws {InferenceError} FILE when the labels can't be read */
export async function classReader(
  wishes: ClassWishes,
  model: InferModel,
  outputName: string,
): Promise<ClassReader> {
  const { classes, softmax, hasTruth } = wishes;
  const labels = wishes.labels === undefined ? undefined : await readLabels(wishes.labels);
  const shape = model.info.outputs.find(({ name }) => name === outputName)?.shape ?? [];
  const all = shape.filter((dim) => dim > 0).reduce((a, b) => a * b, 1);
  const needed = hasTruth ? Math.max(classes, Math.min(TRUTH_CLASSES, all)) : classes;
  // Every value has its part in a probability.
  const asked = softmax ? Math.max(needed, all) : needed;
  return {
    asked,
    refine: (found) => {
      const scaled = softmax ? withSoftmax(found).slice(0, needed) : found;
      return labels === undefined ? scaled : scaled.map((one) => ({
        ...one,
        label: labels[one.index] ?? one.label,
      }));
    },
  };
}

/** Values turned into probabilities that sum to one. */
export function withSoftmax(classes: readonly InferClass[]): InferClass[] {
  const most = classes.reduce((max, { value }) => Math.max(max, value), -Infinity);
  const parts = classes.map(({ value }) => Math.exp(value - most));
  const sum = parts.reduce((a, b) => a + b, 0);
  return classes.map((one, i) => ({ ...one, value: parts[i]! / sum }));
}

/** Labels, one a line. @throws {InferenceError} FILE */
export async function readLabels(path: string): Promise<string[]> {
  const doing = `Cannot read the labels from ${path}`;
  const bytes = await readWhole(path, { doing, maxBytes: 1 << 24 });
  const lines = new TextDecoder().decode(bytes).split("\n").map((line) => line.trim());
  if (lines.at(-1) === "") lines.pop();
  if (lines.length > 0) return lines;
  throw new InferenceError("FILE", `${doing}: it is empty`, { hint: "expected a label a line" });
}
