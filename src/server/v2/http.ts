/**
 * v2 over HTTP: everything below `/v2`.
 *
 * @module
 */
import { type ErrorCode, InferenceError, toInferenceError } from "../../base/errors.ts";
import { messageSchema } from "../../protocol/schema.ts";
import { compress, type Compression, decompress } from "../../protocol/v2/compression.ts";
import { schema } from "../../protocol/v2/generated/descriptor.ts";
import { formatJson, type Json } from "../../protocol/v2/json.ts";
import type { Header } from "../../transport/types.ts";
import type { InferenceServer } from "../core/server.ts";
import type { HttpRoute, HttpServerRequest, HttpServerResponse } from "../http/message.ts";
import { formatInferAnswer } from "./json_response.ts";
import { jsonFromPlain } from "./json_from_plain.ts";
import { parseRequestJson, readInferRequest } from "./json_request.ts";
import { V2Service } from "./service.ts";

/** The most that a compressed request may grow to. */
const MAX_REQUEST_BYTES = 128 * 1024 * 1024;

const STATUS: Partial<Record<ErrorCode, number>> = {
  INVALID_ARG: 400,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  UNSUPPORTED: 501,
  UNAVAILABLE: 503,
};

/** An answer that is an error, in Triton's shape. */
class Refusal extends Error {
  readonly status: number;
  readonly headers: readonly Header[];

  constructor(status: number, message: string, headers: readonly Header[] = []) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

const NOT_FOUND = () => new Refusal(404, "Not Found");

/** `/v2/models/NAME[/versions/VERSION][/ACTION]`, `NAME` absent for the statistics of all. */
const MODEL_PATH = /^\/models\/([^/]+)(?:\/versions\/(\d+))?(?:\/(infer|ready|config|stats))?$/;
const REPOSITORY_PATH = /^\/repository\/models\/([^/]+)\/(load|unload)$/;

const utf8 = new TextEncoder();
const JSON_TYPE: Header = ["Content-Type", "application/json"];

function jsonResponse(json: Json): HttpServerResponse {
  return { status: 200, headers: [JSON_TYPE], body: [utf8.encode(formatJson(json))] };
}

function empty(status: 200 | 400 = 200): HttpServerResponse {
  return { status };
}

function message(name: string, plain: object): HttpServerResponse {
  return jsonResponse(jsonFromPlain(messageSchema(schema, name), plain));
}

function refused(error: unknown): HttpServerResponse {
  const known = error instanceof Refusal
    ? error
    : asRefusal(toInferenceError(error, "INTERNAL", "Cannot answer"));
  return {
    status: known.status,
    headers: [JSON_TYPE, ...known.headers],
    body: [utf8.encode(formatJson({ error: known.message }))],
  };
}

function asRefusal({ code, message }: InferenceError): Refusal {
  return new Refusal(STATUS[code] ?? 500, message);
}

function allow(request: HttpServerRequest, method: "GET" | "POST"): void {
  if (request.method !== method) throw new Refusal(405, "Method Not Allowed");
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function bodyOf(request: HttpServerRequest): Uint8Array {
  const encoding = request.header("content-encoding")?.toLowerCase() ?? "";
  if (!["", "identity", "gzip", "deflate"].includes(encoding)) {
    throw new Refusal(501, "Unsupported compression type", [["Accept-Encoding", "gzip, deflate"]]);
  }
  try {
    return decompress(request.body, encoding, MAX_REQUEST_BYTES);
  } catch (error) {
    const cause = (error as Error).cause as (Error & { code?: string }) | undefined;
    const why = cause?.code === "ERR_BUFFER_TOO_LARGE"
      ? `it grows beyond ${MAX_REQUEST_BYTES} bytes`
      : cause?.message ?? (error as Error).message;
    throw new Refusal(400, `unable to decompress the ${encoding} request: ${why}`);
  }
}

/** The way of compression that the client likes best; gzip when it likes both. */
function wantedCompression(accept: string | undefined): Compression | undefined {
  let best: Compression | undefined;
  let bestQuality = 0;
  for (const entry of accept?.split(",") ?? []) {
    const [, name, quality = "1"] = /^\s*([a-z*-]+)\s*(?:;\s*q=([\d.]+)\s*)?$/i.exec(entry) ?? [];
    const how = name?.toLowerCase();
    if (how !== "gzip" && how !== "deflate") continue;
    const isBetter = Number(quality) > bestQuality ||
      Number(quality) === bestQuality && bestQuality > 0 && how === "gzip";
    if (isBetter) [best, bestQuality] = [how, Number(quality)];
  }
  return best;
}

class V2Http implements HttpRoute {
  readonly prefix = "/v2";
  readonly #service: V2Service;

  constructor(server: InferenceServer) {
    this.#service = new V2Service(server);
  }

  async handle(request: HttpServerRequest): Promise<HttpServerResponse> {
    try {
      return await this.#answer(request, request.path.slice(this.prefix.length));
    } catch (error) {
      return refused(error);
    }
  }

  #answer(
    request: HttpServerRequest,
    rest: string,
  ): HttpServerResponse | Promise<HttpServerResponse> {
    const model = MODEL_PATH.exec(rest);
    if (model) {
      const version = model[2] === undefined ? undefined : BigInt(model[2]);
      return this.#model(request, decodePart(model[1]), version, model[3]);
    }
    const repository = REPOSITORY_PATH.exec(rest);
    if (repository) {
      allow(request, "POST");
      return this.#control(decodePart(repository[1]), repository[2]);
    }
    if (rest === "/repository/index") {
      allow(request, "POST");
      return this.#index(request);
    }
    const service = this.#service;
    const answers: Record<string, () => HttpServerResponse> = {
      "": () => message("ServerMetadataResponse", service.metadata()),
      "/health/live": () => empty(service.live() ? 200 : 400),
      "/health/ready": () => empty(service.ready() ? 200 : 400),
    };
    if (!Object.hasOwn(answers, rest)) throw NOT_FOUND();
    allow(request, "GET");
    return answers[rest]();
  }

  #model(
    request: HttpServerRequest,
    name: string,
    version: bigint | undefined,
    action = "",
  ): HttpServerResponse | Promise<HttpServerResponse> {
    const service = this.#service;
    // The statistics of all models stand where those of a model named "stats" would.
    if (name === "stats" && action === "" && version === undefined) {
      allow(request, "GET");
      return message("ModelStatisticsResponse", service.statistics());
    }
    if (action === "infer") {
      allow(request, "POST");
      return this.#infer(request, name, version);
    }
    allow(request, "GET");
    switch (action) {
      case "ready":
        if (service.modelReady(name, version)) return empty();
        throw new Refusal(400, "Model version not ready");
      case "config":
        return message("ModelConfig", service.modelConfig(name, version));
      case "stats":
        return message("ModelStatisticsResponse", service.statistics(name, version));
      default:
        return message("ModelMetadataResponse", service.modelMetadata(name, version));
    }
  }

  #control(name: string, action: string): HttpServerResponse {
    if (action === "load") this.#service.load(name);
    else this.#service.unload(name);
    return { status: 200, headers: [JSON_TYPE] };
  }

  #index(request: HttpServerRequest): HttpServerResponse {
    const body = bodyOf(request);
    const json = body.byteLength === 0 ? {} : parseRequestJson(body);
    const { models = [] } = this.#service.index(json.ready === true);
    return jsonResponse(models as Json);
  }

  async #infer(
    request: HttpServerRequest,
    name: string,
    version: bigint | undefined,
  ): Promise<HttpServerResponse> {
    const body = bodyOf(request);
    const service = this.#service;
    if (service.isDecoupled(name, version)) {
      throw new InferenceError(
        "UNSUPPORTED",
        "HTTP end point doesn't support models with decoupled transaction policy",
      );
    }
    const call = readInferRequest(
      body,
      request.header("inference-header-content-length"),
      name,
    );
    const answer = await service.infer({ ...call, modelName: name, modelVersion: version });
    const { pieces, jsonLength } = formatInferAnswer(answer, call);
    const headers: Header[] = jsonLength === undefined ? [JSON_TYPE] : [
      ["Content-Type", "application/octet-stream"],
      ["Inference-Header-Content-Length", String(jsonLength)],
    ];
    const how = wantedCompression(request.header("accept-encoding"));
    if (how) headers.push(["Content-Encoding", how]);
    return { status: 200, headers, body: how ? [compress(pieces, how)] : pieces };
  }
}

/** The route of a server's v2 protocol. */
export function createV2HttpRoute(server: InferenceServer): HttpRoute {
  return new V2Http(server);
}
