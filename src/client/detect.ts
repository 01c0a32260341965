/**
 * Asks a server once which protocol it speaks. Both questions are cheap ones that the other kind of
 * server answers with a plain "no".
 *
 * @module
 */
import { formatAddress } from "../base/address.ts";
import { InferenceError } from "../base/errors.ts";
import { isPassing } from "../protocol/http_status.ts";
import type { ApiVersion } from "../protocol/types.ts";
import type {
  CallOptions,
  GrpcChannel,
  Header,
  HttpResponse,
  HttpTransport,
} from "../transport/types.ts";
import { gatewayError } from "./gateway.ts";
import { Deadline } from "./deadline.ts";

/** All questions together take no longer, unless the caller says otherwise. */
const DETECTION_LIMITS: CallOptions = { timeoutMs: 10_000 };

/** Before a server that is busy or away is asked again; twice as long each time. */
const FIRST_PAUSE_MS = 100;
/** Nobody is asked again after so long. */
const PATIENCE_MS = 3000;

const V1_HEALTH = "/nvidia.inferenceserver.GRPCService/Health";
const V2_LIVE = "/inference.GRPCInferenceService/ServerLive";
/** HealthRequest { mode: "live" }. */
const V1_LIVE_REQUEST = new Uint8Array([0x0a, 4, 0x6c, 0x69, 0x76, 0x65]);

/**
 * Over HTTP: r19.07 answers its health path with an NV-Status header; anything else is asked for v2. A
 * server that speaks both, as the embedded one, counts as v1, so that the commands print there what
 * r19.07's did.
 *
 * @throws {InferenceError} CONNECTION when nothing listens, PROTOCOL when it is neither, TIMEOUT and
 * CANCELLED as the limits say
 */
export function detectHttpApi(
  transport: HttpTransport,
  headers: readonly Header[],
  limits: CallOptions = DETECTION_LIMITS,
): Promise<ApiVersion> {
  const deadline = new Deadline(limits);
  return patiently(deadline, () => askHttp(transport, headers, deadline));
}

async function askHttp(
  transport: HttpTransport,
  headers: readonly Header[],
  deadline: Deadline,
): Promise<ApiVersion> {
  const { basePath } = transport.address;
  const address = formatAddress(transport.address);
  const ask = (path: string) =>
    transport.request({ method: "GET", path: basePath + path, headers }, deadline.step());
  const v1 = await ask("/api/health/live");
  if (v1.header("nv-status") !== undefined) return "v1";
  // The other questions would only be told the same, later.
  if (isPassing(v1.status)) {
    throw await gatewayError(v1, `GET ${basePath}/api/health/live`, address);
  }
  const v2 = await ask("/v2/health/live");
  if (v2.status === 200) return "v2";
  // A Triton whose health endpoints are restricted still tells metadata, or refuses in its own words.
  const metadata = await ask("/v2");
  if (metadata.status === 200 && isJsonObject(metadata.body)) return "v2";
  if (isV2Refusal(v2)) return "v2";
  const questions = [["/v2/health/live", v2], ["/v2", metadata], ["/api/health/live", v1]] as const;
  for (const [path, answer] of questions) {
    if (answer.status === 404 || answer.status < 300) continue;
    throw await gatewayError(answer, `GET ${basePath}${path}`, address);
  }
  throw neither(address, `it answers ${v1.status} ${v1.statusText}`);
}

/** Asks again, after a while, when a gateway says that the server is busy or away. */
async function patiently(
  deadline: Deadline,
  ask: () => Promise<ApiVersion>,
): Promise<ApiVersion> {
  let refusal: InferenceError | undefined;
  for (let pauseMs = FIRST_PAUSE_MS;; pauseMs *= 2) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof InferenceError)) throw error;
      // What the gateway said tells more than that it said nothing the next time.
      if (!isPassing(error.httpStatus)) throw error.code === "TIMEOUT" ? refusal ?? error : error;
      refusal = error;
      const pause = Math.max(pauseMs, error.retryAfterMs ?? 0);
      const waited = performance.now() - deadline.startedAt;
      if (waited + pause > PATIENCE_MS || pause >= deadline.leftMs) throw error;
      await deadline.sleep(pause);
    }
  }
}

/** Whether an answer is a server's own "no", and not a gateway's. */
function isV2Refusal({ status, body }: HttpResponse): boolean {
  return status !== 404 && !isPassing(status) && isJsonObject(body);
}

/**
 * Over gRPC: the method that isn't there is answered UNIMPLEMENTED. A server that speaks both counts as
 * v1, as over HTTP.
 *
 * @throws {InferenceError} CONNECTION when nothing listens, PROTOCOL when it is neither, TIMEOUT and
 * CANCELLED as the limits say
 */
export function detectGrpcApi(
  channel: GrpcChannel,
  headers: readonly Header[],
  limits: CallOptions = DETECTION_LIMITS,
): Promise<ApiVersion> {
  const deadline = new Deadline(limits);
  return patiently(deadline, () => askGrpc(channel, headers, deadline));
}

async function askGrpc(
  channel: GrpcChannel,
  headers: readonly Header[],
  deadline: Deadline,
): Promise<ApiVersion> {
  const metadata = headers.map(([name, value]) => [name.toLowerCase(), value] as const);
  const knows = async (method: string, request: Uint8Array) => {
    try {
      await channel.unary(method, request, { ...deadline.step(), metadata, idempotent: true });
      return true;
    } catch (error) {
      // A gateway's answer tells nothing of the server's protocol.
      if (error instanceof InferenceError && error.httpStatus !== undefined) throw error;
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
  return !(error instanceof InferenceError && error.answered);
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
    {
      address,
      hint: "check the address, or choose the protocol, v1 or v2, instead of asking the server",
      remedy: "choose-api",
    },
  );
}
