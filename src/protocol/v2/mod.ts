/**
 * The gRPC service of Triton (KServe v2) and its messages, generated from the .proto files. Messages
 * are plain objects: bigint for 64-bit integers, enumerations by name, bytes as Uint8Array.
 *
 * @example Ask for a model's metadata with the generated stub
 * ```ts
 * import { connectChannel, startServer } from "@trtis/trtis";
 * import { createStub, GRPCInferenceService } from "@trtis/trtis/v2";
 *
 * await using server = await startServer({ httpPort: false, grpcPort: 0 });
 * const channel = await connectChannel({ url: server.grpcAddress! });
 * const stub = createStub(GRPCInferenceService, channel);
 * const { name, inputs } = await stub.modelMetadata({ name: "simple" });
 * console.log(name, inputs.map(({ name, datatype, shape }) => [name, datatype, shape]));
 * channel.close();
 * ```
 *
 * @module
 */
export * from "./generated/messages.js";
export { GRPCInferenceService } from "./generated/services.ts";
export {
  decodeMessage,
  encodeMessage,
  type Filled,
  type FilledField,
  type FilledValue,
  type Message,
  type MessageType,
  type Scalar,
} from "../message.ts";
export type { EnumSchema, FieldSchema, MessageSchema, ScalarType } from "../schema.ts";
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
} from "../../transport/types.ts";
export type { Address } from "../../base/address.ts";
export {
  describeError,
  type ErrorCode,
  type ErrorDetails,
  InferenceError,
  type Remedy,
} from "../../base/errors.ts";
export { GrpcStatus, GrpcStatusError } from "../../transport/grpc/status.ts";
export {
  type BidiCall,
  type BidiMethod,
  createStub,
  type ServiceMethods,
  type Stub,
  type UnaryCall,
  type UnaryMethod,
} from "../stub.ts";
