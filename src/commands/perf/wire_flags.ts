/**
 * The flags of perf_client about how messages travel: perf_analyzer's names, and for what it hasn't those of
 * Triton's own clients.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { FlagTable, OptionsOf } from "../../cli/flag.ts";
import type { ProtocolDescription } from "../../client/connect.ts";

const section = "Connection";
const COMPRESSIONS = ["none", "gzip", "deflate"] as const;

/** To be spread into the command's table. */
export const wireFlags = {
  grpcCompression: {
    kind: "choice",
    section,
    long: "grpc-compression-algorithm",
    choices: COMPRESSIONS,
    default: "none",
    help: "how gRPC messages are compressed that are sent; each request is compressed once",
  },
  requestCompression: {
    kind: "choice",
    section,
    long: "request-compression-algorithm",
    choices: COMPRESSIONS,
    default: "none",
    help: "how HTTP requests are compressed (v2), once each",
  },
  responseCompression: {
    kind: "choice",
    section,
    long: "response-compression-algorithm",
    choices: COMPRESSIONS,
    default: "none",
    help: "which compression HTTP answers are asked for (v2)",
  },
  keepaliveTime: {
    kind: "number",
    section,
    long: "grpc-keepalive-time",
    value: "MSEC",
    min: 1,
    help: "silence after which the server is asked whether it is there",
    defaultHelp: "it is not asked",
  },
  keepaliveTimeout: {
    kind: "number",
    section,
    long: "grpc-keepalive-timeout",
    value: "MSEC",
    default: 20_000,
    min: 1,
    help: "how long the server may take to say so, with --grpc-keepalive-time",
  },
  keepaliveAlways: {
    kind: "boolean",
    section,
    long: "grpc-keepalive-permit-without-calls",
    help: "ask also while no calls are under way",
  },
  maxReceive: {
    kind: "integer",
    section,
    long: "grpc-max-receive-message-length",
    value: "BYTES",
    min: 1,
    max: 2_147_483_647,
    help: "longest gRPC message that is taken from the server",
    defaultHelp: "2147483647",
  },
  maxSend: {
    kind: "integer",
    section,
    long: "grpc-max-send-message-length",
    value: "BYTES",
    min: 1,
    max: 2_147_483_647,
    help: "longest gRPC message that is sent",
    defaultHelp: "2147483647",
  },
} as const satisfies FlagTable;

/** What they give. */
export type WireOptions = OptionsOf<typeof wireFlags>;

/** What the flags say that the description of a server has. */
export type WireDescription = Pick<
  ProtocolDescription,
  | "grpcCompression"
  | "compression"
  | "responseCompression"
  | "keepaliveMs"
  | "keepaliveTimeoutMs"
  | "keepaliveAlways"
  | "maxAnswerBytes"
  | "maxRequestBytes"
>;

/** @throws {InferenceError} USAGE for a flag of the other protocol */
export function readWire(options: WireOptions, wire: "http" | "grpc"): WireDescription {
  const chosen = (how: typeof COMPRESSIONS[number]) => how === "none" ? undefined : how;
  const description = {
    grpcCompression: chosen(options.grpcCompression),
    compression: chosen(options.requestCompression),
    responseCompression: chosen(options.responseCompression),
    keepaliveMs: options.keepaliveTime,
    keepaliveTimeoutMs: options.keepaliveTime && options.keepaliveTimeout,
    keepaliveAlways: options.keepaliveAlways || undefined,
    maxAnswerBytes: options.maxReceive,
    maxRequestBytes: options.maxSend,
  };
  const { compression, responseCompression, ...ofGrpc } = description;
  const ofOther = wire === "grpc" ? { compression, responseCompression } : ofGrpc;
  const used = Object.values(ofOther).some((value) => value !== undefined);
  if (!used) return description;
  throw new InferenceError(
    "USAGE",
    wire === "grpc"
      ? "--request-compression-algorithm and --response-compression-algorithm are for HTTP"
      : "--grpc-compression-algorithm, --grpc-keepalive-... and --grpc-max-... need gRPC",
    { hint: wire === "grpc" ? "use --grpc-compression-algorithm" : "add -i grpc" },
  );
}
