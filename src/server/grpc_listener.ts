/**
 * The gRPC side of the server: a listener for services that take and give serialized messages.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import type { sendUnaryData, ServerDuplexStream, ServerUnaryCall } from "@grpc/grpc-js";
import { formatAddress } from "../base/address.ts";
import { describeError, type ErrorCode, InferenceError } from "../base/errors.ts";
import { grpcCauseOf, GrpcStatus } from "../transport/grpc/status.ts";
import type { Listener, ListenOptions } from "./http_listener.ts";
import { finishWithin, listenError } from "./listening.ts";

/** A method with one message each way. */
export interface UnaryMethod {
  readonly kind: "unary";
  readonly name: string;
  /** What it throws becomes the call's gRPC status. */
  handle(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** The receiving side of a stream. */
export interface StreamReceiver {
  /** Resolves when the message is done with; the stream ends after that. */
  onMessage(message: Uint8Array): Promise<void>;
}

/** A method with streams both ways. */
export interface StreamMethod {
  readonly kind: "stream";
  readonly name: string;
  /** Called for each stream; `send` after the client has gone does nothing. */
  open(send: (message: Uint8Array) => void): StreamReceiver;
}

/** A service and its methods. */
export interface GrpcService {
  /** With its package. */
  readonly name: string;
  readonly methods: readonly (UnaryMethod | StreamMethod)[];
}

const STATUS_OF: Partial<Record<ErrorCode, number>> = {
  INVALID: GrpcStatus.INTERNAL,
  INTERNAL: GrpcStatus.INTERNAL,
  PROTOCOL: GrpcStatus.INTERNAL,
  NOT_FOUND: GrpcStatus.NOT_FOUND,
  INVALID_ARG: GrpcStatus.INVALID_ARGUMENT,
  UNAVAILABLE: GrpcStatus.UNAVAILABLE,
  UNSUPPORTED: GrpcStatus.UNIMPLEMENTED,
  ALREADY_EXISTS: GrpcStatus.ALREADY_EXISTS,
};

function statusOf(error: unknown): { code: number; details: string } {
  const known = error instanceof InferenceError ? STATUS_OF[error.code] : undefined;
  const code = grpcCauseOf(error)?.grpcStatus ?? known ?? GrpcStatus.UNKNOWN;
  const details = error instanceof InferenceError ? error.message : describeError(error);
  return { code, details };
}

type Log = ((line: string) => void) | undefined;

function unaryHandler(method: UnaryMethod, log: Log) {
  return async (
    call: ServerUnaryCall<Uint8Array, Uint8Array>,
    callback: sendUnaryData<Uint8Array>,
  ) => {
    const startedAt = log ? performance.now() : 0;
    try {
      callback(null, await method.handle(call.request));
    } catch (error) {
      callback(statusOf(error));
    }
    log?.(`gRPC ${method.name} ${(performance.now() - startedAt).toFixed(1)} ms`);
  };
}

function streamHandler(method: StreamMethod, log: Log) {
  return (call: ServerDuplexStream<Uint8Array, Uint8Array>) => {
    log?.(`gRPC ${method.name} opened`);
    let open = true;
    let pending = 0;
    let inputEnded = false;
    const receiver = method.open((message) => {
      if (open) call.write(message);
    });
    const close = () => {
      if (open && inputEnded && pending === 0) {
        open = false;
        call.end();
      }
    };
    const fail = (error: unknown) => {
      // What grpc-js makes the stream's status of.
      if (open) call.emit("error", statusOf(error));
      open = false;
    };
    call.on("data", (message: Uint8Array) => {
      pending++;
      receiver.onMessage(message).catch(fail).finally(() => {
        pending--;
        close();
      });
    });
    call.on("end", () => {
      inputEnded = true;
      close();
    });
    call.on("cancelled", () => open = false);
    call.on("error", () => open = false);
  };
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// grpc-js wants Buffers and gives them; either way they are views of the same bytes.
const codec = {
  requestSerialize: toBuffer,
  requestDeserialize: (bytes: Buffer): Uint8Array => bytes,
  responseSerialize: toBuffer,
  responseDeserialize: (bytes: Buffer): Uint8Array => bytes,
};

/**
 * Starts to listen; grpc-js is loaded only now. Messages may have any size.
 *
 * @throws {InferenceError} CONNECTION when the address is not to be had
 */
export async function listenGrpc(
  services: readonly GrpcService[],
  { host, port, log }: ListenOptions,
): Promise<Listener> {
  const grpc = await import("@grpc/grpc-js");
  // Failures are told by errors; grpc-js would print them as well.
  grpc.setLogVerbosity(grpc.logVerbosity.NONE);
  const server = new grpc.Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  for (const service of services) {
    const methods = service.methods.map((method) => {
      const streams = method.kind === "stream";
      const definition = {
        path: `/${service.name}/${method.name}`,
        requestStream: streams,
        responseStream: streams,
        ...codec,
      };
      return [method, definition] as const;
    });
    server.addService(
      Object.fromEntries(methods.map(([method, definition]) => [method.name, definition])),
      Object.fromEntries(methods.map(([method]) => [
        method.name,
        method.kind === "stream" ? streamHandler(method, log) : unaryHandler(method, log),
      ])),
    );
  }
  const address = formatAddress({ host, port });
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(address, grpc.ServerCredentials.createInsecure(), (error, actual) => {
      if (error) reject(listenError("gRPC", host, port, error));
      else resolve(actual);
    });
  });
  return {
    address: formatAddress({ host, port: bound }),
    close(graceMs) {
      const finished = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
      return finishWithin(graceMs, finished, () => server.forceShutdown());
    },
  };
}
