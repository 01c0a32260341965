/**
 * Runs the steps of an ensemble as their inputs become available, and several at once where the
 * graph allows it.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { ModelSpec } from "./config.ts";
import { type EnsembleStepPlan, planSteps, readySteps } from "./ensemble_plan.ts";
import type { ModelRequest, ModelResult, TensorValue } from "./model.ts";
import type { Outcome, Scheduler } from "./scheduler.ts";

/** Runs a request on a model by name, with everything that a client's request goes through. */
export type RunStep = (
  modelName: string,
  modelVersion: bigint,
  request: ModelRequest,
) => Promise<ModelResult>;

/** One request on its way through an ensemble. */
class EnsembleRun {
  readonly #steps: readonly EnsembleStepPlan[];
  readonly #request: ModelRequest;
  readonly #runStep: RunStep;
  readonly #tensors: Map<string, TensorValue>;
  readonly #started = new Set<number>();
  #failed = false;

  constructor(steps: readonly EnsembleStepPlan[], request: ModelRequest, runStep: RunStep) {
    this.#steps = steps;
    this.#request = request;
    this.#runStep = runStep;
    this.#tensors = new Map(request.inputs.map((input) => [input.name, input]));
  }

  /** @throws {InferenceError} of the first step that fails, or when an output is never computed */
  async run(): Promise<readonly TensorValue[]> {
    await this.#advance();
    return this.#request.outputs.map((name) => {
      const tensor = this.#tensors.get(name);
      if (tensor) return { ...tensor, name };
      throw new InferenceError(
        "INVALID_ARG",
        `unexpected deadlock, output '${name}' is not set while no more ensemble steps can be made`,
      );
    });
  }

  async #advance(): Promise<void> {
    if (this.#failed) return;
    const ready = readySteps(this.#steps, this.#started, (tensor) => this.#tensors.has(tensor));
    for (const index of ready) this.#started.add(index);
    await Promise.all(ready.map(async (index) => {
      await this.#runOne(this.#steps[index]!);
      await this.#advance();
    }));
  }

  async #runOne(step: EnsembleStepPlan): Promise<void> {
    const { batchSize, sequence, parameters } = this.#request;
    const result = await this.#runStep(step.modelName, step.modelVersion, {
      batchSize,
      sequence,
      parameters,
      inputs: step.inputs.map(({ name, tensor }) => ({ ...this.#tensors.get(tensor)!, name })),
      outputs: step.outputs.map(({ name }) => name),
    });
    if (result instanceof InferenceError) {
      this.#failed = true;
      throw result;
    }
    step.outputs.forEach(({ tensor }, i) => this.#tensors.set(tensor, result[i]!));
  }
}

/** The scheduler of ensembles; queues nothing itself. */
export class EnsembleScheduler implements Scheduler {
  /** Its requests wait in the queues of its steps. */
  readonly pending = 0;
  readonly #name: string;
  readonly #steps: readonly EnsembleStepPlan[];
  readonly #runStep: RunStep;

  constructor(spec: ModelSpec, runStep: RunStep) {
    this.#name = spec.config.name;
    this.#steps = planSteps(spec.config);
    this.#runStep = runStep;
  }

  enqueue(request: ModelRequest, done: (outcome: Outcome) => void): void {
    const finish = (result: ModelResult) =>
      done({ result, queueNs: 0, computeNs: 0, executions: 1 });
    new EnsembleRun(this.#steps, request, this.#runStep).run().then(
      finish,
      (thrown: unknown) => finish(this.#failure(thrown)),
    );
  }

  close(): void {}

  #failure(thrown: unknown): InferenceError {
    const code = thrown instanceof InferenceError ? thrown.code : "INTERNAL";
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new InferenceError(code, `in ensemble '${this.#name}', ${message}`, { cause: thrown });
  }
}
