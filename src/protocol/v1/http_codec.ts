/**
 * Requests and answers of r19.07 over HTTP: NV- headers as text, raw tensors in the body, and in an
 * answer the header once more, serialized, behind them.
 *
 * @module
 */
import type { HttpCodec } from "../codec.ts";
import { failedResponse } from "../codec.ts";
import { decodePlain } from "../decode_plain.ts";
import { messageSchema } from "../schema.ts";
import type { InferRequest } from "../types.ts";
import { schema } from "./generated/descriptor.ts";
import type { InferResponseHeader } from "./generated/messages.js";
import { responseError } from "./http_status.ts";
import { inferRequestHeader } from "./infer_request.ts";
import { cutRawOutputs, inferResponse, rawByteSize, whoAnswered } from "./infer_response.ts";
import { formatText, parseText } from "./text_format/text_format.ts";

const HEADER = messageSchema(schema, "InferResponseHeader");

const utf8 = new TextDecoder();

/** The codec; `address` is for messages. */
export function v1HttpCodec(address: string): HttpCodec {
  const failure: HttpCodec["failure"] = ({ response }) => {
    const isGood = response.status === 200 &&
      response.header("nv-status")?.startsWith("code: SUCCESS");
    return isGood ? undefined : responseError(response, address);
  };
  return {
    encode(request) {
      const header = formatText("InferRequestHeader", inferRequestHeader(request), {
        singleLine: true,
      });
      const body = request.inputs.flatMap(({ data }) => data);
      return {
        path: inferPath(request),
        headers: [["Content-Type", "application/octet-stream"], ["NV-InferRequest", header]],
        body,
        idempotent: request.sequence === undefined,
        byteLength: body.reduce((sum, piece) => sum + piece.byteLength, 0),
      };
    },
    failure,
    decode(reply, request) {
      const { response } = reply;
      const error = failure(reply);
      const statusText = response.header("nv-status");
      const status = statusText === undefined ? {} : parseText("RequestStatus", statusText);
      if (error) return failedResponse(error, request, whoAnswered({}, status));
      const stripped = parseText("InferResponseHeader", response.header("nv-inferresponse") ?? "");
      const raw = cutRawOutputs(stripped, response.body);
      const header = responseHeader(response.body.subarray(rawByteSize(stripped)));
      return inferResponse(header, raw, status);
    },
    replyId: () => "",
    // Only decoupled models have empty answers; v1 knows none.
    isFinal: () => true,
    isEmpty: () => false,
  };
}

function inferPath({ modelName, modelVersion }: InferRequest): string {
  const version = modelVersion === undefined ? "" : `/${modelVersion}`;
  return `/api/infer/${encodeURIComponent(modelName)}${version}?format=binary`;
}

/** The header at the end of the body: serialized, or text when the answer was not asked for in binary. */
function responseHeader(bytes: Uint8Array): InferResponseHeader {
  // Text begins with a field's name, a serialized message with a tag below "a".
  const first = bytes[0] ?? 0;
  const isText = first >= 0x61 && first <= 0x7a;
  return isText
    ? parseText("InferResponseHeader", utf8.decode(bytes))
    : decodePlain(HEADER, bytes) as InferResponseHeader;
}
