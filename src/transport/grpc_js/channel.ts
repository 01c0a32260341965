/**
 * A gRPC channel over the npm package @grpc/grpc-js. The package is loaded when the first channel is
 * made, so that whoever speaks HTTP only never loads it.
 *
 * @module
 */
import { onAbort } from "../../base/abort.ts";
import { LONGEST_TIMER_MS } from "../../base/clock.ts";
import { Buffer } from "node:buffer";
import type { Client, ClientOptions, Metadata, ServiceError } from "@grpc/grpc-js";
import { type Address, formatAddress } from "../../base/address.ts";
import { describeError, InferenceError } from "../../base/errors.ts";
import { cancelled, connectTimedOut, transportClosed } from "../errors.ts";
import { callBack } from "../exchange.ts";
import { checkTlsOptions, DEFAULT_CONNECT_TIMEOUT_MS } from "../tls.ts";
import type {
  GrpcCallback,
  GrpcCallOptions,
  GrpcChannel,
  GrpcReply,
  GrpcStream,
  GrpcStreamHandlers,
  TransportOptions,
} from "../types.ts";
import { makeCredentials } from "./credentials.ts";
import { isHttpServer } from "../grpc/not_grpc.ts";
import { callError, mayBeAnotherProtocol } from "./errors.ts";
import { SocketSet } from "./sockets.ts";
import { GrpcJsStream } from "./stream.ts";
import { speaksHttp1 } from "./http1_probe.ts";
import { checkMetadata } from "../grpc/metadata.ts";

type GrpcJs = typeof import("@grpc/grpc-js");

// connectivityState.READY of grpc-js.
const READY = 2;
/** What grpc-js reads from the environment while it loads; all of it may be unset. */
export const GRPC_JS_ENVIRONMENT: readonly string[] = [
  "GRPC_NODE_VERBOSITY",
  "GRPC_VERBOSITY",
  "GRPC_NODE_TRACE",
  "GRPC_TRACE",
  "GRPC_SSL_CIPHER_SUITES",
  "GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
  "GRPC_NODE_USE_ALTERNATIVE_RESOLVER",
  "GRPC_NODE_DEBUG_SEND_ERROR_DETAILS",
  "GRPC_EXPERIMENTAL_ENABLE_OUTLIER_DETECTION",
];

/**
 * Makes a channel. Messages of any size, no retries, no keepalive pings, no proxies, and a connection
 * that is shared with no other channel.
 *
 * @throws {InferenceError} INVALID_ARG when the TLS material can't be used, UNSUPPORTED when the
 *   package can't be loaded
 */
export async function createGrpcJsChannel(options: TransportOptions): Promise<GrpcChannel> {
  checkTlsOptions(options.tls);
  if (options.proxy !== undefined) {
    throw new InferenceError("UNSUPPORTED", "Cannot use a proxy with grpc-js", {
      hint: "use the native gRPC channel, or go without a proxy for this server",
      remedy: "set-proxy",
    });
  }
  return new GrpcJsChannel(await loadGrpcJs(), options);
}

async function loadGrpcJs(): Promise<GrpcJs> {
  try {
    return await import("@grpc/grpc-js");
  } catch (cause) {
    const hint = cause instanceof Deno.errors.NotCapable
      ? `run with --allow-env=${GRPC_JS_ENVIRONMENT.join(",")}`
      : undefined;
    throw new InferenceError("UNSUPPORTED", `Cannot load @grpc/grpc-js: ${describeError(cause)}`, {
      hint,
      cause,
    });
  }
}

/** A call in flight, as far as limits and close() have to do with it. */
interface Watch {
  /** Why this side gave the call up, if it did. */
  readonly error: InferenceError | undefined;
  fail(error: InferenceError): void;
  /** Stops watching; the call is over. */
  release(): void;
}

class GrpcJsChannel implements GrpcChannel {
  readonly address: Address;
  readonly #grpc: GrpcJs;
  readonly #options: TransportOptions;
  readonly #client: Client;
  readonly #calls = new Set<Watch>();
  readonly #sockets = new SocketSet();
  #closed = false;

  constructor(grpc: GrpcJs, options: TransportOptions) {
    this.address = options.address;
    this.#grpc = grpc;
    this.#options = options;
    this.#client = makeClient(grpc, options, this.#sockets);
  }

  unary(method: string, message: Uint8Array, options: GrpcCallOptions = {}): Promise<GrpcReply> {
    return new Promise((resolve, reject) => {
      const refusal = this.#refusal(options);
      if (refusal) return reject(refusal);
      const times = { sendStart: performance.now(), sendEnd: 0, receiveStart: 0, receiveEnd: 0 };
      const call = this.#client.makeUnaryRequest(
        method,
        asBuffer,
        asBytes,
        message,
        this.#metadata(options),
        callOptions(options),
        (failure, reply) => {
          times.receiveEnd = performance.now();
          times.receiveStart ||= times.receiveEnd;
          watch.release();
          if (failure === null) resolve({ message: reply!, times });
          else this.#explain(failure, watch, options).then(reject);
        },
      );
      const watch = this.#watch(call, options);
      times.sendEnd = performance.now();
      call.once("metadata", () => times.receiveStart = performance.now());
    });
  }

  exchange(
    method: string,
    message: Uint8Array,
    options: GrpcCallOptions,
    callback: GrpcCallback,
  ): void {
    callBack(this.unary(method, message, options), callback);
  }

  stream(
    method: string,
    handlers: GrpcStreamHandlers,
    options: GrpcCallOptions = {},
  ): GrpcStream {
    const stream = new GrpcJsStream(handlers);
    const refusal = this.#refusal(options);
    if (refusal) {
      queueMicrotask(() => stream.finish(refusal));
      return stream;
    }
    const call = this.#client.makeBidiStreamRequest(
      method,
      asBuffer,
      asBytes,
      this.#metadata(options),
      callOptions(options),
    );
    const watch = this.#watch(call, options);
    stream.start(call, () => watch.fail(cancelled(this.address)));
    call.on("error", async (failure: ServiceError) => {
      watch.release();
      stream.finish(await this.#explain(failure, watch, options));
    });
    call.on("status", (status: { code: number }) => {
      if (status.code !== this.#grpc.status.OK) return;
      watch.release();
      stream.finish(undefined);
    });
    return stream;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const call of this.#calls) call.fail(transportClosed(this.address));
    const connected = this.#client.getChannel().getConnectivityState(false) === READY;
    this.#client.close();
    this.#sockets.close(connected);
  }

  /** Why a call can't even start. */
  #refusal(options: GrpcCallOptions): InferenceError | undefined {
    if (this.#closed) return transportClosed(this.address);
    if (options.signal?.aborted) return cancelled(this.address, options.signal);
    try {
      checkMetadata(options.metadata ?? []);
    } catch (error) {
      return error as InferenceError;
    }
  }

  #metadata(options: GrpcCallOptions): Metadata {
    const metadata = new this.#grpc.Metadata();
    for (const [name, value] of options.metadata ?? []) {
      metadata.add(name, name.endsWith("-bin") ? Buffer.from(value, "base64") : value);
    }
    return metadata;
  }

  #watch(call: { cancel(): void }, options: GrpcCallOptions): Watch {
    const { signal } = options;
    const connectTimeoutMs = this.#options.connectTimeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS;
    let own: InferenceError | undefined;
    const fail = (error: InferenceError) => {
      own ??= error;
      call.cancel();
    };
    const unwatch = signal && onAbort(signal, () => fail(cancelled(this.address, signal)));
    const channel = this.#client.getChannel();
    // grpc-js itself waits for as long as the TCP connection stands.
    const timer = connectTimeoutMs > 0 && channel.getConnectivityState(false) !== READY
      ? setTimeout(() => {
        if (channel.getConnectivityState(false) !== READY) {
          fail(connectTimedOut(this.address, connectTimeoutMs));
        }
      }, connectTimeoutMs)
      : undefined;
    const watch: Watch = {
      get error() {
        return own;
      },
      fail,
      release: () => {
        clearTimeout(timer);
        unwatch?.();
        this.#calls.delete(watch);
      },
    };
    this.#calls.add(watch);
    return watch;
  }

  async #explain(
    failure: ServiceError,
    watch: Watch,
    { timeoutMs }: GrpcCallOptions,
  ): Promise<InferenceError> {
    if (watch.error) return watch.error;
    return mayBeAnotherProtocol(failure) && await speaksHttp1(this.#options)
      ? isHttpServer(this.address)
      : callError(failure, this.address, timeoutMs);
  }
}

function makeClient(grpc: GrpcJs, options: TransportOptions, sockets: SocketSet): Client {
  const { serverName } = options.tls ?? {};
  const authority = options.authority ?? serverName;
  const names: ClientOptions = {
    ...(serverName === undefined ? {} : { "grpc.ssl_target_name_override": serverName }),
    ...(authority === undefined ? {} : { "grpc.default_authority": authority }),
  };
  const target = `dns:${formatAddress(options.address)}`;
  return new grpc.Client(target, sockets.track(makeCredentials(grpc, options)), {
    ...names,
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
    "grpc.use_local_subchannel_pool": 1,
    "grpc.enable_http_proxy": 0,
    "grpc.enable_retries": 0,
    "grpc.enable_channelz": 0,
    "grpc.service_config_disable_resolution": 1,
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": 1000,
  });
}

function callOptions({ timeoutMs }: GrpcCallOptions): { deadline?: number } {
  return timeoutMs && timeoutMs <= LONGEST_TIMER_MS ? { deadline: Date.now() + timeoutMs } : {};
}

const asBuffer = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const asBytes = (buffer: Buffer) =>
  new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
