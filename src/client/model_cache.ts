/**
 * What the server says of its models, asked for once and kept for a while. A question belongs to no
 * caller: each waits for it as long as he likes.
 *
 * @module
 */
import type { ModelInfo } from "../protocol/types.ts";
import type { Deadline } from "./deadline.ts";

/** Asks the server; has limits of its own. */
export type AskModel = (name: string, version: bigint | undefined) => Promise<ModelInfo>;

/** After a question the next one for doubt is put this much later at the earliest. */
const DOUBT_PAUSE_MS = 250;

/** One model, in one version or the newest. */
export class ModelEntry {
  readonly name: string;
  readonly version: bigint | undefined;
  readonly #ask: AskModel;
  readonly #maxAgeMs: number;
  #info: ModelInfo | undefined;
  #fetchedAt = -Infinity;
  #asking: Promise<ModelInfo> | undefined;

  constructor(name: string, version: bigint | undefined, ask: AskModel, maxAgeMs: number) {
    this.name = name;
    this.version = version;
    this.#ask = ask;
    this.#maxAgeMs = maxAgeMs;
  }

  /** The last that is known; undefined before the first answer. */
  get known(): ModelInfo | undefined {
    return this.#info;
  }

  /** The description, however old. When it is too old the server is asked beside. */
  current(): ModelInfo | undefined {
    if (this.#info !== undefined && performance.now() - this.#fetchedAt > this.#maxAgeMs) {
      // Whoever is asking now does not wait for it; a failure leaves what is known.
      this.#refresh().catch(() => {});
    }
    return this.#info;
  }

  /** The description. @throws {InferenceError} what the question ends with, or what ends the wait */
  get(deadline: Deadline): Promise<ModelInfo> {
    const info = this.current();
    return info !== undefined ? Promise.resolve(info) : deadline.race(this.#refresh());
  }

  /**
   * Asks again, because a request that was made for `used` did not fit. Undefined when nothing has
   * changed, the server was asked a moment ago, or doesn't answer.
   */
  async doubt(used: ModelInfo, deadline: Deadline): Promise<ModelInfo | undefined> {
    if (this.#info !== undefined && !isSame(this.#info, used)) return this.#info;
    if (performance.now() - this.#fetchedAt < DOUBT_PAUSE_MS) return undefined;
    try {
      const info = await deadline.race(this.#refresh());
      return isSame(info, used) ? undefined : info;
    } catch {
      return undefined;
    }
  }

  #refresh(): Promise<ModelInfo> {
    return this.#asking ??= this.#ask(this.name, this.version).then((info) => {
      this.#info = info;
      return info;
    }).finally(() => {
      this.#fetchedAt = performance.now();
      this.#asking = undefined;
    });
  }
}

function isSame(a: ModelInfo, b: ModelInfo): boolean {
  return a === b || fingerprint(a) === fingerprint(b);
}

function fingerprint({ maxBatchSize, inputs, outputs, decoupled, scheduling }: ModelInfo): string {
  return JSON.stringify([maxBatchSize, inputs, outputs, decoupled, scheduling]);
}

/** The models of one client. */
export class ModelCache {
  readonly #entries = new Map<string, ModelEntry>();
  readonly #ask: AskModel;
  readonly #maxAgeMs: number;

  constructor(ask: AskModel, maxAgeMs: number) {
    this.#ask = ask;
    this.#maxAgeMs = maxAgeMs;
  }

  entry(name: string, version: bigint | undefined): ModelEntry {
    const key = `${name}\0${version ?? ""}`;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = new ModelEntry(name, version, this.#ask, this.#maxAgeMs);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  /** An entry without an answer is not kept: a name that is no model's would stay for ever. */
  drop(entry: ModelEntry): void {
    if (entry.known !== undefined) return;
    this.#entries.delete(`${entry.name}\0${entry.version ?? ""}`);
  }

  /** Forgets one model, or all. */
  forget(name?: string): void {
    for (const [key, entry] of this.#entries) {
      if (name === undefined || entry.name === name) this.#entries.delete(key);
    }
  }
}
