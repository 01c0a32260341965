/**
 * What a model looks like to its clients: the part of the ModelConfig message that both protocols
 * share, as plain data with the fields in camelCase, 64-bit integers as bigint.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { type DataType, isDataType } from "../../tensor/data_type.ts";

/** `TYPE_` and the data type's name. */
export type ConfigDataType = `TYPE_${DataType}`;

/** An input as configured; `dims` without the batch dimension, -1 = any size. */
export interface InputConfig {
  /** As requests name it. */
  readonly name: string;
  /** Of its elements. */
  readonly dataType: ConfigDataType;
  /** Layout of an image input. */
  readonly format?: "FORMAT_NONE" | "FORMAT_NHWC" | "FORMAT_NCHW";
  /** Without the batch dimension; -1 = any size. */
  readonly dims: readonly bigint[];
  /** The model runs without it (v2 only). */
  readonly optional?: boolean;
}

/** An output as configured. */
export interface OutputConfig {
  /** As requests name it. */
  readonly name: string;
  /** Of its elements. */
  readonly dataType: ConfigDataType;
  /** Without the batch dimension; -1 = any size. */
  readonly dims: readonly bigint[];
  /** File that names the classes. */
  readonly labelFilename?: string;
}

/** Instances of a model that run side by side. */
export interface InstanceGroup {
  /** Default the model's name with a number. */
  readonly name?: string;
  /** Where it runs. */
  readonly kind?: "KIND_AUTO" | "KIND_CPU";
  /** Instances of the model. */
  readonly count?: number;
}

/** Requests are run together when that reaches a preferred size. */
export interface DynamicBatching {
  /** Sizes worth waiting for. */
  readonly preferredBatchSize?: readonly number[];
  /** How long a request may wait for others. */
  readonly maxQueueDelayMicroseconds?: bigint;
}

/** A control tensor that the scheduler gives a sequence model. */
export interface ControlInput {
  /** Its name in the model. */
  readonly name: string;
  /** What the input tells the model, and the values for no and yes. */
  readonly control: readonly {
    readonly kind?: "CONTROL_SEQUENCE_START" | "CONTROL_SEQUENCE_READY";
    readonly int32FalseTrue?: readonly number[];
    readonly fp32FalseTrue?: readonly number[];
  }[];
}

/** Requests of one sequence go to one slot of one instance, in order. */
export interface SequenceBatching {
  /** A sequence that is silent for longer is dropped. */
  readonly maxSequenceIdleMicroseconds?: bigint;
  /** Inputs that the scheduler fills in. */
  readonly controlInput?: readonly ControlInput[];
}

/** A model inside an ensemble; the maps lead from its tensors to the ensemble's. */
export interface EnsembleStepConfig {
  /** The model to run. */
  readonly modelName: string;
  /** -1 = the newest. */
  readonly modelVersion: bigint;
  /** From the model's input to the ensemble's tensor. */
  readonly inputMap: Readonly<Record<string, string>>;
  /** From the model's output to the ensemble's tensor. */
  readonly outputMap: Readonly<Record<string, string>>;
}

/** A model's configuration. */
export interface ModelConfig {
  /** As requests name it. */
  readonly name: string;
  /** `custom` or `ensemble` here. */
  readonly platform: string;
  /** Which versions are served. */
  readonly versionPolicy?: { readonly latest: { readonly numVersions: number } };
  /** 0 = no batch dimension. */
  readonly maxBatchSize: number;
  /** What it takes. */
  readonly input: readonly InputConfig[];
  /** What it gives. */
  readonly output: readonly OutputConfig[];
  /** How many instances run. */
  readonly instanceGroup?: readonly InstanceGroup[];
  /** File of the model in its version's folder. */
  readonly defaultModelFilename?: string;
  /** Put requests together. */
  readonly dynamicBatching?: DynamicBatching;
  /** Keep sequences together. */
  readonly sequenceBatching?: SequenceBatching;
  /** The models of an ensemble. */
  readonly ensembleScheduling?: { readonly step: readonly EnsembleStepConfig[] };
  /** Whether one request may have any number of answers (v2 only). */
  readonly modelTransactionPolicy?: { readonly decoupled: boolean };
  /** For the model itself. */
  readonly parameters?: Readonly<Record<string, { readonly stringValue: string }>>;
}

/** An input or output, ready for use. */
export interface TensorSpec {
  readonly name: string;
  readonly dataType: DataType;
  /** Without the batch dimension; -1 = any size. */
  readonly dims: readonly number[];
  readonly variable: boolean;
}

/** A completed configuration with what follows from it. */
export interface ModelSpec {
  readonly config: ModelConfig;
  readonly inputs: ReadonlyMap<string, TensorSpec>;
  readonly outputs: ReadonlyMap<string, TensorSpec>;
  readonly instanceCount: number;
}

const DEFAULT_SEQUENCE_IDLE_US = 1_000_000n;
const DEFAULT_PREFERRED_BATCH_SIZES = [4, 8];

function completeGroups(config: ModelConfig): InstanceGroup[] {
  const groups = config.instanceGroup?.length ? config.instanceGroup : [{}];
  return groups.map((group, index) => ({
    name: group.name ?? `${config.name}_${index}`,
    count: group.count ?? 1,
    kind: "KIND_CPU",
  }));
}

/** Fills in what r19.07 fills in when it loads a model: policy, instances, batching defaults. */
export function completeConfig(config: ModelConfig): ModelConfig {
  const { dynamicBatching: dynamic, sequenceBatching: sequence } = config;
  return {
    ...config,
    versionPolicy: config.versionPolicy ?? { latest: { numVersions: 1 } },
    ...(config.ensembleScheduling ? {} : { instanceGroup: completeGroups(config) }),
    ...(dynamic && {
      dynamicBatching: {
        ...dynamic,
        preferredBatchSize: dynamic.preferredBatchSize?.length
          ? dynamic.preferredBatchSize
          : DEFAULT_PREFERRED_BATCH_SIZES.filter((size) => size <= config.maxBatchSize),
      },
    }),
    ...(sequence && {
      sequenceBatching: {
        ...sequence,
        maxSequenceIdleMicroseconds: sequence.maxSequenceIdleMicroseconds ||
          DEFAULT_SEQUENCE_IDLE_US,
      },
    }),
  };
}

function tensorSpec(model: string, tensor: InputConfig | OutputConfig): TensorSpec {
  const dataType = tensor.dataType.slice("TYPE_".length);
  if (!isDataType(dataType)) {
    throw new InferenceError(
      "INVALID_ARG",
      `Cannot load model '${model}': tensor '${tensor.name}' has data type '${tensor.dataType}'`,
    );
  }
  const dims = tensor.dims.map(Number);
  return { name: tensor.name, dataType, dims, variable: dims.some((dim) => dim < 0) };
}

/**
 * Completes a configuration and works out what requests are checked against.
 *
 * @throws {InferenceError} INVALID_ARG for a data type that does not exist
 */
export function compileConfig(given: ModelConfig): ModelSpec {
  const config = completeConfig(given);
  const specs = (tensors: readonly (InputConfig | OutputConfig)[]) =>
    new Map(tensors.map((tensor) => [tensor.name, tensorSpec(config.name, tensor)]));
  const counts = config.instanceGroup?.map((group) => group.count ?? 1) ?? [];
  return {
    config,
    inputs: specs(config.input),
    outputs: specs(config.output),
    instanceCount: counts.reduce((sum, count) => sum + count, 0),
  };
}
