/**
 * r19.07 over HTTP: `/api/health`, `/api/status`, `/api/profile`, `/api/infer`.
 *
 * @module
 */
import { encodeMessage } from "../../protocol/message.ts";
import {
  type InferRequestHeader,
  InferResponseHeader,
  type RequestStatus,
  ServerStatus,
} from "../../protocol/v1/generated/messages.js";
import { formatText, parseText } from "../../protocol/v1/text_format/text_format.ts";
import type { InferenceServer } from "../core/server.ts";
import { NEWEST } from "../core/repository.ts";
import type { HttpRoute, HttpTarget } from "../http_listener.ts";
import { bindBody } from "./bind_inputs.ts";
import { type InferAnswer, V1Service } from "./service.ts";

const BINARY = "application/octet-stream";
const TEXT = "text/plain";
const INT64_MAX = (1n << 63n) - 1n;
const LINE = { singleLine: true };
const encoder = new TextEncoder();

/** A refusal below the protocol: no NV-Status. */
function refusal(status: 400 | 405): Response {
  return new Response(null, { status, headers: [["Content-Type", TEXT]] });
}

function decodePart(part: string): string {
  if (!part.includes("%")) return part;
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function isBinary(query: string): boolean {
  if (query === "format=binary") return true;
  return query !== "" && new URLSearchParams(query).get("format") === "binary";
}

/** The model and version of an infer path after `/api/infer`; undefined when it is none. */
function inferTarget(rest: string): { modelName: string; modelVersion: bigint } | undefined {
  if (rest === "") return { modelName: "", modelVersion: NEWEST };
  const match = /^\/([^/]+)(?:\/(\d+))?$/.exec(rest);
  if (!match) return undefined;
  const version = match[2] === undefined ? NEWEST : BigInt(match[2]);
  const modelVersion = version < INT64_MAX ? version : INT64_MAX;
  return { modelName: decodePart(match[1]), modelVersion };
}

/** What the NV-InferRequest header says; one that can't be read says nothing. */
function parseHeader(text: string): InferRequestHeader {
  try {
    return parseText("InferRequestHeader", text);
  } catch {
    return {};
  }
}

function joinBody(answer: InferAnswer, trailer: Uint8Array): Uint8Array<ArrayBuffer> {
  let size = trailer.byteLength;
  for (const piece of answer.raw) size += piece?.byteLength ?? 0;
  const body = new Uint8Array(size);
  let position = 0;
  for (const piece of answer.raw) {
    if (!piece) continue;
    body.set(piece, position);
    position += piece.byteLength;
  }
  body.set(trailer, position);
  return body;
}

function withoutClasses(header: InferResponseHeader): InferResponseHeader {
  if (!header.output?.some((output) => output.batchClasses)) return header;
  return { ...header, output: header.output.map(({ name, raw }) => ({ name, raw })) };
}

function statusText(status: RequestStatus): string {
  return formatText("RequestStatus", status, LINE);
}

function inferResponse(answer: InferAnswer, binary: boolean): Response {
  const ok = answer.status.code === "SUCCESS";
  const headers: [string, string][] = [
    ["NV-InferResponse", formatText("InferResponseHeader", withoutClasses(answer.header), LINE)],
    ["NV-Status", statusText(answer.status)],
    ["Content-Type", BINARY],
  ];
  if (!ok) return new Response(null, { status: 400, headers });
  const trailer = binary
    ? encodeMessage(InferResponseHeader, answer.header)
    : encoder.encode(formatText("InferResponseHeader", answer.header));
  return new Response(joinBody(answer, trailer), { status: 200, headers });
}

class V1Http implements HttpRoute {
  readonly prefix = "/api/";
  readonly #service: V1Service;
  readonly #serverId: string;

  constructor(server: InferenceServer) {
    this.#service = new V1Service(server);
    this.#serverId = server.id;
  }

  handle(request: Request, { path, query }: HttpTarget): Response | Promise<Response> {
    if (path.startsWith("/api/infer")) return this.#infer(request, path.slice(10), query);
    if (path.startsWith("/api/health")) return this.#health(request.method, path.slice(11));
    if (path.startsWith("/api/status")) return this.#status(request.method, path.slice(11), query);
    if (path.startsWith("/api/profile")) return this.#profile(request.method, path.slice(12));
    return refusal(400);
  }

  async #infer(request: Request, rest: string, query: string): Promise<Response> {
    if (request.method !== "POST") return refusal(405);
    const target = inferTarget(rest);
    if (!target) return refusal(400);
    const text = request.headers.get("nv-inferrequest");
    if (text === null) return this.#headerMissing();
    const body = await request.bytes();
    const header = parseHeader(text);
    const answer = await this.#service.infer({ ...target, header, bind: bindBody(body) });
    return inferResponse(answer, isBinary(query));
  }

  /** A real r19.07 server dies of such a request. */
  #headerMissing(): Response {
    const msg = "inference request must have the NV-InferRequest header";
    const status: RequestStatus = { code: "INVALID_ARG", msg, serverId: this.#serverId };
    return inferResponse({ status, header: {}, raw: [] }, false);
  }

  #health(method: string, rest: string): Response {
    const mode = /^(?:\/(live|ready))?$/.exec(rest);
    if (method !== "GET" || !mode) {
      this.#service.refusedQuery("health");
      return refusal(method === "GET" ? 400 : 405);
    }
    const { status, health } = this.#service.health(mode[1] ?? "");
    return answerQuery(status, health, TEXT);
  }

  #profile(method: string, rest: string): Response {
    if (method !== "GET" || (rest !== "" && rest !== "/")) {
      this.#service.refusedQuery("profile");
      return refusal(method === "GET" ? 400 : 405);
    }
    return answerQuery(this.#service.profile(), false, TEXT);
  }

  #status(method: string, rest: string, query: string): Response {
    if (method !== "GET" || (rest !== "" && !rest.startsWith("/"))) {
      this.#service.refusedQuery("status");
      return refusal(method === "GET" ? 400 : 405);
    }
    const { status, serverStatus } = this.#service.status(decodePart(rest.slice(1)));
    if (status.code !== "SUCCESS") return answerQuery(status, false, TEXT);
    return isBinary(query)
      ? answerQuery(status, true, BINARY, encodeMessage(ServerStatus, serverStatus))
      : answerQuery(status, true, TEXT, encoder.encode(formatText("ServerStatus", serverStatus)));
  }
}

function answerQuery(
  status: RequestStatus,
  ok: boolean,
  contentType: string,
  body: Uint8Array | null = null,
): Response {
  return new Response(body as Uint8Array<ArrayBuffer> | null, {
    status: ok ? 200 : 400,
    headers: [["NV-Status", statusText(status)], ["Content-Type", contentType]],
  });
}

/** The route of a server's v1 protocol. */
export function createV1HttpRoute(server: InferenceServer): HttpRoute {
  return new V1Http(server);
}
