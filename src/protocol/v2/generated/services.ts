// Made by scripts/generate_proto.ts from proto/v2; do not edit.
import type { BidiMethod, UnaryMethod } from "../../stub.ts";
import {
  CudaSharedMemoryRegisterRequest,
  CudaSharedMemoryRegisterResponse,
  CudaSharedMemoryStatusRequest,
  CudaSharedMemoryStatusResponse,
  CudaSharedMemoryUnregisterRequest,
  CudaSharedMemoryUnregisterResponse,
  LogSettingsRequest,
  LogSettingsResponse,
  ModelConfigRequest,
  ModelConfigResponse,
  ModelInferRequest,
  ModelInferResponse,
  ModelMetadataRequest,
  ModelMetadataResponse,
  ModelReadyRequest,
  ModelReadyResponse,
  ModelStatisticsRequest,
  ModelStatisticsResponse,
  ModelStreamInferResponse,
  RepositoryIndexRequest,
  RepositoryIndexResponse,
  RepositoryModelLoadRequest,
  RepositoryModelLoadResponse,
  RepositoryModelUnloadRequest,
  RepositoryModelUnloadResponse,
  ServerLiveRequest,
  ServerLiveResponse,
  ServerMetadataRequest,
  ServerMetadataResponse,
  ServerReadyRequest,
  ServerReadyResponse,
  SystemSharedMemoryRegisterRequest,
  SystemSharedMemoryRegisterResponse,
  SystemSharedMemoryStatusRequest,
  SystemSharedMemoryStatusResponse,
  SystemSharedMemoryUnregisterRequest,
  SystemSharedMemoryUnregisterResponse,
  TraceSettingRequest,
  TraceSettingResponse,
} from "./messages.js";

/** The methods of service inference.GRPCInferenceService, for `createStub`. */
export const GRPCInferenceService: {
  /** `/inference.GRPCInferenceService/ServerLive` */
  readonly serverLive: UnaryMethod<ServerLiveRequest, ServerLiveResponse>;
  /** `/inference.GRPCInferenceService/ServerReady` */
  readonly serverReady: UnaryMethod<ServerReadyRequest, ServerReadyResponse>;
  /** `/inference.GRPCInferenceService/ModelReady` */
  readonly modelReady: UnaryMethod<ModelReadyRequest, ModelReadyResponse>;
  /** `/inference.GRPCInferenceService/ServerMetadata` */
  readonly serverMetadata: UnaryMethod<ServerMetadataRequest, ServerMetadataResponse>;
  /** `/inference.GRPCInferenceService/ModelMetadata` */
  readonly modelMetadata: UnaryMethod<ModelMetadataRequest, ModelMetadataResponse>;
  /** `/inference.GRPCInferenceService/ModelInfer` */
  readonly modelInfer: UnaryMethod<ModelInferRequest, ModelInferResponse>;
  /** `/inference.GRPCInferenceService/ModelStreamInfer` */
  readonly modelStreamInfer: BidiMethod<ModelInferRequest, ModelStreamInferResponse>;
  /** `/inference.GRPCInferenceService/ModelConfig` */
  readonly modelConfig: UnaryMethod<ModelConfigRequest, ModelConfigResponse>;
  /** `/inference.GRPCInferenceService/ModelStatistics` */
  readonly modelStatistics: UnaryMethod<ModelStatisticsRequest, ModelStatisticsResponse>;
  /** `/inference.GRPCInferenceService/RepositoryIndex` */
  readonly repositoryIndex: UnaryMethod<RepositoryIndexRequest, RepositoryIndexResponse>;
  /** `/inference.GRPCInferenceService/RepositoryModelLoad` */
  readonly repositoryModelLoad: UnaryMethod<RepositoryModelLoadRequest, RepositoryModelLoadResponse>;
  /** `/inference.GRPCInferenceService/RepositoryModelUnload` */
  readonly repositoryModelUnload: UnaryMethod<RepositoryModelUnloadRequest, RepositoryModelUnloadResponse>;
  /** `/inference.GRPCInferenceService/SystemSharedMemoryStatus` */
  readonly systemSharedMemoryStatus: UnaryMethod<SystemSharedMemoryStatusRequest, SystemSharedMemoryStatusResponse>;
  /** `/inference.GRPCInferenceService/SystemSharedMemoryRegister` */
  readonly systemSharedMemoryRegister: UnaryMethod<SystemSharedMemoryRegisterRequest, SystemSharedMemoryRegisterResponse>;
  /** `/inference.GRPCInferenceService/SystemSharedMemoryUnregister` */
  readonly systemSharedMemoryUnregister: UnaryMethod<SystemSharedMemoryUnregisterRequest, SystemSharedMemoryUnregisterResponse>;
  /** `/inference.GRPCInferenceService/CudaSharedMemoryStatus` */
  readonly cudaSharedMemoryStatus: UnaryMethod<CudaSharedMemoryStatusRequest, CudaSharedMemoryStatusResponse>;
  /** `/inference.GRPCInferenceService/CudaSharedMemoryRegister` */
  readonly cudaSharedMemoryRegister: UnaryMethod<CudaSharedMemoryRegisterRequest, CudaSharedMemoryRegisterResponse>;
  /** `/inference.GRPCInferenceService/CudaSharedMemoryUnregister` */
  readonly cudaSharedMemoryUnregister: UnaryMethod<CudaSharedMemoryUnregisterRequest, CudaSharedMemoryUnregisterResponse>;
  /** `/inference.GRPCInferenceService/TraceSetting` */
  readonly traceSetting: UnaryMethod<TraceSettingRequest, TraceSettingResponse>;
  /** `/inference.GRPCInferenceService/LogSettings` */
  readonly logSettings: UnaryMethod<LogSettingsRequest, LogSettingsResponse>;
} = {
  serverLive: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/ServerLive",
    request: ServerLiveRequest,
    response: ServerLiveResponse,
  },
  serverReady: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/ServerReady",
    request: ServerReadyRequest,
    response: ServerReadyResponse,
  },
  modelReady: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/ModelReady",
    request: ModelReadyRequest,
    response: ModelReadyResponse,
  },
  serverMetadata: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/ServerMetadata",
    request: ServerMetadataRequest,
    response: ServerMetadataResponse,
  },
  modelMetadata: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/ModelMetadata",
    request: ModelMetadataRequest,
    response: ModelMetadataResponse,
  },
  modelInfer: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/ModelInfer",
    request: ModelInferRequest,
    response: ModelInferResponse,
  },
  modelStreamInfer: {
    kind: "bidi",
    path: "/inference.GRPCInferenceService/ModelStreamInfer",
    request: ModelInferRequest,
    response: ModelStreamInferResponse,
  },
  modelConfig: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/ModelConfig",
    request: ModelConfigRequest,
    response: ModelConfigResponse,
  },
  modelStatistics: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/ModelStatistics",
    request: ModelStatisticsRequest,
    response: ModelStatisticsResponse,
  },
  repositoryIndex: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/RepositoryIndex",
    request: RepositoryIndexRequest,
    response: RepositoryIndexResponse,
  },
  repositoryModelLoad: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/RepositoryModelLoad",
    request: RepositoryModelLoadRequest,
    response: RepositoryModelLoadResponse,
  },
  repositoryModelUnload: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/RepositoryModelUnload",
    request: RepositoryModelUnloadRequest,
    response: RepositoryModelUnloadResponse,
  },
  systemSharedMemoryStatus: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/SystemSharedMemoryStatus",
    request: SystemSharedMemoryStatusRequest,
    response: SystemSharedMemoryStatusResponse,
  },
  systemSharedMemoryRegister: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/SystemSharedMemoryRegister",
    request: SystemSharedMemoryRegisterRequest,
    response: SystemSharedMemoryRegisterResponse,
  },
  systemSharedMemoryUnregister: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/SystemSharedMemoryUnregister",
    request: SystemSharedMemoryUnregisterRequest,
    response: SystemSharedMemoryUnregisterResponse,
  },
  cudaSharedMemoryStatus: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/CudaSharedMemoryStatus",
    request: CudaSharedMemoryStatusRequest,
    response: CudaSharedMemoryStatusResponse,
  },
  cudaSharedMemoryRegister: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/CudaSharedMemoryRegister",
    request: CudaSharedMemoryRegisterRequest,
    response: CudaSharedMemoryRegisterResponse,
  },
  cudaSharedMemoryUnregister: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/CudaSharedMemoryUnregister",
    request: CudaSharedMemoryUnregisterRequest,
    response: CudaSharedMemoryUnregisterResponse,
  },
  traceSetting: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/TraceSetting",
    request: TraceSettingRequest,
    response: TraceSettingResponse,
  },
  logSettings: {
    kind: "unary",
    path: "/inference.GRPCInferenceService/LogSettings",
    request: LogSettingsRequest,
    response: LogSettingsResponse,
  },
};
