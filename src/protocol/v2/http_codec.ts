/**
 * Requests and answers of v2 over HTTP: JSON, with the tensors in binary behind it.
 *
 * @module
 */
import { failedResponse, type HttpCodec, type HttpReply } from "../codec.ts";
import type { BodyCoding, Compression } from "./compression.ts";
import type { TensorFormats } from "../types.ts";
import { httpError } from "./errors.ts";
import { modelPath } from "./http_calls.ts";
import { formatInferRequest } from "./json_request.ts";
import { checkAnswer, readInferResponse } from "./json_response.ts";

const utf8 = new TextEncoder();
const HEADER_LENGTH = "Inference-Header-Content-Length";

/** How requests are written and answers read. */
export interface V2HttpCodecOptions {
  /** `host:port`, for messages. */
  readonly address: string;
  /** Compress request bodies. */
  readonly compression?: Compression;
  /** Ask for compressed answers. */
  readonly responseCompression?: Compression;
  /** The most that a compressed answer may grow to, in bytes. */
  readonly maxResponseBytes: number;
  /** What compresses and decompresses; undefined where the platform does, or nothing can. */
  readonly coding?: BodyCoding;
  /** How tensors travel; asked for at every request. */
  formats(): TensorFormats;
}

/** The codec. */
export function v2HttpCodec(options: V2HttpCodecOptions): HttpCodec {
  const { address, compression, responseCompression, coding } = options;
  const headers = [
    ...compression ? [["Content-Encoding", compression] as const] : [],
    ...responseCompression ? [["Accept-Encoding", responseCompression] as const] : [],
  ] as const;
  const bodyOf = ({ response }: HttpReply) =>
    coding === undefined ? response.body : coding.decompress(
      response.body,
      response.header("content-encoding"),
      options.maxResponseBytes,
    );
  const lengthOf = ({ response }: HttpReply) => response.header(HEADER_LENGTH.toLowerCase());
  const failure: HttpCodec["failure"] = (reply) => {
    const { response, path } = reply;
    if (response.status === 200) {
      if (response.header("content-encoding") === undefined) {
        checkAnswer(response.body, lengthOf(reply));
      }
      return undefined;
    }
    const { status, statusText } = response;
    const header = (name: string) => response.header(name);
    const answer = { status, statusText, header, body: bodyOf(reply) };
    return httpError(answer, `POST ${path}`, address);
  };
  return {
    encode(request) {
      const formats = options.formats();
      const isBinary = formats.input === "binary";
      const json = utf8.encode(formatInferRequest(request, formats));
      const pieces = isBinary ? [json, ...request.inputs.flatMap(({ data }) => data)] : [json];
      const body = compression && coding ? [coding.compress(pieces, compression)] : pieces;
      return {
        path: `${modelPath(request.modelName, request.modelVersion)}/infer`,
        headers: isBinary
          ? [
            [HEADER_LENGTH, String(json.byteLength)],
            ["Content-Type", "application/octet-stream"],
            ...headers,
          ]
          : [["Content-Type", "application/json"], ...headers],
        body,
        idempotent: request.sequence === undefined,
        byteLength: body.reduce((sum, piece) => sum + piece.byteLength, 0),
      };
    },
    failure,
    decode(reply, request) {
      // Of a status 200 everything is read, which finds more than a look does.
      const error = reply.response.status === 200 ? undefined : failure(reply);
      if (error) return failedResponse(error, request);
      return readInferResponse(bodyOf(reply), lengthOf(reply), request);
    },
    // HTTP answers each request by itself; ids are only for streams.
    replyId: () => "",
    isFinal: () => true,
    isEmpty: () => false,
  };
}
