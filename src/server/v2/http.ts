/**
 * v2 over HTTP: everything below `/v2`.
 *
 * @module
 */
import { type ErrorCode, InferenceError, toInferenceError } from "../../base/errors.ts";
import { messageSchema } from "../../protocol/schema.ts";
import { compress, type Compression } from "../../protocol/v2/compression.ts";
import { schema } from "../../protocol/v2/generated/descriptor.ts";
import { formatJson, type Json, type JsonObject } from "../../protocol/v2/json.ts";
import type { Header } from "../../transport/types.ts";
import type { InferenceServer } from "../core/server.ts";
import type { HttpRoute, HttpServerRequest, HttpServerResponse } from "../http/message.ts";
import { Inflater } from "../inflater.ts";
import { DEFAULT_LIMITS } from "../limits.ts";
import { formatInferAnswer } from "./json_response.ts";
import { jsonFromPlain } from "./json_from_plain.ts";
import { parseRequestJson, readInferRequest } from "./json_request.ts";
import { longTurn } from "../turns.ts";
import type { SharedRegions } from "./shared_regions.ts";
import { V2Service } from "./service.ts";

/** JSON from this length on may take long to read. */
const LONG_JSON = 65_536;

const STATUS: Partial<Record<ErrorCode, number>> = {
  INVALID_ARG: 400,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  RESOURCE_EXHAUSTED: 413,
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

const MEMORY_PATH = /^\/systemsharedmemory(?:\/region\/([^/]+))?\/(status|register|unregister)$/;

/** What a registration says of its memory. @throws {InferenceError} INVALID_ARG */
function readRegion({ key, offset = 0, byte_size: byteSize }: JsonObject) {
  const isSize = (value: Json | undefined): value is number =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
  if (typeof key === "string" && isSize(offset) && isSize(byteSize)) {
    return { key, offset, byteSize };
  }
  throw new InferenceError(
    "INVALID_ARG",
    "Shared memory register request has no valid 'key', " +
      "'offset' or 'byte_size'",
  );
}

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

/** A request's body, decompressed. */
interface Body {
  readonly bytes: Uint8Array;
  /** The bytes aren't used any more. */
  release(): void;
}

async function bodyOf(request: HttpServerRequest, inflater: Inflater): Promise<Body> {
  const encoding = request.header("content-encoding")?.toLowerCase() ?? "";
  if (!["", "identity", "gzip", "deflate"].includes(encoding)) {
    throw new Refusal(501, "Unsupported compression type", [["Accept-Encoding", "gzip, deflate"]]);
  }
  const { body } = request;
  if (encoding === "" || encoding === "identity") return { bytes: body, release() {} };
  // Some clients call a bare deflate stream, without zlib's header, by the same name.
  const how = encoding === "deflate" && !isZlib(body) ? "deflate-raw" : encoding;
  try {
    const bytes = await inflater.inflate(body, how);
    return { bytes, release: () => inflater.release(bytes.length) };
  } catch (error) {
    const tooLarge = (error as InferenceError).code === "RESOURCE_EXHAUSTED";
    const why = tooLarge ? `it grows beyond ${inflater.limit} bytes` : causeOf(error);
    throw new Refusal(tooLarge ? 413 : 400, `unable to decompress the ${encoding} request: ${why}`);
  }
}

function causeOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error ? cause.message : message;
}

function isZlib(body: Uint8Array): boolean {
  return body.byteLength >= 2 && (body[0]! & 0x0f) === 8 && (body[0]! << 8 | body[1]!) % 31 === 0;
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

class V2HttpRoute implements HttpRoute {
  readonly prefix = "/v2";
  readonly #service: V2Service;
  readonly #inflater: Inflater;

  constructor(server: InferenceServer, inflater: Inflater, regions?: SharedRegions) {
    this.#service = new V2Service(server, regions);
    this.#inflater = inflater;
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
      return this.#model(request, decodePart(model[1]!), version, model[3]);
    }
    const repository = REPOSITORY_PATH.exec(rest);
    if (repository) {
      allow(request, "POST");
      return this.#control(decodePart(repository[1]!), repository[2]!);
    }
    const memory = MEMORY_PATH.exec(rest);
    if (memory) return this.#sharedMemory(request, memory[1], memory[2]!);
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
    return answers[rest]!();
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

  async #sharedMemory(
    request: HttpServerRequest,
    encoded: string | undefined,
    action: string,
  ): Promise<HttpServerResponse> {
    const { regions } = this.#service;
    const name = encoded === undefined ? "" : decodePart(encoded);
    if (action === "status") {
      allow(request, "GET");
      const list = regions.status(name).map(({ byteSize, ...region }) => ({
        ...region,
        byte_size: byteSize,
      }));
      return jsonResponse(list);
    }
    allow(request, "POST");
    if (action === "unregister") regions.unregister(name);
    else {
      const { bytes, release } = await bodyOf(request, this.#inflater);
      try {
        regions.register({ name, ...readRegion(parseRequestJson(bytes)) });
      } finally {
        release();
      }
    }
    return { status: 200, headers: [JSON_TYPE] };
  }

  async #index(request: HttpServerRequest): Promise<HttpServerResponse> {
    const { bytes, release } = await bodyOf(request, this.#inflater);
    let json: JsonObject;
    try {
      json = bytes.byteLength === 0 ? {} : parseRequestJson(bytes);
    } finally {
      release();
    }
    const { models = [] } = this.#service.index(json.ready === true);
    return jsonResponse(models as Json);
  }

  async #infer(
    request: HttpServerRequest,
    name: string,
    version: bigint | undefined,
  ): Promise<HttpServerResponse> {
    const { bytes, release } = await bodyOf(request, this.#inflater);
    try {
      const header = request.header("inference-header-content-length");
      if (Number(header ?? bytes.byteLength) >= LONG_JSON) await longTurn();
      return await this.#inferBody(request, bytes, name, version);
    } finally {
      release();
    }
  }

  async #inferBody(
    request: HttpServerRequest,
    body: Uint8Array,
    name: string,
    version: bigint | undefined,
  ): Promise<HttpServerResponse> {
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
export function createV2HttpRoute(
  server: InferenceServer,
  inflater: Inflater = new Inflater(DEFAULT_LIMITS),
  regions?: SharedRegions,
): HttpRoute {
  return new V2HttpRoute(server, inflater, regions);
}
