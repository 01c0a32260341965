/**
 * The client: one server, over one protocol.
 *
 * @module
 */
import type {
  ApiVersion,
  ModelInfo,
  ModelStatistics,
  ModelVersionState,
  Protocol,
  QueryOptions,
  ServerStatus,
  Wire,
} from "../protocol/types.ts";
import { connectProtocol, type ProtocolDescription } from "./connect.ts";
import { InferModel } from "./model.ts";
import type { InferOptions } from "./request.ts";
import type { InferResult } from "./result.ts";

/** How to reach the server; a text is its address over HTTP, `grpc://host:port` over gRPC. */
export type ConnectOptions = ProtocolDescription;

/**
 * Talks to one server. Any number of requests may be under way at once.
 *
 * @example
 * ```ts
 * import { InferenceClient, startServer } from "@trtis/trtis";
 *
 * await using server = await startServer({ httpPort: 0, grpcPort: false });
 * await using client = await InferenceClient.connect(server.httpAddress!);
 * const result = await client.infer("simple", {
 *   inputs: { INPUT0: new Int32Array(16).fill(3), INPUT1: new Int32Array(16).fill(1) },
 * });
 * console.log(result.output("OUTPUT0").data);
 * ```
 */
export class InferenceClient implements AsyncDisposable {
  readonly #protocol: Protocol;
  readonly #models = new Map<string, Promise<InferModel>>();

  /** Wraps a protocol that is already made; {@linkcode InferenceClient.connect} is the usual way. */
  constructor(protocol: Protocol) {
    this.#protocol = protocol;
  }

  /**
   * Makes a client. Unless `api` is given, the server is asked once which protocol it speaks.
   *
   * @throws {InferenceError} USAGE for a bad address; CONNECTION, PROTOCOL or TIMEOUT when no server answers
   */
  static async connect(target: string | ConnectOptions): Promise<InferenceClient> {
    return new InferenceClient(await connectProtocol(describe(target)));
  }

  /** `v1` (r19.07) or `v2` (Triton). */
  get api(): ApiVersion {
    return this.#protocol.api;
  }

  /** `http` or `grpc`. */
  get wire(): Wire {
    return this.#protocol.wire;
  }

  /** `host:port` of the server. */
  get address(): string {
    return this.#protocol.address;
  }

  /** Whether the server runs. @throws {InferenceError} when it can't be asked */
  live(options?: QueryOptions): Promise<boolean> {
    return this.#protocol.live(options);
  }

  /** Whether the server takes requests. @throws {InferenceError} when it can't be asked */
  ready(options?: QueryOptions): Promise<boolean> {
    return this.#protocol.ready(options);
  }

  /** Whether a model takes requests. @throws {InferenceError} when the server can't be asked */
  modelReady(name: string, version?: bigint, options?: QueryOptions): Promise<boolean> {
    return this.#protocol.modelReady(name, version, options);
  }

  /** The server's status with all models, or with one. @throws {InferenceError} for an unknown model */
  status(modelName?: string, options?: QueryOptions): Promise<ServerStatus> {
    return this.#protocol.status(modelName, options);
  }

  /** What the server says of a model. @throws {InferenceError} for an unknown model */
  async modelInfo(name: string, version?: bigint, options?: QueryOptions): Promise<ModelInfo> {
    return await this.#protocol.model(name, version, options);
  }

  /** Counters of one model, or of all. @throws {InferenceError} for an unknown model */
  statistics(
    name?: string,
    version?: bigint,
    options?: QueryOptions,
  ): Promise<readonly ModelStatistics[]> {
    return this.#protocol.statistics(name, version, options);
  }

  /** Starts or stops the server's profiler (v1). @throws {InferenceError} UNSUPPORTED where there is none */
  profile(command: "start" | "stop", options?: QueryOptions): Promise<void> {
    return this.#protocol.profile(command, options);
  }

  /** Models in the server's repository (v2). @throws {InferenceError} UNSUPPORTED on v1 */
  repositoryIndex(options?: QueryOptions): Promise<readonly ModelVersionState[]> {
    return this.#protocol.repositoryIndex(options);
  }

  /** Loads a model (v2). @throws {InferenceError} with the server's reason */
  async loadModel(name: string, options?: QueryOptions): Promise<void> {
    await this.#protocol.loadModel(name, options);
    this.#forget(name);
  }

  /** Unloads a model (v2). @throws {InferenceError} with the server's reason */
  async unloadModel(name: string, options?: QueryOptions): Promise<void> {
    await this.#protocol.unloadModel(name, options);
    this.#forget(name);
  }

  /**
   * A handle to a model; the server is asked for its inputs and outputs once and the handle kept.
   *
   * @throws {InferenceError} for an unknown model
   */
  model(name: string, version?: bigint, options?: QueryOptions): Promise<InferModel> {
    const key = `${name}\0${version ?? ""}`;
    const known = this.#models.get(key);
    if (known) return known;
    const made = this.#protocol.model(name, version, options)
      .then((info) => new InferModel(this.#protocol, info, version));
    this.#models.set(key, made);
    // A failure must not be remembered: the model may be loaded later.
    made.catch(() => this.#models.delete(key));
    return made;
  }

  /**
   * Infers with the newest version of a model; see {@linkcode InferModel.infer}.
   *
   * @throws {InferenceError} for an unknown model, or INVALID_ARG when the options don't fit it
   */
  async infer(modelName: string, options: InferOptions): Promise<InferResult> {
    const model = await this.model(modelName, undefined, options);
    return await model.infer(options);
  }

  /** Ends all connections. */
  close(): void {
    this.#protocol.close();
  }

  /** As {@linkcode InferenceClient.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  #forget(name: string): void {
    for (const key of this.#models.keys()) {
      if (key.startsWith(`${name}\0`)) this.#models.delete(key);
    }
  }
}

function describe(target: string | ConnectOptions): ConnectOptions {
  if (typeof target !== "string") return target;
  return { url: target, wire: /^grpcs?:/i.test(target) ? "grpc" : "http" };
}
