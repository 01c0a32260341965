/**
 * What every load thread sends, as plain data that can be posted to a worker.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferInput, InferRequest, ModelInfo, ParameterValue } from "../../protocol/types.ts";
import type { PerfSettings } from "../types.ts";

/** The inputs of one request. */
export type Step = readonly InferInput[];

/** How the sequences of a stateful model are made up. */
export interface SequencePlan {
  /** Base length; undefined = as long as the data's own streams. */
  readonly length?: number;
  readonly variationPercent: number;
  readonly firstId: bigint;
  readonly idCount?: bigint;
}

/** What is sent. */
export interface LoadPlan {
  readonly modelName: string;
  readonly modelVersion?: bigint;
  readonly batchSize: number;
  readonly batched: boolean;
  readonly outputs: readonly string[];
  /** Streams of data; requests outside sequences take all steps in turn. At least one step each. */
  readonly streams: readonly (readonly Step[])[];
  /** Requests go over gRPC streams, at most so many a thread; 0 = no streams. */
  readonly streamLimit: number;
  readonly decoupled: boolean;
  /** Stateful models only. */
  readonly sequence?: SequencePlan;
  readonly timeoutMs: number;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** Seed of the sequences' lengths. */
  readonly seed: number;
}

/** Marks the last answer of a decoupled model with an empty one where there is none (Triton). */
const FINAL_RESPONSE_PARAMETER = "triton_enable_empty_final_response";

/**
 * Puts the plan together.
 *
 * @param streams the inputs' data, see `input_data`
 * @param random a random number in [0, 1), for the first correlation id
 * @throws {InferenceError} INVALID_ARG when the model can't be asked this way
 */
export function planLoad(
  settings: PerfSettings,
  model: ModelInfo,
  streams: LoadPlan["streams"],
  random: () => number,
): LoadPlan {
  checkBatchSize(settings.batchSize, model);
  if (model.decoupled && !settings.streaming) {
    throw new InferenceError(
      "INVALID_ARG",
      `cannot measure the decoupled model '${model.name}' with one answer a request`,
      { hint: "use gRPC streaming: -i grpc --streaming" },
    );
  }
  const { length, lengthGiven, variationPercent, firstId, idCount } = settings.sequence;
  const ownLength = settings.input.source === "json" && !lengthGiven;
  return {
    modelName: model.name,
    modelVersion: settings.modelVersion,
    batchSize: settings.batchSize,
    batched: model.maxBatchSize > 0,
    outputs: model.outputs.map((output) => output.name),
    streams,
    streamLimit: settings.streaming ? settings.maxThreads : 0,
    decoupled: model.decoupled,
    sequence: model.scheduling !== "sequence" ? undefined : {
      length: ownLength ? undefined : length,
      variationPercent,
      firstId: firstId ?? BigInt(Math.floor(random() * 2 ** 48)) + 1n,
      idCount,
    },
    timeoutMs: settings.timeoutMs,
    parameters: model.decoupled
      ? { ...settings.parameters, [FINAL_RESPONSE_PARAMETER]: true }
      : settings.parameters,
    seed: settings.input.seed,
  };
}

function checkBatchSize(batchSize: number, model: ModelInfo): void {
  if (model.maxBatchSize === 0 && batchSize !== 1) {
    throw new InferenceError(
      "INVALID_ARG",
      `expecting batch size 1 for model '${model.name}' which does not support batching`,
    );
  }
  if (model.maxBatchSize > 0 && batchSize > model.maxBatchSize) {
    throw new InferenceError(
      "INVALID_ARG",
      `expecting batch size <= ${model.maxBatchSize} for model '${model.name}'`,
    );
  }
}

/** A request of the plan. */
export function planRequest(
  plan: LoadPlan,
  inputs: Step,
  extra: Pick<InferRequest, "id" | "sequence">,
): InferRequest {
  return {
    modelName: plan.modelName,
    modelVersion: plan.modelVersion,
    batchSize: plan.batchSize,
    batched: plan.batched,
    inputs,
    outputs: plan.outputs.map((name) => ({ name })),
    parameters: plan.parameters,
    ...extra,
  };
}
