/**
 * What every load thread sends, as plain data that can be posted to a worker.
 *
 * @module
 */
import { batchSizeProblem } from "../../client/batch_size.ts";
import { InferenceError } from "../../base/errors.ts";
import type {
  InferInput,
  InferRequest,
  ModelInfo,
  ParameterValue,
  SharedMemoryPlace,
} from "../../protocol/types.ts";
import type { PerfSettings } from "../types.ts";
import type { GrowthPlan, Sampling } from "./sending.ts";
import type { Pacing } from "./waker.ts";

/** The inputs of one request. */
export type Step = readonly InferInput[];

/** How the sequences of a stateful model are made up. */
export interface SequencePlan {
  /** Base length; undefined = as long as the data's own streams. */
  readonly length?: number;
  readonly variationPercent: number;
  readonly firstId: bigint;
  /** From one id to the next; other tasks have those between. @default 1n */
  readonly stride?: bigint;
  readonly idCount?: bigint;
}

/** What the answers should say, one class a batch entry. */
export interface AnswerTruth {
  /** By step and batch entry: a label, or a class's number; undefined where it isn't known. */
  readonly byStep: readonly (readonly (string | undefined)[])[];
  /** Labels by class, in place of the server's. */
  readonly labels?: readonly string[];
}

/** Where the server writes outputs, in memory that it shares: a stretch for each slot of each thread. */
export interface SharedOutputs {
  readonly region: string;
  /** Where the first stretch begins, in bytes. */
  readonly offset: number;
  /** From one stretch to the next. */
  readonly stride: number;
  /** Stretches of a thread. */
  readonly slots: number;
  /** The first one of this thread. */
  readonly first: number;
  /** Each output's place in a stretch. */
  readonly places: Readonly<
    Record<string, { readonly offset: number; readonly byteSize: number }>
  >;
}

/** A model of a mix. */
export interface MixPlan {
  readonly plan: LoadPlan;
  /** More than 0; only its ratio to the others' counts. */
  readonly share: number;
  /** Which servers have it, by number from 0. */
  readonly servers: readonly number[];
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
  /** Outputs that the answers are compared with, in streams and steps like the data's own. */
  readonly expected?: readonly (readonly Step[])[];
  /** How far floats may be off, see `firstDifference`. @default 0 */
  readonly tolerance?: number;
  /** Several models; the rest then is that of the first one. */
  readonly mix?: readonly MixPlan[];
  /** Undefined: outputs come in the answers. */
  readonly sharedOutputs?: SharedOutputs;
  /** Of the steps of the only stream. Undefined: answers aren't looked at. */
  readonly truth?: AnswerTruth;
  /** Bytes of encoded requests that may be kept, to be sent again. @default Infinity */
  readonly encodedLimit?: number;
  /** Requests go over gRPC streams, at most so many a thread; 0 = no streams. */
  readonly streamLimit: number;
  readonly decoupled: boolean;
  /** Stateful models only. */
  readonly sequence?: SequencePlan;
  readonly timeoutMs: number;
  /** Undefined: the steps come in turn. */
  readonly sampling?: Sampling;
  /** Undefined: a slot's next request follows its answer. */
  readonly growth?: GrowthPlan;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** How closely a schedule is kept. @default "economical" */
  readonly pacing?: Pacing;
  /** Seed of the sequences' lengths. */
  readonly seed: number;
}

/** Marks the last answer of a decoupled model with an empty one where there is none (Triton). */
const FINAL_RESPONSE_PARAMETER = "triton_enable_empty_final_response";

/**
 * Puts the plan together.
 *
 * @param data the inputs' data, see `input_data`
 * @param random a random number in [0, 1), for the first correlation id
 * @throws {InferenceError} INVALID_ARG when the model can't be asked this way
 */
export function planLoad(
  settings: PerfSettings,
  model: ModelInfo,
  { streams, expected }: Pick<LoadPlan, "streams" | "expected">,
  random: () => number,
): LoadPlan {
  checkBatchSize(settings.batchSize, model);
  if (model.decoupled && !settings.streaming) {
    throw new InferenceError(
      "INVALID_ARG",
      `cannot measure the decoupled model '${model.name}' with one answer a request`,
      { hint: "use gRPC streaming", remedy: "use-streaming" },
    );
  }
  if (model.decoupled && expected !== undefined) {
    throw new InferenceError(
      "INVALID_ARG",
      `cannot compare the answers of the decoupled model '${model.name}' with expected outputs: ` +
        "a request may have any number of answers",
      { hint: "leave the expected outputs out of the input data" },
    );
  }
  const { length, lengthGiven, variationPercent } = settings.sequence;
  const ownLength = settings.input.source === "json" && !lengthGiven;
  return {
    modelName: model.name,
    modelVersion: settings.modelVersion,
    batchSize: settings.batchSize,
    batched: model.maxBatchSize > 0,
    outputs: model.outputs.map((output) => output.name),
    streams,
    expected,
    tolerance: settings.tolerance,
    streamLimit: settings.streaming ? settings.maxThreads : 0,
    decoupled: model.decoupled,
    sequence: model.scheduling !== "sequence" ? undefined : {
      length: ownLength ? undefined : length,
      variationPercent,
      ...correlationIds(settings, random),
      idCount: settings.sequence.idCount,
    },
    timeoutMs: settings.timeoutMs,
    growth: growthOf(settings, model),
    sampling: samplingOf(settings),
    parameters: model.decoupled
      ? { ...settings.parameters, [FINAL_RESPONSE_PARAMETER]: true }
      : settings.parameters,
    seed: settings.input.seed,
    pacing: settings.schedule?.pacing,
  };
}

/** LoadGen chooses at random, with replacement; of MultiStream's query the first sample, of Offline none. */
function samplingOf({ scenario, batchSize }: PerfSettings): Sampling | undefined {
  if (scenario === undefined || scenario.scenario === "Offline") return undefined;
  return { seed: scenario.sampleSeed, run: scenario.samplesPerQuery / batchSize };
}

/** @throws {InferenceError} INVALID_ARG for a load that could not grow */
function growthOf(settings: PerfSettings, model: ModelInfo): GrowthPlan | undefined {
  const { periodic, scenario, batchSize } = settings;
  if (scenario !== undefined && (model.scheduling === "sequence" || model.decoupled)) {
    throw new InferenceError(
      "INVALID_ARG",
      `the model '${model.name}' can't run a scenario: it is ` +
        (model.decoupled ? "decoupled" : "stateful"),
    );
  }
  if (scenario?.scenario === "MultiStream") {
    const size = scenario.samplesPerQuery / batchSize;
    return { start: size, step: size, answers: 1 };
  }
  if (periodic === undefined) return undefined;
  const { start, step, period } = periodic;
  if (model.scheduling === "sequence") {
    throw new InferenceError(
      "INVALID_ARG",
      `the concurrency of the stateful model '${model.name}' can't grow by answers`,
    );
  }
  if (!model.decoupled && period > 1) {
    throw new InferenceError(
      "INVALID_ARG",
      `a request to '${model.name}' has one answer: a period of ${period} answers never ends`,
      { hint: "use a period of 1, or a decoupled model" },
    );
  }
  return { start, step, answers: period };
}

/** Tasks take ids in turn, so that no two of them have the same one. */
function correlationIds(
  { sequence: { firstId }, shard }: Pick<
    PerfSettings,
    "sequence" | "shard"
  >,
  random: () => number,
): { readonly firstId: bigint; readonly stride: bigint } {
  const { index, count } = shard ?? { index: 0, count: 1 };
  const stride = BigInt(count);
  const made = BigInt(Math.floor(random() * 2 ** 48 / count)) * stride + 1n;
  return { firstId: (firstId ?? made) + BigInt(index), stride };
}

function checkBatchSize(batchSize: number, model: ModelInfo): void {
  const problem = batchSizeProblem(model, batchSize);
  if (problem === "no batching") {
    throw new InferenceError(
      "INVALID_ARG",
      `expecting batch size 1 for model '${model.name}' which does not support batching`,
    );
  }
  if (problem === "too large") {
    throw new InferenceError(
      "INVALID_ARG",
      `expecting batch size <= ${model.maxBatchSize} for model '${model.name}'`,
    );
  }
}

/** Where a slot's output goes; nothing when it comes in the answer. */
function placeOf(
  shared: SharedOutputs | undefined,
  name: string,
  slot: number,
): { readonly sharedMemory?: SharedMemoryPlace } {
  const place = shared?.places[name];
  if (shared === undefined || place === undefined) return {};
  // More slots than were foreseen share their places: nobody reads what is in them then.
  const stretch = shared.first + slot % shared.slots;
  const offset = shared.offset + stretch * shared.stride + place.offset;
  return { sharedMemory: { region: shared.region, offset, byteSize: place.byteSize } };
}

/** A request of the plan, for a slot of this thread. */
export function planRequest(
  plan: LoadPlan,
  inputs: Step,
  { slot = 0, ...extra }: Pick<InferRequest, "id" | "sequence"> & { readonly slot?: number },
): InferRequest {
  return {
    modelName: plan.modelName,
    modelVersion: plan.modelVersion,
    batchSize: plan.batchSize,
    batched: plan.batched,
    inputs,
    outputs: plan.outputs.map((name) =>
      plan.truth ? { name, classCount: 1 } : { name, ...placeOf(plan.sharedOutputs, name, slot) }
    ),
    parameters: plan.parameters,
    ...extra,
  };
}
