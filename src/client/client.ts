/**
 * What a client can do, whatever connects it: one server or several alike, over one protocol.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { loggable, shownAs } from "../base/inspect.ts";
import type {
  ApiVersion,
  ModelInfo,
  ModelStatistics,
  ModelVersionState,
  Protocol,
  QueryOptions,
  RepositoryControl,
  ServerStatus,
  Wire,
} from "../protocol/types.ts";
import { Backend, Backends } from "./backends.ts";
import { ClientCore, type CoreOptions } from "./core.ts";
import { InferModel } from "./model.ts";
import type { ModelEntry } from "./model_cache.ts";
import { type InferOptions, toVersion, type Version } from "./request.ts";
import type { InferResult } from "./result.ts";
import type { SharedMemory } from "./shared_memory.ts";
import { withCallerStack } from "./stack.ts";
import type { AnyModel, ModelTypes } from "./typed.ts";
import { noProfiler, onlyV2 } from "./unsupported.ts";

/**
 * Client for one server, or for several that serve the same models. Any number of requests may be in
 * flight.
 */
export class Client implements AsyncDisposable {
  readonly #core: ClientCore;
  readonly #handles = new WeakMap<ModelEntry, InferModel>();

  /** Wraps an existing protocol; `InferenceClient.connect` is the usual way. */
  constructor(protocol: Protocol | ClientCore, options: CoreOptions = {}) {
    this.#core = protocol instanceof ClientCore ? protocol : alone(protocol, options);
  }

  /** `v1` (r19.07) or `v2` (Triton). */
  get api(): ApiVersion {
    return this.#core.api;
  }

  /** `http` or `grpc`. */
  get wire(): Wire {
    return this.#core.wire;
  }

  /** `host:port` of the server; of several, the one that answered first. */
  get address(): string {
    return this.#core.protocol.address;
  }

  /** Whether the server is live. @throws {InferenceError} when it can't be asked */
  live(options?: QueryOptions): Promise<boolean> {
    return this.#core.query((protocol, limits) => protocol.live(limits), options);
  }

  /** Whether the server is ready for requests. @throws {InferenceError} when it can't be asked */
  ready(options?: QueryOptions): Promise<boolean> {
    return this.#core.query((protocol, limits) => protocol.ready(limits), options);
  }

  /** Whether a model is ready for requests. @throws {InferenceError} when the server can't be asked */
  async modelReady(name: string, version?: Version, options?: QueryOptions): Promise<boolean> {
    const number = toVersion(version);
    return await this.#core.query(
      (protocol, limits) => protocol.modelReady(name, number, limits),
      options,
    );
  }

  /** The server's status with all models, or with one. @throws {InferenceError} for an unknown model */
  async status(modelName?: string, options?: QueryOptions): Promise<ServerStatus> {
    const status = await this.#core.query(
      (protocol, limits) => protocol.status(modelName, limits),
      options,
    );
    status.statistics.forEach(loggable);
    return loggable(status);
  }

  /** The server's description of a model, fetched now. @throws {InferenceError} for an unknown model */
  async modelInfo(name: string, version?: Version, options?: QueryOptions): Promise<ModelInfo> {
    const number = toVersion(version);
    const ask = (protocol: Protocol, limits: QueryOptions) => protocol.model(name, number, limits);
    return loggable(await this.#core.query(ask, options));
  }

  /** Counters of one model, or of all. @throws {InferenceError} for an unknown model */
  async statistics(
    name?: string,
    version?: Version,
    options?: QueryOptions,
  ): Promise<readonly ModelStatistics[]> {
    const number = toVersion(version);
    const all = await this.#core.query(
      (protocol, limits) => protocol.statistics(name, number, limits),
      options,
    );
    return all.map(loggable);
  }

  /** Starts or stops the server's profiler (v1). @throws {InferenceError} UNSUPPORTED where there is none */
  async profile(command: "start" | "stop", options?: QueryOptions): Promise<void> {
    await this.#core.query(async ({ profile }, limits) => {
      if (profile === undefined) throw noProfiler();
      await profile(command, limits);
    }, options);
  }

  /** The models in the server's repository (v2). @throws {InferenceError} UNSUPPORTED on v1 */
  async repositoryIndex(options?: QueryOptions): Promise<readonly ModelVersionState[]> {
    return await this.#core.query(
      (protocol, limits) => repositoryOf(protocol, "The repository index").index(limits),
      options,
    );
  }

  /** Loads a model (v2). @throws {InferenceError} with the server's reason */
  async loadModel(name: string, options?: QueryOptions): Promise<void> {
    await this.#core.query(
      (protocol, limits) => repositoryOf(protocol, "Loading a model").load(name, limits),
      options,
    );
    this.forget(name);
  }

  /** Unloads a model (v2). @throws {InferenceError} with the server's reason */
  async unloadModel(name: string, options?: QueryOptions): Promise<void> {
    await this.#core.query(
      (protocol, limits) => repositoryOf(protocol, "Unloading a model").unload(name, limits),
      options,
    );
    this.forget(name);
  }

  /**
   * Memory that this program shares with the server: inputs in it are not sent, and outputs are written to
   * it. It takes v2 and a server on this machine, which is Linux; under Deno, `--allow-all`.
   *
   * @example
   * ```ts ignore
   * await using memory = await client.shareMemory(2 * 4096);
   * memory.write(new Float32Array(1024).fill(1));
   * const result = await client.infer("identity_fp32", {
   *   inputs: { INPUT0: { sharedMemory: memory.place({ byteSize: 4096 }), shape: [1024] } },
   *   outputs: [{ name: "OUTPUT0", sharedMemory: memory.place({ offset: 4096 }) }],
   * });
   * console.log(result.output("OUTPUT0").data);
   * ```
   *
   * @throws {InferenceError} UNSUPPORTED where there is none; FILE when it can't be had
   */
  async shareMemory(byteSize: number, options: QueryOptions = {}): Promise<SharedMemory> {
    if (this.#core.servers > 1) {
      throw new InferenceError("UNSUPPORTED", "Cannot share memory with several servers", {
        hint: "connect to one of them",
      });
    }
    const { openSharedMemory } = await import("./shared_memory.ts");
    return await this.#core.query(
      (protocol, limits) => openSharedMemory(protocol, byteSize, limits),
      options,
    );
  }

  /**
   * A handle to a model. The server is asked for its inputs and outputs once; the answer is kept for all
   * requests, and asked for again when it is old or a request doesn't fit it.
   *
   * With types that `trtis types` wrote, names and values are checked: `client.model<Models["simple"]>(...)`.
   *
   * @param options end this caller's wait, not the question
   * @throws {InferenceError} for an unknown model
   */
  async model<M extends ModelTypes = AnyModel>(
    name: string,
    version?: Version,
    options: QueryOptions = {},
  ): Promise<InferModel<M>> {
    const entry = this.#core.models.entry(name, toVersion(version));
    try {
      const info = await this.#core.modelInfo(entry, options);
      let handle = this.#handles.get(entry);
      if (handle === undefined) {
        handle = new InferModel(this.#core, entry, info);
        this.#handles.set(entry, handle);
      }
      return handle as unknown as InferModel<M>;
    } catch (error) {
      throw withCallerStack(error);
    }
  }

  /**
   * Infers with the newest version of a model. If the server or the network fails, or the model is
   * unknown, the result has an `error`; with `throwOnError` the error is thrown instead.
   *
   * @throws {InferenceError} INVALID_ARG when the options don't fit the model; nothing is sent then
   */
  async infer(modelName: string, options: InferOptions): Promise<InferResult> {
    const entry = this.#core.models.entry(modelName, undefined);
    const result = await this.#core.infer(entry, options, undefined);
    if (result.error && this.#core.throwOnError) throw withCallerStack(result.error);
    return result;
  }

  /**
   * As {@linkcode Client.infer}, but a failed request throws.
   *
   * @throws {InferenceError} the error that `infer` puts into the result, and what `infer` throws
   */
  async inferOrThrow(modelName: string, options: InferOptions): Promise<InferResult> {
    const entry = this.#core.models.entry(modelName, undefined);
    const result = await this.#core.infer(entry, options, undefined);
    if (result.error) throw withCallerStack(result.error);
    return result;
  }

  /** Forgets the description of one model, or of all: the next request fetches it again. */
  forget(modelName?: string): void {
    this.#core.models.forget(modelName);
  }

  /**
   * Takes no more requests, waits for those in flight, and closes.
   *
   * @param options `timeoutMs` limits the wait; what is still in flight then is cancelled
   */
  async drain(options: { readonly timeoutMs?: number } = {}): Promise<void> {
    await this.#core.drain(options.timeoutMs);
    this.close();
  }

  /** Ends all connections; requests in flight fail with the code CLOSED. */
  close(): void {
    this.#core.close();
  }

  /** As {@linkcode Client.close}. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  static {
    shownAs(this, "InferenceClient", ({ api, wire, address }) => ({ api, wire, address }));
  }
}

/** A client for a protocol that already exists. */
function alone(protocol: Protocol, options: CoreOptions): ClientCore {
  const backend = new Backend(protocol.address, () => Promise.resolve(protocol), protocol);
  return new ClientCore(protocol, new Backends([backend]), options);
}

function repositoryOf({ repository }: Protocol, what: string): RepositoryControl {
  if (repository === undefined) throw onlyV2(what);
  return repository;
}
