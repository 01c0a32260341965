/**
 * Single requests of many callers, gathered into batches.
 *
 * @module
 */
import { onAbort } from "../base/abort.ts";
import { InferenceError } from "../base/errors.ts";
import type { InferOutput, InferRequest, InferResponse, ModelInfo } from "../protocol/types.ts";
import type { ClientCore } from "./core.ts";
import { givenUp } from "./deadline.ts";
import type { ModelEntry } from "./model_cache.ts";
import { buildRequest, checkOptions, type InferOptions, untyped } from "./request.ts";
import { failedResult, InferResult, typed } from "./result.ts";
import { withCallerStack } from "./stack.ts";
import type { AnyModel, ModelTypes } from "./typed.ts";

/** How requests are gathered. */
export interface BatchOptions {
  /** Entries in a batch at most. @default the model's own limit */
  readonly maxSize?: number;
  /** Milliseconds that the first request of a batch waits for others. @default {1} */
  readonly maxDelayMs?: number;
}

/** Limits and place of one caller's request in its batch. */
interface Member {
  readonly request: InferRequest;
  readonly options: InferOptions;
  readonly since: number;
  settle(result: InferResult): void;
  settled: boolean;
}

/** Members whose requests can go out together. */
interface Group {
  readonly key: string;
  readonly info: ModelInfo;
  readonly members: Member[];
  size: number;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const DEFAULT_DELAY_MS = 1;

/**
 * Sends what many callers ask for at about the same time as one request, and deals its answer out to
 * them. Made by `InferModel.batch`.
 *
 * Requests go together when they want the same outputs and have the same shapes and parameters. A caller
 * that gives up gets his error at once; the others of his batch don't notice. When the server refuses a
 * batch, its requests are sent one by one, so that each caller hears what is wrong with his own.
 */
export class Batcher<M extends ModelTypes = AnyModel> {
  readonly #core: ClientCore;
  readonly #entry: ModelEntry;
  readonly #maxSize: number;
  readonly #maxDelayMs: number;
  readonly #groups = new Map<string, Group>();

  /** Made by `InferModel.batch`. */
  constructor(core: ClientCore, entry: ModelEntry, info: ModelInfo, options: BatchOptions) {
    const { maxSize = info.maxBatchSize, maxDelayMs = DEFAULT_DELAY_MS } = options;
    if (info.maxBatchSize < 1) {
      throw new InferenceError("UNSUPPORTED", `Model '${info.name}' takes no batches`);
    }
    if (!Number.isSafeInteger(maxSize) || maxSize < 1 || !(maxDelayMs >= 0)) {
      throw new InferenceError("INVALID_ARG", "maxSize must be >= 1, and maxDelayMs >= 0");
    }
    this.#core = core;
    this.#entry = entry;
    this.#maxSize = Math.min(maxSize, info.maxBatchSize);
    this.#maxDelayMs = maxDelayMs;
    core.onDrain(() => this.flush());
  }

  /**
   * Sends a request with those of others; as `InferModel.infer` for everything else.
   *
   * @throws {InferenceError} INVALID_ARG when the options don't fit the model, UNSUPPORTED for a sequence
   */
  async infer(options: InferOptions<M>): Promise<InferResult<M>> {
    const result = await this.#add(untyped(options));
    if (result.error && this.#core.throwOnError) throw withCallerStack(result.error);
    return typed(result);
  }

  /** As {@linkcode Batcher.infer}, but a failed request throws. @throws {InferenceError} its error */
  async inferOrThrow(options: InferOptions<M>): Promise<InferResult<M>> {
    const result = await this.#add(untyped(options));
    if (result.error) throw withCallerStack(result.error);
    return typed(result);
  }

  /** Sends what waits now. */
  flush(): void {
    for (const group of [...this.#groups.values()]) this.#send(group);
  }

  async #add(options: InferOptions): Promise<InferResult> {
    checkOptions(this.#entry.name, options);
    if (options.sequence !== undefined) {
      throw new InferenceError("UNSUPPORTED", "The requests of a sequence can't be batched");
    }
    const info = this.#entry.current();
    if (info === undefined) return await this.#core.infer(this.#entry, options, undefined);
    let request: InferRequest;
    try {
      request = buildRequest(info, this.#entry.version, options);
    } catch {
      // It tells whether the model has become another one, and throws when it hasn't.
      return await this.#core.infer(this.#entry, options, undefined);
    }
    if (request.batchSize >= this.#maxSize) {
      return await this.#core.infer(this.#entry, options, undefined);
    }
    return await new Promise((resolve) => this.#enter(info, request, options, resolve));
  }

  #enter(
    info: ModelInfo,
    request: InferRequest,
    options: InferOptions,
    resolve: (result: InferResult) => void,
  ): void {
    const { signal, timeoutMs } = options;
    const member: Member = {
      request,
      options,
      since: performance.now(),
      settled: false,
      settle(result) {
        if (member.settled) return;
        member.settled = true;
        unwatch?.();
        clearTimeout(timer);
        resolve(result);
      },
    };
    const fail = (error: unknown) =>
      member.settle(failedResult(this.#entry, options, error, performance.now() - member.since));
    const unwatch = signal && onAbort(signal, () => fail(givenUp(signal)));
    const limit = this.#core.deadline({ timeoutMs });
    const timer = limit.leftMs < Infinity
      ? setTimeout(() => fail(limit.late()), limit.leftMs)
      : undefined;
    if (signal?.aborted) return fail(givenUp(signal));
    const key = keyOf(request);
    const waiting = this.#groups.get(key);
    if (waiting !== undefined && waiting.size + request.batchSize > this.#maxSize) {
      this.#send(waiting);
    }
    const group = this.#groups.get(key) ?? this.#open(key, info);
    group.members.push(member);
    group.size += request.batchSize;
    if (group.size >= this.#maxSize) this.#send(group);
  }

  #open(key: string, info: ModelInfo): Group {
    const group: Group = { key, info, members: [], size: 0, timer: undefined };
    group.timer = setTimeout(() => this.#send(group), this.#maxDelayMs);
    this.#groups.set(key, group);
    return group;
  }

  async #send(group: Group): Promise<void> {
    clearTimeout(group.timer);
    this.#groups.delete(group.key);
    const members = group.members.filter(({ settled }) => !settled);
    const [first] = members;
    if (first === undefined) return;
    try {
      const request = members.length === 1 ? first.request : joined(members);
      const response = await this.#core.send(this.#entry, group.info, request, {});
      if (members.length > 1 && response.error?.answered && !response.error.retryable) {
        return void await Promise.all(members.map((member) => this.#alone(group.info, member)));
      }
      let from = 0;
      for (const { request, settle } of members) {
        settle(part(response, group.info, request, from));
        from += request.batchSize;
      }
    } catch (error) {
      for (const { options, settle, since } of members) {
        settle(failedResult(this.#entry, options, error, performance.now() - since));
      }
    }
  }

  /** A member of a batch that was refused. */
  async #alone(info: ModelInfo, { request, settle }: Member): Promise<void> {
    settle(await this.#core.send(this.#entry, info, request, {}));
  }
}

/** What requests must have in common to go out together. */
function keyOf({ inputs, outputs, parameters }: InferRequest): string {
  return JSON.stringify([
    inputs.map(({ name, shape }) => [name, shape]),
    outputs,
    parameters && Object.entries(parameters).map(([name, value]) => [name, String(value)]),
  ]);
}

function joined(members: readonly Member[]): InferRequest {
  const first = members[0]!.request;
  return {
    ...first,
    id: undefined,
    batchSize: members.reduce((sum, { request }) => sum + request.batchSize, 0),
    inputs: first.inputs.map((input, i) => ({
      ...input,
      data: members.flatMap(({ request }) => request.inputs[i]!.data),
    })),
  };
}

/** A member's share of the answer. */
function part(
  result: InferResult,
  info: ModelInfo,
  { id, batchSize }: InferRequest,
  from: number,
): InferResult {
  const { error, timers } = result;
  const { modelName, modelVersion, parameters, serverId, requestId } = result;
  const outputs: InferOutput[] = error === undefined
    ? result.outputs.map((output) => output.slice(from, batchSize))
    : [];
  const response: InferResponse = {
    ...{ error, id, modelName, modelVersion, parameters, serverId, requestId },
    ...{ batchSize, outputs, final: true },
  };
  return new InferResult(response, info, timers);
}
