/**
 * What every entry of the client has.
 *
 * @module
 */
export { Batcher, type BatchOptions } from "../batcher.ts";
export { Client } from "../client.ts";
export { InferModel } from "../model.ts";
export { InferResult, OutputValue } from "../result.ts";
export type { InferEachOptions, Requests } from "../infer_each.ts";
export type { InferOptions, InputElement, InputValues, OutputWish, Version } from "../request.ts";
export type { Backoff, Balance, ConnectOptions, RetryOptions } from "../options.ts";
export type { ChannelDescription, GrpcChannelKind, ProtocolDescription } from "../description.ts";
export { type MemoryPart, SharedMemory } from "../shared_memory.ts";
export type { SharedInput } from "../shared_inputs.ts";
export type { CoreOptions } from "../core.ts";
export type { HeaderList, HeaderSource } from "../headers.ts";
export type { InferCall, InferFunction, Interceptor } from "../interceptor.ts";
export type { InferStatistics, RequestTimers } from "../timers.ts";
export { InferStream, type StreamOptions } from "../stream.ts";
export type * from "../typed.ts";
export type * from "../../protocol/types.ts";
export type {
  CallOptions,
  CallTimes,
  Header,
  HttpRequest,
  TlsOptions,
} from "../../transport/types.ts";
export type { DataType } from "../../tensor/data_type.ts";
export type { Nested } from "../../tensor/nested.ts";
export type {
  Float16ArrayLike,
  TensorValues,
  TypedArray,
  TypedArrayOf,
} from "../../tensor/typed_array.ts";
export {
  describeError,
  type ErrorCode,
  type ErrorDetails,
  InferenceError,
  type Remedy,
} from "../../base/errors.ts";
