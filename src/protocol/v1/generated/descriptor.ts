// Made by scripts/generate_proto.ts from proto/v1; do not edit.
import { defineSchema } from "../../schema.ts";

/** All messages and enumerations of the package. */
export const schema = defineSchema({
  package: "nvidia.inferenceserver",
  messages: {
    "InferRequestHeader": [
      ["batch_size","batchSize",1,"uint32"],
      ["input","input",2,"InferRequestHeader.Input","repeated"],
      ["output","output",3,"InferRequestHeader.Output","repeated"],
      ["correlation_id","correlationId",4,"uint64"],
      ["id","id",5,"uint64"],
      ["flags","flags",6,"uint32"],
    ],
    "InferRequestHeader.Input": [
      ["name","name",1,"string"],
      ["dims","dims",2,"int64","repeated"],
      ["batch_byte_size","batchByteSize",3,"uint64"],
    ],
    "InferRequestHeader.Output": [
      ["name","name",1,"string"],
      ["cls","cls",3,"InferRequestHeader.Output.Class"],
    ],
    "InferRequestHeader.Output.Class": [
      ["count","count",1,"uint32"],
    ],
    "InferResponseHeader": [
      ["model_name","modelName",1,"string"],
      ["model_version","modelVersion",2,"int64"],
      ["batch_size","batchSize",3,"uint32"],
      ["output","output",4,"InferResponseHeader.Output","repeated"],
      ["id","id",5,"uint64"],
    ],
    "InferResponseHeader.Output": [
      ["name","name",1,"string"],
      ["raw","raw",2,"InferResponseHeader.Output.Raw"],
      ["batch_classes","batchClasses",3,"InferResponseHeader.Output.Classes","repeated"],
    ],
    "InferResponseHeader.Output.Raw": [
      ["dims","dims",1,"int64","repeated"],
      ["batch_byte_size","batchByteSize",2,"uint64"],
    ],
    "InferResponseHeader.Output.Class": [
      ["idx","idx",1,"int32"],
      ["value","value",2,"float"],
      ["label","label",3,"string"],
    ],
    "InferResponseHeader.Output.Classes": [
      ["cls","cls",1,"InferResponseHeader.Output.Class","repeated"],
    ],
    "StatusRequest": [
      ["model_name","modelName",1,"string"],
    ],
    "StatusResponse": [
      ["request_status","requestStatus",1,"RequestStatus"],
      ["server_status","serverStatus",2,"ServerStatus"],
    ],
    "ProfileRequest": [
      ["cmd","cmd",1,"string"],
    ],
    "ProfileResponse": [
      ["request_status","requestStatus",1,"RequestStatus"],
    ],
    "HealthRequest": [
      ["mode","mode",1,"string"],
    ],
    "HealthResponse": [
      ["request_status","requestStatus",1,"RequestStatus"],
      ["health","health",2,"bool"],
    ],
    "InferRequest": [
      ["model_name","modelName",1,"string"],
      ["model_version","modelVersion",2,"int64"],
      ["meta_data","metaData",3,"InferRequestHeader"],
      ["raw_input","rawInput",4,"bytes","repeated"],
    ],
    "InferResponse": [
      ["request_status","requestStatus",1,"RequestStatus"],
      ["meta_data","metaData",2,"InferResponseHeader"],
      ["raw_output","rawOutput",3,"bytes","repeated"],
    ],
    "RequestStatus": [
      ["code","code",1,"RequestStatusCode"],
      ["msg","msg",2,"string"],
      ["server_id","serverId",3,"string"],
      ["request_id","requestId",4,"uint64"],
    ],
    "StatDuration": [
      ["count","count",1,"uint64"],
      ["total_time_ns","totalTimeNs",2,"uint64"],
    ],
    "StatusRequestStats": [
      ["success","success",1,"StatDuration"],
    ],
    "ProfileRequestStats": [
      ["success","success",1,"StatDuration"],
    ],
    "HealthRequestStats": [
      ["success","success",1,"StatDuration"],
    ],
    "InferRequestStats": [
      ["success","success",1,"StatDuration"],
      ["failed","failed",2,"StatDuration"],
      ["compute","compute",3,"StatDuration"],
      ["queue","queue",4,"StatDuration"],
    ],
    "ModelVersionStatus": [
      ["ready_state","readyState",1,"ModelReadyState"],
      ["infer_stats","inferStats",2,"InferRequestStats","map:uint32"],
      ["model_execution_count","modelExecutionCount",3,"uint64"],
      ["model_inference_count","modelInferenceCount",4,"uint64"],
    ],
    "ModelStatus": [
      ["config","config",1,"ModelConfig"],
      ["version_status","versionStatus",2,"ModelVersionStatus","map:int64"],
    ],
    "ServerStatus": [
      ["id","id",1,"string"],
      ["version","version",2,"string"],
      ["uptime_ns","uptimeNs",3,"uint64"],
      ["model_status","modelStatus",4,"ModelStatus","map:string"],
      ["status_stats","statusStats",5,"StatusRequestStats"],
      ["profile_stats","profileStats",6,"ProfileRequestStats"],
      ["ready_state","readyState",7,"ServerReadyState"],
      ["health_stats","healthStats",8,"HealthRequestStats"],
    ],
    "ModelInstanceGroup": [
      ["name","name",1,"string"],
      ["count","count",2,"int32"],
      ["gpus","gpus",3,"int32","repeated"],
      ["kind","kind",4,"ModelInstanceGroup.Kind"],
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
    ],
    "ModelOutput": [
      ["name","name",1,"string"],
      ["data_type","dataType",2,"DataType"],
      ["dims","dims",3,"int64","repeated"],
      ["label_filename","labelFilename",4,"string"],
      ["reshape","reshape",5,"ModelTensorReshape"],
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
    ],
    "ModelOptimizationPolicy.Graph": [
      ["level","level",1,"int32"],
    ],
    "ModelOptimizationPolicy.Cuda": [
      ["graphs","graphs",1,"bool"],
    ],
    "ModelDynamicBatching": [
      ["preferred_batch_size","preferredBatchSize",1,"int32","repeated"],
      ["max_queue_delay_microseconds","maxQueueDelayMicroseconds",2,"uint64"],
    ],
    "ModelSequenceBatching": [
      ["max_sequence_idle_microseconds","maxSequenceIdleMicroseconds",1,"uint64"],
      ["control_input","controlInput",2,"ModelSequenceBatching.ControlInput","repeated"],
    ],
    "ModelSequenceBatching.Control": [
      ["kind","kind",1,"ModelSequenceBatching.Control.Kind"],
      ["int32_false_true","int32FalseTrue",2,"int32","repeated"],
      ["fp32_false_true","fp32FalseTrue",3,"float","repeated"],
    ],
    "ModelSequenceBatching.ControlInput": [
      ["name","name",1,"string"],
      ["control","control",2,"ModelSequenceBatching.Control","repeated"],
    ],
    "ModelEnsembling": [
      ["step","step",1,"ModelEnsembling.Step","repeated"],
    ],
    "ModelEnsembling.Step": [
      ["model_name","modelName",1,"string"],
      ["model_version","modelVersion",2,"int64"],
      ["input_map","inputMap",3,"string","map:string"],
      ["output_map","outputMap",4,"string","map:string"],
    ],
    "ModelParameter": [
      ["string_value","stringValue",1,"string"],
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
    ],
  },
  enums: {
    "InferRequestHeader.Flag": {"FLAG_NONE":0,"FLAG_SEQUENCE_START":1,"FLAG_SEQUENCE_END":2},
    "RequestStatusCode": {"INVALID":0,"SUCCESS":1,"UNKNOWN":2,"INTERNAL":3,"NOT_FOUND":4,"INVALID_ARG":5,"UNAVAILABLE":6,"UNSUPPORTED":7,"ALREADY_EXISTS":8},
    "ModelReadyState": {"MODEL_UNKNOWN":0,"MODEL_READY":1,"MODEL_UNAVAILABLE":2,"MODEL_LOADING":3,"MODEL_UNLOADING":4},
    "ServerReadyState": {"SERVER_INVALID":0,"SERVER_INITIALIZING":1,"SERVER_READY":2,"SERVER_EXITING":3,"SERVER_FAILED_TO_INITIALIZE":10},
    "DataType": {"TYPE_INVALID":0,"TYPE_BOOL":1,"TYPE_UINT8":2,"TYPE_UINT16":3,"TYPE_UINT32":4,"TYPE_UINT64":5,"TYPE_INT8":6,"TYPE_INT16":7,"TYPE_INT32":8,"TYPE_INT64":9,"TYPE_FP16":10,"TYPE_FP32":11,"TYPE_FP64":12,"TYPE_STRING":13},
    "ModelInstanceGroup.Kind": {"KIND_AUTO":0,"KIND_GPU":1,"KIND_CPU":2},
    "ModelInput.Format": {"FORMAT_NONE":0,"FORMAT_NHWC":1,"FORMAT_NCHW":2},
    "ModelOptimizationPolicy.ModelPriority": {"PRIORITY_DEFAULT":0,"PRIORITY_MAX":1,"PRIORITY_MIN":2},
    "ModelSequenceBatching.Control.Kind": {"CONTROL_SEQUENCE_START":0,"CONTROL_SEQUENCE_READY":1},
  },
});
