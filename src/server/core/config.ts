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
  readonly name: string;
  readonly dataType: ConfigDataType;
  readonly format?: "FORMAT_NONE" | "FORMAT_NHWC" | "FORMAT_NCHW";
  readonly dims: readonly bigint[];
}

/** An output as configured. */
export interface OutputConfig {
  readonly name: string;
  readonly dataType: ConfigDataType;
  readonly dims: readonly bigint[];
  readonly labelFilename?: string;
}

/** Instances of a model that run side by side. */
export interface InstanceGroup {
  readonly name?: string;
  readonly kind?: "KIND_AUTO" | "KIND_CPU";
  readonly count?: number;
}

/** Requests are run together when that reaches a preferred size. */
export interface DynamicBatching {
  readonly preferredBatchSize?: readonly number[];
  readonly maxQueueDelayMicroseconds?: bigint;
}

/** A control tensor that the scheduler gives a sequence model. */
export interface ControlInput {
  readonly name: string;
  readonly control: readonly {
    readonly kind?: "CONTROL_SEQUENCE_START" | "CONTROL_SEQUENCE_READY";
    readonly int32FalseTrue?: readonly number[];
    readonly fp32FalseTrue?: readonly number[];
  }[];
}

/** Requests of one sequence go to one slot of one instance, in order. */
export interface SequenceBatching {
  readonly maxSequenceIdleMicroseconds?: bigint;
  readonly controlInput?: readonly ControlInput[];
}

/** A model inside an ensemble; the maps lead from its tensors to the ensemble's. */
export interface EnsembleStepConfig {
  readonly modelName: string;
  /** -1 = the newest. */
  readonly modelVersion: bigint;
  readonly inputMap: Readonly<Record<string, string>>;
  readonly outputMap: Readonly<Record<string, string>>;
}

/** A model's configuration. */
export interface ModelConfig {
  readonly name: string;
  readonly platform: string;
  readonly versionPolicy?: { readonly latest: { readonly numVersions: number } };
  /** 0 = no batch dimension. */
  readonly maxBatchSize: number;
  readonly input: readonly InputConfig[];
  readonly output: readonly OutputConfig[];
  readonly instanceGroup?: readonly InstanceGroup[];
  readonly defaultModelFilename?: string;
  readonly dynamicBatching?: DynamicBatching;
  readonly sequenceBatching?: SequenceBatching;
  readonly ensembleScheduling?: { readonly step: readonly EnsembleStepConfig[] };
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
