/**
 * Steps of a JSON file as requests with several batch entries: the first request has steps 0 to N - 1,
 * the next one goes on from there, and after the last step the first one follows.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferInput } from "../../protocol/types.ts";
import { formatShape } from "../../tensor/shape.ts";

/**
 * The requests until they begin again.
 *
 * @param steps each with its inputs' bytes as the data of the first batch entry
 * @throws {InferenceError} INVALID_ARG when steps of different inputs or shapes meet in a batch
 */
export function batchSteps(steps: InferInput[][], batchSize: number): InferInput[][] {
  if (batchSize === 1 || steps.length === 1) return steps;
  return batchNumbers(steps.length, batchSize).map((numbers) => joined(steps, numbers));
}

/** The numbers of the steps that each request takes, until they begin again. */
export function batchNumbers(steps: number, batchSize: number): number[][] {
  const requests = steps / greatestDivisor(steps, batchSize);
  return Array.from(
    { length: requests },
    (_, request) =>
      Array.from({ length: batchSize }, (_, entry) => (request * batchSize + entry) % steps),
  );
}

function joined(
  steps: readonly InferInput[][],
  [first = 0, ...others]: readonly number[],
): InferInput[] {
  for (const other of others) checkAlike(steps, first, other);
  return steps[first]!.map((input, i) => ({
    ...input,
    data: [input.data[0]!, ...others.map((other) => steps[other]![i]!.data[0]!)],
  }));
}

function checkAlike(steps: readonly InferInput[][], first: number, other: number): void {
  const [one, two] = [steps[first], steps[other]];
  const fail = (why: string) =>
    new InferenceError(
      "INVALID_ARG",
      `steps ${first} and ${other} can't go into one batch: ${why}`,
      { hint: "use batch size 1, or give the steps the same inputs and shapes" },
    );
  const names = (step: InferInput[]) => step.map(({ name }) => name).join(", ");
  if (names(one!) !== names(two!)) {
    throw fail(`one has the inputs ${names(one!)}, the other ${names(two!)}`);
  }
  for (const [i, { name, shape }] of one!.entries()) {
    const [a, b] = [formatShape(shape), formatShape(two![i]!.shape)];
    if (a !== b) throw fail(`input '${name}' has shape ${a} in one and ${b} in the other`);
  }
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
