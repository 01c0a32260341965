/**
 * The server behind its protocols: models, counters, request numbers, state.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import type { ModelRequest, ModelResult, ServerModel, TensorValue } from "./model.ts";
import { type LoadedModel, ModelRepository } from "./repository.ts";
import { checkBatchSize, resolveInputs } from "./resolve.ts";
import type { Outcome } from "./scheduler.ts";
import { Counter, elapsedNs } from "./statistics.ts";

/** What an inference came to; `requestId` is the server's own number of it. */
export interface Inference<T> {
  readonly requestId: number;
  readonly result: T | InferenceError;
}

/** What a server is made with. */
export interface InferenceServerOptions {
  readonly models: readonly ServerModel[];
  readonly clock: Clock;
  /** Default `inference:0`, as r19.07's. */
  readonly id?: string;
  /** Default none, as an r19.07 server outside its container. */
  readonly version?: string;
}

/** The server's core; its methods know no protocol. */
export class InferenceServer {
  readonly id: string;
  readonly version: string;
  readonly clock: Clock;
  readonly repository: ModelRepository;
  /** Requests that are not inference, whatever came of them. */
  readonly counters = { status: new Counter(), profile: new Counter(), health: new Counter() };
  readonly #startedAt: number;
  #nextRequestId = 1;
  #exiting = false;

  /** @throws {InferenceError} INVALID_ARG for a model that cannot be loaded */
  constructor(options: InferenceServerOptions) {
    this.id = options.id ?? "inference:0";
    this.version = options.version ?? "";
    this.clock = options.clock;
    this.#startedAt = options.clock.now();
    this.repository = new ModelRepository(options.models, {
      clock: options.clock,
      runStep: (name, version, request) => this.#runStep(name, version, request),
    });
  }

  /** Whether the server is going away. */
  get exiting(): boolean {
    return this.#exiting;
  }

  uptimeNs(): number {
    return elapsedNs(this.#startedAt, this.clock.now());
  }

  /** Numbers requests of all kinds, over all protocols. */
  nextRequestId(): number {
    return this.#nextRequestId++;
  }

  /**
   * Runs a checked request and counts it. `finish` makes the answer of the outputs; what it throws
   * fails the request.
   *
   * @param startedAt when the request came in, milliseconds of the server's clock
   */
  infer<T>(
    model: LoadedModel,
    request: ModelRequest,
    startedAt: number,
    finish: (outputs: readonly TensorValue[]) => T,
  ): Promise<Inference<T>> {
    const requestId = this.nextRequestId();
    return new Promise((resolve) => {
      model.scheduler.enqueue(request, (outcome) => {
        const result = this.#conclude(model, request.batchSize, startedAt, outcome, finish);
        resolve({ requestId, result });
      });
    });
  }

  /** From now on nothing new is taken; requests that wait fail, those that run are let finish. */
  close(): void {
    this.#exiting = true;
    this.repository.close();
  }

  #conclude<T>(
    { statistics }: LoadedModel,
    batchSize: number,
    startedAt: number,
    outcome: Outcome,
    finish: (outputs: readonly TensorValue[]) => T,
  ): T | InferenceError {
    let result: T | InferenceError;
    try {
      result = outcome.result instanceof InferenceError ? outcome.result : finish(outcome.result);
    } catch (error) {
      result = toInferenceError(error, "INTERNAL", "Cannot make the answer");
    }
    const requestNs = elapsedNs(startedAt, this.clock.now());
    if (result instanceof InferenceError) statistics.failed(batchSize, requestNs);
    else statistics.succeeded(batchSize, { ...outcome, requestNs });
    return result;
  }

  async #runStep(name: string, version: bigint, request: ModelRequest): Promise<ModelResult> {
    const startedAt = this.clock.now();
    const model = this.repository.find(name, version);
    if (!model) {
      return new InferenceError("UNAVAILABLE", `Inference request for unknown model '${name}'`);
    }
    const { spec } = model;
    try {
      checkBatchSize(spec, request.batchSize);
      resolveInputs(
        spec,
        request.batchSize,
        request.inputs.map(({ name, shape, data }) => ({ name, shape, byteSize: data.byteLength })),
      );
    } catch (error) {
      return toInferenceError(error, "INTERNAL", "Cannot run a step of an ensemble");
    }
    return (await this.infer<ModelResult>(model, request, startedAt, (outputs) => outputs)).result;
  }
}
