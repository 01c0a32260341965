/**
 * A client of TensorRT Inference Server r19.07 and Triton Inference Server 2.x, over HTTP and gRPC.
 *
 * @example Add and subtract with the embedded server's model `simple`
 * ```ts
 * import { InferenceClient, startServer } from "@trtis/trtis";
 *
 * await using server = await startServer({ httpPort: 0, grpcPort: false });
 * await using client = await InferenceClient.connect(server.httpAddress!);
 * const result = await client.infer("simple", {
 *   inputs: { INPUT0: new Int32Array(16).fill(3), INPUT1: new Int32Array(16).fill(1) },
 * });
 * console.log(result.output("OUTPUT0").data, result.output("OUTPUT1").data);
 * ```
 *
 * @module
 */
export { type Address, formatAddress, parseAddress } from "./src/base/address.ts";
export {
  describeError,
  type ErrorCode,
  type ErrorDetails,
  InferenceError,
  type Remedy,
} from "./src/base/errors.ts";
export {
  type ConnectLimits,
  connectProtocol,
  type ProtocolDescription,
} from "./src/client/connect.ts";
export {
  type ChannelDescription,
  chooseWire,
  connectChannel,
  DEFAULT_PORT,
  type GrpcChannelKind,
} from "./src/client/channel.ts";
export { Client } from "./src/client/client.ts";
export { InferenceClient } from "./src/client/inference_client.ts";
export type { Backoff, Balance, ConnectOptions, RetryOptions } from "./src/client/options.ts";
export type { HeaderList, HeaderSource } from "./src/client/headers.ts";
export type { InferCall, InferFunction, Interceptor } from "./src/client/interceptor.ts";
export type {
  AnyModel,
  ArrayFor,
  DataOf,
  ElementOf,
  InputOf,
  ModelTypes,
  OutputName,
  OutputType,
} from "./src/client/typed.ts";
export type { InferEachOptions, Requests } from "./src/client/infer_each.ts";
export { Batcher, type BatchOptions } from "./src/client/batcher.ts";
export { InferModel } from "./src/client/model.ts";
export type {
  InferOptions,
  InputElement,
  InputValues,
  OutputWish,
  Version,
} from "./src/client/request.ts";
export { InferResult, OutputValue } from "./src/client/result.ts";
export { InferStream, type StreamOptions } from "./src/client/stream.ts";
export { type MemoryPart, SharedMemory } from "./src/client/shared_memory.ts";
export type { SharedInput } from "./src/client/shared_inputs.ts";
export type { PosixMemory } from "./src/base/posix_memory.ts";
export type { InferStatistics, RequestTimers } from "./src/client/timers.ts";
export type * from "./src/protocol/types.ts";
export { DATA_TYPES, type DataType, elementByteSize, isDataType } from "./src/tensor/data_type.ts";
export {
  decodeBFloat16,
  decodeFloat16,
  encodeBFloat16,
  encodeFloat16,
} from "./src/tensor/float16.ts";
export { byteSize, elementCount, formatShape, isVariable } from "./src/tensor/shape.ts";
export type { Nested } from "./src/tensor/nested.ts";
export { decodeStrings, decodeText, encodeStrings } from "./src/tensor/strings.ts";
export {
  type Float16ArrayLike,
  type TensorValues,
  toBytes,
  toTypedArray,
  type TypedArray,
  type TypedArrayOf,
} from "./src/tensor/typed_array.ts";
export type {
  CallOptions,
  CallTimes,
  GrpcCallback,
  GrpcCallOptions,
  GrpcChannel,
  GrpcReply,
  GrpcStream,
  GrpcStreamHandlers,
  Header,
  HttpRequest,
  TlsOptions,
} from "./src/transport/types.ts";
export { GrpcStatus, GrpcStatusError } from "./src/transport/grpc/status.ts";
export { type Clock, systemClock } from "./src/base/clock.ts";
export { startServer } from "./src/server/start.ts";
export type { RunningServer, ServerOptions } from "./src/server/server.ts";
export type { ServerLimits } from "./src/server/limits.ts";
export type {
  Caller,
  InstanceContext,
  ModelInstance,
  ModelRequest,
  ModelResult,
  SequencePlace,
  ServerModel,
  TensorValue,
} from "./src/server/core/model.ts";
export type {
  ConfigDataType,
  ControlInput,
  DynamicBatching,
  EnsembleStepConfig,
  InputConfig,
  InstanceGroup,
  ModelConfig,
  OutputConfig,
  SequenceBatching,
} from "./src/server/core/config.ts";
