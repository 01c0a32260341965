// Made by scripts/generate_proto.ts from proto/v2; do not edit.
import type { Reader, Writer } from "protobufjs/minimal.js";
import type { Message } from "../../message.ts";
import type { MessageSchema } from "../../schema.ts";

export abstract class ServerLiveRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ServerLiveRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerLiveRequest>;
}
export interface ServerLiveRequest {
}
export abstract class ServerLiveResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ServerLiveResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerLiveResponse>;
}
export interface ServerLiveResponse {
  live?: boolean;
}
export abstract class ServerReadyRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ServerReadyRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerReadyRequest>;
}
export interface ServerReadyRequest {
}
export abstract class ServerReadyResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ServerReadyResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerReadyResponse>;
}
export interface ServerReadyResponse {
  ready?: boolean;
}
export abstract class ModelReadyRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelReadyRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelReadyRequest>;
}
export interface ModelReadyRequest {
  name?: string;
  version?: string;
}
export abstract class ModelReadyResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelReadyResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelReadyResponse>;
}
export interface ModelReadyResponse {
  ready?: boolean;
}
export abstract class ServerMetadataRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ServerMetadataRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerMetadataRequest>;
}
export interface ServerMetadataRequest {
}
export abstract class ServerMetadataResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ServerMetadataResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ServerMetadataResponse>;
}
export interface ServerMetadataResponse {
  name?: string;
  version?: string;
  extensions?: string[];
}
export abstract class ModelMetadataRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelMetadataRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelMetadataRequest>;
}
export interface ModelMetadataRequest {
  name?: string;
  version?: string;
}
export abstract class ModelMetadataResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelMetadataResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelMetadataResponse>;
}
export interface ModelMetadataResponse {
  name?: string;
  versions?: string[];
  platform?: string;
  inputs?: ModelMetadataResponse.TensorMetadata[];
  outputs?: ModelMetadataResponse.TensorMetadata[];
}
export namespace ModelMetadataResponse {
  export abstract class TensorMetadata {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<TensorMetadata>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<TensorMetadata>;
  }
  export interface TensorMetadata {
    name?: string;
    datatype?: string;
    shape?: bigint[];
  }
}
export abstract class InferParameter {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<InferParameter>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferParameter>;
}
export interface InferParameter {
  boolParam?: boolean | null;
  int64Param?: bigint | null;
  stringParam?: string | null;
  doubleParam?: number | null;
  uint64Param?: bigint | null;
}
export abstract class InferTensorContents {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<InferTensorContents>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferTensorContents>;
}
export interface InferTensorContents {
  boolContents?: boolean[];
  intContents?: number[];
  int64Contents?: bigint[];
  uintContents?: number[];
  uint64Contents?: bigint[];
  fp32Contents?: number[];
  fp64Contents?: number[];
  bytesContents?: Uint8Array[];
}
export abstract class ModelInferRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelInferRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelInferRequest>;
}
export interface ModelInferRequest {
  modelName?: string;
  modelVersion?: string;
  id?: string;
  parameters?: { [key: string]: InferParameter };
  inputs?: ModelInferRequest.InferInputTensor[];
  outputs?: ModelInferRequest.InferRequestedOutputTensor[];
  rawInputContents?: Uint8Array[];
}
export namespace ModelInferRequest {
  export abstract class InferInputTensor {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<InferInputTensor>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<InferInputTensor>;
  }
  export interface InferInputTensor {
    name?: string;
    datatype?: string;
    shape?: bigint[];
    parameters?: { [key: string]: InferParameter };
    contents?: InferTensorContents;
  }
  export abstract class InferRequestedOutputTensor {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<InferRequestedOutputTensor>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<InferRequestedOutputTensor>;
  }
  export interface InferRequestedOutputTensor {
    name?: string;
    parameters?: { [key: string]: InferParameter };
  }
}
export abstract class ModelInferResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelInferResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelInferResponse>;
}
export interface ModelInferResponse {
  modelName?: string;
  modelVersion?: string;
  id?: string;
  parameters?: { [key: string]: InferParameter };
  outputs?: ModelInferResponse.InferOutputTensor[];
  rawOutputContents?: Uint8Array[];
}
export namespace ModelInferResponse {
  export abstract class InferOutputTensor {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<InferOutputTensor>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<InferOutputTensor>;
  }
  export interface InferOutputTensor {
    name?: string;
    datatype?: string;
    shape?: bigint[];
    parameters?: { [key: string]: InferParameter };
    contents?: InferTensorContents;
  }
}
export abstract class ModelStreamInferResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelStreamInferResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelStreamInferResponse>;
}
export interface ModelStreamInferResponse {
  errorMessage?: string;
  inferResponse?: ModelInferResponse;
}
export abstract class ModelConfigRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelConfigRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelConfigRequest>;
}
export interface ModelConfigRequest {
  name?: string;
  version?: string;
}
export abstract class ModelConfigResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelConfigResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelConfigResponse>;
}
export interface ModelConfigResponse {
  config?: ModelConfig;
}
export abstract class ModelStatisticsRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelStatisticsRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelStatisticsRequest>;
}
export interface ModelStatisticsRequest {
  name?: string;
  version?: string;
}
export abstract class StatisticDuration {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<StatisticDuration>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<StatisticDuration>;
}
export interface StatisticDuration {
  count?: bigint;
  ns?: bigint;
}
export abstract class InferStatistics {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<InferStatistics>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferStatistics>;
}
export interface InferStatistics {
  success?: StatisticDuration;
  fail?: StatisticDuration;
  queue?: StatisticDuration;
  computeInput?: StatisticDuration;
  computeInfer?: StatisticDuration;
  computeOutput?: StatisticDuration;
  cacheHit?: StatisticDuration;
  cacheMiss?: StatisticDuration;
}
export abstract class InferResponseStatistics {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<InferResponseStatistics>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferResponseStatistics>;
}
export interface InferResponseStatistics {
  computeInfer?: StatisticDuration;
  computeOutput?: StatisticDuration;
  success?: StatisticDuration;
  fail?: StatisticDuration;
  emptyResponse?: StatisticDuration;
  cancel?: StatisticDuration;
}
export abstract class InferBatchStatistics {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<InferBatchStatistics>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<InferBatchStatistics>;
}
export interface InferBatchStatistics {
  batchSize?: bigint;
  computeInput?: StatisticDuration;
  computeInfer?: StatisticDuration;
  computeOutput?: StatisticDuration;
}
export abstract class MemoryUsage {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<MemoryUsage>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<MemoryUsage>;
}
export interface MemoryUsage {
  type?: string;
  id?: bigint;
  byteSize?: bigint;
}
export abstract class ModelStatistics {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelStatistics>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelStatistics>;
}
export interface ModelStatistics {
  name?: string;
  version?: string;
  lastInference?: bigint;
  inferenceCount?: bigint;
  executionCount?: bigint;
  inferenceStats?: InferStatistics;
  batchStats?: InferBatchStatistics[];
  memoryUsage?: MemoryUsage[];
  responseStats?: { [key: string]: InferResponseStatistics };
}
export abstract class ModelStatisticsResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelStatisticsResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelStatisticsResponse>;
}
export interface ModelStatisticsResponse {
  modelStats?: ModelStatistics[];
}
export abstract class ModelRepositoryParameter {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelRepositoryParameter>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelRepositoryParameter>;
}
export interface ModelRepositoryParameter {
  boolParam?: boolean | null;
  int64Param?: bigint | null;
  stringParam?: string | null;
  bytesParam?: Uint8Array | null;
}
export abstract class RepositoryIndexRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<RepositoryIndexRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryIndexRequest>;
}
export interface RepositoryIndexRequest {
  repositoryName?: string;
  ready?: boolean;
}
export abstract class RepositoryIndexResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<RepositoryIndexResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryIndexResponse>;
}
export interface RepositoryIndexResponse {
  models?: RepositoryIndexResponse.ModelIndex[];
}
export namespace RepositoryIndexResponse {
  export abstract class ModelIndex {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<ModelIndex>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<ModelIndex>;
  }
  export interface ModelIndex {
    name?: string;
    version?: string;
    state?: string;
    reason?: string;
  }
}
export abstract class RepositoryModelLoadRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<RepositoryModelLoadRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryModelLoadRequest>;
}
export interface RepositoryModelLoadRequest {
  repositoryName?: string;
  modelName?: string;
  parameters?: { [key: string]: ModelRepositoryParameter };
}
export abstract class RepositoryModelLoadResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<RepositoryModelLoadResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryModelLoadResponse>;
}
export interface RepositoryModelLoadResponse {
}
export abstract class RepositoryModelUnloadRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<RepositoryModelUnloadRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryModelUnloadRequest>;
}
export interface RepositoryModelUnloadRequest {
  repositoryName?: string;
  modelName?: string;
  parameters?: { [key: string]: ModelRepositoryParameter };
}
export abstract class RepositoryModelUnloadResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<RepositoryModelUnloadResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<RepositoryModelUnloadResponse>;
}
export interface RepositoryModelUnloadResponse {
}
export abstract class SystemSharedMemoryStatusRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<SystemSharedMemoryStatusRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryStatusRequest>;
}
export interface SystemSharedMemoryStatusRequest {
  name?: string;
}
export abstract class SystemSharedMemoryStatusResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<SystemSharedMemoryStatusResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryStatusResponse>;
}
export interface SystemSharedMemoryStatusResponse {
  regions?: { [key: string]: SystemSharedMemoryStatusResponse.RegionStatus };
}
export namespace SystemSharedMemoryStatusResponse {
  export abstract class RegionStatus {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<RegionStatus>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<RegionStatus>;
  }
  export interface RegionStatus {
    name?: string;
    key?: string;
    offset?: bigint;
    byteSize?: bigint;
  }
}
export abstract class SystemSharedMemoryRegisterRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<SystemSharedMemoryRegisterRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryRegisterRequest>;
}
export interface SystemSharedMemoryRegisterRequest {
  name?: string;
  key?: string;
  offset?: bigint;
  byteSize?: bigint;
}
export abstract class SystemSharedMemoryRegisterResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<SystemSharedMemoryRegisterResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryRegisterResponse>;
}
export interface SystemSharedMemoryRegisterResponse {
}
export abstract class SystemSharedMemoryUnregisterRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<SystemSharedMemoryUnregisterRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryUnregisterRequest>;
}
export interface SystemSharedMemoryUnregisterRequest {
  name?: string;
}
export abstract class SystemSharedMemoryUnregisterResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<SystemSharedMemoryUnregisterResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<SystemSharedMemoryUnregisterResponse>;
}
export interface SystemSharedMemoryUnregisterResponse {
}
export abstract class CudaSharedMemoryStatusRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<CudaSharedMemoryStatusRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryStatusRequest>;
}
export interface CudaSharedMemoryStatusRequest {
  name?: string;
}
export abstract class CudaSharedMemoryStatusResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<CudaSharedMemoryStatusResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryStatusResponse>;
}
export interface CudaSharedMemoryStatusResponse {
  regions?: { [key: string]: CudaSharedMemoryStatusResponse.RegionStatus };
}
export namespace CudaSharedMemoryStatusResponse {
  export abstract class RegionStatus {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<RegionStatus>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<RegionStatus>;
  }
  export interface RegionStatus {
    name?: string;
    deviceId?: bigint;
    byteSize?: bigint;
  }
}
export abstract class CudaSharedMemoryRegisterRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<CudaSharedMemoryRegisterRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryRegisterRequest>;
}
export interface CudaSharedMemoryRegisterRequest {
  name?: string;
  rawHandle?: Uint8Array;
  deviceId?: bigint;
  byteSize?: bigint;
}
export abstract class CudaSharedMemoryRegisterResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<CudaSharedMemoryRegisterResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryRegisterResponse>;
}
export interface CudaSharedMemoryRegisterResponse {
}
export abstract class CudaSharedMemoryUnregisterRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<CudaSharedMemoryUnregisterRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryUnregisterRequest>;
}
export interface CudaSharedMemoryUnregisterRequest {
  name?: string;
}
export abstract class CudaSharedMemoryUnregisterResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<CudaSharedMemoryUnregisterResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<CudaSharedMemoryUnregisterResponse>;
}
export interface CudaSharedMemoryUnregisterResponse {
}
export abstract class TraceSettingRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<TraceSettingRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<TraceSettingRequest>;
}
export interface TraceSettingRequest {
  settings?: { [key: string]: TraceSettingRequest.SettingValue };
  modelName?: string;
}
export namespace TraceSettingRequest {
  export abstract class SettingValue {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<SettingValue>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<SettingValue>;
  }
  export interface SettingValue {
    value?: string[];
  }
}
export abstract class TraceSettingResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<TraceSettingResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<TraceSettingResponse>;
}
export interface TraceSettingResponse {
  settings?: { [key: string]: TraceSettingResponse.SettingValue };
}
export namespace TraceSettingResponse {
  export abstract class SettingValue {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<SettingValue>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<SettingValue>;
  }
  export interface SettingValue {
    value?: string[];
  }
}
export abstract class LogSettingsRequest {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<LogSettingsRequest>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<LogSettingsRequest>;
}
export interface LogSettingsRequest {
  settings?: { [key: string]: LogSettingsRequest.SettingValue };
}
export namespace LogSettingsRequest {
  export abstract class SettingValue {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<SettingValue>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<SettingValue>;
  }
  export interface SettingValue {
    boolParam?: boolean | null;
    uint32Param?: number | null;
    stringParam?: string | null;
  }
}
export abstract class LogSettingsResponse {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<LogSettingsResponse>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<LogSettingsResponse>;
}
export interface LogSettingsResponse {
  settings?: { [key: string]: LogSettingsResponse.SettingValue };
}
export namespace LogSettingsResponse {
  export abstract class SettingValue {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<SettingValue>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<SettingValue>;
  }
  export interface SettingValue {
    boolParam?: boolean | null;
    uint32Param?: number | null;
    stringParam?: string | null;
  }
}
export abstract class ModelRateLimiter {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelRateLimiter>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelRateLimiter>;
}
export interface ModelRateLimiter {
  resources?: ModelRateLimiter.Resource[];
  priority?: number;
}
export namespace ModelRateLimiter {
  export abstract class Resource {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Resource>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Resource>;
  }
  export interface Resource {
    name?: string;
    global?: boolean;
    count?: number;
  }
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
  profile?: string[];
  rateLimiter?: ModelRateLimiter;
  passive?: boolean;
  secondaryDevices?: ModelInstanceGroup.SecondaryDevice[];
  hostPolicy?: string;
}
export namespace ModelInstanceGroup {
  export abstract class SecondaryDevice {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<SecondaryDevice>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<SecondaryDevice>;
  }
  export interface SecondaryDevice {
    kind?: ModelInstanceGroup.SecondaryDevice.SecondaryDeviceKind;
    deviceId?: bigint;
  }
  export namespace SecondaryDevice {
    export type SecondaryDeviceKind =
      | "KIND_NVDLA"
      | number;
    export const SecondaryDeviceKind: {
      readonly KIND_NVDLA: 0;
    };
  }
  export type Kind =
    | "KIND_AUTO"
    | "KIND_GPU"
    | "KIND_CPU"
    | "KIND_MODEL"
    | number;
  export const Kind: {
    readonly KIND_AUTO: 0;
    readonly KIND_GPU: 1;
    readonly KIND_CPU: 2;
    readonly KIND_MODEL: 3;
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
  isShapeTensor?: boolean;
  allowRaggedBatch?: boolean;
  optional?: boolean;
  isNonLinearFormatIo?: boolean;
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
  isShapeTensor?: boolean;
  isNonLinearFormatIo?: boolean;
}
export abstract class BatchInput {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<BatchInput>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<BatchInput>;
}
export interface BatchInput {
  kind?: BatchInput.Kind;
  targetName?: string[];
  dataType?: DataType;
  sourceInput?: string[];
}
export namespace BatchInput {
  export type Kind =
    | "BATCH_ELEMENT_COUNT"
    | "BATCH_ACCUMULATED_ELEMENT_COUNT"
    | "BATCH_ACCUMULATED_ELEMENT_COUNT_WITH_ZERO"
    | "BATCH_MAX_ELEMENT_COUNT_AS_SHAPE"
    | "BATCH_ITEM_SHAPE"
    | "BATCH_ITEM_SHAPE_FLATTEN"
    | number;
  export const Kind: {
    readonly BATCH_ELEMENT_COUNT: 0;
    readonly BATCH_ACCUMULATED_ELEMENT_COUNT: 1;
    readonly BATCH_ACCUMULATED_ELEMENT_COUNT_WITH_ZERO: 2;
    readonly BATCH_MAX_ELEMENT_COUNT_AS_SHAPE: 3;
    readonly BATCH_ITEM_SHAPE: 4;
    readonly BATCH_ITEM_SHAPE_FLATTEN: 5;
  };
}
export abstract class BatchOutput {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<BatchOutput>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<BatchOutput>;
}
export interface BatchOutput {
  targetName?: string[];
  kind?: BatchOutput.Kind;
  sourceInput?: string[];
}
export namespace BatchOutput {
  export type Kind =
    | "BATCH_SCATTER_WITH_INPUT_SHAPE"
    | number;
  export const Kind: {
    readonly BATCH_SCATTER_WITH_INPUT_SHAPE: 0;
  };
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
  executionAccelerators?: ModelOptimizationPolicy.ExecutionAccelerators;
  inputPinnedMemory?: ModelOptimizationPolicy.PinnedMemoryBuffer;
  outputPinnedMemory?: ModelOptimizationPolicy.PinnedMemoryBuffer;
  gatherKernelBufferThreshold?: number;
  eagerBatching?: boolean;
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
    busyWaitEvents?: boolean;
    graphSpec?: ModelOptimizationPolicy.Cuda.GraphSpec[];
    outputCopyStream?: boolean;
  }
  export namespace Cuda {
    export abstract class GraphSpec {
      private constructor();
      static readonly $schema: MessageSchema;
      static encode(message: Message<GraphSpec>, writer?: Writer): Writer;
      static decode(reader: Reader | Uint8Array, length?: number): Message<GraphSpec>;
    }
    export interface GraphSpec {
      batchSize?: number;
      input?: { [key: string]: ModelOptimizationPolicy.Cuda.GraphSpec.Shape };
      graphLowerBound?: ModelOptimizationPolicy.Cuda.GraphSpec.LowerBound;
    }
    export namespace GraphSpec {
      export abstract class Shape {
        private constructor();
        static readonly $schema: MessageSchema;
        static encode(message: Message<Shape>, writer?: Writer): Writer;
        static decode(reader: Reader | Uint8Array, length?: number): Message<Shape>;
      }
      export interface Shape {
        dim?: bigint[];
      }
      export abstract class LowerBound {
        private constructor();
        static readonly $schema: MessageSchema;
        static encode(message: Message<LowerBound>, writer?: Writer): Writer;
        static decode(reader: Reader | Uint8Array, length?: number): Message<LowerBound>;
      }
      export interface LowerBound {
        batchSize?: number;
        input?: { [key: string]: ModelOptimizationPolicy.Cuda.GraphSpec.Shape };
      }
    }
  }
  export abstract class ExecutionAccelerators {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<ExecutionAccelerators>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<ExecutionAccelerators>;
  }
  export interface ExecutionAccelerators {
    gpuExecutionAccelerator?: ModelOptimizationPolicy.ExecutionAccelerators.Accelerator[];
    cpuExecutionAccelerator?: ModelOptimizationPolicy.ExecutionAccelerators.Accelerator[];
  }
  export namespace ExecutionAccelerators {
    export abstract class Accelerator {
      private constructor();
      static readonly $schema: MessageSchema;
      static encode(message: Message<Accelerator>, writer?: Writer): Writer;
      static decode(reader: Reader | Uint8Array, length?: number): Message<Accelerator>;
    }
    export interface Accelerator {
      name?: string;
      parameters?: { [key: string]: string };
    }
  }
  export abstract class PinnedMemoryBuffer {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<PinnedMemoryBuffer>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<PinnedMemoryBuffer>;
  }
  export interface PinnedMemoryBuffer {
    enable?: boolean;
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
export abstract class ModelQueuePolicy {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelQueuePolicy>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelQueuePolicy>;
}
export interface ModelQueuePolicy {
  timeoutAction?: ModelQueuePolicy.TimeoutAction;
  defaultTimeoutMicroseconds?: bigint;
  allowTimeoutOverride?: boolean;
  maxQueueSize?: number;
}
export namespace ModelQueuePolicy {
  export type TimeoutAction =
    | "REJECT"
    | "DELAY"
    | number;
  export const TimeoutAction: {
    readonly REJECT: 0;
    readonly DELAY: 1;
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
  preserveOrdering?: boolean;
  priorityLevels?: bigint;
  defaultPriorityLevel?: bigint;
  defaultQueuePolicy?: ModelQueuePolicy;
  priorityQueuePolicy?: { [key: string]: ModelQueuePolicy };
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
  direct?: ModelSequenceBatching.StrategyDirect | null;
  oldest?: ModelSequenceBatching.StrategyOldest | null;
  state?: ModelSequenceBatching.State[];
  iterativeSequence?: boolean;
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
    dataType?: DataType;
    boolFalseTrue?: boolean[];
  }
  export namespace Control {
    export type Kind =
      | "CONTROL_SEQUENCE_START"
      | "CONTROL_SEQUENCE_READY"
      | "CONTROL_SEQUENCE_END"
      | "CONTROL_SEQUENCE_CORRID"
      | number;
    export const Kind: {
      readonly CONTROL_SEQUENCE_START: 0;
      readonly CONTROL_SEQUENCE_READY: 1;
      readonly CONTROL_SEQUENCE_END: 2;
      readonly CONTROL_SEQUENCE_CORRID: 3;
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
  export abstract class InitialState {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<InitialState>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<InitialState>;
  }
  export interface InitialState {
    dataType?: DataType;
    dims?: bigint[];
    zeroData?: boolean | null;
    dataFile?: string | null;
    name?: string;
  }
  export abstract class State {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<State>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<State>;
  }
  export interface State {
    inputName?: string;
    outputName?: string;
    dataType?: DataType;
    dims?: bigint[];
    initialState?: ModelSequenceBatching.InitialState[];
    useSameBufferForInputOutput?: boolean;
    useGrowableMemory?: boolean;
  }
  export abstract class StrategyDirect {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<StrategyDirect>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<StrategyDirect>;
  }
  export interface StrategyDirect {
    maxQueueDelayMicroseconds?: bigint;
    minimumSlotUtilization?: number;
  }
  export abstract class StrategyOldest {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<StrategyOldest>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<StrategyOldest>;
  }
  export interface StrategyOldest {
    maxCandidateSequences?: number;
    preferredBatchSize?: number[];
    maxQueueDelayMicroseconds?: bigint;
    preserveOrdering?: boolean;
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
  maxInflightRequests?: number;
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
    modelNamespace?: string;
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
export abstract class ModelWarmup {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelWarmup>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelWarmup>;
}
export interface ModelWarmup {
  name?: string;
  batchSize?: number;
  inputs?: { [key: string]: ModelWarmup.Input };
  count?: number;
}
export namespace ModelWarmup {
  export abstract class Input {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Input>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Input>;
  }
  export interface Input {
    dataType?: DataType;
    dims?: bigint[];
    zeroData?: boolean | null;
    randomData?: boolean | null;
    inputDataFile?: string | null;
  }
}
export abstract class ModelOperations {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelOperations>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelOperations>;
}
export interface ModelOperations {
  opLibraryFilename?: string[];
}
export abstract class ModelTransactionPolicy {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelTransactionPolicy>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelTransactionPolicy>;
}
export interface ModelTransactionPolicy {
  decoupled?: boolean;
}
export abstract class ModelRepositoryAgents {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelRepositoryAgents>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelRepositoryAgents>;
}
export interface ModelRepositoryAgents {
  agents?: ModelRepositoryAgents.Agent[];
}
export namespace ModelRepositoryAgents {
  export abstract class Agent {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<Agent>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<Agent>;
  }
  export interface Agent {
    name?: string;
    parameters?: { [key: string]: string };
  }
}
export abstract class ModelResponseCache {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelResponseCache>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelResponseCache>;
}
export interface ModelResponseCache {
  enable?: boolean;
}
export abstract class ModelMetrics {
  private constructor();
  static readonly $schema: MessageSchema;
  static encode(message: Message<ModelMetrics>, writer?: Writer): Writer;
  static decode(reader: Reader | Uint8Array, length?: number): Message<ModelMetrics>;
}
export interface ModelMetrics {
  metricControl?: ModelMetrics.MetricControl[];
}
export namespace ModelMetrics {
  export abstract class MetricControl {
    private constructor();
    static readonly $schema: MessageSchema;
    static encode(message: Message<MetricControl>, writer?: Writer): Writer;
    static decode(reader: Reader | Uint8Array, length?: number): Message<MetricControl>;
  }
  export interface MetricControl {
    metricIdentifier?: ModelMetrics.MetricControl.MetricIdentifier;
    histogramOptions?: ModelMetrics.MetricControl.HistogramOptions | null;
  }
  export namespace MetricControl {
    export abstract class MetricIdentifier {
      private constructor();
      static readonly $schema: MessageSchema;
      static encode(message: Message<MetricIdentifier>, writer?: Writer): Writer;
      static decode(reader: Reader | Uint8Array, length?: number): Message<MetricIdentifier>;
    }
    export interface MetricIdentifier {
      family?: string;
    }
    export abstract class HistogramOptions {
      private constructor();
      static readonly $schema: MessageSchema;
      static encode(message: Message<HistogramOptions>, writer?: Writer): Writer;
      static decode(reader: Reader | Uint8Array, length?: number): Message<HistogramOptions>;
    }
    export interface HistogramOptions {
      buckets?: number[];
    }
  }
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
  modelWarmup?: ModelWarmup[];
  backend?: string;
  modelOperations?: ModelOperations;
  modelTransactionPolicy?: ModelTransactionPolicy;
  batchInput?: BatchInput[];
  batchOutput?: BatchOutput[];
  modelRepositoryAgents?: ModelRepositoryAgents;
  responseCache?: ModelResponseCache;
  runtime?: string;
  modelMetrics?: ModelMetrics;
}
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
  readonly TYPE_BF16: 14;
};