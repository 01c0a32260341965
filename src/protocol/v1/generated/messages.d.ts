// Made by scripts/generate_proto.ts from proto/v1; do not edit.
import type { Reader, Writer } from "protobufjs/minimal.js";
import type { Message } from "../../message.ts";
import type { MessageSchema } from "../../schema.ts";

/** The message `InferRequestHeader`: a plain object, and what encodes and decodes it. */
export abstract class InferRequestHeader {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<InferRequestHeader>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferRequestHeader>;
}
/** The message `InferRequestHeader` as a plain object. */
export interface InferRequestHeader {
  /** `uint32 batch_size = 1` */
  batchSize?: number;
  /** `repeated InferRequestHeader.Input input = 2` */
  input?: InferRequestHeader.Input[];
  /** `repeated InferRequestHeader.Output output = 3` */
  output?: InferRequestHeader.Output[];
  /** `uint64 correlation_id = 4` */
  correlationId?: bigint;
  /** `uint64 id = 5` */
  id?: bigint;
  /** `uint32 flags = 6` */
  flags?: number;
}
/** What belongs to the message `InferRequestHeader`. */
export namespace InferRequestHeader {
  /** The message `InferRequestHeader.Input`: a plain object, and what encodes and decodes it. */
  export abstract class Input {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Input>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Input>;
  }
  /** The message `InferRequestHeader.Input` as a plain object. */
  export interface Input {
    /** `string name = 1` */
    name?: string;
    /** `repeated int64 dims = 2` */
    dims?: bigint[];
    /** `uint64 batch_byte_size = 3` */
    batchByteSize?: bigint;
  }
  /** The message `InferRequestHeader.Output`: a plain object, and what encodes and decodes it. */
  export abstract class Output {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Output>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Output>;
  }
  /** The message `InferRequestHeader.Output` as a plain object. */
  export interface Output {
    /** `string name = 1` */
    name?: string;
    /** `InferRequestHeader.Output.Class cls = 3` */
    cls?: InferRequestHeader.Output.Class;
  }
  /** What belongs to the message `InferRequestHeader.Output`. */
  export namespace Output {
    /** The message `InferRequestHeader.Output.Class`: a plain object, and what encodes and decodes it. */
    export abstract class Class {
      private constructor();
      /** Its fields. */
      static readonly $schema: MessageSchema;
      /** Writes it; `encodeMessage` does that from a plain object. */
      static encode(message: Message<Class>, writer?: Writer): Writer;
      /** Reads it; `decodeMessage` does that to a plain object. */
      static decode(reader: Reader | Uint8Array, length?: number): Message<Class>;
    }
    /** The message `InferRequestHeader.Output.Class` as a plain object. */
    export interface Class {
      /** `uint32 count = 1` */
      count?: number;
    }
  }
  /** The enumeration `InferRequestHeader.Flag`: its names; a number for a value that has none. */
  export type Flag =
    | "FLAG_NONE"
    | "FLAG_SEQUENCE_START"
    | "FLAG_SEQUENCE_END"
    | number;
  /** The numbers of `InferRequestHeader.Flag`. */
  export const Flag: {
    /** Number 0. */
    readonly FLAG_NONE: 0;
    /** Number 1. */
    readonly FLAG_SEQUENCE_START: 1;
    /** Number 2. */
    readonly FLAG_SEQUENCE_END: 2;
  };
}
/** The message `InferResponseHeader`: a plain object, and what encodes and decodes it. */
export abstract class InferResponseHeader {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<InferResponseHeader>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferResponseHeader>;
}
/** The message `InferResponseHeader` as a plain object. */
export interface InferResponseHeader {
  /** `string model_name = 1` */
  modelName?: string;
  /** `int64 model_version = 2` */
  modelVersion?: bigint;
  /** `uint32 batch_size = 3` */
  batchSize?: number;
  /** `repeated InferResponseHeader.Output output = 4` */
  output?: InferResponseHeader.Output[];
  /** `uint64 id = 5` */
  id?: bigint;
}
/** What belongs to the message `InferResponseHeader`. */
export namespace InferResponseHeader {
  /** The message `InferResponseHeader.Output`: a plain object, and what encodes and decodes it. */
  export abstract class Output {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Output>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Output>;
  }
  /** The message `InferResponseHeader.Output` as a plain object. */
  export interface Output {
    /** `string name = 1` */
    name?: string;
    /** `InferResponseHeader.Output.Raw raw = 2` */
    raw?: InferResponseHeader.Output.Raw;
    /** `repeated InferResponseHeader.Output.Classes batch_classes = 3` */
    batchClasses?: InferResponseHeader.Output.Classes[];
  }
  /** What belongs to the message `InferResponseHeader.Output`. */
  export namespace Output {
    /** The message `InferResponseHeader.Output.Raw`: a plain object, and what encodes and decodes it. */
    export abstract class Raw {
      private constructor();
      /** Its fields. */
      static readonly $schema: MessageSchema;
      /** Writes it; `encodeMessage` does that from a plain object. */
      static encode(message: Message<Raw>, writer?: Writer): Writer;
      /** Reads it; `decodeMessage` does that to a plain object. */
      static decode(reader: Reader | Uint8Array, length?: number): Message<Raw>;
    }
    /** The message `InferResponseHeader.Output.Raw` as a plain object. */
    export interface Raw {
      /** `repeated int64 dims = 1` */
      dims?: bigint[];
      /** `uint64 batch_byte_size = 2` */
      batchByteSize?: bigint;
    }
    /** The message `InferResponseHeader.Output.Class`: a plain object, and what encodes and decodes it. */
    export abstract class Class {
      private constructor();
      /** Its fields. */
      static readonly $schema: MessageSchema;
      /** Writes it; `encodeMessage` does that from a plain object. */
      static encode(message: Message<Class>, writer?: Writer): Writer;
      /** Reads it; `decodeMessage` does that to a plain object. */
      static decode(reader: Reader | Uint8Array, length?: number): Message<Class>;
    }
    /** The message `InferResponseHeader.Output.Class` as a plain object. */
    export interface Class {
      /** `int32 idx = 1` */
      idx?: number;
      /** `float value = 2` */
      value?: number;
      /** `string label = 3` */
      label?: string;
    }
    /** The message `InferResponseHeader.Output.Classes`: a plain object, and what encodes and decodes it. */
    export abstract class Classes {
      private constructor();
      /** Its fields. */
      static readonly $schema: MessageSchema;
      /** Writes it; `encodeMessage` does that from a plain object. */
      static encode(message: Message<Classes>, writer?: Writer): Writer;
      /** Reads it; `decodeMessage` does that to a plain object. */
      static decode(reader: Reader | Uint8Array, length?: number): Message<Classes>;
    }
    /** The message `InferResponseHeader.Output.Classes` as a plain object. */
    export interface Classes {
      /** `repeated InferResponseHeader.Output.Class cls = 1` */
      cls?: InferResponseHeader.Output.Class[];
    }
  }
}
/** The message `StatusRequest`: a plain object, and what encodes and decodes it. */
export abstract class StatusRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<StatusRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<StatusRequest>;
}
/** The message `StatusRequest` as a plain object. */
export interface StatusRequest {
  /** `string model_name = 1` */
  modelName?: string;
}
/** The message `StatusResponse`: a plain object, and what encodes and decodes it. */
export abstract class StatusResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<StatusResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<StatusResponse>;
}
/** The message `StatusResponse` as a plain object. */
export interface StatusResponse {
  /** `RequestStatus request_status = 1` */
  requestStatus?: RequestStatus;
  /** `ServerStatus server_status = 2` */
  serverStatus?: ServerStatus;
}
/** The message `ProfileRequest`: a plain object, and what encodes and decodes it. */
export abstract class ProfileRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ProfileRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ProfileRequest>;
}
/** The message `ProfileRequest` as a plain object. */
export interface ProfileRequest {
  /** `string cmd = 1` */
  cmd?: string;
}
/** The message `ProfileResponse`: a plain object, and what encodes and decodes it. */
export abstract class ProfileResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ProfileResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ProfileResponse>;
}
/** The message `ProfileResponse` as a plain object. */
export interface ProfileResponse {
  /** `RequestStatus request_status = 1` */
  requestStatus?: RequestStatus;
}
/** The message `HealthRequest`: a plain object, and what encodes and decodes it. */
export abstract class HealthRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<HealthRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<HealthRequest>;
}
/** The message `HealthRequest` as a plain object. */
export interface HealthRequest {
  /** `string mode = 1` */
  mode?: string;
}
/** The message `HealthResponse`: a plain object, and what encodes and decodes it. */
export abstract class HealthResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<HealthResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<HealthResponse>;
}
/** The message `HealthResponse` as a plain object. */
export interface HealthResponse {
  /** `RequestStatus request_status = 1` */
  requestStatus?: RequestStatus;
  /** `bool health = 2` */
  health?: boolean;
}
/** The message `InferRequest`: a plain object, and what encodes and decodes it. */
export abstract class InferRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<InferRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferRequest>;
}
/** The message `InferRequest` as a plain object. */
export interface InferRequest {
  /** `string model_name = 1` */
  modelName?: string;
  /** `int64 model_version = 2` */
  modelVersion?: bigint;
  /** `InferRequestHeader meta_data = 3` */
  metaData?: InferRequestHeader;
  /** `repeated bytes raw_input = 4` */
  rawInput?: Uint8Array[];
}
/** The message `InferResponse`: a plain object, and what encodes and decodes it. */
export abstract class InferResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<InferResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferResponse>;
}
/** The message `InferResponse` as a plain object. */
export interface InferResponse {
  /** `RequestStatus request_status = 1` */
  requestStatus?: RequestStatus;
  /** `InferResponseHeader meta_data = 2` */
  metaData?: InferResponseHeader;
  /** `repeated bytes raw_output = 3` */
  rawOutput?: Uint8Array[];
}
/** The message `RequestStatus`: a plain object, and what encodes and decodes it. */
export abstract class RequestStatus {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<RequestStatus>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<RequestStatus>;
}
/** The message `RequestStatus` as a plain object. */
export interface RequestStatus {
  /** `RequestStatusCode code = 1` */
  code?: RequestStatusCode;
  /** `string msg = 2` */
  msg?: string;
  /** `string server_id = 3` */
  serverId?: string;
  /** `uint64 request_id = 4` */
  requestId?: bigint;
}
/** The message `StatDuration`: a plain object, and what encodes and decodes it. */
export abstract class StatDuration {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<StatDuration>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<StatDuration>;
}
/** The message `StatDuration` as a plain object. */
export interface StatDuration {
  /** `uint64 count = 1` */
  count?: bigint;
  /** `uint64 total_time_ns = 2` */
  totalTimeNs?: bigint;
}
/** The message `StatusRequestStats`: a plain object, and what encodes and decodes it. */
export abstract class StatusRequestStats {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<StatusRequestStats>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<StatusRequestStats>;
}
/** The message `StatusRequestStats` as a plain object. */
export interface StatusRequestStats {
  /** `StatDuration success = 1` */
  success?: StatDuration;
}
/** The message `ProfileRequestStats`: a plain object, and what encodes and decodes it. */
export abstract class ProfileRequestStats {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ProfileRequestStats>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ProfileRequestStats>;
}
/** The message `ProfileRequestStats` as a plain object. */
export interface ProfileRequestStats {
  /** `StatDuration success = 1` */
  success?: StatDuration;
}
/** The message `HealthRequestStats`: a plain object, and what encodes and decodes it. */
export abstract class HealthRequestStats {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<HealthRequestStats>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<HealthRequestStats>;
}
/** The message `HealthRequestStats` as a plain object. */
export interface HealthRequestStats {
  /** `StatDuration success = 1` */
  success?: StatDuration;
}
/** The message `InferRequestStats`: a plain object, and what encodes and decodes it. */
export abstract class InferRequestStats {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<InferRequestStats>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferRequestStats>;
}
/** The message `InferRequestStats` as a plain object. */
export interface InferRequestStats {
  /** `StatDuration success = 1` */
  success?: StatDuration;
  /** `StatDuration failed = 2` */
  failed?: StatDuration;
  /** `StatDuration compute = 3` */
  compute?: StatDuration;
  /** `StatDuration queue = 4` */
  queue?: StatDuration;
}
/** The message `ModelVersionStatus`: a plain object, and what encodes and decodes it. */
export abstract class ModelVersionStatus {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelVersionStatus>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelVersionStatus>;
}
/** The message `ModelVersionStatus` as a plain object. */
export interface ModelVersionStatus {
  /** `ModelReadyState ready_state = 1` */
  readyState?: ModelReadyState;
  /** `map<uint32, InferRequestStats> infer_stats = 2` */
  inferStats?: { [key: string]: InferRequestStats };
  /** `uint64 model_execution_count = 3` */
  modelExecutionCount?: bigint;
  /** `uint64 model_inference_count = 4` */
  modelInferenceCount?: bigint;
}
/** The message `ModelStatus`: a plain object, and what encodes and decodes it. */
export abstract class ModelStatus {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelStatus>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelStatus>;
}
/** The message `ModelStatus` as a plain object. */
export interface ModelStatus {
  /** `ModelConfig config = 1` */
  config?: ModelConfig;
  /** `map<int64, ModelVersionStatus> version_status = 2` */
  versionStatus?: { [key: string]: ModelVersionStatus };
}
/** The message `ServerStatus`: a plain object, and what encodes and decodes it. */
export abstract class ServerStatus {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ServerStatus>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerStatus>;
}
/** The message `ServerStatus` as a plain object. */
export interface ServerStatus {
  /** `string id = 1` */
  id?: string;
  /** `string version = 2` */
  version?: string;
  /** `uint64 uptime_ns = 3` */
  uptimeNs?: bigint;
  /** `map<string, ModelStatus> model_status = 4` */
  modelStatus?: { [key: string]: ModelStatus };
  /** `StatusRequestStats status_stats = 5` */
  statusStats?: StatusRequestStats;
  /** `ProfileRequestStats profile_stats = 6` */
  profileStats?: ProfileRequestStats;
  /** `ServerReadyState ready_state = 7` */
  readyState?: ServerReadyState;
  /** `HealthRequestStats health_stats = 8` */
  healthStats?: HealthRequestStats;
}
/** The message `ModelInstanceGroup`: a plain object, and what encodes and decodes it. */
export abstract class ModelInstanceGroup {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelInstanceGroup>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelInstanceGroup>;
}
/** The message `ModelInstanceGroup` as a plain object. */
export interface ModelInstanceGroup {
  /** `string name = 1` */
  name?: string;
  /** `int32 count = 2` */
  count?: number;
  /** `repeated int32 gpus = 3` */
  gpus?: number[];
  /** `ModelInstanceGroup.Kind kind = 4` */
  kind?: ModelInstanceGroup.Kind;
}
/** What belongs to the message `ModelInstanceGroup`. */
export namespace ModelInstanceGroup {
  /** The enumeration `ModelInstanceGroup.Kind`: its names; a number for a value that has none. */
  export type Kind =
    | "KIND_AUTO"
    | "KIND_GPU"
    | "KIND_CPU"
    | number;
  /** The numbers of `ModelInstanceGroup.Kind`. */
  export const Kind: {
    /** Number 0. */
    readonly KIND_AUTO: 0;
    /** Number 1. */
    readonly KIND_GPU: 1;
    /** Number 2. */
    readonly KIND_CPU: 2;
  };
}
/** The message `ModelTensorReshape`: a plain object, and what encodes and decodes it. */
export abstract class ModelTensorReshape {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelTensorReshape>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelTensorReshape>;
}
/** The message `ModelTensorReshape` as a plain object. */
export interface ModelTensorReshape {
  /** `repeated int64 shape = 1` */
  shape?: bigint[];
}
/** The message `ModelInput`: a plain object, and what encodes and decodes it. */
export abstract class ModelInput {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelInput>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelInput>;
}
/** The message `ModelInput` as a plain object. */
export interface ModelInput {
  /** `string name = 1` */
  name?: string;
  /** `DataType data_type = 2` */
  dataType?: DataType;
  /** `ModelInput.Format format = 3` */
  format?: ModelInput.Format;
  /** `repeated int64 dims = 4` */
  dims?: bigint[];
  /** `ModelTensorReshape reshape = 5` */
  reshape?: ModelTensorReshape;
}
/** What belongs to the message `ModelInput`. */
export namespace ModelInput {
  /** The enumeration `ModelInput.Format`: its names; a number for a value that has none. */
  export type Format =
    | "FORMAT_NONE"
    | "FORMAT_NHWC"
    | "FORMAT_NCHW"
    | number;
  /** The numbers of `ModelInput.Format`. */
  export const Format: {
    /** Number 0. */
    readonly FORMAT_NONE: 0;
    /** Number 1. */
    readonly FORMAT_NHWC: 1;
    /** Number 2. */
    readonly FORMAT_NCHW: 2;
  };
}
/** The message `ModelOutput`: a plain object, and what encodes and decodes it. */
export abstract class ModelOutput {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelOutput>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelOutput>;
}
/** The message `ModelOutput` as a plain object. */
export interface ModelOutput {
  /** `string name = 1` */
  name?: string;
  /** `DataType data_type = 2` */
  dataType?: DataType;
  /** `repeated int64 dims = 3` */
  dims?: bigint[];
  /** `string label_filename = 4` */
  labelFilename?: string;
  /** `ModelTensorReshape reshape = 5` */
  reshape?: ModelTensorReshape;
}
/** The message `ModelVersionPolicy`: a plain object, and what encodes and decodes it. */
export abstract class ModelVersionPolicy {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelVersionPolicy>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelVersionPolicy>;
}
/** The message `ModelVersionPolicy` as a plain object. */
export interface ModelVersionPolicy {
  /** `ModelVersionPolicy.Latest latest = 1` */
  latest?: ModelVersionPolicy.Latest | null;
  /** `ModelVersionPolicy.All all = 2` */
  all?: ModelVersionPolicy.All | null;
  /** `ModelVersionPolicy.Specific specific = 3` */
  specific?: ModelVersionPolicy.Specific | null;
}
/** What belongs to the message `ModelVersionPolicy`. */
export namespace ModelVersionPolicy {
  /** The message `ModelVersionPolicy.Latest`: a plain object, and what encodes and decodes it. */
  export abstract class Latest {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Latest>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Latest>;
  }
  /** The message `ModelVersionPolicy.Latest` as a plain object. */
  export interface Latest {
    /** `uint32 num_versions = 1` */
    numVersions?: number;
  }
  /** The message `ModelVersionPolicy.All`: a plain object, and what encodes and decodes it. */
  export abstract class All {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<All>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<All>;
  }
  /** The message `ModelVersionPolicy.All` as a plain object. */
  export interface All {
  }
  /** The message `ModelVersionPolicy.Specific`: a plain object, and what encodes and decodes it. */
  export abstract class Specific {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Specific>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Specific>;
  }
  /** The message `ModelVersionPolicy.Specific` as a plain object. */
  export interface Specific {
    /** `repeated int64 versions = 1` */
    versions?: bigint[];
  }
}
/** The message `ModelOptimizationPolicy`: a plain object, and what encodes and decodes it. */
export abstract class ModelOptimizationPolicy {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelOptimizationPolicy>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelOptimizationPolicy>;
}
/** The message `ModelOptimizationPolicy` as a plain object. */
export interface ModelOptimizationPolicy {
  /** `ModelOptimizationPolicy.Graph graph = 1` */
  graph?: ModelOptimizationPolicy.Graph;
  /** `ModelOptimizationPolicy.ModelPriority priority = 2` */
  priority?: ModelOptimizationPolicy.ModelPriority;
  /** `ModelOptimizationPolicy.Cuda cuda = 3` */
  cuda?: ModelOptimizationPolicy.Cuda;
}
/** What belongs to the message `ModelOptimizationPolicy`. */
export namespace ModelOptimizationPolicy {
  /** The message `ModelOptimizationPolicy.Graph`: a plain object, and what encodes and decodes it. */
  export abstract class Graph {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Graph>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Graph>;
  }
  /** The message `ModelOptimizationPolicy.Graph` as a plain object. */
  export interface Graph {
    /** `int32 level = 1` */
    level?: number;
  }
  /** The message `ModelOptimizationPolicy.Cuda`: a plain object, and what encodes and decodes it. */
  export abstract class Cuda {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Cuda>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Cuda>;
  }
  /** The message `ModelOptimizationPolicy.Cuda` as a plain object. */
  export interface Cuda {
    /** `bool graphs = 1` */
    graphs?: boolean;
  }
  /** The enumeration `ModelOptimizationPolicy.ModelPriority`: its names; a number for a value that has none. */
  export type ModelPriority =
    | "PRIORITY_DEFAULT"
    | "PRIORITY_MAX"
    | "PRIORITY_MIN"
    | number;
  /** The numbers of `ModelOptimizationPolicy.ModelPriority`. */
  export const ModelPriority: {
    /** Number 0. */
    readonly PRIORITY_DEFAULT: 0;
    /** Number 1. */
    readonly PRIORITY_MAX: 1;
    /** Number 2. */
    readonly PRIORITY_MIN: 2;
  };
}
/** The message `ModelDynamicBatching`: a plain object, and what encodes and decodes it. */
export abstract class ModelDynamicBatching {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelDynamicBatching>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelDynamicBatching>;
}
/** The message `ModelDynamicBatching` as a plain object. */
export interface ModelDynamicBatching {
  /** `repeated int32 preferred_batch_size = 1` */
  preferredBatchSize?: number[];
  /** `uint64 max_queue_delay_microseconds = 2` */
  maxQueueDelayMicroseconds?: bigint;
}
/** The message `ModelSequenceBatching`: a plain object, and what encodes and decodes it. */
export abstract class ModelSequenceBatching {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelSequenceBatching>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelSequenceBatching>;
}
/** The message `ModelSequenceBatching` as a plain object. */
export interface ModelSequenceBatching {
  /** `uint64 max_sequence_idle_microseconds = 1` */
  maxSequenceIdleMicroseconds?: bigint;
  /** `repeated ModelSequenceBatching.ControlInput control_input = 2` */
  controlInput?: ModelSequenceBatching.ControlInput[];
}
/** What belongs to the message `ModelSequenceBatching`. */
export namespace ModelSequenceBatching {
  /** The message `ModelSequenceBatching.Control`: a plain object, and what encodes and decodes it. */
  export abstract class Control {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Control>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Control>;
  }
  /** The message `ModelSequenceBatching.Control` as a plain object. */
  export interface Control {
    /** `ModelSequenceBatching.Control.Kind kind = 1` */
    kind?: ModelSequenceBatching.Control.Kind;
    /** `repeated int32 int32_false_true = 2` */
    int32FalseTrue?: number[];
    /** `repeated float fp32_false_true = 3` */
    fp32FalseTrue?: number[];
  }
  /** What belongs to the message `ModelSequenceBatching.Control`. */
  export namespace Control {
    /** The enumeration `ModelSequenceBatching.Control.Kind`: its names; a number for a value that has none. */
    export type Kind =
      | "CONTROL_SEQUENCE_START"
      | "CONTROL_SEQUENCE_READY"
      | number;
    /** The numbers of `ModelSequenceBatching.Control.Kind`. */
    export const Kind: {
      /** Number 0. */
      readonly CONTROL_SEQUENCE_START: 0;
      /** Number 1. */
      readonly CONTROL_SEQUENCE_READY: 1;
    };
  }
  /** The message `ModelSequenceBatching.ControlInput`: a plain object, and what encodes and decodes it. */
  export abstract class ControlInput {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<ControlInput>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<ControlInput>;
  }
  /** The message `ModelSequenceBatching.ControlInput` as a plain object. */
  export interface ControlInput {
    /** `string name = 1` */
    name?: string;
    /** `repeated ModelSequenceBatching.Control control = 2` */
    control?: ModelSequenceBatching.Control[];
  }
}
/** The message `ModelEnsembling`: a plain object, and what encodes and decodes it. */
export abstract class ModelEnsembling {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelEnsembling>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelEnsembling>;
}
/** The message `ModelEnsembling` as a plain object. */
export interface ModelEnsembling {
  /** `repeated ModelEnsembling.Step step = 1` */
  step?: ModelEnsembling.Step[];
}
/** What belongs to the message `ModelEnsembling`. */
export namespace ModelEnsembling {
  /** The message `ModelEnsembling.Step`: a plain object, and what encodes and decodes it. */
  export abstract class Step {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Step>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Step>;
  }
  /** The message `ModelEnsembling.Step` as a plain object. */
  export interface Step {
    /** `string model_name = 1` */
    modelName?: string;
    /** `int64 model_version = 2` */
    modelVersion?: bigint;
    /** `map<string, string> input_map = 3` */
    inputMap?: { [key: string]: string };
    /** `map<string, string> output_map = 4` */
    outputMap?: { [key: string]: string };
  }
}
/** The message `ModelParameter`: a plain object, and what encodes and decodes it. */
export abstract class ModelParameter {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelParameter>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelParameter>;
}
/** The message `ModelParameter` as a plain object. */
export interface ModelParameter {
  /** `string string_value = 1` */
  stringValue?: string;
}
/** The message `ModelConfig`: a plain object, and what encodes and decodes it. */
export abstract class ModelConfig {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelConfig>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelConfig>;
}
/** The message `ModelConfig` as a plain object. */
export interface ModelConfig {
  /** `string name = 1` */
  name?: string;
  /** `string platform = 2` */
  platform?: string;
  /** `ModelVersionPolicy version_policy = 3` */
  versionPolicy?: ModelVersionPolicy;
  /** `int32 max_batch_size = 4` */
  maxBatchSize?: number;
  /** `repeated ModelInput input = 5` */
  input?: ModelInput[];
  /** `repeated ModelOutput output = 6` */
  output?: ModelOutput[];
  /** `repeated ModelInstanceGroup instance_group = 7` */
  instanceGroup?: ModelInstanceGroup[];
  /** `string default_model_filename = 8` */
  defaultModelFilename?: string;
  /** `map<string, string> cc_model_filenames = 9` */
  ccModelFilenames?: { [key: string]: string };
  /** `map<string, string> metric_tags = 10` */
  metricTags?: { [key: string]: string };
  /** `ModelDynamicBatching dynamic_batching = 11` */
  dynamicBatching?: ModelDynamicBatching | null;
  /** `ModelOptimizationPolicy optimization = 12` */
  optimization?: ModelOptimizationPolicy;
  /** `ModelSequenceBatching sequence_batching = 13` */
  sequenceBatching?: ModelSequenceBatching | null;
  /** `map<string, ModelParameter> parameters = 14` */
  parameters?: { [key: string]: ModelParameter };
  /** `ModelEnsembling ensemble_scheduling = 15` */
  ensembleScheduling?: ModelEnsembling | null;
}
/** The enumeration `RequestStatusCode`: its names; a number for a value that has none. */
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
/** The numbers of `RequestStatusCode`. */
export const RequestStatusCode: {
  /** Number 0. */
  readonly INVALID: 0;
  /** Number 1. */
  readonly SUCCESS: 1;
  /** Number 2. */
  readonly UNKNOWN: 2;
  /** Number 3. */
  readonly INTERNAL: 3;
  /** Number 4. */
  readonly NOT_FOUND: 4;
  /** Number 5. */
  readonly INVALID_ARG: 5;
  /** Number 6. */
  readonly UNAVAILABLE: 6;
  /** Number 7. */
  readonly UNSUPPORTED: 7;
  /** Number 8. */
  readonly ALREADY_EXISTS: 8;
};
/** The enumeration `ModelReadyState`: its names; a number for a value that has none. */
export type ModelReadyState =
  | "MODEL_UNKNOWN"
  | "MODEL_READY"
  | "MODEL_UNAVAILABLE"
  | "MODEL_LOADING"
  | "MODEL_UNLOADING"
  | number;
/** The numbers of `ModelReadyState`. */
export const ModelReadyState: {
  /** Number 0. */
  readonly MODEL_UNKNOWN: 0;
  /** Number 1. */
  readonly MODEL_READY: 1;
  /** Number 2. */
  readonly MODEL_UNAVAILABLE: 2;
  /** Number 3. */
  readonly MODEL_LOADING: 3;
  /** Number 4. */
  readonly MODEL_UNLOADING: 4;
};
/** The enumeration `ServerReadyState`: its names; a number for a value that has none. */
export type ServerReadyState =
  | "SERVER_INVALID"
  | "SERVER_INITIALIZING"
  | "SERVER_READY"
  | "SERVER_EXITING"
  | "SERVER_FAILED_TO_INITIALIZE"
  | number;
/** The numbers of `ServerReadyState`. */
export const ServerReadyState: {
  /** Number 0. */
  readonly SERVER_INVALID: 0;
  /** Number 1. */
  readonly SERVER_INITIALIZING: 1;
  /** Number 2. */
  readonly SERVER_READY: 2;
  /** Number 3. */
  readonly SERVER_EXITING: 3;
  /** Number 10. */
  readonly SERVER_FAILED_TO_INITIALIZE: 10;
};
/** The enumeration `DataType`: its names; a number for a value that has none. */
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
/** The numbers of `DataType`. */
export const DataType: {
  /** Number 0. */
  readonly TYPE_INVALID: 0;
  /** Number 1. */
  readonly TYPE_BOOL: 1;
  /** Number 2. */
  readonly TYPE_UINT8: 2;
  /** Number 3. */
  readonly TYPE_UINT16: 3;
  /** Number 4. */
  readonly TYPE_UINT32: 4;
  /** Number 5. */
  readonly TYPE_UINT64: 5;
  /** Number 6. */
  readonly TYPE_INT8: 6;
  /** Number 7. */
  readonly TYPE_INT16: 7;
  /** Number 8. */
  readonly TYPE_INT32: 8;
  /** Number 9. */
  readonly TYPE_INT64: 9;
  /** Number 10. */
  readonly TYPE_FP16: 10;
  /** Number 11. */
  readonly TYPE_FP32: 11;
  /** Number 12. */
  readonly TYPE_FP64: 12;
  /** Number 13. */
  readonly TYPE_STRING: 13;
};