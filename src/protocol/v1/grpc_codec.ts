/**
 * Requests and answers of r19.07 over gRPC: every call answers with gRPC status OK, the RequestStatus
 * inside tells the rest. A stream's messages are those of unary calls.
 *
 * @module
 */
import { failedResponse, type GrpcCodec, type GrpcReply } from "../codec.ts";
import { decodeMessage, encodeMessage } from "../message.ts";
import { WireReader, WireWriter } from "../protobuf_wire.ts";
import type { EncodedGrpcRequest, InferRequest } from "../types.ts";
import { InferRequestHeader, InferResponseHeader, RequestStatus } from "./generated/messages.js";
import { inferRequestHeader } from "./infer_request.ts";
import { inferResponse, whoAnswered } from "./infer_response.ts";
import { statusError } from "./request_status.ts";

/** The service's path; a method's name follows. */
export const SERVICE = "/nvidia.inferenceserver.GRPCService/";
const NEWEST = -1n;
/** RequestStatusCode SUCCESS. */
const SUCCESS = 1;
/** Field of the request's id in an InferResponseHeader. */
const ID = 5;

/** The codec; `address` is for messages. */
export function v1GrpcCodec(address: string): GrpcCodec {
  return {
    inferMethod: SERVICE + "Infer",
    streamMethod: SERVICE + "StreamInfer",
    encode,
    failure({ refusal, message }) {
      if (refusal !== undefined) return refusal;
      const { status } = readParts(message);
      if (status !== undefined && readCode(status) === SUCCESS) return undefined;
      return statusError(decodeStatus(status), address);
    },
    decode({ refusal, message }, request) {
      if (refusal !== undefined) return failedResponse(refusal, request);
      const parts = readParts(message);
      const status = decodeStatus(parts.status);
      const header = parts.header ? decodeMessage(InferResponseHeader, parts.header) : {};
      const error = statusError(status, address);
      return error
        ? failedResponse(error, request, whoAnswered(header, status))
        : inferResponse(header, parts.raw, status);
    },
    replyId,
    // Only decoupled models have empty answers; v1 knows none.
    isFinal: () => true,
    isEmpty: () => false,
  };
}

function encode(request: InferRequest): EncodedGrpcRequest {
  const header = encodeMessage(InferRequestHeader, inferRequestHeader(request));
  const tensorBytes = request.inputs.reduce(
    (sum, { data }) => data.reduce((size, piece) => size + piece.byteLength, sum + 16),
    0,
  );
  const writer = new WireWriter(header.byteLength + tensorBytes + 64)
    .string(1, request.modelName)
    .int64(2, request.modelVersion ?? NEWEST)
    .bytes(3, header);
  for (const { data } of request.inputs) writer.pieces(4, data);
  const message = writer.finish();
  return { unary: message, stream: message, byteLength: message.byteLength };
}

function replyId({ message }: GrpcReply): string {
  const { header } = readParts(message);
  if (header === undefined) return "";
  const reader = new WireReader(header);
  while (reader.next()) {
    if (reader.field === ID) return String(reader.uint64());
    reader.skip();
  }
  return "";
}

/** Where the parts of an InferResponse lie in its bytes. */
interface ResponseParts {
  status: Uint8Array | undefined;
  header: Uint8Array | undefined;
  raw: Uint8Array[];
}

function readParts(message: Uint8Array): ResponseParts {
  const parts: ResponseParts = { status: undefined, header: undefined, raw: [] };
  const reader = new WireReader(message);
  while (reader.next()) {
    if (reader.field === 1) parts.status = reader.bytes();
    else if (reader.field === 2) parts.header = reader.bytes();
    else if (reader.field === 3) parts.raw.push(reader.bytes());
    else reader.skip();
  }
  return parts;
}

function readCode(status: Uint8Array): number {
  const reader = new WireReader(status);
  while (reader.next()) {
    if (reader.field === 1) return reader.varint();
    reader.skip();
  }
  return 0;
}

function decodeStatus(status: Uint8Array | undefined): RequestStatus {
  return status === undefined ? {} : decodeMessage(RequestStatus, status);
}
