// Made by scripts/generate_proto.ts from proto/v2; do not edit.
import type { Reader, Writer } from "protobufjs/minimal.js";
import type { Message } from "../../message.ts";
import type { MessageSchema } from "../../schema.ts";

/** The message `ServerLiveRequest`: a plain object, and what encodes and decodes it. */
export abstract class ServerLiveRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ServerLiveRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerLiveRequest>;
}
/** The message `ServerLiveRequest` as a plain object. */
export interface ServerLiveRequest {
}
/** The message `ServerLiveResponse`: a plain object, and what encodes and decodes it. */
export abstract class ServerLiveResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ServerLiveResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerLiveResponse>;
}
/** The message `ServerLiveResponse` as a plain object. */
export interface ServerLiveResponse {
  /** `bool live = 1` */
  live?: boolean;
}
/** The message `ServerReadyRequest`: a plain object, and what encodes and decodes it. */
export abstract class ServerReadyRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ServerReadyRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerReadyRequest>;
}
/** The message `ServerReadyRequest` as a plain object. */
export interface ServerReadyRequest {
}
/** The message `ServerReadyResponse`: a plain object, and what encodes and decodes it. */
export abstract class ServerReadyResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ServerReadyResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerReadyResponse>;
}
/** The message `ServerReadyResponse` as a plain object. */
export interface ServerReadyResponse {
  /** `bool ready = 1` */
  ready?: boolean;
}
/** The message `ModelReadyRequest`: a plain object, and what encodes and decodes it. */
export abstract class ModelReadyRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelReadyRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelReadyRequest>;
}
/** The message `ModelReadyRequest` as a plain object. */
export interface ModelReadyRequest {
  /** `string name = 1` */
  name?: string;
  /** `string version = 2` */
  version?: string;
}
/** The message `ModelReadyResponse`: a plain object, and what encodes and decodes it. */
export abstract class ModelReadyResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelReadyResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelReadyResponse>;
}
/** The message `ModelReadyResponse` as a plain object. */
export interface ModelReadyResponse {
  /** `bool ready = 1` */
  ready?: boolean;
}
/** The message `ServerMetadataRequest`: a plain object, and what encodes and decodes it. */
export abstract class ServerMetadataRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ServerMetadataRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerMetadataRequest>;
}
/** The message `ServerMetadataRequest` as a plain object. */
export interface ServerMetadataRequest {
}
/** The message `ServerMetadataResponse`: a plain object, and what encodes and decodes it. */
export abstract class ServerMetadataResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ServerMetadataResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerMetadataResponse>;
}
/** The message `ServerMetadataResponse` as a plain object. */
export interface ServerMetadataResponse {
  /** `string name = 1` */
  name?: string;
  /** `string version = 2` */
  version?: string;
  /** `repeated string extensions = 3` */
  extensions?: string[];
}
/** The message `ModelMetadataRequest`: a plain object, and what encodes and decodes it. */
export abstract class ModelMetadataRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelMetadataRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelMetadataRequest>;
}
/** The message `ModelMetadataRequest` as a plain object. */
export interface ModelMetadataRequest {
  /** `string name = 1` */
  name?: string;
  /** `string version = 2` */
  version?: string;
}
/** The message `ModelMetadataResponse`: a plain object, and what encodes and decodes it. */
export abstract class ModelMetadataResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelMetadataResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelMetadataResponse>;
}
/** The message `ModelMetadataResponse` as a plain object. */
export interface ModelMetadataResponse {
  /** `string name = 1` */
  name?: string;
  /** `repeated string versions = 2` */
  versions?: string[];
  /** `string platform = 3` */
  platform?: string;
  /** `repeated ModelMetadataResponse.TensorMetadata inputs = 4` */
  inputs?: ModelMetadataResponse.TensorMetadata[];
  /** `repeated ModelMetadataResponse.TensorMetadata outputs = 5` */
  outputs?: ModelMetadataResponse.TensorMetadata[];
}
/** What belongs to the message `ModelMetadataResponse`. */
export namespace ModelMetadataResponse {
  /** The message `ModelMetadataResponse.TensorMetadata`: a plain object, and what encodes and decodes it. */
  export abstract class TensorMetadata {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<TensorMetadata>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<TensorMetadata>;
  }
  /** The message `ModelMetadataResponse.TensorMetadata` as a plain object. */
  export interface TensorMetadata {
    /** `string name = 1` */
    name?: string;
    /** `string datatype = 2` */
    datatype?: string;
    /** `repeated int64 shape = 3` */
    shape?: bigint[];
  }
}
/** The message `InferParameter`: a plain object, and what encodes and decodes it. */
export abstract class InferParameter {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<InferParameter>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferParameter>;
}
/** The message `InferParameter` as a plain object. */
export interface InferParameter {
  /** `bool bool_param = 1` */
  boolParam?: boolean | null;
  /** `int64 int64_param = 2` */
  int64Param?: bigint | null;
  /** `string string_param = 3` */
  stringParam?: string | null;
  /** `double double_param = 4` */
  doubleParam?: number | null;
  /** `uint64 uint64_param = 5` */
  uint64Param?: bigint | null;
}
/** The message `InferTensorContents`: a plain object, and what encodes and decodes it. */
export abstract class InferTensorContents {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<InferTensorContents>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferTensorContents>;
}
/** The message `InferTensorContents` as a plain object. */
export interface InferTensorContents {
  /** `repeated bool bool_contents = 1` */
  boolContents?: boolean[];
  /** `repeated int32 int_contents = 2` */
  intContents?: number[];
  /** `repeated int64 int64_contents = 3` */
  int64Contents?: bigint[];
  /** `repeated uint32 uint_contents = 4` */
  uintContents?: number[];
  /** `repeated uint64 uint64_contents = 5` */
  uint64Contents?: bigint[];
  /** `repeated float fp32_contents = 6` */
  fp32Contents?: number[];
  /** `repeated double fp64_contents = 7` */
  fp64Contents?: number[];
  /** `repeated bytes bytes_contents = 8` */
  bytesContents?: Uint8Array[];
}
/** The message `ModelInferRequest`: a plain object, and what encodes and decodes it. */
export abstract class ModelInferRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelInferRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelInferRequest>;
}
/** The message `ModelInferRequest` as a plain object. */
export interface ModelInferRequest {
  /** `string model_name = 1` */
  modelName?: string;
  /** `string model_version = 2` */
  modelVersion?: string;
  /** `string id = 3` */
  id?: string;
  /** `map<string, InferParameter> parameters = 4` */
  parameters?: { [key: string]: InferParameter };
  /** `repeated ModelInferRequest.InferInputTensor inputs = 5` */
  inputs?: ModelInferRequest.InferInputTensor[];
  /** `repeated ModelInferRequest.InferRequestedOutputTensor outputs = 6` */
  outputs?: ModelInferRequest.InferRequestedOutputTensor[];
  /** `repeated bytes raw_input_contents = 7` */
  rawInputContents?: Uint8Array[];
}
/** What belongs to the message `ModelInferRequest`. */
export namespace ModelInferRequest {
  /** The message `ModelInferRequest.InferInputTensor`: a plain object, and what encodes and decodes it. */
  export abstract class InferInputTensor {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<InferInputTensor>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<InferInputTensor>;
  }
  /** The message `ModelInferRequest.InferInputTensor` as a plain object. */
  export interface InferInputTensor {
    /** `string name = 1` */
    name?: string;
    /** `string datatype = 2` */
    datatype?: string;
    /** `repeated int64 shape = 3` */
    shape?: bigint[];
    /** `map<string, InferParameter> parameters = 4` */
    parameters?: { [key: string]: InferParameter };
    /** `InferTensorContents contents = 5` */
    contents?: InferTensorContents;
  }
  /** The message `ModelInferRequest.InferRequestedOutputTensor`: a plain object, and what encodes and decodes it. */
  export abstract class InferRequestedOutputTensor {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<InferRequestedOutputTensor>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<InferRequestedOutputTensor>;
  }
  /** The message `ModelInferRequest.InferRequestedOutputTensor` as a plain object. */
  export interface InferRequestedOutputTensor {
    /** `string name = 1` */
    name?: string;
    /** `map<string, InferParameter> parameters = 2` */
    parameters?: { [key: string]: InferParameter };
  }
}
/** The message `ModelInferResponse`: a plain object, and what encodes and decodes it. */
export abstract class ModelInferResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelInferResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelInferResponse>;
}
/** The message `ModelInferResponse` as a plain object. */
export interface ModelInferResponse {
  /** `string model_name = 1` */
  modelName?: string;
  /** `string model_version = 2` */
  modelVersion?: string;
  /** `string id = 3` */
  id?: string;
  /** `map<string, InferParameter> parameters = 4` */
  parameters?: { [key: string]: InferParameter };
  /** `repeated ModelInferResponse.InferOutputTensor outputs = 5` */
  outputs?: ModelInferResponse.InferOutputTensor[];
  /** `repeated bytes raw_output_contents = 6` */
  rawOutputContents?: Uint8Array[];
}
/** What belongs to the message `ModelInferResponse`. */
export namespace ModelInferResponse {
  /** The message `ModelInferResponse.InferOutputTensor`: a plain object, and what encodes and decodes it. */
  export abstract class InferOutputTensor {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<InferOutputTensor>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<InferOutputTensor>;
  }
  /** The message `ModelInferResponse.InferOutputTensor` as a plain object. */
  export interface InferOutputTensor {
    /** `string name = 1` */
    name?: string;
    /** `string datatype = 2` */
    datatype?: string;
    /** `repeated int64 shape = 3` */
    shape?: bigint[];
    /** `map<string, InferParameter> parameters = 4` */
    parameters?: { [key: string]: InferParameter };
    /** `InferTensorContents contents = 5` */
    contents?: InferTensorContents;
  }
}
/** The message `ModelStreamInferResponse`: a plain object, and what encodes and decodes it. */
export abstract class ModelStreamInferResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelStreamInferResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelStreamInferResponse>;
}
/** The message `ModelStreamInferResponse` as a plain object. */
export interface ModelStreamInferResponse {
  /** `string error_message = 1` */
  errorMessage?: string;
  /** `ModelInferResponse infer_response = 2` */
  inferResponse?: ModelInferResponse;
}
/** The message `ModelConfigRequest`: a plain object, and what encodes and decodes it. */
export abstract class ModelConfigRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelConfigRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelConfigRequest>;
}
/** The message `ModelConfigRequest` as a plain object. */
export interface ModelConfigRequest {
  /** `string name = 1` */
  name?: string;
  /** `string version = 2` */
  version?: string;
}
/** The message `ModelConfigResponse`: a plain object, and what encodes and decodes it. */
export abstract class ModelConfigResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelConfigResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelConfigResponse>;
}
/** The message `ModelConfigResponse` as a plain object. */
export interface ModelConfigResponse {
  /** `ModelConfig config = 1` */
  config?: ModelConfig;
}
/** The message `ModelStatisticsRequest`: a plain object, and what encodes and decodes it. */
export abstract class ModelStatisticsRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelStatisticsRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelStatisticsRequest>;
}
/** The message `ModelStatisticsRequest` as a plain object. */
export interface ModelStatisticsRequest {
  /** `string name = 1` */
  name?: string;
  /** `string version = 2` */
  version?: string;
}
/** The message `StatisticDuration`: a plain object, and what encodes and decodes it. */
export abstract class StatisticDuration {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<StatisticDuration>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<StatisticDuration>;
}
/** The message `StatisticDuration` as a plain object. */
export interface StatisticDuration {
  /** `uint64 count = 1` */
  count?: bigint;
  /** `uint64 ns = 2` */
  ns?: bigint;
}
/** The message `InferStatistics`: a plain object, and what encodes and decodes it. */
export abstract class InferStatistics {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<InferStatistics>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferStatistics>;
}
/** The message `InferStatistics` as a plain object. */
export interface InferStatistics {
  /** `StatisticDuration success = 1` */
  success?: StatisticDuration;
  /** `StatisticDuration fail = 2` */
  fail?: StatisticDuration;
  /** `StatisticDuration queue = 3` */
  queue?: StatisticDuration;
  /** `StatisticDuration compute_input = 4` */
  computeInput?: StatisticDuration;
  /** `StatisticDuration compute_infer = 5` */
  computeInfer?: StatisticDuration;
  /** `StatisticDuration compute_output = 6` */
  computeOutput?: StatisticDuration;
  /** `StatisticDuration cache_hit = 7` */
  cacheHit?: StatisticDuration;
  /** `StatisticDuration cache_miss = 8` */
  cacheMiss?: StatisticDuration;
}
/** The message `InferResponseStatistics`: a plain object, and what encodes and decodes it. */
export abstract class InferResponseStatistics {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<InferResponseStatistics>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferResponseStatistics>;
}
/** The message `InferResponseStatistics` as a plain object. */
export interface InferResponseStatistics {
  /** `StatisticDuration compute_infer = 1` */
  computeInfer?: StatisticDuration;
  /** `StatisticDuration compute_output = 2` */
  computeOutput?: StatisticDuration;
  /** `StatisticDuration success = 3` */
  success?: StatisticDuration;
  /** `StatisticDuration fail = 4` */
  fail?: StatisticDuration;
  /** `StatisticDuration empty_response = 5` */
  emptyResponse?: StatisticDuration;
  /** `StatisticDuration cancel = 6` */
  cancel?: StatisticDuration;
}
/** The message `InferBatchStatistics`: a plain object, and what encodes and decodes it. */
export abstract class InferBatchStatistics {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<InferBatchStatistics>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferBatchStatistics>;
}
/** The message `InferBatchStatistics` as a plain object. */
export interface InferBatchStatistics {
  /** `uint64 batch_size = 1` */
  batchSize?: bigint;
  /** `StatisticDuration compute_input = 2` */
  computeInput?: StatisticDuration;
  /** `StatisticDuration compute_infer = 3` */
  computeInfer?: StatisticDuration;
  /** `StatisticDuration compute_output = 4` */
  computeOutput?: StatisticDuration;
}
/** The message `MemoryUsage`: a plain object, and what encodes and decodes it. */
export abstract class MemoryUsage {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<MemoryUsage>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<MemoryUsage>;
}
/** The message `MemoryUsage` as a plain object. */
export interface MemoryUsage {
  /** `string type = 1` */
  type?: string;
  /** `int64 id = 2` */
  id?: bigint;
  /** `uint64 byte_size = 3` */
  byteSize?: bigint;
}
/** The message `ModelStatistics`: a plain object, and what encodes and decodes it. */
export abstract class ModelStatistics {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelStatistics>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelStatistics>;
}
/** The message `ModelStatistics` as a plain object. */
export interface ModelStatistics {
  /** `string name = 1` */
  name?: string;
  /** `string version = 2` */
  version?: string;
  /** `uint64 last_inference = 3` */
  lastInference?: bigint;
  /** `uint64 inference_count = 4` */
  inferenceCount?: bigint;
  /** `uint64 execution_count = 5` */
  executionCount?: bigint;
  /** `InferStatistics inference_stats = 6` */
  inferenceStats?: InferStatistics;
  /** `repeated InferBatchStatistics batch_stats = 7` */
  batchStats?: InferBatchStatistics[];
  /** `repeated MemoryUsage memory_usage = 8` */
  memoryUsage?: MemoryUsage[];
  /** `map<string, InferResponseStatistics> response_stats = 9` */
  responseStats?: { [key: string]: InferResponseStatistics };
}
/** The message `ModelStatisticsResponse`: a plain object, and what encodes and decodes it. */
export abstract class ModelStatisticsResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelStatisticsResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelStatisticsResponse>;
}
/** The message `ModelStatisticsResponse` as a plain object. */
export interface ModelStatisticsResponse {
  /** `repeated ModelStatistics model_stats = 1` */
  modelStats?: ModelStatistics[];
}
/** The message `ModelRepositoryParameter`: a plain object, and what encodes and decodes it. */
export abstract class ModelRepositoryParameter {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelRepositoryParameter>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelRepositoryParameter>;
}
/** The message `ModelRepositoryParameter` as a plain object. */
export interface ModelRepositoryParameter {
  /** `bool bool_param = 1` */
  boolParam?: boolean | null;
  /** `int64 int64_param = 2` */
  int64Param?: bigint | null;
  /** `string string_param = 3` */
  stringParam?: string | null;
  /** `bytes bytes_param = 4` */
  bytesParam?: Uint8Array | null;
}
/** The message `RepositoryIndexRequest`: a plain object, and what encodes and decodes it. */
export abstract class RepositoryIndexRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<RepositoryIndexRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryIndexRequest>;
}
/** The message `RepositoryIndexRequest` as a plain object. */
export interface RepositoryIndexRequest {
  /** `string repository_name = 1` */
  repositoryName?: string;
  /** `bool ready = 2` */
  ready?: boolean;
}
/** The message `RepositoryIndexResponse`: a plain object, and what encodes and decodes it. */
export abstract class RepositoryIndexResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<RepositoryIndexResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryIndexResponse>;
}
/** The message `RepositoryIndexResponse` as a plain object. */
export interface RepositoryIndexResponse {
  /** `repeated RepositoryIndexResponse.ModelIndex models = 1` */
  models?: RepositoryIndexResponse.ModelIndex[];
}
/** What belongs to the message `RepositoryIndexResponse`. */
export namespace RepositoryIndexResponse {
  /** The message `RepositoryIndexResponse.ModelIndex`: a plain object, and what encodes and decodes it. */
  export abstract class ModelIndex {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<ModelIndex>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<ModelIndex>;
  }
  /** The message `RepositoryIndexResponse.ModelIndex` as a plain object. */
  export interface ModelIndex {
    /** `string name = 1` */
    name?: string;
    /** `string version = 2` */
    version?: string;
    /** `string state = 3` */
    state?: string;
    /** `string reason = 4` */
    reason?: string;
  }
}
/** The message `RepositoryModelLoadRequest`: a plain object, and what encodes and decodes it. */
export abstract class RepositoryModelLoadRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<RepositoryModelLoadRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryModelLoadRequest>;
}
/** The message `RepositoryModelLoadRequest` as a plain object. */
export interface RepositoryModelLoadRequest {
  /** `string repository_name = 1` */
  repositoryName?: string;
  /** `string model_name = 2` */
  modelName?: string;
  /** `map<string, ModelRepositoryParameter> parameters = 3` */
  parameters?: { [key: string]: ModelRepositoryParameter };
}
/** The message `RepositoryModelLoadResponse`: a plain object, and what encodes and decodes it. */
export abstract class RepositoryModelLoadResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<RepositoryModelLoadResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryModelLoadResponse>;
}
/** The message `RepositoryModelLoadResponse` as a plain object. */
export interface RepositoryModelLoadResponse {
}
/** The message `RepositoryModelUnloadRequest`: a plain object, and what encodes and decodes it. */
export abstract class RepositoryModelUnloadRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<RepositoryModelUnloadRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryModelUnloadRequest>;
}
/** The message `RepositoryModelUnloadRequest` as a plain object. */
export interface RepositoryModelUnloadRequest {
  /** `string repository_name = 1` */
  repositoryName?: string;
  /** `string model_name = 2` */
  modelName?: string;
  /** `map<string, ModelRepositoryParameter> parameters = 3` */
  parameters?: { [key: string]: ModelRepositoryParameter };
}
/** The message `RepositoryModelUnloadResponse`: a plain object, and what encodes and decodes it. */
export abstract class RepositoryModelUnloadResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<RepositoryModelUnloadResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryModelUnloadResponse>;
}
/** The message `RepositoryModelUnloadResponse` as a plain object. */
export interface RepositoryModelUnloadResponse {
}
/** The message `SystemSharedMemoryStatusRequest`: a plain object, and what encodes and decodes it. */
export abstract class SystemSharedMemoryStatusRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<SystemSharedMemoryStatusRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryStatusRequest>;
}
/** The message `SystemSharedMemoryStatusRequest` as a plain object. */
export interface SystemSharedMemoryStatusRequest {
  /** `string name = 1` */
  name?: string;
}
/** The message `SystemSharedMemoryStatusResponse`: a plain object, and what encodes and decodes it. */
export abstract class SystemSharedMemoryStatusResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<SystemSharedMemoryStatusResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryStatusResponse>;
}
/** The message `SystemSharedMemoryStatusResponse` as a plain object. */
export interface SystemSharedMemoryStatusResponse {
  /** `map<string, SystemSharedMemoryStatusResponse.RegionStatus> regions = 1` */
  regions?: { [key: string]: SystemSharedMemoryStatusResponse.RegionStatus };
}
/** What belongs to the message `SystemSharedMemoryStatusResponse`. */
export namespace SystemSharedMemoryStatusResponse {
  /** The message `SystemSharedMemoryStatusResponse.RegionStatus`: a plain object, and what encodes and decodes it. */
  export abstract class RegionStatus {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<RegionStatus>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<RegionStatus>;
  }
  /** The message `SystemSharedMemoryStatusResponse.RegionStatus` as a plain object. */
  export interface RegionStatus {
    /** `string name = 1` */
    name?: string;
    /** `string key = 2` */
    key?: string;
    /** `uint64 offset = 3` */
    offset?: bigint;
    /** `uint64 byte_size = 4` */
    byteSize?: bigint;
  }
}
/** The message `SystemSharedMemoryRegisterRequest`: a plain object, and what encodes and decodes it. */
export abstract class SystemSharedMemoryRegisterRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<SystemSharedMemoryRegisterRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryRegisterRequest>;
}
/** The message `SystemSharedMemoryRegisterRequest` as a plain object. */
export interface SystemSharedMemoryRegisterRequest {
  /** `string name = 1` */
  name?: string;
  /** `string key = 2` */
  key?: string;
  /** `uint64 offset = 3` */
  offset?: bigint;
  /** `uint64 byte_size = 4` */
  byteSize?: bigint;
}
/** The message `SystemSharedMemoryRegisterResponse`: a plain object, and what encodes and decodes it. */
export abstract class SystemSharedMemoryRegisterResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<SystemSharedMemoryRegisterResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryRegisterResponse>;
}
/** The message `SystemSharedMemoryRegisterResponse` as a plain object. */
export interface SystemSharedMemoryRegisterResponse {
}
/** The message `SystemSharedMemoryUnregisterRequest`: a plain object, and what encodes and decodes it. */
export abstract class SystemSharedMemoryUnregisterRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<SystemSharedMemoryUnregisterRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryUnregisterRequest>;
}
/** The message `SystemSharedMemoryUnregisterRequest` as a plain object. */
export interface SystemSharedMemoryUnregisterRequest {
  /** `string name = 1` */
  name?: string;
}
/** The message `SystemSharedMemoryUnregisterResponse`: a plain object, and what encodes and decodes it. */
export abstract class SystemSharedMemoryUnregisterResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<SystemSharedMemoryUnregisterResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryUnregisterResponse>;
}
/** The message `SystemSharedMemoryUnregisterResponse` as a plain object. */
export interface SystemSharedMemoryUnregisterResponse {
}
/** The message `CudaSharedMemoryStatusRequest`: a plain object, and what encodes and decodes it. */
export abstract class CudaSharedMemoryStatusRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<CudaSharedMemoryStatusRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryStatusRequest>;
}
/** The message `CudaSharedMemoryStatusRequest` as a plain object. */
export interface CudaSharedMemoryStatusRequest {
  /** `string name = 1` */
  name?: string;
}
/** The message `CudaSharedMemoryStatusResponse`: a plain object, and what encodes and decodes it. */
export abstract class CudaSharedMemoryStatusResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<CudaSharedMemoryStatusResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryStatusResponse>;
}
/** The message `CudaSharedMemoryStatusResponse` as a plain object. */
export interface CudaSharedMemoryStatusResponse {
  /** `map<string, CudaSharedMemoryStatusResponse.RegionStatus> regions = 1` */
  regions?: { [key: string]: CudaSharedMemoryStatusResponse.RegionStatus };
}
/** What belongs to the message `CudaSharedMemoryStatusResponse`. */
export namespace CudaSharedMemoryStatusResponse {
  /** The message `CudaSharedMemoryStatusResponse.RegionStatus`: a plain object, and what encodes and decodes it. */
  export abstract class RegionStatus {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<RegionStatus>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<RegionStatus>;
  }
  /** The message `CudaSharedMemoryStatusResponse.RegionStatus` as a plain object. */
  export interface RegionStatus {
    /** `string name = 1` */
    name?: string;
    /** `uint64 device_id = 2` */
    deviceId?: bigint;
    /** `uint64 byte_size = 3` */
    byteSize?: bigint;
  }
}
/** The message `CudaSharedMemoryRegisterRequest`: a plain object, and what encodes and decodes it. */
export abstract class CudaSharedMemoryRegisterRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<CudaSharedMemoryRegisterRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryRegisterRequest>;
}
/** The message `CudaSharedMemoryRegisterRequest` as a plain object. */
export interface CudaSharedMemoryRegisterRequest {
  /** `string name = 1` */
  name?: string;
  /** `bytes raw_handle = 2` */
  rawHandle?: Uint8Array;
  /** `int64 device_id = 3` */
  deviceId?: bigint;
  /** `uint64 byte_size = 4` */
  byteSize?: bigint;
}
/** The message `CudaSharedMemoryRegisterResponse`: a plain object, and what encodes and decodes it. */
export abstract class CudaSharedMemoryRegisterResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<CudaSharedMemoryRegisterResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryRegisterResponse>;
}
/** The message `CudaSharedMemoryRegisterResponse` as a plain object. */
export interface CudaSharedMemoryRegisterResponse {
}
/** The message `CudaSharedMemoryUnregisterRequest`: a plain object, and what encodes and decodes it. */
export abstract class CudaSharedMemoryUnregisterRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<CudaSharedMemoryUnregisterRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryUnregisterRequest>;
}
/** The message `CudaSharedMemoryUnregisterRequest` as a plain object. */
export interface CudaSharedMemoryUnregisterRequest {
  /** `string name = 1` */
  name?: string;
}
/** The message `CudaSharedMemoryUnregisterResponse`: a plain object, and what encodes and decodes it. */
export abstract class CudaSharedMemoryUnregisterResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<CudaSharedMemoryUnregisterResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryUnregisterResponse>;
}
/** The message `CudaSharedMemoryUnregisterResponse` as a plain object. */
export interface CudaSharedMemoryUnregisterResponse {
}
/** The message `TraceSettingRequest`: a plain object, and what encodes and decodes it. */
export abstract class TraceSettingRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<TraceSettingRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<TraceSettingRequest>;
}
/** The message `TraceSettingRequest` as a plain object. */
export interface TraceSettingRequest {
  /** `map<string, TraceSettingRequest.SettingValue> settings = 1` */
  settings?: { [key: string]: TraceSettingRequest.SettingValue };
  /** `string model_name = 2` */
  modelName?: string;
}
/** What belongs to the message `TraceSettingRequest`. */
export namespace TraceSettingRequest {
  /** The message `TraceSettingRequest.SettingValue`: a plain object, and what encodes and decodes it. */
  export abstract class SettingValue {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<SettingValue>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<SettingValue>;
  }
  /** The message `TraceSettingRequest.SettingValue` as a plain object. */
  export interface SettingValue {
    /** `repeated string value = 1` */
    value?: string[];
  }
}
/** The message `TraceSettingResponse`: a plain object, and what encodes and decodes it. */
export abstract class TraceSettingResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<TraceSettingResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<TraceSettingResponse>;
}
/** The message `TraceSettingResponse` as a plain object. */
export interface TraceSettingResponse {
  /** `map<string, TraceSettingResponse.SettingValue> settings = 1` */
  settings?: { [key: string]: TraceSettingResponse.SettingValue };
}
/** What belongs to the message `TraceSettingResponse`. */
export namespace TraceSettingResponse {
  /** The message `TraceSettingResponse.SettingValue`: a plain object, and what encodes and decodes it. */
  export abstract class SettingValue {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<SettingValue>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<SettingValue>;
  }
  /** The message `TraceSettingResponse.SettingValue` as a plain object. */
  export interface SettingValue {
    /** `repeated string value = 1` */
    value?: string[];
  }
}
/** The message `LogSettingsRequest`: a plain object, and what encodes and decodes it. */
export abstract class LogSettingsRequest {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<LogSettingsRequest>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<LogSettingsRequest>;
}
/** The message `LogSettingsRequest` as a plain object. */
export interface LogSettingsRequest {
  /** `map<string, LogSettingsRequest.SettingValue> settings = 1` */
  settings?: { [key: string]: LogSettingsRequest.SettingValue };
}
/** What belongs to the message `LogSettingsRequest`. */
export namespace LogSettingsRequest {
  /** The message `LogSettingsRequest.SettingValue`: a plain object, and what encodes and decodes it. */
  export abstract class SettingValue {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<SettingValue>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<SettingValue>;
  }
  /** The message `LogSettingsRequest.SettingValue` as a plain object. */
  export interface SettingValue {
    /** `bool bool_param = 1` */
    boolParam?: boolean | null;
    /** `uint32 uint32_param = 2` */
    uint32Param?: number | null;
    /** `string string_param = 3` */
    stringParam?: string | null;
  }
}
/** The message `LogSettingsResponse`: a plain object, and what encodes and decodes it. */
export abstract class LogSettingsResponse {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<LogSettingsResponse>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<LogSettingsResponse>;
}
/** The message `LogSettingsResponse` as a plain object. */
export interface LogSettingsResponse {
  /** `map<string, LogSettingsResponse.SettingValue> settings = 1` */
  settings?: { [key: string]: LogSettingsResponse.SettingValue };
}
/** What belongs to the message `LogSettingsResponse`. */
export namespace LogSettingsResponse {
  /** The message `LogSettingsResponse.SettingValue`: a plain object, and what encodes and decodes it. */
  export abstract class SettingValue {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<SettingValue>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<SettingValue>;
  }
  /** The message `LogSettingsResponse.SettingValue` as a plain object. */
  export interface SettingValue {
    /** `bool bool_param = 1` */
    boolParam?: boolean | null;
    /** `uint32 uint32_param = 2` */
    uint32Param?: number | null;
    /** `string string_param = 3` */
    stringParam?: string | null;
  }
}
/** The message `ModelRateLimiter`: a plain object, and what encodes and decodes it. */
export abstract class ModelRateLimiter {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelRateLimiter>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelRateLimiter>;
}
/** The message `ModelRateLimiter` as a plain object. */
export interface ModelRateLimiter {
  /** `repeated ModelRateLimiter.Resource resources = 1` */
  resources?: ModelRateLimiter.Resource[];
  /** `uint32 priority = 2` */
  priority?: number;
}
/** What belongs to the message `ModelRateLimiter`. */
export namespace ModelRateLimiter {
  /** The message `ModelRateLimiter.Resource`: a plain object, and what encodes and decodes it. */
  export abstract class Resource {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Resource>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Resource>;
  }
  /** The message `ModelRateLimiter.Resource` as a plain object. */
  export interface Resource {
    /** `string name = 1` */
    name?: string;
    /** `bool global = 2` */
    global?: boolean;
    /** `uint32 count = 3` */
    count?: number;
  }
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
  /** `repeated string profile = 5` */
  profile?: string[];
  /** `ModelRateLimiter rate_limiter = 6` */
  rateLimiter?: ModelRateLimiter;
  /** `bool passive = 7` */
  passive?: boolean;
  /** `repeated ModelInstanceGroup.SecondaryDevice secondary_devices = 8` */
  secondaryDevices?: ModelInstanceGroup.SecondaryDevice[];
  /** `string host_policy = 9` */
  hostPolicy?: string;
}
/** What belongs to the message `ModelInstanceGroup`. */
export namespace ModelInstanceGroup {
  /** The message `ModelInstanceGroup.SecondaryDevice`: a plain object, and what encodes and decodes it. */
  export abstract class SecondaryDevice {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<SecondaryDevice>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<SecondaryDevice>;
  }
  /** The message `ModelInstanceGroup.SecondaryDevice` as a plain object. */
  export interface SecondaryDevice {
    /** `ModelInstanceGroup.SecondaryDevice.SecondaryDeviceKind kind = 1` */
    kind?: ModelInstanceGroup.SecondaryDevice.SecondaryDeviceKind;
    /** `int64 device_id = 2` */
    deviceId?: bigint;
  }
  /** What belongs to the message `ModelInstanceGroup.SecondaryDevice`. */
  export namespace SecondaryDevice {
    /** The enumeration `ModelInstanceGroup.SecondaryDevice.SecondaryDeviceKind`: its names; a number for a value that has none. */
    export type SecondaryDeviceKind =
      | "KIND_NVDLA"
      | number;
    /** The numbers of `ModelInstanceGroup.SecondaryDevice.SecondaryDeviceKind`. */
    export const SecondaryDeviceKind: {
      /** Number 0. */
      readonly KIND_NVDLA: 0;
    };
  }
  /** The enumeration `ModelInstanceGroup.Kind`: its names; a number for a value that has none. */
  export type Kind =
    | "KIND_AUTO"
    | "KIND_GPU"
    | "KIND_CPU"
    | "KIND_MODEL"
    | number;
  /** The numbers of `ModelInstanceGroup.Kind`. */
  export const Kind: {
    /** Number 0. */
    readonly KIND_AUTO: 0;
    /** Number 1. */
    readonly KIND_GPU: 1;
    /** Number 2. */
    readonly KIND_CPU: 2;
    /** Number 3. */
    readonly KIND_MODEL: 3;
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
  /** `bool is_shape_tensor = 6` */
  isShapeTensor?: boolean;
  /** `bool allow_ragged_batch = 7` */
  allowRaggedBatch?: boolean;
  /** `bool optional = 8` */
  optional?: boolean;
  /** `bool is_non_linear_format_io = 9` */
  isNonLinearFormatIo?: boolean;
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
  /** `bool is_shape_tensor = 6` */
  isShapeTensor?: boolean;
  /** `bool is_non_linear_format_io = 7` */
  isNonLinearFormatIo?: boolean;
}
/** The message `BatchInput`: a plain object, and what encodes and decodes it. */
export abstract class BatchInput {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<BatchInput>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<BatchInput>;
}
/** The message `BatchInput` as a plain object. */
export interface BatchInput {
  /** `BatchInput.Kind kind = 1` */
  kind?: BatchInput.Kind;
  /** `repeated string target_name = 2` */
  targetName?: string[];
  /** `DataType data_type = 3` */
  dataType?: DataType;
  /** `repeated string source_input = 4` */
  sourceInput?: string[];
}
/** What belongs to the message `BatchInput`. */
export namespace BatchInput {
  /** The enumeration `BatchInput.Kind`: its names; a number for a value that has none. */
  export type Kind =
    | "BATCH_ELEMENT_COUNT"
    | "BATCH_ACCUMULATED_ELEMENT_COUNT"
    | "BATCH_ACCUMULATED_ELEMENT_COUNT_WITH_ZERO"
    | "BATCH_MAX_ELEMENT_COUNT_AS_SHAPE"
    | "BATCH_ITEM_SHAPE"
    | "BATCH_ITEM_SHAPE_FLATTEN"
    | number;
  /** The numbers of `BatchInput.Kind`. */
  export const Kind: {
    /** Number 0. */
    readonly BATCH_ELEMENT_COUNT: 0;
    /** Number 1. */
    readonly BATCH_ACCUMULATED_ELEMENT_COUNT: 1;
    /** Number 2. */
    readonly BATCH_ACCUMULATED_ELEMENT_COUNT_WITH_ZERO: 2;
    /** Number 3. */
    readonly BATCH_MAX_ELEMENT_COUNT_AS_SHAPE: 3;
    /** Number 4. */
    readonly BATCH_ITEM_SHAPE: 4;
    /** Number 5. */
    readonly BATCH_ITEM_SHAPE_FLATTEN: 5;
  };
}
/** The message `BatchOutput`: a plain object, and what encodes and decodes it. */
export abstract class BatchOutput {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<BatchOutput>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<BatchOutput>;
}
/** The message `BatchOutput` as a plain object. */
export interface BatchOutput {
  /** `repeated string target_name = 1` */
  targetName?: string[];
  /** `BatchOutput.Kind kind = 2` */
  kind?: BatchOutput.Kind;
  /** `repeated string source_input = 3` */
  sourceInput?: string[];
}
/** What belongs to the message `BatchOutput`. */
export namespace BatchOutput {
  /** The enumeration `BatchOutput.Kind`: its names; a number for a value that has none. */
  export type Kind =
    | "BATCH_SCATTER_WITH_INPUT_SHAPE"
    | number;
  /** The numbers of `BatchOutput.Kind`. */
  export const Kind: {
    /** Number 0. */
    readonly BATCH_SCATTER_WITH_INPUT_SHAPE: 0;
  };
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
  /** `ModelOptimizationPolicy.ExecutionAccelerators execution_accelerators = 4` */
  executionAccelerators?: ModelOptimizationPolicy.ExecutionAccelerators;
  /** `ModelOptimizationPolicy.PinnedMemoryBuffer input_pinned_memory = 5` */
  inputPinnedMemory?: ModelOptimizationPolicy.PinnedMemoryBuffer;
  /** `ModelOptimizationPolicy.PinnedMemoryBuffer output_pinned_memory = 6` */
  outputPinnedMemory?: ModelOptimizationPolicy.PinnedMemoryBuffer;
  /** `uint32 gather_kernel_buffer_threshold = 7` */
  gatherKernelBufferThreshold?: number;
  /** `bool eager_batching = 8` */
  eagerBatching?: boolean;
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
    /** `bool busy_wait_events = 2` */
    busyWaitEvents?: boolean;
    /** `repeated ModelOptimizationPolicy.Cuda.GraphSpec graph_spec = 3` */
    graphSpec?: ModelOptimizationPolicy.Cuda.GraphSpec[];
    /** `bool output_copy_stream = 4` */
    outputCopyStream?: boolean;
  }
  /** What belongs to the message `ModelOptimizationPolicy.Cuda`. */
  export namespace Cuda {
    /** The message `ModelOptimizationPolicy.Cuda.GraphSpec`: a plain object, and what encodes and decodes it. */
    export abstract class GraphSpec {
      private constructor();
      /** Its fields. */
      static readonly $schema: MessageSchema;
      /** Writes it; `encodeMessage` does that from a plain object. */
      static encode(message: Message<GraphSpec>, writer?: Writer): Writer;
      /** Reads it; `decodeMessage` does that to a plain object. */
      static decode(reader: Reader | Uint8Array, length?: number): Message<GraphSpec>;
    }
    /** The message `ModelOptimizationPolicy.Cuda.GraphSpec` as a plain object. */
    export interface GraphSpec {
      /** `int32 batch_size = 1` */
      batchSize?: number;
      /** `map<string, ModelOptimizationPolicy.Cuda.GraphSpec.Shape> input = 2` */
      input?: { [key: string]: ModelOptimizationPolicy.Cuda.GraphSpec.Shape };
      /** `ModelOptimizationPolicy.Cuda.GraphSpec.LowerBound graph_lower_bound = 3` */
      graphLowerBound?: ModelOptimizationPolicy.Cuda.GraphSpec.LowerBound;
    }
    /** What belongs to the message `ModelOptimizationPolicy.Cuda.GraphSpec`. */
    export namespace GraphSpec {
      /** The message `ModelOptimizationPolicy.Cuda.GraphSpec.Shape`: a plain object, and what encodes and decodes it. */
      export abstract class Shape {
        private constructor();
        /** Its fields. */
        static readonly $schema: MessageSchema;
        /** Writes it; `encodeMessage` does that from a plain object. */
        static encode(message: Message<Shape>, writer?: Writer): Writer;
        /** Reads it; `decodeMessage` does that to a plain object. */
        static decode(reader: Reader | Uint8Array, length?: number): Message<Shape>;
      }
      /** The message `ModelOptimizationPolicy.Cuda.GraphSpec.Shape` as a plain object. */
      export interface Shape {
        /** `repeated int64 dim = 1` */
        dim?: bigint[];
      }
      /** The message `ModelOptimizationPolicy.Cuda.GraphSpec.LowerBound`: a plain object, and what encodes and decodes it. */
      export abstract class LowerBound {
        private constructor();
        /** Its fields. */
        static readonly $schema: MessageSchema;
        /** Writes it; `encodeMessage` does that from a plain object. */
        static encode(message: Message<LowerBound>, writer?: Writer): Writer;
        /** Reads it; `decodeMessage` does that to a plain object. */
        static decode(reader: Reader | Uint8Array, length?: number): Message<LowerBound>;
      }
      /** The message `ModelOptimizationPolicy.Cuda.GraphSpec.LowerBound` as a plain object. */
      export interface LowerBound {
        /** `int32 batch_size = 1` */
        batchSize?: number;
        /** `map<string, ModelOptimizationPolicy.Cuda.GraphSpec.Shape> input = 2` */
        input?: { [key: string]: ModelOptimizationPolicy.Cuda.GraphSpec.Shape };
      }
    }
  }
  /** The message `ModelOptimizationPolicy.ExecutionAccelerators`: a plain object, and what encodes and decodes it. */
  export abstract class ExecutionAccelerators {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<ExecutionAccelerators>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<ExecutionAccelerators>;
  }
  /** The message `ModelOptimizationPolicy.ExecutionAccelerators` as a plain object. */
  export interface ExecutionAccelerators {
    /** `repeated ModelOptimizationPolicy.ExecutionAccelerators.Accelerator gpu_execution_accelerator = 1` */
    gpuExecutionAccelerator?: ModelOptimizationPolicy.ExecutionAccelerators.Accelerator[];
    /** `repeated ModelOptimizationPolicy.ExecutionAccelerators.Accelerator cpu_execution_accelerator = 2` */
    cpuExecutionAccelerator?: ModelOptimizationPolicy.ExecutionAccelerators.Accelerator[];
  }
  /** What belongs to the message `ModelOptimizationPolicy.ExecutionAccelerators`. */
  export namespace ExecutionAccelerators {
    /** The message `ModelOptimizationPolicy.ExecutionAccelerators.Accelerator`: a plain object, and what encodes and decodes it. */
    export abstract class Accelerator {
      private constructor();
      /** Its fields. */
      static readonly $schema: MessageSchema;
      /** Writes it; `encodeMessage` does that from a plain object. */
      static encode(message: Message<Accelerator>, writer?: Writer): Writer;
      /** Reads it; `decodeMessage` does that to a plain object. */
      static decode(reader: Reader | Uint8Array, length?: number): Message<Accelerator>;
    }
    /** The message `ModelOptimizationPolicy.ExecutionAccelerators.Accelerator` as a plain object. */
    export interface Accelerator {
      /** `string name = 1` */
      name?: string;
      /** `map<string, string> parameters = 2` */
      parameters?: { [key: string]: string };
    }
  }
  /** The message `ModelOptimizationPolicy.PinnedMemoryBuffer`: a plain object, and what encodes and decodes it. */
  export abstract class PinnedMemoryBuffer {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<PinnedMemoryBuffer>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<PinnedMemoryBuffer>;
  }
  /** The message `ModelOptimizationPolicy.PinnedMemoryBuffer` as a plain object. */
  export interface PinnedMemoryBuffer {
    /** `bool enable = 1` */
    enable?: boolean;
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
/** The message `ModelQueuePolicy`: a plain object, and what encodes and decodes it. */
export abstract class ModelQueuePolicy {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelQueuePolicy>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelQueuePolicy>;
}
/** The message `ModelQueuePolicy` as a plain object. */
export interface ModelQueuePolicy {
  /** `ModelQueuePolicy.TimeoutAction timeout_action = 1` */
  timeoutAction?: ModelQueuePolicy.TimeoutAction;
  /** `uint64 default_timeout_microseconds = 2` */
  defaultTimeoutMicroseconds?: bigint;
  /** `bool allow_timeout_override = 3` */
  allowTimeoutOverride?: boolean;
  /** `uint32 max_queue_size = 4` */
  maxQueueSize?: number;
}
/** What belongs to the message `ModelQueuePolicy`. */
export namespace ModelQueuePolicy {
  /** The enumeration `ModelQueuePolicy.TimeoutAction`: its names; a number for a value that has none. */
  export type TimeoutAction =
    | "REJECT"
    | "DELAY"
    | number;
  /** The numbers of `ModelQueuePolicy.TimeoutAction`. */
  export const TimeoutAction: {
    /** Number 0. */
    readonly REJECT: 0;
    /** Number 1. */
    readonly DELAY: 1;
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
  /** `bool preserve_ordering = 3` */
  preserveOrdering?: boolean;
  /** `uint64 priority_levels = 4` */
  priorityLevels?: bigint;
  /** `uint64 default_priority_level = 5` */
  defaultPriorityLevel?: bigint;
  /** `ModelQueuePolicy default_queue_policy = 6` */
  defaultQueuePolicy?: ModelQueuePolicy;
  /** `map<uint64, ModelQueuePolicy> priority_queue_policy = 7` */
  priorityQueuePolicy?: { [key: string]: ModelQueuePolicy };
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
  /** `ModelSequenceBatching.StrategyDirect direct = 3` */
  direct?: ModelSequenceBatching.StrategyDirect | null;
  /** `ModelSequenceBatching.StrategyOldest oldest = 4` */
  oldest?: ModelSequenceBatching.StrategyOldest | null;
  /** `repeated ModelSequenceBatching.State state = 5` */
  state?: ModelSequenceBatching.State[];
  /** `bool iterative_sequence = 6` */
  iterativeSequence?: boolean;
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
    /** `DataType data_type = 4` */
    dataType?: DataType;
    /** `repeated bool bool_false_true = 5` */
    boolFalseTrue?: boolean[];
  }
  /** What belongs to the message `ModelSequenceBatching.Control`. */
  export namespace Control {
    /** The enumeration `ModelSequenceBatching.Control.Kind`: its names; a number for a value that has none. */
    export type Kind =
      | "CONTROL_SEQUENCE_START"
      | "CONTROL_SEQUENCE_READY"
      | "CONTROL_SEQUENCE_END"
      | "CONTROL_SEQUENCE_CORRID"
      | number;
    /** The numbers of `ModelSequenceBatching.Control.Kind`. */
    export const Kind: {
      /** Number 0. */
      readonly CONTROL_SEQUENCE_START: 0;
      /** Number 1. */
      readonly CONTROL_SEQUENCE_READY: 1;
      /** Number 2. */
      readonly CONTROL_SEQUENCE_END: 2;
      /** Number 3. */
      readonly CONTROL_SEQUENCE_CORRID: 3;
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
  /** The message `ModelSequenceBatching.InitialState`: a plain object, and what encodes and decodes it. */
  export abstract class InitialState {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<InitialState>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<InitialState>;
  }
  /** The message `ModelSequenceBatching.InitialState` as a plain object. */
  export interface InitialState {
    /** `DataType data_type = 1` */
    dataType?: DataType;
    /** `repeated int64 dims = 2` */
    dims?: bigint[];
    /** `bool zero_data = 3` */
    zeroData?: boolean | null;
    /** `string data_file = 4` */
    dataFile?: string | null;
    /** `string name = 5` */
    name?: string;
  }
  /** The message `ModelSequenceBatching.State`: a plain object, and what encodes and decodes it. */
  export abstract class State {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<State>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<State>;
  }
  /** The message `ModelSequenceBatching.State` as a plain object. */
  export interface State {
    /** `string input_name = 1` */
    inputName?: string;
    /** `string output_name = 2` */
    outputName?: string;
    /** `DataType data_type = 3` */
    dataType?: DataType;
    /** `repeated int64 dims = 4` */
    dims?: bigint[];
    /** `repeated ModelSequenceBatching.InitialState initial_state = 5` */
    initialState?: ModelSequenceBatching.InitialState[];
    /** `bool use_same_buffer_for_input_output = 6` */
    useSameBufferForInputOutput?: boolean;
    /** `bool use_growable_memory = 7` */
    useGrowableMemory?: boolean;
  }
  /** The message `ModelSequenceBatching.StrategyDirect`: a plain object, and what encodes and decodes it. */
  export abstract class StrategyDirect {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<StrategyDirect>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<StrategyDirect>;
  }
  /** The message `ModelSequenceBatching.StrategyDirect` as a plain object. */
  export interface StrategyDirect {
    /** `uint64 max_queue_delay_microseconds = 1` */
    maxQueueDelayMicroseconds?: bigint;
    /** `float minimum_slot_utilization = 2` */
    minimumSlotUtilization?: number;
  }
  /** The message `ModelSequenceBatching.StrategyOldest`: a plain object, and what encodes and decodes it. */
  export abstract class StrategyOldest {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<StrategyOldest>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<StrategyOldest>;
  }
  /** The message `ModelSequenceBatching.StrategyOldest` as a plain object. */
  export interface StrategyOldest {
    /** `int32 max_candidate_sequences = 1` */
    maxCandidateSequences?: number;
    /** `repeated int32 preferred_batch_size = 2` */
    preferredBatchSize?: number[];
    /** `uint64 max_queue_delay_microseconds = 3` */
    maxQueueDelayMicroseconds?: bigint;
    /** `bool preserve_ordering = 4` */
    preserveOrdering?: boolean;
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
  /** `uint32 max_inflight_requests = 2` */
  maxInflightRequests?: number;
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
    /** `string model_namespace = 5` */
    modelNamespace?: string;
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
/** The message `ModelWarmup`: a plain object, and what encodes and decodes it. */
export abstract class ModelWarmup {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelWarmup>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelWarmup>;
}
/** The message `ModelWarmup` as a plain object. */
export interface ModelWarmup {
  /** `string name = 1` */
  name?: string;
  /** `uint32 batch_size = 2` */
  batchSize?: number;
  /** `map<string, ModelWarmup.Input> inputs = 3` */
  inputs?: { [key: string]: ModelWarmup.Input };
  /** `uint32 count = 4` */
  count?: number;
}
/** What belongs to the message `ModelWarmup`. */
export namespace ModelWarmup {
  /** The message `ModelWarmup.Input`: a plain object, and what encodes and decodes it. */
  export abstract class Input {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Input>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Input>;
  }
  /** The message `ModelWarmup.Input` as a plain object. */
  export interface Input {
    /** `DataType data_type = 1` */
    dataType?: DataType;
    /** `repeated int64 dims = 2` */
    dims?: bigint[];
    /** `bool zero_data = 3` */
    zeroData?: boolean | null;
    /** `bool random_data = 4` */
    randomData?: boolean | null;
    /** `string input_data_file = 5` */
    inputDataFile?: string | null;
  }
}
/** The message `ModelOperations`: a plain object, and what encodes and decodes it. */
export abstract class ModelOperations {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelOperations>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelOperations>;
}
/** The message `ModelOperations` as a plain object. */
export interface ModelOperations {
  /** `repeated string op_library_filename = 1` */
  opLibraryFilename?: string[];
}
/** The message `ModelTransactionPolicy`: a plain object, and what encodes and decodes it. */
export abstract class ModelTransactionPolicy {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelTransactionPolicy>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelTransactionPolicy>;
}
/** The message `ModelTransactionPolicy` as a plain object. */
export interface ModelTransactionPolicy {
  /** `bool decoupled = 1` */
  decoupled?: boolean;
}
/** The message `ModelRepositoryAgents`: a plain object, and what encodes and decodes it. */
export abstract class ModelRepositoryAgents {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelRepositoryAgents>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelRepositoryAgents>;
}
/** The message `ModelRepositoryAgents` as a plain object. */
export interface ModelRepositoryAgents {
  /** `repeated ModelRepositoryAgents.Agent agents = 1` */
  agents?: ModelRepositoryAgents.Agent[];
}
/** What belongs to the message `ModelRepositoryAgents`. */
export namespace ModelRepositoryAgents {
  /** The message `ModelRepositoryAgents.Agent`: a plain object, and what encodes and decodes it. */
  export abstract class Agent {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<Agent>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<Agent>;
  }
  /** The message `ModelRepositoryAgents.Agent` as a plain object. */
  export interface Agent {
    /** `string name = 1` */
    name?: string;
    /** `map<string, string> parameters = 2` */
    parameters?: { [key: string]: string };
  }
}
/** The message `ModelResponseCache`: a plain object, and what encodes and decodes it. */
export abstract class ModelResponseCache {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelResponseCache>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelResponseCache>;
}
/** The message `ModelResponseCache` as a plain object. */
export interface ModelResponseCache {
  /** `bool enable = 1` */
  enable?: boolean;
}
/** The message `ModelMetrics`: a plain object, and what encodes and decodes it. */
export abstract class ModelMetrics {
  private constructor();
  /** Its fields. */
  static readonly $schema: MessageSchema;
  /** Writes it; `encodeMessage` does that from a plain object. */
  static encode(message: Message<ModelMetrics>, writer?: Writer): Writer;
  /** Reads it; `decodeMessage` does that to a plain object. */
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelMetrics>;
}
/** The message `ModelMetrics` as a plain object. */
export interface ModelMetrics {
  /** `repeated ModelMetrics.MetricControl metric_control = 1` */
  metricControl?: ModelMetrics.MetricControl[];
}
/** What belongs to the message `ModelMetrics`. */
export namespace ModelMetrics {
  /** The message `ModelMetrics.MetricControl`: a plain object, and what encodes and decodes it. */
  export abstract class MetricControl {
    private constructor();
    /** Its fields. */
    static readonly $schema: MessageSchema;
    /** Writes it; `encodeMessage` does that from a plain object. */
    static encode(message: Message<MetricControl>, writer?: Writer): Writer;
    /** Reads it; `decodeMessage` does that to a plain object. */
    static decode(reader: Reader | Uint8Array, length?: number): Message<MetricControl>;
  }
  /** The message `ModelMetrics.MetricControl` as a plain object. */
  export interface MetricControl {
    /** `ModelMetrics.MetricControl.MetricIdentifier metric_identifier = 1` */
    metricIdentifier?: ModelMetrics.MetricControl.MetricIdentifier;
    /** `ModelMetrics.MetricControl.HistogramOptions histogram_options = 2` */
    histogramOptions?: ModelMetrics.MetricControl.HistogramOptions | null;
  }
  /** What belongs to the message `ModelMetrics.MetricControl`. */
  export namespace MetricControl {
    /** The message `ModelMetrics.MetricControl.MetricIdentifier`: a plain object, and what encodes and decodes it. */
    export abstract class MetricIdentifier {
      private constructor();
      /** Its fields. */
      static readonly $schema: MessageSchema;
      /** Writes it; `encodeMessage` does that from a plain object. */
      static encode(message: Message<MetricIdentifier>, writer?: Writer): Writer;
      /** Reads it; `decodeMessage` does that to a plain object. */
      static decode(reader: Reader | Uint8Array, length?: number): Message<MetricIdentifier>;
    }
    /** The message `ModelMetrics.MetricControl.MetricIdentifier` as a plain object. */
    export interface MetricIdentifier {
      /** `string family = 1` */
      family?: string;
    }
    /** The message `ModelMetrics.MetricControl.HistogramOptions`: a plain object, and what encodes and decodes it. */
    export abstract class HistogramOptions {
      private constructor();
      /** Its fields. */
      static readonly $schema: MessageSchema;
      /** Writes it; `encodeMessage` does that from a plain object. */
      static encode(message: Message<HistogramOptions>, writer?: Writer): Writer;
      /** Reads it; `decodeMessage` does that to a plain object. */
      static decode(reader: Reader | Uint8Array, length?: number): Message<HistogramOptions>;
    }
    /** The message `ModelMetrics.MetricControl.HistogramOptions` as a plain object. */
    export interface HistogramOptions {
      /** `repeated double buckets = 1` */
      buckets?: number[];
    }
  }
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
  /** `repeated ModelWarmup model_warmup = 16` */
  modelWarmup?: ModelWarmup[];
  /** `string backend = 17` */
  backend?: string;
  /** `ModelOperations model_operations = 18` */
  modelOperations?: ModelOperations;
  /** `ModelTransactionPolicy model_transaction_policy = 19` */
  modelTransactionPolicy?: ModelTransactionPolicy;
  /** `repeated BatchInput batch_input = 20` */
  batchInput?: BatchInput[];
  /** `repeated BatchOutput batch_output = 21` */
  batchOutput?: BatchOutput[];
  /** `ModelRepositoryAgents model_repository_agents = 23` */
  modelRepositoryAgents?: ModelRepositoryAgents;
  /** `ModelResponseCache response_cache = 24` */
  responseCache?: ModelResponseCache;
  /** `string runtime = 25` */
  runtime?: string;
  /** `ModelMetrics model_metrics = 26` */
  modelMetrics?: ModelMetrics;
}
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
  | "TYPE_BF16"
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
  /** Number 14. */
  readonly TYPE_BF16: 14;
};