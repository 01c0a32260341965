/**
 * Asks a server once which protocol it speaks. Both questions are cheap ones that the other kind of
 * server answers with a plain "no".
 *
 * @module
 */
import { formatAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import type { ApiVersion } from "../protocol/types.ts";
import type { GrpcChannel, Header, HttpTransport } from "../transport/types.ts";

const V1_HEALTH = "/nvidia.inferenceserver.GRPCService/Health";
const V2_LIVE = "/inference.GRPCInferenceService/ServerLive";
/** HealthRequest { mode: "live" }. */
const V1_LIVE_REQUEST = new Uint8Array([0x0a, 4, 0x6c, 0x69, 0x76, 0x65]);

/**
 * Over HTTP: r19.07 answers its health path with an NV-Status header; anything else is asked for v2. A
 * server that speaks both, as the embedded one, counts as v1, so that the commands print there what
 * r19.07's did.
 *
 * @throws {InferenceError} CONNECTION when nothing listens, PROTOCOL when it is neither
 */
export async function detectHttpApi(
  transport: HttpTransport,
  headers: readonly Header[],
): Promise<ApiVersion> {
  const base = transport.address.basePath;
  const ask = (path: string) =>
    transport.request({ method: "GET", path: base + path, headers }, { timeoutMs: 10_000 });
  const v1 = await ask("/api/health/live");
  if (v1.header("nv-status") !== undefined) return "v1";
  const v2 = await ask("/v2/health/live");
  if (v2.status === 200) return "v2";
  // A Triton whose health endpoints are restricted still tells metadata, or refuses in its own words.
  const metadata = await ask("/v2");
  if (metadata.status === 200 && isJsonObject(metadata.body)) return "v2";
  if (v2.status !== 404 && isJsonObject(v2.body)) return "v2";
  throw neither(formatAddress(transport.address), `it answers ${v1.status} ${v1.statusText}`);
}

/**
 * Over gRPC: the method that isn't there is answered UNIMPLEMENTED. A server that speaks both counts as
 * v1, as over HTTP.
 *
 * @throws {InferenceError} CONNECTION when nothing listens, PROTOCOL when it is neither
 */
export async function detectGrpcApi(
  channel: GrpcChannel,
  metadata: readonly Header[],
): Promise<ApiVersion> {
  const options = {
    timeoutMs: 10_000,
    metadata: metadata.map(([name, value]) => [name.toLowerCase(), value] as const),
  };
  const knows = async (method: string, request: Uint8Array) => {
    try {
      await channel.unary(method, request, options);
      return true;
    } catch (error) {
      if (isUnsupported(error)) return false;
      // A restricted method refuses, but a server that refuses it knows it.
      if (isTransport(error)) throw error;
      return true;
    }
  };
  if (await knows(V1_HEALTH, V1_LIVE_REQUEST)) return "v1";
  if (await knows(V2_LIVE, new Uint8Array())) return "v2";
  throw neither(formatAddress(channel.address), "it knows neither gRPC service");
}

function isUnsupported(error: unknown): boolean {
  return error instanceof InferenceError && error.code === "UNSUPPORTED";
}

function isTransport(error: unknown): boolean {
  return !(error instanceof InferenceError) ||
    ["CONNECTION", "PROTOCOL", "TIMEOUT", "CANCELLED"].includes(error.code);
}

function isJsonObject(body: Uint8Array): boolean {
  try {
    const value = JSON.parse(new TextDecoder().decode(body));
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

function neither(address: string, why: string): InferenceError {
  return new InferenceError(
    "PROTOCOL",
    `The server at ${address} speaks neither the r19.07 nor the v2 protocol: ${why}`,
    { address, hint: "check the address, or say --api v1 or --api v2" },
  );
}
