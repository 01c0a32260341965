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
import type { Header } from "../../transport/types.ts";
import type { InferenceServer } from "../core/server.ts";
import { NEWEST } from "../core/repository.ts";
import type { HttpRoute, HttpServerRequest, HttpServerResponse } from "../http/message.ts";
import { bindBody } from "./bind_inputs.ts";
import { type InferAnswer, V1Service } from "./service.ts";

const BINARY = "application/octet-stream";
const INT64_MAX = (1n << 63n) - 1n;
const LINE = { singleLine: true };
const encoder = new TextEncoder();

/** A refusal below the protocol: no NV-Status. */
function refusal(status: 400 | 405): HttpServerResponse {
  return { status };
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
  return { modelName: decodePart(match[1]!), modelVersion };
}

/** What the NV-InferRequest header says; one that can't be read says nothing. */
function parseHeader(text: string): InferRequestHeader {
  try {
    return parseText("InferRequestHeader", text);
  } catch {
    return {};
  }
}

function withoutClasses(header: InferResponseHeader): InferResponseHeader {
  if (!header.output?.some((output) => output.batchClasses)) return header;
  return { ...header, output: header.output.map(({ name, raw }) => ({ name, raw })) };
}

function statusText(status: RequestStatus): string {
  return formatText("RequestStatus", status, LINE);
}

function inferResponse(answer: InferAnswer, binary: boolean): HttpServerResponse {
  const ok = answer.status.code === "SUCCESS";
  const headers: Header[] = [
    ["NV-InferResponse", formatText("InferResponseHeader", withoutClasses(answer.header), LINE)],
    ["NV-Status", statusText(answer.status)],
    ["Content-Type", BINARY],
  ];
  if (!ok) return { status: 400, headers };
  const trailer = binary
    ? encodeMessage(InferResponseHeader, answer.header)
    : encoder.encode(formatText("InferResponseHeader", answer.header));
  const raw = answer.raw.filter((piece) => piece !== undefined);
  return { status: 200, headers, body: [...raw, trailer] };
}

class V1HttpRoute implements HttpRoute {
  readonly prefix = "/api/";
  readonly #service: V1Service;
  readonly #serverId: string;

  constructor(server: InferenceServer) {
    this.#service = new V1Service(server);
    this.#serverId = server.id;
  }

  handle(request: HttpServerRequest): HttpServerResponse | Promise<HttpServerResponse> {
    const { method, path, query } = request;
    if (path.startsWith("/api/infer")) return this.#infer(request, path.slice(10), query);
    if (path.startsWith("/api/health")) return this.#health(method, path.slice(11));
    if (path.startsWith("/api/status")) return this.#status(method, path.slice(11), query);
    if (path.startsWith("/api/profile")) return this.#profile(method, path.slice(12));
    return refusal(400);
  }

  async #infer(
    request: HttpServerRequest,
    rest: string,
    query: string,
  ): Promise<HttpServerResponse> {
    if (request.method !== "POST") return refusal(405);
    const target = inferTarget(rest);
    if (!target) return refusal(400);
    const text = request.header("nv-inferrequest");
    if (text === undefined) return this.#headerMissing();
    const header = parseHeader(text);
    const answer = await this.#service.infer({ ...target, header, bind: bindBody(request.body) });
    return inferResponse(answer, isBinary(query));
  }

  /** A real r19.07 server dies of such a request. */
  #headerMissing(): HttpServerResponse {
    const msg = "inference request must have the NV-InferRequest header";
    const status: RequestStatus = { code: "INVALID_ARG", msg, serverId: this.#serverId };
    return inferResponse({ status, header: {}, raw: [] }, false);
  }

  #health(method: string, rest: string): HttpServerResponse {
    const mode = /^(?:\/(live|ready))?$/.exec(rest);
    if (method !== "GET" || !mode) {
      this.#service.refusedQuery("health");
      return refusal(method === "GET" ? 400 : 405);
    }
    const { status, health } = this.#service.health(mode[1] ?? "");
    return answerQuery(status, health);
  }

  #profile(method: string, rest: string): HttpServerResponse {
    if (method !== "GET" || (rest !== "" && rest !== "/")) {
      this.#service.refusedQuery("profile");
      return refusal(method === "GET" ? 400 : 405);
    }
    return answerQuery(this.#service.profile(), false);
  }

  #status(method: string, rest: string, query: string): HttpServerResponse {
    if (method !== "GET" || (rest !== "" && !rest.startsWith("/"))) {
      this.#service.refusedQuery("status");
      return refusal(method === "GET" ? 400 : 405);
    }
    const { status, serverStatus } = this.#service.status(decodePart(rest.slice(1)));
    if (status.code !== "SUCCESS") return answerQuery(status, false);
    if (!isBinary(query)) {
      return answerQuery(status, true, encoder.encode(formatText("ServerStatus", serverStatus)));
    }
    const { headers, ...answer } = answerQuery(
      status,
      true,
      encodeMessage(ServerStatus, serverStatus),
    );
    return { ...answer, headers: [["Content-Type", BINARY], ...headers!] };
  }
}

/** Of type text/plain. */
function answerQuery(
  status: RequestStatus,
  ok: boolean,
  body?: Uint8Array,
): HttpServerResponse {
  return {
    status: ok ? 200 : 400,
    headers: [["NV-Status", statusText(status)]],
    body: body && [body],
  };
}

/** The route of a server's v1 protocol. */
export function createV1HttpRoute(server: InferenceServer): HttpRoute {
  return new V1HttpRoute(server);
}
