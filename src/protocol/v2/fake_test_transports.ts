/**
 * Transports that answer from memory, for tests.
 *
 * @module
 */
import { callBack } from "../../transport/exchange.ts";
import type {
  CallTimes,
  GrpcChannel,
  GrpcStreamHandlers,
  HttpRequest,
  HttpTransport,
} from "../../transport/types.ts";
import type { InferInput, InferRequest } from "../types.ts";

const ADDRESS = { host: "h", port: 1, tls: false, basePath: "/base" };
const TIMES: CallTimes = { sendStart: 1, sendEnd: 2, receiveStart: 3, receiveEnd: 4 };

/** An answer in memory; header names in lower case. */
export interface FakeAnswer {
  readonly status?: number;
  readonly statusText?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** An HTTP transport and what it was asked. */
export function fakeHttp(answer: (request: HttpRequest) => FakeAnswer) {
  const requests: HttpRequest[] = [];
  const transport: HttpTransport = {
    address: ADDRESS,
    request(request) {
      requests.push(request);
      const { status = 200, statusText = "OK", headers = {}, body = "" } = answer(request);
      return Promise.resolve({
        status,
        statusText,
        header: (name) => headers[name],
        body: typeof body === "string" ? new TextEncoder().encode(body) : body,
        times: TIMES,
      });
    },
    exchange: (request, options, callback) =>
      callBack(transport.request(request, options), callback),
    close() {},
  };
  return { transport, requests };
}

/** A gRPC channel and what it was asked; `stream` gives the handlers of the stream opened last. */
export function fakeGrpc(answer: (method: string, message: Uint8Array) => Uint8Array) {
  const messages: { method: string; message: Uint8Array; metadata: unknown }[] = [];
  let handlers: GrpcStreamHandlers | undefined;
  const channel: GrpcChannel = {
    address: ADDRESS,
    async unary(method, message, options) {
      messages.push({ method, message, metadata: options?.metadata });
      return await { message: answer(method, message), times: TIMES };
    },
    exchange: (method, message, options, callback) =>
      callBack(channel.unary(method, message, options), callback),
    stream(method, given, options) {
      handlers = given;
      return {
        send(message) {
          messages.push({ method, message, metadata: options?.metadata });
          return Promise.resolve();
        },
        end() {},
        cancel() {},
        pause() {},
        resume() {},
      };
    },
    close() {},
  };
  return { channel, messages, stream: () => handlers! };
}

/** A request for `simple`, batch of one, with tensors of sixteen INT32. */
export function simpleRequest(more: Partial<InferRequest> = {}): InferRequest {
  return {
    modelName: "simple",
    batchSize: 1,
    batched: true,
    inputs: ["INPUT0", "INPUT1"].map((name, i): InferInput => ({
      name,
      dataType: "INT32",
      shape: [16],
      data: [new Uint8Array(64).fill(i + 1)],
    })),
    outputs: [],
    ...more,
  };
}
