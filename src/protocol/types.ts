/**
 * The types that both protocols share: servers, models, requests and answers. Shapes never include the
 * batch dimension.
 *
 * @module
 */
import type { InferenceError } from "../base/errors.ts";
import type { DataType } from "../tensor/data_type.ts";
import type { CallOptions, CallTimes, Header } from "../transport/types.ts";

/** The order of an image input's dimensions, according to its model. */
export type TensorFormat = "NONE" | "NHWC" | "NCHW";

/** An input or output as its model describes it. */
export interface TensorInfo {
  /** Its name in the model. */
  readonly name: string;
  /** Of its elements. */
  readonly dataType: DataType;
  /** Without the batch dimension; -1 = any size. */
  readonly shape: readonly number[];
  /** `NONE` unless the model says how an image lies in it. */
  readonly format: TensorFormat;
  /** The file that names its classes. */
  readonly labelFilename?: string;
  /** Whether the model runs without this input. */
  readonly optional?: boolean;
}

/** A step of an ensemble. */
export interface EnsembleStep {
  /** The model it runs. */
  readonly modelName: string;
  /** -1 = the newest. */
  readonly modelVersion: bigint;
}

/** The server's description of a model. */
export interface ModelInfo {
  /** As requests name it. */
  readonly name: string;
  /** Numbers of the versions that the server has, ascending, as text. */
  readonly versions: readonly string[];
  /** The platform that runs it, e.g. `tensorrt_plan`. */
  readonly platform: string;
  /** 0 = the model does not support batching. */
  readonly maxBatchSize: number;
  /** Only the shapes told that there is a batch dimension: the server has no configuration (v2). */
  readonly batchGuessed?: boolean;
  /** In the configuration's order. */
  readonly inputs: readonly TensorInfo[];
  /** In the configuration's order. */
  readonly outputs: readonly TensorInfo[];
  /** How the server schedules requests. */
  readonly scheduling: "default" | "dynamic" | "sequence" | "ensemble";
  /** Whether one request may have any number of answers (v2). */
  readonly decoupled: boolean;
  /** Executions that may run at the same time; undefined when the server doesn't tell. */
  readonly instances?: number;
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
  /** Executions of the model, a dynamic batch being one, where the server tells their time (v2). */
  readonly execution?: DurationStat;
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
  /** Whether the server doesn't tell which models it has: `models` is empty then. */
  readonly modelsUntold?: boolean;
  /** Their counters. */
  readonly statistics: readonly ModelStatistics[];
  /** v1: the ServerStatus message as multi-line text protobuf, exactly as the original prints it. */
  readonly text?: string;
  /** The protocol's own message as plain data (bigint for 64-bit integers). */
  readonly message: unknown;
}

/** Which inference protocol a server speaks. */
export type ApiVersion = "v1" | "v2";
/** The wire that carries it. */
export type Wire = "http" | "grpc";

/** Where a tensor lies in memory that the server shares (v2): see `SharedMemoryControl`. */
export interface SharedMemoryPlace {
  /** The region's name at the server. */
  readonly region: string;
  /** Of its first byte, in the region. */
  readonly offset: number;
  /** Bytes of the tensor; for an output the most that it may have. */
  readonly byteSize: number;
}

/** A tensor on its way to the server. */
export interface InferInput {
  /** Its name in the model. */
  readonly name: string;
  /** Of its elements. */
  readonly dataType: DataType;
  /** Of one batch entry. */
  readonly shape: readonly number[];
  /** v1: put `dims` into the request header (needed when the model's shape is variable). */
  readonly explicitShape?: boolean;
  /** Little-endian, row-major bytes, batch entries one after the other; sent without a copy. */
  readonly data: readonly Uint8Array[];
  /** v2: the server reads it from there, and `data` is empty. */
  readonly sharedMemory?: SharedMemoryPlace;
}

/** A requested output. */
export interface InferOutputRequest {
  /** Its name in the model. */
  readonly name: string;
  /** Ask for the top classes instead of the tensor. */
  readonly classCount?: number;
  /** v2: the server writes it there, and the answer is without it. */
  readonly sharedMemory?: SharedMemoryPlace;
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
  /** v2 only; v1 rejects them. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** One class of a classification. */
export interface InferClass {
  /** Index in the output vector. */
  readonly index: number;
  /** The output's value there. */
  readonly value: number;
  /** Empty when the model has no labels. */
  readonly label: string;
}

/** An output of an answer. */
export interface InferOutput {
  /** Its name in the model. */
  readonly name: string;
  /** Undefined in v1, whose answers don't tell. */
  readonly dataType?: DataType;
  /** Of one batch entry; undefined for classes. */
  readonly shape?: readonly number[];
  /** The tensor's bytes, all batch entries; undefined for classes, and for what lies in shared memory. */
  readonly data?: Uint8Array;
  /** Where the server has written it, if not into the answer (v2). */
  readonly sharedMemory?: SharedMemoryPlace;
  /** Per batch entry; undefined for tensors. */
  readonly classes?: readonly (readonly InferClass[])[];
}

/** The answer to an inference request; a failed one has `error` and no outputs. */
export interface InferResponse {
  /** What went wrong. */
  readonly error?: InferenceError;
  /** The ID given in the request. */
  readonly id?: bigint | string;
  /** The model that answered. */
  readonly modelName: string;
  /** Its version; empty if the server did not tell. */
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

/** How tensors travel over HTTP: behind the JSON as bytes, or within it as values. */
export type TensorWire = "binary" | "json";

/** How the tensors of a request travel, and those of its answer. */
export interface TensorFormats {
  /** Of the request. */
  readonly input: TensorWire;
  /** Of the answer. */
  readonly output: TensorWire;
}

/** A request as bytes, made by {@linkcode Protocol.encode}; can be sent any number of times. */
export interface EncodedRequest {
  /** Bytes of the message or body. */
  readonly byteLength: number;
}

/** A request for an HTTP endpoint. */
export interface EncodedHttpRequest extends EncodedRequest {
  /** With the address's base path. */
  readonly path: string;
  /** In the order in which they are sent. */
  readonly headers: readonly Header[];
  /** Pieces, sent one after the other. */
  readonly body: readonly Uint8Array[];
  /** Whether it may be sent twice: a request of a sequence may not. */
  readonly idempotent: boolean;
}

/** A request for a gRPC service. */
export interface EncodedGrpcRequest extends EncodedRequest {
  /** The message of a unary call. */
  readonly unary: Uint8Array;
  /** The message on a stream. */
  readonly stream: Uint8Array;
  /** Whether the server may get it twice. */
  readonly idempotent?: boolean;
}

/** An answer as bytes; {@linkcode Protocol.decode} reads it. */
export interface Reply {
  /** Bytes of the message or body. */
  readonly byteLength: number;
  /** When what was sent and received. */
  readonly times: CallTimes;
}

/** What {@linkcode Protocol.exchange} calls back: a reply, or why there is none. */
export type ReplyCallback = (
  reply: Reply | undefined,
  error: InferenceError | undefined,
) => void;

/** What a stream calls back. */
export interface StreamHandlers {
  /** Called for each answer. */
  onReply(reply: Reply): void;
  /** Called once; `error` undefined when the server ended the stream in order. */
  onEnd(error: InferenceError | undefined): void;
}

/** An open inference stream; replies are matched to requests by id. */
export interface ProtocolStream {
  /** Queues a request; resolves when more may be queued. */
  send(request: EncodedRequest): Promise<void>;
  /** No more requests; replies still come. */
  end(): void;
  /** Cancels the stream: `onEnd` gets an error with the code CANCELLED. */
  cancel(): void;
  /** Holds the server back: what it has sent already still comes. */
  pause?(): void;
  /** Lets it go on. */
  resume?(): void;
}

/** Options of the calls that are not inference. */
export type QueryOptions = CallOptions;

/** Starts or stops the server's profiler. */
export type Profile = (command: "start" | "stop", options?: QueryOptions) => Promise<void>;

/** What loads and unloads a server's models. Refusals throw an InferenceError. */
export interface RepositoryControl {
  /** The models in the server's repository. */
  index(options?: QueryOptions): Promise<readonly ModelVersionState[]>;
  /** Loads a model, or loads it again. */
  load(name: string, options?: QueryOptions): Promise<void>;
  /** Unloads a model. */
  unload(name: string, options?: QueryOptions): Promise<void>;
}

/** A region of system memory that a server shares. */
export interface SharedMemoryRegion {
  /** As requests name it. */
  readonly name: string;
  /** The POSIX name of the memory, with a slash in front. */
  readonly key: string;
  /** Where the region begins in that memory, in bytes. */
  readonly offset: number;
  /** Its length in bytes. */
  readonly byteSize: number;
}

/** What tells a server which memory to share. Refusals throw an InferenceError. */
export interface SharedMemoryControl {
  /** Those that it shares now. */
  regions(options?: QueryOptions): Promise<readonly SharedMemoryRegion[]>;
  /** Shares a region. */
  register(region: SharedMemoryRegion, options?: QueryOptions): Promise<void>;
  /** Shares it no more. */
  unregister(name: string, options?: QueryOptions): Promise<void>;
}

/** What a server traces, by the names that v2 has for it; texts, one or several each. */
export type TraceSettings = Readonly<Record<string, string | readonly string[]>>;

/** Changes what a server traces, of one model or of all; gives back what is then set. */
export type SetTrace = (
  modelName: string | undefined,
  settings: TraceSettings,
  options?: QueryOptions,
) => Promise<TraceSettings>;

/** The calls that are not inference. What goes wrong, on either side, throws an InferenceError. */
export interface Endpoints {
  /** Whether the server is live. */
  live(options?: QueryOptions): Promise<boolean>;
  /** Whether the server is ready for requests. */
  ready(options?: QueryOptions): Promise<boolean>;
  /** Whether a model is ready for requests. */
  modelReady(name: string, version?: bigint, options?: QueryOptions): Promise<boolean>;
  /** The whole server, or one model. */
  status(modelName?: string, options?: QueryOptions): Promise<ServerStatus>;
  /** The server's description of a model. @throws {InferenceError} for an unknown one */
  model(name: string, version?: bigint, options?: QueryOptions): Promise<ModelInfo>;
  /** Counters of one model, or of all. */
  statistics(
    name?: string,
    version?: bigint,
    options?: QueryOptions,
  ): Promise<readonly ModelStatistics[]>;
  /** v1 only. */
  readonly profile?: Profile;
  /** v2 only. */
  readonly repository?: RepositoryControl;
  /** v2 only; not every server has it. */
  readonly sharedMemory?: SharedMemoryControl;
  /** v2 only; not every server has it. */
  readonly setTrace?: SetTrace;
}

/**
 * A server over one protocol and one wire. Only transport failures and failed queries throw. What
 * not every protocol or wire can do is an optional member: ask whether it is there.
 */
export interface Protocol extends Endpoints {
  /** Which protocol it is. */
  readonly api: ApiVersion;
  /** The wire that carries it. */
  readonly wire: Wire;
  /** `host:port`, for messages. */
  readonly address: string;

  /** Pure: the request as bytes. @throws {InferenceError} INVALID_ARG when it can't be said in this protocol. */
  encode(request: InferRequest): EncodedRequest;
  /** Moves the bytes. @throws {InferenceError} on transport failures only. */
  send(request: EncodedRequest, options?: CallOptions): Promise<Reply>;
  /**
   * Like `send`, for measuring: without a promise, and the reply's bytes are only lent. They are good
   * until the callback returns or sends another request.
   *
   * @param callback called once, never from inside this call
   * @throws {InferenceError} INVALID_ARG when the request can't be sent
   */
  exchange(request: EncodedRequest, options: CallOptions, callback: ReplyCallback): void;
  /** Pure, cheap and total: the error of a failed request, undefined for a good one. */
  failure(reply: Reply): InferenceError | undefined;
  /** Pure and total: the whole answer to `request`; what can't be read is a failed one. */
  decode(reply: Reply, request: InferRequest): InferResponse;
  /** Pure, cheap and total: id of the request that a stream's reply belongs to, as text; empty = none given. */
  replyId(reply: Reply): string;
  /** Pure, cheap and total: false when more replies to the same request follow. */
  isFinal(reply: Reply): boolean;
  /** Pure, cheap and total: whether an answer has no outputs, as one that only says "final". */
  isEmpty(reply: Reply): boolean;
  /** Opens a stream of requests; gRPC only. */
  openStream?(handlers: StreamHandlers, options?: CallOptions): ProtocolStream;

  /** How tensors travel (v2 over HTTP): the server is asked once when the caller has not said it. */
  tensorFormats?(options?: QueryOptions): Promise<TensorFormats>;

  /** Ends all connections. */
  close(): void;
}

/** What a protocol is made with, beside its transport. */
export interface ProtocolOptions {
  /** The user's own headers, on every request: HTTP headers or gRPC metadata. */
  readonly headers?: readonly Header[];
}
