/**
 * The server that the channel contract tests talk to: @grpc/grpc-js with messages left as bytes.
 *
 * @module
 */
import { Buffer } from "node:buffer";
import {
  type handleBidiStreamingCall,
  type handleUnaryCall,
  Metadata,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServiceDefinition,
} from "@grpc/grpc-js";
import type { Address } from "../../base/address.ts";
import type { TestCertificates } from "../../../tests/certs.ts";

/** Methods of the test server. Every message is plain bytes. */
export const METHODS = {
  /** Unary: answers with the request. */
  echo: "/test.Contract/Echo",
  /** Unary: answers with the metadata that came, as JSON of name to values; `-bin` in base64. */
  metadata: "/test.Contract/Metadata",
  /** Unary: the request is JSON `{code, details}`; fails so, after initial metadata. */
  fail: "/test.Contract/Fail",
  /** Unary: never answers. */
  hang: "/test.Contract/Hang",
  /** Bidi: sends every message back, ends when the client does. */
  streamEcho: "/test.Contract/StreamEcho",
  /** Bidi: sends two messages back, then fails with DATA_LOSS. */
  streamFail: "/test.Contract/StreamFail",
  /** Bidi: sends one message back, then ends with OK. */
  streamEnd: "/test.Contract/StreamEnd",
  /** Bidi: reads nothing until {@linkcode ContractServer.readAll}; then echoes each length, decimal. */
  streamHold: "/test.Contract/StreamHold",
} as const;

/** What a test can do with the server. */
export interface ContractServer {
  readonly address: Address;
  /** Resolves when `count` calls of `hang` or streams are open at the same time. */
  opened(count: number): Promise<void>;
  /** Resolves when the server has seen one call given up by its client. */
  readonly cancelled: Promise<void>;
  /** Lets `streamHold` read. */
  readAll(): void;
  /** Drops all connections and stops listening. */
  stop(): Promise<void>;
}

const identity = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

function definition(): ServiceDefinition {
  return Object.fromEntries(
    Object.entries(METHODS).map(([name, path]) => [name, {
      path,
      requestStream: name.startsWith("stream"),
      responseStream: name.startsWith("stream"),
      requestSerialize: identity,
      requestDeserialize: identity,
      responseSerialize: identity,
      responseDeserialize: identity,
    }]),
  );
}

function metadataAsJson(metadata: Metadata): string {
  const values: Record<string, string[]> = {};
  for (const name of Object.keys(metadata.getMap())) {
    values[name] = metadata.get(name).map((value) =>
      typeof value === "string" ? value : value.toString("base64")
    );
  }
  return JSON.stringify(values);
}

/** How the server listens. */
export interface ContractServerOptions {
  readonly port?: number;
  readonly tls?: TestCertificates;
}

/** Starts the server on 127.0.0.1. */
export async function startContractServer(
  options: ContractServerOptions = {},
): Promise<ContractServer> {
  type Stream = ServerDuplexStream<Uint8Array, Uint8Array>;
  type Unary = handleUnaryCall<Uint8Array, Uint8Array>;
  type Bidi = handleBidiStreamingCall<Uint8Array, Uint8Array>;
  const cancelled = Promise.withResolvers<void>();
  const hold = Promise.withResolvers<void>();
  const waiters: { count: number; resolve: () => void }[] = [];
  let open = 0;
  const onOpen = (call: { on(event: "cancelled", handler: () => void): unknown }) => {
    open++;
    for (const waiter of waiters) if (open >= waiter.count) waiter.resolve();
    call.on("cancelled", () => cancelled.resolve());
  };
  const echo: Unary = (call, callback) => callback(null, call.request);
  const metadata: Unary = (call, callback) =>
    callback(null, new TextEncoder().encode(metadataAsJson(call.metadata)));
  const fail: Unary = (call, callback) => {
    call.sendMetadata(new Metadata());
    callback(JSON.parse(new TextDecoder().decode(call.request)));
  };
  const hang: Unary = (call) => onOpen(call);
  const stream =
    (onData: (call: Stream, message: Uint8Array, count: number) => void): Bidi => (call) => {
      let count = 0;
      onOpen(call);
      call.on("data", (message) => onData(call, message, ++count));
      call.on("end", () => call.end());
      call.on("error", () => {});
    };
  const streamEcho = stream((call, message) => {
    if (call.write(message)) return;
    call.pause();
    call.once("drain", () => call.resume());
  });
  const streamFail = stream((call, message, count) => {
    // Failing at once would overtake the message.
    const fail = () => call.emit("error", { code: 15, details: "lost it" });
    if (count <= 2) call.write(message, count === 2 ? fail : undefined);
  });
  const streamEnd = stream((call, message, count) => {
    if (count > 1) return;
    call.write(message);
    call.end();
  });
  const streamHold: Bidi = async (call) => {
    onOpen(call);
    call.on("error", () => {});
    await hold.promise;
    call.on("data", (message: Uint8Array) => {
      call.write(new TextEncoder().encode(String(message.length)));
    });
    call.on("end", () => call.end());
  };
  const server = new Server({
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
  });
  server.addService(definition(), {
    echo,
    metadata,
    fail,
    hang,
    streamEcho,
    streamFail,
    streamEnd,
    streamHold,
  });
  const { tls } = options;
  const credentials = tls === undefined
    ? ServerCredentials.createInsecure()
    : ServerCredentials.createSsl(
      Buffer.from(tls.ca),
      [{ private_key: Buffer.from(tls.server.key), cert_chain: Buffer.from(tls.server.cert) }],
      true,
    );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(
      `127.0.0.1:${options.port ?? 0}`,
      credentials,
      (error, bound) => error ? reject(error) : resolve(bound),
    );
  });
  return {
    address: { host: "127.0.0.1", port, tls: false, basePath: "" },
    opened: (count) =>
      new Promise((resolve) => open >= count ? resolve() : waiters.push({ count, resolve })),
    cancelled: cancelled.promise,
    readAll: hold.resolve,
    stop() {
      const stopped = new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
      server.forceShutdown();
      return stopped;
    },
  };
}
