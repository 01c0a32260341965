/**
 * r19.07 over HTTP: paths, NV- headers, and raw tensors in the body.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import { InferenceError } from "../../base/errors.ts";
import { exchange } from "../../transport/exchange.ts";
import type {
  CallOptions,
  Header,
  HttpRequest,
  HttpResponse,
  HttpTransport,
} from "../../transport/types.ts";
import { decodeMessage } from "../message.ts";
import type {
  HttpWireRequest,
  InferRequest,
  InferResponse,
  Protocol,
  ProtocolOptions,
  QueryOptions,
  SendCallback,
  WireReply,
  WireRequest,
} from "../types.ts";
import { InferResponseHeader, ServerStatus as StatusMessage } from "./generated/messages.js";
import { inferRequestHeader } from "./infer_request.ts";
import { cutRawOutputs, failedResponse, inferResponse, rawByteSize } from "./infer_response.ts";
import { modelInfo } from "./model_info.ts";
import { chooseStatistics, isModelReady, onlyV2, serverStatus } from "./queries.ts";
import { statusError } from "./request_status.ts";
import { formatText, parseText } from "./text_format/text_format.ts";

const NO_ID = "";
const utf8 = new TextDecoder();

/** Makes the protocol over a transport, which it closes with itself. */
export function createV1Http(transport: HttpTransport, options: ProtocolOptions = {}): Protocol {
  return new V1Http(transport, options.headers ?? []);
}

interface HttpWireReply extends WireReply {
  readonly response: HttpResponse;
}

class V1Http implements Protocol {
  readonly api = "v1";
  readonly wire = "http";
  readonly address: string;
  readonly #transport: HttpTransport;
  readonly #headers: readonly Header[];
  readonly #base: string;

  constructor(transport: HttpTransport, headers: readonly Header[]) {
    this.#transport = transport;
    this.#headers = headers;
    this.#base = transport.address.basePath;
    this.address = formatAddress(transport.address);
  }

  live(options?: QueryOptions): Promise<boolean> {
    return this.#health("live", options);
  }

  ready(options?: QueryOptions): Promise<boolean> {
    return this.#health("ready", options);
  }

  async #health(mode: string, options?: QueryOptions): Promise<boolean> {
    const response = await this.#get(`/api/health/${mode}`, options);
    // The HTTP status is the answer; NV-Status only says whether the question was understood.
    if (response.status === 200) return true;
    const error = this.#error(response);
    if (error) throw error;
    return false;
  }

  async modelReady(name: string, version?: bigint, options?: QueryOptions): Promise<boolean> {
    return isModelReady(await this.status(name, options), version);
  }

  async status(modelName?: string, options?: QueryOptions) {
    return serverStatus(await this.#status(modelName, options));
  }

  async #status(modelName?: string, options?: QueryOptions): Promise<StatusMessage> {
    const model = modelName === undefined ? "" : `/${encodeURIComponent(modelName)}`;
    const response = await this.#get(`/api/status${model}?format=binary`, options);
    const error = this.#error(response);
    if (error) throw error;
    return decodeMessage(StatusMessage, response.body);
  }

  async model(name: string, _version?: bigint, options?: QueryOptions) {
    return modelInfo(await this.#status(name, options), name);
  }

  async statistics(name?: string, version?: bigint, options?: QueryOptions) {
    return chooseStatistics((await this.status(name, options)).statistics, version);
  }

  async profile(command: "start" | "stop", options?: QueryOptions): Promise<void> {
    const error = this.#error(await this.#get(`/api/profile?cmd=${command}`, options));
    if (error) throw error;
  }

  encode(request: InferRequest): HttpWireRequest {
    const header = formatText("InferRequestHeader", inferRequestHeader(request), {
      singleLine: true,
    });
    const version = request.modelVersion === undefined ? "" : `/${request.modelVersion}`;
    const body = request.inputs.flatMap(({ data }) => data);
    return {
      path: `${this.#base}/api/infer/${
        encodeURIComponent(request.modelName)
      }${version}?format=binary`,
      headers: [
        ["Content-Type", "application/octet-stream"],
        ["NV-InferRequest", header],
        ...this.#headers,
      ],
      body,
      idempotent: request.sequence === undefined,
      byteLength: body.reduce((sum, piece) => sum + piece.byteLength, 0),
    };
  }

  async send(wire: WireRequest, options?: CallOptions): Promise<WireReply> {
    return toReply(await this.#transport.request(toRequest(wire), options));
  }

  sendFast(wire: WireRequest, options: CallOptions, callback: SendCallback): void {
    exchange(this.#transport, toRequest(wire), options, (response, error) => {
      if (response === undefined) callback(undefined, error);
      else callback(toReply(response), undefined);
    });
  }

  failure(reply: WireReply): InferenceError | undefined {
    const { response } = reply as HttpWireReply;
    const isGood = response.status === 200 &&
      response.header("nv-status")?.startsWith("code: SUCCESS");
    return isGood ? undefined : this.#error(response);
  }

  decode(reply: WireReply): InferResponse {
    const { response } = reply as HttpWireReply;
    const error = this.failure(reply);
    const statusText = response.header("nv-status");
    const status = statusText === undefined ? {} : parseText("RequestStatus", statusText);
    if (error) return failedResponse(error, status);
    const stripped = parseText("InferResponseHeader", response.header("nv-inferresponse") ?? "");
    const raw = cutRawOutputs(stripped, response.body);
    const header = responseHeader(response.body.subarray(rawByteSize(stripped)));
    return inferResponse(header, raw, status);
  }

  replyId(): string {
    return NO_ID;
  }

  isFinal(): boolean {
    return true;
  }

  openStream(): never {
    throw new InferenceError("UNSUPPORTED", "Streams exist over gRPC only", {
      hint: "use -i grpc with the server's gRPC port",
    });
  }

  repositoryIndex(): Promise<never> {
    return Promise.reject(onlyV2("The repository index"));
  }

  loadModel(): Promise<never> {
    return Promise.reject(onlyV2("Loading a model"));
  }

  unloadModel(): Promise<never> {
    return Promise.reject(onlyV2("Unloading a model"));
  }

  close(): void {
    this.#transport.close();
  }

  #get(path: string, options?: QueryOptions): Promise<HttpResponse> {
    return this.#transport.request(
      { method: "GET", path: this.#base + path, headers: this.#headers },
      options,
    );
  }

  /** The error that a response stands for; undefined when its NV-Status is SUCCESS. */
  #error(response: HttpResponse): InferenceError | undefined {
    const text = response.header("nv-status");
    if (text !== undefined) return statusError(parseText("RequestStatus", text), this.address);
    return new InferenceError(
      "PROTOCOL",
      `The server at ${this.address} answers ${response.status} ${response.statusText} ` +
        "without an NV-Status header: it doesn't look like r19.07's HTTP endpoint",
      { address: this.address, hint: "check the address, or try --api v2" },
    );
  }
}

function toRequest(wire: WireRequest): HttpRequest {
  const { path, headers, body, idempotent } = wire as HttpWireRequest;
  return { method: "POST", path, headers, body, idempotent };
}

function toReply(response: HttpResponse): HttpWireReply {
  return { response, byteLength: response.body.byteLength, times: response.times };
}

/** The header at the end of the body: serialized, or text when the answer was not asked for in binary. */
function responseHeader(bytes: Uint8Array): InferResponseHeader {
  // Text begins with a field's name, a serialized message with a tag below "a".
  const isText = bytes.byteLength > 0 && bytes[0] >= 0x61 && bytes[0] <= 0x7a;
  return isText
    ? parseText("InferResponseHeader", utf8.decode(bytes))
    : decodeMessage(InferResponseHeader, bytes);
}
