/**
 * The vocabulary that both protocols share: what a server and its models are, what is asked of them
 * and what comes back. Shapes never include the batch dimension.
 *
 * @module
 */
import type { InferenceError } from "../base/errors.ts";
import type { DataType } from "../tensor/data_type.ts";
import type { CallOptions, CallTimes, Header } from "../transport/types.ts";

/** How the dimensions of an image input are ordered, as its model says. */
export type TensorFormat = "NONE" | "NHWC" | "NCHW";

/** An input or output as its model describes it. */
export interface TensorInfo {
  /** As the model names it. */
  readonly name: string;
  /** Of its elements. */
  readonly dataType: DataType;
  /** Without the batch dimension; -1 = any size. */
  readonly shape: readonly number[];
  /** `NONE` unless the model says how an image lies in it. */
  readonly format: TensorFormat;
  /** The file that names its classes. */
  readonly labelFilename?: string;
  /** The model runs without this input. */
  readonly optional?: boolean;
}

/** A step of an ensemble. */
export interface EnsembleStep {
  /** The model it runs. */
  readonly modelName: string;
  /** -1 = the newest. */
  readonly modelVersion: bigint;
}

/** A model as its server describes it. */
export interface ModelInfo {
  /** As requests name it. */
  readonly name: string;
  /** Numbers of the versions that the server has, ascending, as text. */
  readonly versions: readonly string[];
  /** What runs it, e.g. `tensorrt_plan`. */
  readonly platform: string;
  /** 0 = the model takes no batch dimension. */
  readonly maxBatchSize: number;
  /** In the configuration's order. */
  readonly inputs: readonly TensorInfo[];
  /** In the configuration's order. */
  readonly outputs: readonly TensorInfo[];
  /** How its server deals with requests. */
  readonly scheduling: "default" | "dynamic" | "sequence" | "ensemble";
  /** Whether one request may have any number of answers (v2). */
  readonly decoupled: boolean;
  /** Empty unless `scheduling` is `ensemble`. */
  readonly steps: readonly EnsembleStep[];
}

/** Number of events and their time together. */
export interface DurationStat {
  /** Events. */
  readonly count: bigint;
  /** Nanoseconds. */
  readonly ns: bigint;
}

/** Counters of one model version since the server started; requests, not batch entries. */
export interface ModelStatistics {
  /** Of the model. */
  readonly name: string;
  /** Of the model. */
  readonly version: string;
  /** Batch entries inferred. */
  readonly inferenceCount: bigint;
  /** Executions of the model (a dynamic batch is one). */
  readonly executionCount: bigint;
  /** Requests that succeeded, from arrival to answer. */
  readonly success: DurationStat;
  /** Requests that failed. */
  readonly failed: DurationStat;
  /** Waiting for an instance. */
  readonly queue: DurationStat;
  /** v2 only; zero in v1. */
  readonly computeInput: DurationStat;
  /** v1's `compute`. */
  readonly compute: DurationStat;
  /** v2 only; zero in v1. */
  readonly computeOutput: DurationStat;
  /** v2 only; zero in v1. */
  readonly cacheHit: DurationStat;
  /** v2 only; zero in v1. */
  readonly cacheMiss: DurationStat;
}

/** One version of a model and whether it can be used. */
export interface ModelVersionState {
  /** Of the model. */
  readonly name: string;
  /** Of the model. */
  readonly version: string;
  /** `READY`, `UNAVAILABLE`, `LOADING`, `UNLOADING`, `UNKNOWN`. */
  readonly state: string;
  /** Why it is not ready. */
  readonly reason?: string;
}

/** The server as a whole, or one of its models. */
export interface ServerStatus {
  /** The protocol it came over. */
  readonly api: ApiVersion;
  /** v1: the server's id, e.g. `inference:0`; v2: its name. */
  readonly id: string;
  /** The server's, empty when it does not say. */
  readonly version: string;
  /** v1: `SERVER_READY` and the like; v2: `READY` or `NOT_READY`. */
  readonly readyState: string;
  /** v1 only. */
  readonly uptimeNs?: bigint;
  /** v2 only. */
  readonly extensions?: readonly string[];
  /** Every version of every model asked for. */
  readonly models: readonly ModelVersionState[];
  /** Their counters. */
  readonly statistics: readonly ModelStatistics[];
  /** v1: the ServerStatus message as multi-line text protobuf, exactly as the original prints it. */
  readonly text?: string;
  /** The protocol's own message as plain data (bigint for 64-bit integers). */
  readonly message: unknown;
}

/** Which inference protocol a server speaks. */
export type ApiVersion = "v1" | "v2";
/** What carries it. */
export type Wire = "http" | "grpc";

/** A tensor on its way to the server. */
export interface InferInput {
  /** As the model names it. */
  readonly name: string;
  /** Of its elements. */
  readonly dataType: DataType;
  /** Of one batch entry. */
  readonly shape: readonly number[];
  /** v1: put `dims` into the request header (needed when the model's shape is variable). */
  readonly explicitShape?: boolean;
  /** Little-endian, row-major bytes, batch entries one after the other; sent without a copy. */
  readonly data: readonly Uint8Array[];
}

/** An output that is asked for. */
export interface InferOutputRequest {
  /** As the model names it. */
  readonly name: string;
  /** Ask for the top classes instead of the tensor. */
  readonly classCount?: number;
}

/** Place of a request in a sequence of a stateful model. */
export interface SequenceOptions {
  /** v1: a non-zero uint64; v2: that or a string. */
  readonly id: bigint | string;
  /** The first of its sequence. */
  readonly start?: boolean;
  /** The last of its sequence. */
  readonly end?: boolean;
}

/** A parameter value of v2. */
export type ParameterValue = string | number | bigint | boolean;

/** One inference request. */
export interface InferRequest {
  /** The model to run. */
  readonly modelName: string;
  /** Undefined = the newest. */
  readonly modelVersion?: bigint;
  /** The caller's id of the request; v1 takes uint64 only. */
  readonly id?: bigint | string;
  /** At least 1. */
  readonly batchSize: number;
  /** Whether tensors carry a batch dimension (the model's maxBatchSize > 0). */
  readonly batched: boolean;
  /** Tensors in the order in which they are sent. */
  readonly inputs: readonly InferInput[];
  /** Empty: v1 returns none, v2 all. */
  readonly outputs: readonly InferOutputRequest[];
  /** For stateful models. */
  readonly sequence?: SequenceOptions;
  /** v2 only; v1 refuses them. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** One class of a classification. */
export interface InferClass {
  /** Place in the output vector. */
  readonly index: number;
  /** The output's value there. */
  readonly value: number;
  /** Empty when the model has no labels. */
  readonly label: string;
}

/** An output that came back. */
export interface InferOutput {
  /** As the model names it. */
  readonly name: string;
  /** v1 does not say it in the answer: undefined there. */
  readonly dataType?: DataType;
  /** Of one batch entry; undefined for classes. */
  readonly shape?: readonly number[];
  /** The tensor's bytes, all batch entries; undefined for classes. */
  readonly data?: Uint8Array;
  /** Per batch entry; undefined for tensors. */
  readonly classes?: readonly (readonly InferClass[])[];
}

/** The answer to an inference request; a failed one has `error` and no outputs. */
export interface InferResponse {
  /** What went wrong. */
  readonly error?: InferenceError;
  /** The id that the request was given. */
  readonly id?: bigint | string;
  /** The model that answered. */
  readonly modelName: string;
  /** Its version; empty when the server did not say. */
  readonly modelVersion: string;
  /** Batch entries in each output. */
  readonly batchSize: number;
  /** In the order of the answer; empty for a failed request. */
  readonly outputs: readonly InferOutput[];
  /** Response parameters (v2). */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** The server, e.g. `inference:0` (v1). */
  readonly serverId?: string;
  /** The server's own number of the request (v1). */
  readonly requestId?: bigint;
  /** False when a decoupled model will answer the same request again. */
  readonly final: boolean;
}

/** A request as bytes, made by {@linkcode Protocol.encode}; can be sent any number of times. */
export interface WireRequest {
  /** Bytes of the message or body. */
  readonly byteLength: number;
}

/** What {@linkcode Protocol.encode} makes when the wire is HTTP. */
export interface HttpWireRequest extends WireRequest {
  /** With the address's base path. */
  readonly path: string;
  /** In the order in which they are sent. */
  readonly headers: readonly Header[];
  /** Pieces, sent one after the other. */
  readonly body: readonly Uint8Array[];
  /** Whether it may be sent twice: a request of a sequence may not. */
  readonly idempotent: boolean;
}

/** An answer as bytes; {@linkcode Protocol.decode} reads it. */
export interface WireReply {
  /** Bytes of the message or body. */
  readonly byteLength: number;
  /** When what was sent and received. */
  readonly times: CallTimes;
}

/** What {@linkcode Protocol.sendFast} calls back: a reply, or why there is none. */
export type SendCallback = (
  reply: WireReply | undefined,
  error: InferenceError | undefined,
) => void;

/** What a stream calls back. */
export interface StreamHandlers {
  /** Called for each answer. */
  onReply(reply: WireReply): void;
  /** Called once; `error` undefined when the server ended the stream in order. */
  onEnd(error: InferenceError | undefined): void;
}

/** An open inference stream; replies are matched to requests by id. */
export interface ProtocolStream {
  /** Queues a request; resolves when more may be queued. */
  send(wire: WireRequest): Promise<void>;
  /** No more requests; replies still come. */
  end(): void;
  /** Gives the stream up: `onEnd` gets an error of code CANCELLED. */
  cancel(): void;
}

/** Options of the calls that are not inference. */
export type QueryOptions = CallOptions;

/** A server over one protocol and one wire. Only transport failures and failed queries throw. */
export interface Protocol {
  /** Which protocol it is. */
  readonly api: ApiVersion;
  /** What carries it. */
  readonly wire: Wire;
  /** `host:port`, for messages. */
  readonly address: string;

  /** Whether the server runs. */
  live(options?: QueryOptions): Promise<boolean>;
  /** Whether the server takes requests. */
  ready(options?: QueryOptions): Promise<boolean>;
  /** Whether a model takes requests. */
  modelReady(name: string, version?: bigint, options?: QueryOptions): Promise<boolean>;
  /** The whole server, or one model. Failed queries throw an InferenceError. */
  status(modelName?: string, options?: QueryOptions): Promise<ServerStatus>;
  /** What the server says of a model. @throws {InferenceError} for an unknown one */
  model(name: string, version?: bigint, options?: QueryOptions): Promise<ModelInfo>;
  /** Counters of one model, or of all. */
  statistics(
    name?: string,
    version?: bigint,
    options?: QueryOptions,
  ): Promise<readonly ModelStatistics[]>;
  /** v1's profiler; v2 throws UNSUPPORTED. */
  profile(command: "start" | "stop", options?: QueryOptions): Promise<void>;

  /** Pure: the request as bytes. @throws {InferenceError} INVALID_ARG when it can't be said in this protocol. */
  encode(request: InferRequest): WireRequest;
  /** Moves the bytes. @throws {InferenceError} on transport failures only. */
  send(wire: WireRequest, options?: CallOptions): Promise<WireReply>;
  /**
   * Like `send`, for who measures: without a promise, and the reply's bytes are only lent. They are good
   * until the callback returns or sends another request.
   *
   * @param callback called once, never from inside this call
   */
  sendFast?(wire: WireRequest, options: CallOptions, callback: SendCallback): void;
  /** Pure and cheap: the error of a failed request, undefined for a good one. */
  failure(reply: WireReply): InferenceError | undefined;
  /** Pure: the whole answer. */
  decode(reply: WireReply): InferResponse;
  /** Pure and cheap: id of the request that a stream's reply belongs to, as text; empty = none given. */
  replyId(reply: WireReply): string;
  /** Pure and cheap: false when more replies to the same request follow. */
  isFinal(reply: WireReply): boolean;
  /** Opens a stream of requests. @throws {InferenceError} UNSUPPORTED over HTTP. */
  openStream(handlers: StreamHandlers, options?: CallOptions): ProtocolStream;

  /** Repository control; v1 throws UNSUPPORTED. */
  repositoryIndex(options?: QueryOptions): Promise<readonly ModelVersionState[]>;
  /** Loads a model, or loads it again. */
  loadModel(name: string, options?: QueryOptions): Promise<void>;
  /** Unloads a model. */
  unloadModel(name: string, options?: QueryOptions): Promise<void>;

  /** Ends all connections. */
  close(): void;
}

/** What a protocol is made with, beside its transport. */
export interface ProtocolOptions {
  /** The user's own headers, on every request: HTTP headers or gRPC metadata. */
  readonly headers?: readonly Header[];
}
