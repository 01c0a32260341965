// Made by scripts/generate_proto.ts from proto/v2; do not edit.
import { defineSchema } from "../../schema.ts";

/** All messages and enumerations of the package. */
export const schema = defineSchema({
  package: "inference",
  messages: {
    "ServerLiveRequest": [
    ],
    "ServerLiveResponse": [
      ["live","live",1,"bool"],
    ],
    "ServerReadyRequest": [
    ],
    "ServerReadyResponse": [
      ["ready","ready",1,"bool"],
    ],
    "ModelReadyRequest": [
      ["name","name",1,"string"],
      ["version","version",2,"string"],
    ],
    "ModelReadyResponse": [
      ["ready","ready",1,"bool"],
    ],
    "ServerMetadataRequest": [
    ],
    "ServerMetadataResponse": [
      ["name","name",1,"string"],
      ["version","version",2,"string"],
      ["extensions","extensions",3,"string","repeated"],
    ],
    "ModelMetadataRequest": [
      ["name","name",1,"string"],
      ["version","version",2,"string"],
    ],
    "ModelMetadataResponse": [
      ["name","name",1,"string"],
      ["versions","versions",2,"string","repeated"],
      ["platform","platform",3,"string"],
      ["inputs","inputs",4,"ModelMetadataResponse.TensorMetadata","repeated"],
      ["outputs","outputs",5,"ModelMetadataResponse.TensorMetadata","repeated"],
    ],
    "ModelMetadataResponse.TensorMetadata": [
      ["name","name",1,"string"],
      ["datatype","datatype",2,"string"],
      ["shape","shape",3,"int64","repeated"],
    ],
    "InferParameter": [
      ["bool_param","boolParam",1,"bool","","parameterChoice"],
      ["int64_param","int64Param",2,"int64","","parameterChoice"],
      ["string_param","stringParam",3,"string","","parameterChoice"],
      ["double_param","doubleParam",4,"double","","parameterChoice"],
      ["uint64_param","uint64Param",5,"uint64","","parameterChoice"],
    ],
    "InferTensorContents": [
      ["bool_contents","boolContents",1,"bool","repeated"],
      ["int_contents","intContents",2,"int32","repeated"],
      ["int64_contents","int64Contents",3,"int64","repeated"],
      ["uint_contents","uintContents",4,"uint32","repeated"],
      ["uint64_contents","uint64Contents",5,"uint64","repeated"],
      ["fp32_contents","fp32Contents",6,"float","repeated"],
      ["fp64_contents","fp64Contents",7,"double","repeated"],
      ["bytes_contents","bytesContents",8,"bytes","repeated"],
    ],
    "ModelInferRequest": [
      ["model_name","modelName",1,"string"],
      ["model_version","modelVersion",2,"string"],
      ["id","id",3,"string"],
      ["parameters","parameters",4,"InferParameter","map:string"],
      ["inputs","inputs",5,"ModelInferRequest.InferInputTensor","repeated"],
      ["outputs","outputs",6,"ModelInferRequest.InferRequestedOutputTensor","repeated"],
      ["raw_input_contents","rawInputContents",7,"bytes","repeated"],
    ],
    "ModelInferRequest.InferInputTensor": [
      ["name","name",1,"string"],
      ["datatype","datatype",2,"string"],
      ["shape","shape",3,"int64","repeated"],
      ["parameters","parameters",4,"InferParameter","map:string"],
      ["contents","contents",5,"InferTensorContents"],
    ],
    "ModelInferRequest.InferRequestedOutputTensor": [
      ["name","name",1,"string"],
      ["parameters","parameters",2,"InferParameter","map:string"],
    ],
    "ModelInferResponse": [
      ["model_name","modelName",1,"string"],
      ["model_version","modelVersion",2,"string"],
      ["id","id",3,"string"],
      ["parameters","parameters",4,"InferParameter","map:string"],
      ["outputs","outputs",5,"ModelInferResponse.InferOutputTensor","repeated"],
      ["raw_output_contents","rawOutputContents",6,"bytes","repeated"],
    ],
    "ModelInferResponse.InferOutputTensor": [
      ["name","name",1,"string"],
      ["datatype","datatype",2,"string"],
      ["shape","shape",3,"int64","repeated"],
      ["parameters","parameters",4,"InferParameter","map:string"],
      ["contents","contents",5,"InferTensorContents"],
    ],
    "ModelStreamInferResponse": [
      ["error_message","errorMessage",1,"string"],
      ["infer_response","inferResponse",2,"ModelInferResponse"],
    ],
    "ModelConfigRequest": [
      ["name","name",1,"string"],
      ["version","version",2,"string"],
    ],
    "ModelConfigResponse": [
      ["config","config",1,"ModelConfig"],
    ],
    "ModelStatisticsRequest": [
      ["name","name",1,"string"],
      ["version","version",2,"string"],
    ],
    "StatisticDuration": [
      ["count","count",1,"uint64"],
      ["ns","ns",2,"uint64"],
    ],
    "InferStatistics": [
      ["success","success",1,"StatisticDuration"],
      ["fail","fail",2,"StatisticDuration"],
      ["queue","queue",3,"StatisticDuration"],
      ["compute_input","computeInput",4,"StatisticDuration"],
      ["compute_infer","computeInfer",5,"StatisticDuration"],
      ["compute_output","computeOutput",6,"StatisticDuration"],
      ["cache_hit","cacheHit",7,"StatisticDuration"],
      ["cache_miss","cacheMiss",8,"StatisticDuration"],
    ],
    "InferResponseStatistics": [
      ["compute_infer","computeInfer",1,"StatisticDuration"],
      ["compute_output","computeOutput",2,"StatisticDuration"],
      ["success","success",3,"StatisticDuration"],
      ["fail","fail",4,"StatisticDuration"],
      ["empty_response","emptyResponse",5,"StatisticDuration"],
      ["cancel","cancel",6,"StatisticDuration"],
    ],
    "InferBatchStatistics": [
      ["batch_size","batchSize",1,"uint64"],
      ["compute_input","computeInput",2,"StatisticDuration"],
      ["compute_infer","computeInfer",3,"StatisticDuration"],
      ["compute_output","computeOutput",4,"StatisticDuration"],
    ],
    "MemoryUsage": [
      ["type","type",1,"string"],
      ["id","id",2,"int64"],
      ["byte_size","byteSize",3,"uint64"],
    ],
    "ModelStatistics": [
      ["name","name",1,"string"],
      ["version","version",2,"string"],
      ["last_inference","lastInference",3,"uint64"],
      ["inference_count","inferenceCount",4,"uint64"],
      ["execution_count","executionCount",5,"uint64"],
      ["inference_stats","inferenceStats",6,"InferStatistics"],
      ["batch_stats","batchStats",7,"InferBatchStatistics","repeated"],
      ["memory_usage","memoryUsage",8,"MemoryUsage","repeated"],
      ["response_stats","responseStats",9,"InferResponseStatistics","map:string"],
    ],
    "ModelStatisticsResponse": [
      ["model_stats","modelStats",1,"ModelStatistics","repeated"],
    ],
    "ModelRepositoryParameter": [
      ["bool_param","boolParam",1,"bool","","parameterChoice"],
      ["int64_param","int64Param",2,"int64","","parameterChoice"],
      ["string_param","stringParam",3,"string","","parameterChoice"],
      ["bytes_param","bytesParam",4,"bytes","","parameterChoice"],
    ],
    "RepositoryIndexRequest": [
      ["repository_name","repositoryName",1,"string"],
      ["ready","ready",2,"bool"],
    ],
    "RepositoryIndexResponse": [
      ["models","models",1,"RepositoryIndexResponse.ModelIndex","repeated"],
    ],
    "RepositoryIndexResponse.ModelIndex": [
      ["name","name",1,"string"],
      ["version","version",2,"string"],
      ["state","state",3,"string"],
      ["reason","reason",4,"string"],
    ],
    "RepositoryModelLoadRequest": [
      ["repository_name","repositoryName",1,"string"],
      ["model_name","modelName",2,"string"],
      ["parameters","parameters",3,"ModelRepositoryParameter","map:string"],
    ],
    "RepositoryModelLoadResponse": [
    ],
    "RepositoryModelUnloadRequest": [
      ["repository_name","repositoryName",1,"string"],
      ["model_name","modelName",2,"string"],
      ["parameters","parameters",3,"ModelRepositoryParameter","map:string"],
    ],
    "RepositoryModelUnloadResponse": [
    ],
    "SystemSharedMemoryStatusRequest": [
      ["name","name",1,"string"],
    ],
    "SystemSharedMemoryStatusResponse": [
      ["regions","regions",1,"SystemSharedMemoryStatusResponse.RegionStatus","map:string"],
    ],
    "SystemSharedMemoryStatusResponse.RegionStatus": [
      ["name","name",1,"string"],
      ["key","key",2,"string"],
      ["offset","offset",3,"uint64"],
      ["byte_size","byteSize",4,"uint64"],
    ],
    "SystemSharedMemoryRegisterRequest": [
      ["name","name",1,"string"],
      ["key","key",2,"string"],
      ["offset","offset",3,"uint64"],
      ["byte_size","byteSize",4,"uint64"],
    ],
    "SystemSharedMemoryRegisterResponse": [
    ],
    "SystemSharedMemoryUnregisterRequest": [
      ["name","name",1,"string"],
    ],
    "SystemSharedMemoryUnregisterResponse": [
    ],
    "CudaSharedMemoryStatusRequest": [
      ["name","name",1,"string"],
    ],
    "CudaSharedMemoryStatusResponse": [
      ["regions","regions",1,"CudaSharedMemoryStatusResponse.RegionStatus","map:string"],
    ],
    "CudaSharedMemoryStatusResponse.RegionStatus": [
      ["name","name",1,"string"],
      ["device_id","deviceId",2,"uint64"],
      ["byte_size","byteSize",3,"uint64"],
    ],
    "CudaSharedMemoryRegisterRequest": [
      ["name","name",1,"string"],
      ["raw_handle","rawHandle",2,"bytes"],
      ["device_id","deviceId",3,"int64"],
      ["byte_size","byteSize",4,"uint64"],
    ],
    "CudaSharedMemoryRegisterResponse": [
    ],
    "CudaSharedMemoryUnregisterRequest": [
      ["name","name",1,"string"],
    ],
    "CudaSharedMemoryUnregisterResponse": [
    ],
    "TraceSettingRequest": [
      ["settings","settings",1,"TraceSettingRequest.SettingValue","map:string"],
      ["model_name","modelName",2,"string"],
    ],
    "TraceSettingRequest.SettingValue": [
      ["value","value",1,"string","repeated"],
    ],
    "TraceSettingResponse": [
      ["settings","settings",1,"TraceSettingResponse.SettingValue","map:string"],
    ],
    "TraceSettingResponse.SettingValue": [
      ["value","value",1,"string","repeated"],
    ],
    "LogSettingsRequest": [
      ["settings","settings",1,"LogSettingsRequest.SettingValue","map:string"],
    ],
    "LogSettingsRequest.SettingValue": [
      ["bool_param","boolParam",1,"bool","","parameterChoice"],
      ["uint32_param","uint32Param",2,"uint32","","parameterChoice"],
      ["string_param","stringParam",3,"string","","parameterChoice"],
    ],
    "LogSettingsResponse": [
      ["settings","settings",1,"LogSettingsResponse.SettingValue","map:string"],
    ],
    "LogSettingsResponse.SettingValue": [
      ["bool_param","boolParam",1,"bool","","parameterChoice"],
      ["uint32_param","uint32Param",2,"uint32","","parameterChoice"],
      ["string_param","stringParam",3,"string","","parameterChoice"],
    ],
    "ModelRateLimiter": [
      ["resources","resources",1,"ModelRateLimiter.Resource","repeated"],
      ["priority","priority",2,"uint32"],
    ],
    "ModelRateLimiter.Resource": [
      ["name","name",1,"string"],
      ["global","global",2,"bool"],
      ["count","count",3,"uint32"],
    ],
    "ModelInstanceGroup": [
      ["name","name",1,"string"],
      ["count","count",2,"int32"],
      ["gpus","gpus",3,"int32","repeated"],
      ["kind","kind",4,"ModelInstanceGroup.Kind"],
      ["profile","profile",5,"string","repeated"],
      ["rate_limiter","rateLimiter",6,"ModelRateLimiter"],
      ["passive","passive",7,"bool"],
      ["secondary_devices","secondaryDevices",8,"ModelInstanceGroup.SecondaryDevice","repeated"],
      ["host_policy","hostPolicy",9,"string"],
    ],
    "ModelInstanceGroup.SecondaryDevice": [
      ["kind","kind",1,"ModelInstanceGroup.SecondaryDevice.SecondaryDeviceKind"],
      ["device_id","deviceId",2,"int64"],
    ],
    "ModelTensorReshape": [
      ["shape","shape",1,"int64","repeated"],
    ],
    "ModelInput": [
      ["name","name",1,"string"],
      ["data_type","dataType",2,"DataType"],
      ["format","format",3,"ModelInput.Format"],
      ["dims","dims",4,"int64","repeated"],
      ["reshape","reshape",5,"ModelTensorReshape"],
      ["is_shape_tensor","isShapeTensor",6,"bool"],
      ["allow_ragged_batch","allowRaggedBatch",7,"bool"],
      ["optional","optional",8,"bool"],
      ["is_non_linear_format_io","isNonLinearFormatIo",9,"bool"],
    ],
    "ModelOutput": [
      ["name","name",1,"string"],
      ["data_type","dataType",2,"DataType"],
      ["dims","dims",3,"int64","repeated"],
      ["label_filename","labelFilename",4,"string"],
      ["reshape","reshape",5,"ModelTensorReshape"],
      ["is_shape_tensor","isShapeTensor",6,"bool"],
      ["is_non_linear_format_io","isNonLinearFormatIo",7,"bool"],
    ],
    "BatchInput": [
      ["kind","kind",1,"BatchInput.Kind"],
      ["target_name","targetName",2,"string","repeated"],
      ["data_type","dataType",3,"DataType"],
      ["source_input","sourceInput",4,"string","repeated"],
    ],
    "BatchOutput": [
      ["target_name","targetName",1,"string","repeated"],
      ["kind","kind",2,"BatchOutput.Kind"],
      ["source_input","sourceInput",3,"string","repeated"],
    ],
    "ModelVersionPolicy": [
      ["latest","latest",1,"ModelVersionPolicy.Latest","","policyChoice"],
      ["all","all",2,"ModelVersionPolicy.All","","policyChoice"],
      ["specific","specific",3,"ModelVersionPolicy.Specific","","policyChoice"],
    ],
    "ModelVersionPolicy.Latest": [
      ["num_versions","numVersions",1,"uint32"],
    ],
    "ModelVersionPolicy.All": [
    ],
    "ModelVersionPolicy.Specific": [
      ["versions","versions",1,"int64","repeated"],
    ],
    "ModelOptimizationPolicy": [
      ["graph","graph",1,"ModelOptimizationPolicy.Graph"],
      ["priority","priority",2,"ModelOptimizationPolicy.ModelPriority"],
      ["cuda","cuda",3,"ModelOptimizationPolicy.Cuda"],
      ["execution_accelerators","executionAccelerators",4,"ModelOptimizationPolicy.ExecutionAccelerators"],
      ["input_pinned_memory","inputPinnedMemory",5,"ModelOptimizationPolicy.PinnedMemoryBuffer"],
      ["output_pinned_memory","outputPinnedMemory",6,"ModelOptimizationPolicy.PinnedMemoryBuffer"],
      ["gather_kernel_buffer_threshold","gatherKernelBufferThreshold",7,"uint32"],
      ["eager_batching","eagerBatching",8,"bool"],
    ],
    "ModelOptimizationPolicy.Graph": [
      ["level","level",1,"int32"],
    ],
    "ModelOptimizationPolicy.Cuda": [
      ["graphs","graphs",1,"bool"],
      ["busy_wait_events","busyWaitEvents",2,"bool"],
      ["graph_spec","graphSpec",3,"ModelOptimizationPolicy.Cuda.GraphSpec","repeated"],
      ["output_copy_stream","outputCopyStream",4,"bool"],
    ],
    "ModelOptimizationPolicy.Cuda.GraphSpec": [
      ["batch_size","batchSize",1,"int32"],
      ["input","input",2,"ModelOptimizationPolicy.Cuda.GraphSpec.Shape","map:string"],
      ["graph_lower_bound","graphLowerBound",3,"ModelOptimizationPolicy.Cuda.GraphSpec.LowerBound"],
    ],
    "ModelOptimizationPolicy.Cuda.GraphSpec.Shape": [
      ["dim","dim",1,"int64","repeated"],
    ],
    "ModelOptimizationPolicy.Cuda.GraphSpec.LowerBound": [
      ["batch_size","batchSize",1,"int32"],
      ["input","input",2,"ModelOptimizationPolicy.Cuda.GraphSpec.Shape","map:string"],
    ],
    "ModelOptimizationPolicy.ExecutionAccelerators": [
      ["gpu_execution_accelerator","gpuExecutionAccelerator",1,"ModelOptimizationPolicy.ExecutionAccelerators.Accelerator","repeated"],
      ["cpu_execution_accelerator","cpuExecutionAccelerator",2,"ModelOptimizationPolicy.ExecutionAccelerators.Accelerator","repeated"],
    ],
    "ModelOptimizationPolicy.ExecutionAccelerators.Accelerator": [
      ["name","name",1,"string"],
      ["parameters","parameters",2,"string","map:string"],
    ],
    "ModelOptimizationPolicy.PinnedMemoryBuffer": [
      ["enable","enable",1,"bool"],
    ],
    "ModelQueuePolicy": [
      ["timeout_action","timeoutAction",1,"ModelQueuePolicy.TimeoutAction"],
      ["default_timeout_microseconds","defaultTimeoutMicroseconds",2,"uint64"],
      ["allow_timeout_override","allowTimeoutOverride",3,"bool"],
      ["max_queue_size","maxQueueSize",4,"uint32"],
    ],
    "ModelDynamicBatching": [
      ["preferred_batch_size","preferredBatchSize",1,"int32","repeated"],
      ["max_queue_delay_microseconds","maxQueueDelayMicroseconds",2,"uint64"],
      ["preserve_ordering","preserveOrdering",3,"bool"],
      ["priority_levels","priorityLevels",4,"uint64"],
      ["default_priority_level","defaultPriorityLevel",5,"uint64"],
      ["default_queue_policy","defaultQueuePolicy",6,"ModelQueuePolicy"],
      ["priority_queue_policy","priorityQueuePolicy",7,"ModelQueuePolicy","map:uint64"],
    ],
    "ModelSequenceBatching": [
      ["max_sequence_idle_microseconds","maxSequenceIdleMicroseconds",1,"uint64"],
      ["control_input","controlInput",2,"ModelSequenceBatching.ControlInput","repeated"],
      ["direct","direct",3,"ModelSequenceBatching.StrategyDirect","","strategyChoice"],
      ["oldest","oldest",4,"ModelSequenceBatching.StrategyOldest","","strategyChoice"],
      ["state","state",5,"ModelSequenceBatching.State","repeated"],
      ["iterative_sequence","iterativeSequence",6,"bool"],
    ],
    "ModelSequenceBatching.Control": [
      ["kind","kind",1,"ModelSequenceBatching.Control.Kind"],
      ["int32_false_true","int32FalseTrue",2,"int32","repeated"],
      ["fp32_false_true","fp32FalseTrue",3,"float","repeated"],
      ["data_type","dataType",4,"DataType"],
      ["bool_false_true","boolFalseTrue",5,"bool","repeated"],
    ],
    "ModelSequenceBatching.ControlInput": [
      ["name","name",1,"string"],
      ["control","control",2,"ModelSequenceBatching.Control","repeated"],
    ],
    "ModelSequenceBatching.InitialState": [
      ["data_type","dataType",1,"DataType"],
      ["dims","dims",2,"int64","repeated"],
      ["zero_data","zeroData",3,"bool","","stateData"],
      ["data_file","dataFile",4,"string","","stateData"],
      ["name","name",5,"string"],
    ],
    "ModelSequenceBatching.State": [
      ["input_name","inputName",1,"string"],
      ["output_name","outputName",2,"string"],
      ["data_type","dataType",3,"DataType"],
      ["dims","dims",4,"int64","repeated"],
      ["initial_state","initialState",5,"ModelSequenceBatching.InitialState","repeated"],
      ["use_same_buffer_for_input_output","useSameBufferForInputOutput",6,"bool"],
      ["use_growable_memory","useGrowableMemory",7,"bool"],
    ],
    "ModelSequenceBatching.StrategyDirect": [
      ["max_queue_delay_microseconds","maxQueueDelayMicroseconds",1,"uint64"],
      ["minimum_slot_utilization","minimumSlotUtilization",2,"float"],
    ],
    "ModelSequenceBatching.StrategyOldest": [
      ["max_candidate_sequences","maxCandidateSequences",1,"int32"],
      ["preferred_batch_size","preferredBatchSize",2,"int32","repeated"],
      ["max_queue_delay_microseconds","maxQueueDelayMicroseconds",3,"uint64"],
      ["preserve_ordering","preserveOrdering",4,"bool"],
    ],
    "ModelEnsembling": [
      ["step","step",1,"ModelEnsembling.Step","repeated"],
      ["max_inflight_requests","maxInflightRequests",2,"uint32"],
    ],
    "ModelEnsembling.Step": [
      ["model_name","modelName",1,"string"],
      ["model_version","modelVersion",2,"int64"],
      ["input_map","inputMap",3,"string","map:string"],
      ["output_map","outputMap",4,"string","map:string"],
      ["model_namespace","modelNamespace",5,"string"],
    ],
    "ModelParameter": [
      ["string_value","stringValue",1,"string"],
    ],
    "ModelWarmup": [
      ["name","name",1,"string"],
      ["batch_size","batchSize",2,"uint32"],
      ["inputs","inputs",3,"ModelWarmup.Input","map:string"],
      ["count","count",4,"uint32"],
    ],
    "ModelWarmup.Input": [
      ["data_type","dataType",1,"DataType"],
      ["dims","dims",2,"int64","repeated"],
      ["zero_data","zeroData",3,"bool","","inputDataType"],
      ["random_data","randomData",4,"bool","","inputDataType"],
      ["input_data_file","inputDataFile",5,"string","","inputDataType"],
    ],
    "ModelOperations": [
      ["op_library_filename","opLibraryFilename",1,"string","repeated"],
    ],
    "ModelTransactionPolicy": [
      ["decoupled","decoupled",1,"bool"],
    ],
    "ModelRepositoryAgents": [
      ["agents","agents",1,"ModelRepositoryAgents.Agent","repeated"],
    ],
    "ModelRepositoryAgents.Agent": [
      ["name","name",1,"string"],
      ["parameters","parameters",2,"string","map:string"],
    ],
    "ModelResponseCache": [
      ["enable","enable",1,"bool"],
    ],
    "ModelMetrics": [
      ["metric_control","metricControl",1,"ModelMetrics.MetricControl","repeated"],
    ],
    "ModelMetrics.MetricControl": [
      ["metric_identifier","metricIdentifier",1,"ModelMetrics.MetricControl.MetricIdentifier"],
      ["histogram_options","histogramOptions",2,"ModelMetrics.MetricControl.HistogramOptions","","metricOptions"],
    ],
    "ModelMetrics.MetricControl.MetricIdentifier": [
      ["family","family",1,"string"],
    ],
    "ModelMetrics.MetricControl.HistogramOptions": [
      ["buckets","buckets",1,"double","repeated"],
    ],
    "ModelConfig": [
      ["name","name",1,"string"],
      ["platform","platform",2,"string"],
      ["version_policy","versionPolicy",3,"ModelVersionPolicy"],
      ["max_batch_size","maxBatchSize",4,"int32"],
      ["input","input",5,"ModelInput","repeated"],
      ["output","output",6,"ModelOutput","repeated"],
      ["instance_group","instanceGroup",7,"ModelInstanceGroup","repeated"],
      ["default_model_filename","defaultModelFilename",8,"string"],
      ["cc_model_filenames","ccModelFilenames",9,"string","map:string"],
      ["metric_tags","metricTags",10,"string","map:string"],
      ["dynamic_batching","dynamicBatching",11,"ModelDynamicBatching","","schedulingChoice"],
      ["optimization","optimization",12,"ModelOptimizationPolicy"],
      ["sequence_batching","sequenceBatching",13,"ModelSequenceBatching","","schedulingChoice"],
      ["parameters","parameters",14,"ModelParameter","map:string"],
      ["ensemble_scheduling","ensembleScheduling",15,"ModelEnsembling","","schedulingChoice"],
      ["model_warmup","modelWarmup",16,"ModelWarmup","repeated"],
      ["backend","backend",17,"string"],
      ["model_operations","modelOperations",18,"ModelOperations"],
      ["model_transaction_policy","modelTransactionPolicy",19,"ModelTransactionPolicy"],
      ["batch_input","batchInput",20,"BatchInput","repeated"],
      ["batch_output","batchOutput",21,"BatchOutput","repeated"],
      ["model_repository_agents","modelRepositoryAgents",23,"ModelRepositoryAgents"],
      ["response_cache","responseCache",24,"ModelResponseCache"],
      ["runtime","runtime",25,"string"],
      ["model_metrics","modelMetrics",26,"ModelMetrics"],
    ],
  },
  enums: {
    "ModelInstanceGroup.SecondaryDevice.SecondaryDeviceKind": {"KIND_NVDLA":0},
    "ModelInstanceGroup.Kind": {"KIND_AUTO":0,"KIND_GPU":1,"KIND_CPU":2,"KIND_MODEL":3},
    "ModelInput.Format": {"FORMAT_NONE":0,"FORMAT_NHWC":1,"FORMAT_NCHW":2},
    "BatchInput.Kind": {"BATCH_ELEMENT_COUNT":0,"BATCH_ACCUMULATED_ELEMENT_COUNT":1,"BATCH_ACCUMULATED_ELEMENT_COUNT_WITH_ZERO":2,"BATCH_MAX_ELEMENT_COUNT_AS_SHAPE":3,"BATCH_ITEM_SHAPE":4,"BATCH_ITEM_SHAPE_FLATTEN":5},
    "BatchOutput.Kind": {"BATCH_SCATTER_WITH_INPUT_SHAPE":0},
    "ModelOptimizationPolicy.ModelPriority": {"PRIORITY_DEFAULT":0,"PRIORITY_MAX":1,"PRIORITY_MIN":2},
    "ModelQueuePolicy.TimeoutAction": {"REJECT":0,"DELAY":1},
    "ModelSequenceBatching.Control.Kind": {"CONTROL_SEQUENCE_START":0,"CONTROL_SEQUENCE_READY":1,"CONTROL_SEQUENCE_END":2,"CONTROL_SEQUENCE_CORRID":3},
    "DataType": {"TYPE_INVALID":0,"TYPE_BOOL":1,"TYPE_UINT8":2,"TYPE_UINT16":3,"TYPE_UINT32":4,"TYPE_UINT64":5,"TYPE_INT8":6,"TYPE_INT16":7,"TYPE_INT32":8,"TYPE_INT64":9,"TYPE_FP16":10,"TYPE_FP32":11,"TYPE_FP64":12,"TYPE_STRING":13,"TYPE_BF16":14},
  },
});
