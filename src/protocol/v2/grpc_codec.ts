/**
 * Requests and answers of v2 over gRPC. On a stream answers come in an envelope that may hold an
 * error instead.
 *
 * @module
 */
import { failedResponse, type GrpcCodec, type StreamEnvelope } from "../codec.ts";
import { streamError } from "./errors.ts";
import { SERVICE } from "./grpc_calls.ts";
import { encodeInferRequest } from "./grpc_request.ts";
import {
  checkAnswer,
  readGrpcInferResponse,
  readMarks,
  readStreamMessage,
} from "./grpc_response.ts";
import { replyIdValue } from "./infer_output.ts";

/** The codec; `address` is for messages. */
export function v2GrpcCodec(address: string): GrpcCodec {
  return {
    inferMethod: SERVICE + "ModelInfer",
    streamMethod: SERVICE + "ModelStreamInfer",
    openEnvelope(message): StreamEnvelope {
      const { error, response } = readStreamMessage(message);
      return {
        message: response,
        error: error === "" ? undefined : streamError(error, address),
        ...readMarks(response),
      };
    },
    encode(request) {
      const bytes = encodeInferRequest(request);
      return { ...bytes, byteLength: bytes.unary.byteLength };
    },
    failure({ refusal, envelope, message }) {
      const error = refusal ?? envelope?.error;
      // Opening the envelope has looked the message over.
      if (error === undefined && envelope === undefined) checkAnswer(message);
      return error;
    },
    decode({ refusal, envelope, message }, request) {
      const error = refusal ?? envelope?.error;
      if (error === undefined) {
        if (envelope === undefined) checkAnswer(message);
        return readGrpcInferResponse(message, request);
      }
      const id = replyIdValue(envelope?.id ?? "", request);
      return failedResponse(error, request, { id, final: envelope?.final });
    },
    replyId: ({ envelope, message }) => envelope?.id ?? readMarks(message).id,
    isFinal: ({ envelope, message }) => envelope?.final ?? readMarks(message).final,
    isEmpty: ({ envelope, message }) => envelope?.empty ?? readMarks(message).empty,
  };
}
