/**
 * ModelStreamInfer: requests and answers on one stream, matched by id.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import type { CallTimes, GrpcCallOptions, GrpcChannel } from "../../transport/types.ts";
import type { ProtocolStream, StreamHandlers } from "../types.ts";
import { streamError, unreadable } from "./errors.ts";
import { SERVICE } from "./grpc_endpoints.ts";
import type { GrpcWireReply, GrpcWireRequest } from "./grpc_messages.ts";
import { readIdAndFinal, readStreamMessage } from "./grpc_response.ts";
import { NO_REQUEST, type ReplyContext } from "./reply_context.ts";

/** Opens a stream. */
export function openGrpcStream(
  channel: GrpcChannel,
  address: string,
  handlers: StreamHandlers,
  options: GrpcCallOptions,
): ProtocolStream {
  const contexts = new StreamContexts();
  const stream = channel.stream(SERVICE + "ModelStreamInfer", {
    onMessage: (message, receiveStart) =>
      handlers.onReply(readReply(message, streamTimes(receiveStart), contexts, address)),
    onEnd: (error) =>
      handlers.onEnd(
        error && toInferenceError(error, "CONNECTION", `The stream to ${address} broke`),
      ),
  }, options);
  return {
    send(wire) {
      const request = wire as GrpcWireRequest;
      contexts.sent(request);
      return stream.send(request.stream);
    },
    end: () => stream.end(),
    cancel: () => stream.cancel(),
  };
}

function readReply(
  message: Uint8Array,
  times: CallTimes,
  contexts: StreamContexts,
  address: string,
): GrpcWireReply {
  const frame = { byteLength: message.byteLength, times };
  try {
    const { error, response } = readStreamMessage(message);
    const { id, final } = readIdAndFinal(response);
    const context = contexts.answered(id, final);
    if (context === undefined) throw neverAsked();
    return {
      ...frame,
      message: response,
      context,
      error: error === "" ? undefined : streamError(error, address),
      id,
      final,
    };
  } catch (error) {
    return {
      ...frame,
      message: new Uint8Array(),
      context: NO_REQUEST,
      error: unreadable(error, address),
      id: "",
      final: true,
    };
  }
}

function neverAsked(): InferenceError {
  return new InferenceError("PROTOCOL", "The server answered on a stream before it was asked");
}

/** What answers on one stream are read with. Requests may go out several times under one id. */
class StreamContexts {
  readonly #byId = new Map<string, { context: ReplyContext; open: number }>();
  #last: ReplyContext | undefined;

  sent({ id, context }: GrpcWireRequest): void {
    this.#last = context;
    const known = this.#byId.get(id);
    this.#byId.set(id, { context, open: (known?.open ?? 0) + 1 });
  }

  /** The context of an answer; that of the latest request when its id says nothing. */
  answered(id: string, final: boolean): ReplyContext | undefined {
    const entry = this.#byId.get(id);
    if (entry && final && --entry.open <= 0) this.#byId.delete(id);
    return entry?.context ?? this.#last;
  }
}

/** A stream's answer says when it came; sending happened long before and isn't tied to it. */
function streamTimes(receiveStart: number): CallTimes {
  const receiveEnd = performance.now();
  return { sendStart: receiveStart, sendEnd: receiveStart, receiveStart, receiveEnd };
}
