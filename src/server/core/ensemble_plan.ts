/**
 * An ensemble's steps as a graph over its tensors.
 *
 * @module
 */
import type { ModelConfig } from "./config.ts";

/** A tensor of a step's model and the ensemble's tensor that it is. */
export interface TensorLink {
  /** The model's name for it. */
  readonly name: string;
  /** The ensemble's name for it. */
  readonly tensor: string;
}

/** One step. */
export interface EnsembleStepPlan {
  readonly modelName: string;
  readonly modelVersion: bigint;
  readonly inputs: readonly TensorLink[];
  readonly outputs: readonly TensorLink[];
}

function links(map: Readonly<Record<string, string>>): TensorLink[] {
  return Object.entries(map).map(([name, tensor]) => ({ name, tensor }));
}

/** The steps of an ensemble's configuration; none for another model. */
export function planSteps(config: ModelConfig): EnsembleStepPlan[] {
  return (config.ensembleScheduling?.step ?? []).map((step) => ({
    modelName: step.modelName,
    modelVersion: step.modelVersion,
    inputs: links(step.inputMap),
    outputs: links(step.outputMap),
  }));
}

/**
 * Which steps can run now: not started yet, all inputs there.
 *
 * @param started which steps were started, by index
 * @param available whether a tensor of the ensemble is there
 */
export function readySteps(
  steps: readonly EnsembleStepPlan[],
  started: ReadonlySet<number>,
  available: (tensor: string) => boolean,
): number[] {
  const ready: number[] = [];
  steps.forEach((step, index) => {
    if (!started.has(index) && step.inputs.every(({ tensor }) => available(tensor))) {
      ready.push(index);
    }
  });
  return ready;
}
