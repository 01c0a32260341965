// Made by scripts/generate_proto.ts from proto/v1; do not edit.
import type { Reader, Writer } from "protobufjs/minimal.js";
import type { Message } from "../../message.ts";
import type { MessageSchema } from "../../schema.ts";

export abstract class InferRequestHeader {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<InferRequestHeader>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferRequestHeader>;
}
export interface InferRequestHeader {
  batchSize?: number;
  input?: InferRequestHeader.Input[];
  output?: InferRequestHeader.Output[];
  correlationId?: bigint;
  id?: bigint;
  flags?: number;
}
export namespace InferRequestHeader {
  export abstract class Input {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Input>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Input>;
  }
  export interface Input {
    name?: string;
    dims?: bigint[];
    batchByteSize?: bigint;
  }
  export abstract class Output {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Output>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Output>;
  }
  export interface Output {
    name?: string;
    cls?: InferRequestHeader.Output.Class;
  }
  export namespace Output {
    export abstract class Class {
      private constructor();
      static readonly $schema: MessageSchema;
      static encode(message: Message<Class>, writer?: Writer): Writer;
      static decode(reader: Reader | Uint8Array, length?: number): Message<Class>;
    }
    export interface Class {
      count?: number;
    }
  }
  export type Flag =
    | "FLAG_NONE"
    | "FLAG_SEQUENCE_START"
    | "FLAG_SEQUENCE_END"
    | number;
  export const Flag: {
    readonly FLAG_NONE: 0;
    readonly FLAG_SEQUENCE_START: 1;
    readonly FLAG_SEQUENCE_END: 2;
  };
}
export abstract class InferResponseHeader {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<InferResponseHeader>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferResponseHeader>;
}
export interface InferResponseHeader {
  modelName?: string;
  modelVersion?: bigint;
  batchSize?: number;
  output?: InferResponseHeader.Output[];
  id?: bigint;
}
export namespace InferResponseHeader {
  export abstract class Output {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Output>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Output>;
  }
  export interface Output {
    name?: string;
    raw?: InferResponseHeader.Output.Raw;
    batchClasses?: InferResponseHeader.Output.Classes[];
  }
  export namespace Output {
    export abstract class Raw {
      private constructor();
      static readonly $schema: MessageSchema;
      static encode(message: Message<Raw>, writer?: Writer): Writer;
      static decode(reader: Reader | Uint8Array, length?: number): Message<Raw>;
    }
    export interface Raw {
      dims?: bigint[];
      batchByteSize?: bigint;
    }
    export abstract class Class {
      private constructor();
      static readonly $schema: MessageSchema;
      static encode(message: Message<Class>, writer?: Writer): Writer;
      static decode(reader: Reader | Uint8Array, length?: number): Message<Class>;
    }
    export interface Class {
      idx?: number;
      value?: number;
      label?: string;
    }
    export abstract class Classes {
      private constructor();
      static readonly $schema: MessageSchema;
      static encode(message: Message<Classes>, writer?: Writer): Writer;
      static decode(reader: Reader | Uint8Array, length?: number): Message<Classes>;
    }
    export interface Classes {
      cls?: InferResponseHeader.Output.Class[];
    }
  }
}
export abstract class StatusRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<StatusRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<StatusRequest>;
}
export interface StatusRequest {
  modelName?: string;
}
export abstract class StatusResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<StatusResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<StatusResponse>;
}
export interface StatusResponse {
  requestStatus?: RequestStatus;
  serverStatus?: ServerStatus;
}
export abstract class ProfileRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ProfileRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ProfileRequest>;
}
export interface ProfileRequest {
  cmd?: string;
}
export abstract class ProfileResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ProfileResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ProfileResponse>;
}
export interface ProfileResponse {
  requestStatus?: RequestStatus;
}
export abstract class HealthRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<HealthRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<HealthRequest>;
}
export interface HealthRequest {
  mode?: string;
}
export abstract class HealthResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<HealthResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<HealthResponse>;
}
export interface HealthResponse {
  requestStatus?: RequestStatus;
  health?: boolean;
}
export abstract class InferRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<InferRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferRequest>;
}
export interface InferRequest {
  modelName?: string;
  modelVersion?: bigint;
  metaData?: InferRequestHeader;
  rawInput?: Uint8Array[];
}
export abstract class InferResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<InferResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferResponse>;
}
export interface InferResponse {
  requestStatus?: RequestStatus;
  metaData?: InferResponseHeader;
  rawOutput?: Uint8Array[];
}
export abstract class RequestStatus {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<RequestStatus>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<RequestStatus>;
}
export interface RequestStatus {
  code?: RequestStatusCode;
  msg?: string;
  serverId?: string;
  requestId?: bigint;
}
export abstract class StatDuration {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<StatDuration>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<StatDuration>;
}
export interface StatDuration {
  count?: bigint;
  totalTimeNs?: bigint;
}
export abstract class StatusRequestStats {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<StatusRequestStats>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<StatusRequestStats>;
}
export interface StatusRequestStats {
  success?: StatDuration;
}
export abstract class ProfileRequestStats {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ProfileRequestStats>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ProfileRequestStats>;
}
export interface ProfileRequestStats {
  success?: StatDuration;
}
export abstract class HealthRequestStats {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<HealthRequestStats>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<HealthRequestStats>;
}
export interface HealthRequestStats {
  success?: StatDuration;
}
export abstract class InferRequestStats {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<InferRequestStats>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferRequestStats>;
}
export interface InferRequestStats {
  success?: StatDuration;
  failed?: StatDuration;
  compute?: StatDuration;
  queue?: StatDuration;
}
export abstract class ModelVersionStatus {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelVersionStatus>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelVersionStatus>;
}
export interface ModelVersionStatus {
  readyState?: ModelReadyState;
  inferStats?: { [key: string]: InferRequestStats };
  modelExecutionCount?: bigint;
  modelInferenceCount?: bigint;
}
export abstract class ModelStatus {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelStatus>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelStatus>;
}
export interface ModelStatus {
  config?: ModelConfig;
  versionStatus?: { [key: string]: ModelVersionStatus };
}
export abstract class ServerStatus {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ServerStatus>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerStatus>;
}
export interface ServerStatus {
  id?: string;
  version?: string;
  uptimeNs?: bigint;
  modelStatus?: { [key: string]: ModelStatus };
  statusStats?: StatusRequestStats;
  profileStats?: ProfileRequestStats;
  readyState?: ServerReadyState;
  healthStats?: HealthRequestStats;
}
export abstract class ModelInstanceGroup {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelInstanceGroup>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelInstanceGroup>;
}
export interface ModelInstanceGroup {
  name?: string;
  count?: number;
  gpus?: number[];
  kind?: ModelInstanceGroup.Kind;
}
export namespace ModelInstanceGroup {
  export type Kind =
    | "KIND_AUTO"
    | "KIND_GPU"
    | "KIND_CPU"
    | number;
  export const Kind: {
    readonly KIND_AUTO: 0;
    readonly KIND_GPU: 1;
    readonly KIND_CPU: 2;
  };
}
export abstract class ModelTensorReshape {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelTensorReshape>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelTensorReshape>;
}
export interface ModelTensorReshape {
  shape?: bigint[];
}
export abstract class ModelInput {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelInput>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelInput>;
}
export interface ModelInput {
  name?: string;
  dataType?: DataType;
  format?: ModelInput.Format;
  dims?: bigint[];
  reshape?: ModelTensorReshape;
}
export namespace ModelInput {
  export type Format =
    | "FORMAT_NONE"
    | "FORMAT_NHWC"
    | "FORMAT_NCHW"
    | number;
  export const Format: {
    readonly FORMAT_NONE: 0;
    readonly FORMAT_NHWC: 1;
    readonly FORMAT_NCHW: 2;
  };
}
export abstract class ModelOutput {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelOutput>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelOutput>;
}
export interface ModelOutput {
  name?: string;
  dataType?: DataType;
  dims?: bigint[];
  labelFilename?: string;
  reshape?: ModelTensorReshape;
}
export abstract class ModelVersionPolicy {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelVersionPolicy>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelVersionPolicy>;
}
export interface ModelVersionPolicy {
  latest?: ModelVersionPolicy.Latest | null;
  all?: ModelVersionPolicy.All | null;
  specific?: ModelVersionPolicy.Specific | null;
}
export namespace ModelVersionPolicy {
  export abstract class Latest {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Latest>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Latest>;
  }
  export interface Latest {
    numVersions?: number;
  }
  export abstract class All {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<All>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<All>;
  }
  export interface All {
  }
  export abstract class Specific {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Specific>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Specific>;
  }
  export interface Specific {
    versions?: bigint[];
  }
}
export abstract class ModelOptimizationPolicy {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelOptimizationPolicy>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelOptimizationPolicy>;
}
export interface ModelOptimizationPolicy {
  graph?: ModelOptimizationPolicy.Graph;
  priority?: ModelOptimizationPolicy.ModelPriority;
  cuda?: ModelOptimizationPolicy.Cuda;
}
export namespace ModelOptimizationPolicy {
  export abstract class Graph {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Graph>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Graph>;
  }
  export interface Graph {
    level?: number;
  }
  export abstract class Cuda {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Cuda>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Cuda>;
  }
  export interface Cuda {
    graphs?: boolean;
  }
  export type ModelPriority =
    | "PRIORITY_DEFAULT"
    | "PRIORITY_MAX"
    | "PRIORITY_MIN"
    | number;
  export const ModelPriority: {
    readonly PRIORITY_DEFAULT: 0;
    readonly PRIORITY_MAX: 1;
    readonly PRIORITY_MIN: 2;
  };
}
export abstract class ModelDynamicBatching {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelDynamicBatching>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelDynamicBatching>;
}
export interface ModelDynamicBatching {
  preferredBatchSize?: number[];
  maxQueueDelayMicroseconds?: bigint;
}
export abstract class ModelSequenceBatching {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelSequenceBatching>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelSequenceBatching>;
}
export interface ModelSequenceBatching {
  maxSequenceIdleMicroseconds?: bigint;
  controlInput?: ModelSequenceBatching.ControlInput[];
}
export namespace ModelSequenceBatching {
  export abstract class Control {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Control>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Control>;
  }
  export interface Control {
    kind?: ModelSequenceBatching.Control.Kind;
    int32FalseTrue?: number[];
    fp32FalseTrue?: number[];
  }
  export namespace Control {
    export type Kind =
      | "CONTROL_SEQUENCE_START"
      | "CONTROL_SEQUENCE_READY"
      | number;
    export const Kind: {
      readonly CONTROL_SEQUENCE_START: 0;
      readonly CONTROL_SEQUENCE_READY: 1;
    };
  }
  export abstract class ControlInput {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<ControlInput>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<ControlInput>;
  }
  export interface ControlInput {
    name?: string;
    control?: ModelSequenceBatching.Control[];
  }
}
export abstract class ModelEnsembling {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelEnsembling>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelEnsembling>;
}
export interface ModelEnsembling {
  step?: ModelEnsembling.Step[];
}
export namespace ModelEnsembling {
  export abstract class Step {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Step>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Step>;
  }
  export interface Step {
    modelName?: string;
    modelVersion?: bigint;
    inputMap?: { [key: string]: string };
    outputMap?: { [key: string]: string };
  }
}
export abstract class ModelParameter {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelParameter>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelParameter>;
}
export interface ModelParameter {
  stringValue?: string;
}
export abstract class ModelConfig {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelConfig>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelConfig>;
}
export interface ModelConfig {
  name?: string;
  platform?: string;
  versionPolicy?: ModelVersionPolicy;
  maxBatchSize?: number;
  input?: ModelInput[];
  output?: ModelOutput[];
  instanceGroup?: ModelInstanceGroup[];
  defaultModelFilename?: string;
  ccModelFilenames?: { [key: string]: string };
  metricTags?: { [key: string]: string };
  dynamicBatching?: ModelDynamicBatching | null;
  optimization?: ModelOptimizationPolicy;
  sequenceBatching?: ModelSequenceBatching | null;
  parameters?: { [key: string]: ModelParameter };
  ensembleScheduling?: ModelEnsembling | null;
}
export type RequestStatusCode =
  | "INVALID"
  | "SUCCESS"
  | "UNKNOWN"
  | "INTERNAL"
  | "NOT_FOUND"
  | "INVALID_ARG"
  | "UNAVAILABLE"
  | "UNSUPPORTED"
  | "ALREADY_EXISTS"
  | number;
export const RequestStatusCode: {
  readonly INVALID: 0;
  readonly SUCCESS: 1;
  readonly UNKNOWN: 2;
  readonly INTERNAL: 3;
  readonly NOT_FOUND: 4;
  readonly INVALID_ARG: 5;
  readonly UNAVAILABLE: 6;
  readonly UNSUPPORTED: 7;
  readonly ALREADY_EXISTS: 8;
};
export type ModelReadyState =
  | "MODEL_UNKNOWN"
  | "MODEL_READY"
  | "MODEL_UNAVAILABLE"
  | "MODEL_LOADING"
  | "MODEL_UNLOADING"
  | number;
export const ModelReadyState: {
  readonly MODEL_UNKNOWN: 0;
  readonly MODEL_READY: 1;
  readonly MODEL_UNAVAILABLE: 2;
  readonly MODEL_LOADING: 3;
  readonly MODEL_UNLOADING: 4;
};
export type ServerReadyState =
  | "SERVER_INVALID"
  | "SERVER_INITIALIZING"
  | "SERVER_READY"
  | "SERVER_EXITING"
  | "SERVER_FAILED_TO_INITIALIZE"
  | number;
export const ServerReadyState: {
  readonly SERVER_INVALID: 0;
  readonly SERVER_INITIALIZING: 1;
  readonly SERVER_READY: 2;
  readonly SERVER_EXITING: 3;
  readonly SERVER_FAILED_TO_INITIALIZE: 10;
};
export type DataType =
  | "TYPE_INVALID"
  | "TYPE_BOOL"
  | "TYPE_UINT8"
  | "TYPE_UINT16"
  | "TYPE_UINT32"
  | "TYPE_UINT64"
  | "TYPE_INT8"
  | "TYPE_INT16"
  | "TYPE_INT32"
  | "TYPE_INT64"
  | "TYPE_FP16"
  | "TYPE_FP32"
  | "TYPE_FP64"
  | "TYPE_STRING"
  | number;
export const DataType: {
  readonly TYPE_INVALID: 0;
  readonly TYPE_BOOL: 1;
  readonly TYPE_UINT8: 2;
  readonly TYPE_UINT16: 3;
  readonly TYPE_UINT32: 4;
  readonly TYPE_UINT64: 5;
  readonly TYPE_INT8: 6;
  readonly TYPE_INT16: 7;
  readonly TYPE_INT32: 8;
  readonly TYPE_INT64: 9;
  readonly TYPE_FP16: 10;
  readonly TYPE_FP32: 11;
  readonly TYPE_FP64: 12;
  readonly TYPE_STRING: 13;
};