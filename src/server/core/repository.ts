/**
 * The models that the server has, by name and version.
 *
 * @module
 */
import type { Clock } from "../../base/clock.ts";
import { InferenceError } from "../../base/errors.ts";
import { BatchScheduler } from "./batch_scheduler.ts";
import { compileConfig, type ModelSpec } from "./config.ts";
import { planSteps } from "./ensemble_plan.ts";
import { EnsembleScheduler, type RunStep } from "./ensemble_scheduler.ts";
import type { ModelInstance, ServerModel } from "./model.ts";
import type { Scheduler } from "./scheduler.ts";
import { SequenceScheduler } from "./sequence_scheduler.ts";
import { VersionStatistics } from "./statistics.ts";

/** A version of a model that can be used. */
export interface LoadedModel {
  readonly name: string;
  readonly version: bigint;
  readonly spec: ModelSpec;
  readonly scheduler: Scheduler;
  readonly statistics: VersionStatistics;
  readonly labels: Readonly<Record<string, readonly string[]>>;
}

/** Everything under one name. */
export interface ModelEntry {
  readonly name: string;
  /** Of the newest version. */
  readonly spec: ModelSpec;
  /** The versions in use; empty when the model is unloaded. */
  readonly versions: ReadonlyMap<bigint, LoadedModel>;
  /** Counters by version, also of versions that were only asked for. */
  readonly statistics: ReadonlyMap<bigint, VersionStatistics>;
}

interface Entry extends ModelEntry {
  readonly sources: Map<bigint, ServerModel>;
  readonly versions: Map<bigint, LoadedModel>;
  readonly statistics: Map<bigint, VersionStatistics>;
  spec: ModelSpec;
  newest: LoadedModel | undefined;
}

/** What models are loaded with. */
export interface RepositoryContext {
  readonly clock: Clock;
  readonly runStep: RunStep;
}

/** The version that stands for the newest one. */
export const NEWEST = -1n;
const DEFAULT_VERSION = 1n;

function createInstances(source: ServerModel, spec: ModelSpec, clock: Clock): ModelInstance[] {
  const { config } = spec;
  const create = source.createInstance;
  if (!create) {
    throw new InferenceError("INVALID_ARG", `Cannot load model '${config.name}': it has no code`);
  }
  return (config.instanceGroup ?? []).flatMap((group) =>
    Array.from({ length: group.count ?? 1 }, (_, index) => {
      return create({ config, clock, instanceName: `${group.name}_${index}_cpu` });
    })
  );
}

/** The models of a server. */
export class ModelRepository {
  readonly #context: RepositoryContext;
  readonly #entries = new Map<string, Entry>();

  /**
   * Loads the models; one of a name and version given before takes its place.
   *
   * @throws {InferenceError} INVALID_ARG for a model that cannot be loaded
   */
  constructor(models: readonly ServerModel[], context: RepositoryContext) {
    this.#context = context;
    for (const model of models) this.#add(model);
    for (const name of this.#entries.keys()) this.load(name);
    for (const entry of this.#entries.values()) this.#checkSteps(entry);
  }

  /** Everything, in order of name. */
  entries(): ModelEntry[] {
    return [...this.#entries.values()].sort((a, b) => a.name < b.name ? -1 : 1);
  }

  /** What is there under a name, loaded or not. */
  entry(name: string): ModelEntry | undefined {
    return this.#entries.get(name);
  }

  /** A model to use; undefined when there is none of the name and version. */
  find(name: string, version: bigint = NEWEST): LoadedModel | undefined {
    const entry = this.#entries.get(name);
    return version === NEWEST ? entry?.newest : entry?.versions.get(version);
  }

  /**
   * Counters of a version, also of one that does not exist: r19.07 then lists it, unavailable.
   * Undefined when there is no model of that name.
   */
  statisticsOf(name: string, version: bigint): VersionStatistics | undefined {
    const entry = this.#entries.get(name);
    if (!entry) return undefined;
    let statistics = entry.statistics.get(version);
    if (!statistics) entry.statistics.set(version, statistics = new VersionStatistics());
    return statistics;
  }

  /** Class names of an output; an ensemble without its own has those of the step that makes it. */
  labels(model: LoadedModel, output: string): readonly string[] | undefined {
    const own = model.labels[output];
    if (own) return own;
    for (const step of planSteps(model.spec.config)) {
      const link = step.outputs.find(({ tensor }) => tensor === output);
      const inner = link && this.find(step.modelName, step.modelVersion);
      if (inner) return this.labels(inner, link.name);
    }
    return undefined;
  }

  /** Takes all versions of a model into use, with fresh instances. */
  load(name: string): void {
    const entry = this.#existing(name);
    this.unload(name);
    for (const [version, source] of entry.sources) {
      const loaded = this.#load(name, version, source);
      entry.versions.set(version, loaded);
      if (!entry.newest || version > entry.newest.version) entry.newest = loaded;
    }
    entry.spec = entry.newest!.spec;
  }

  /** Takes a model out of use: what waits fails, what runs is let finish. */
  unload(name: string): void {
    const entry = this.#existing(name);
    for (const { scheduler } of entry.versions.values()) scheduler.close();
    entry.versions.clear();
    entry.newest = undefined;
  }

  /** Takes all models out of use. */
  close(): void {
    for (const name of this.#entries.keys()) this.unload(name);
  }

  #existing(name: string): Entry {
    const entry = this.#entries.get(name);
    if (entry) return entry;
    throw new InferenceError("NOT_FOUND", `The server has no model '${name}'`);
  }

  #add(source: ServerModel): void {
    const { name } = source.config;
    let entry = this.#entries.get(name);
    if (!entry) {
      entry = {
        name,
        spec: compileConfig(source.config),
        sources: new Map(),
        versions: new Map(),
        statistics: new Map(),
        newest: undefined,
      };
      this.#entries.set(name, entry);
    }
    entry.sources.set(source.version ?? DEFAULT_VERSION, source);
  }

  #load(name: string, version: bigint, source: ServerModel): LoadedModel {
    const { clock, runStep } = this.#context;
    const spec = compileConfig(source.config);
    const statistics = this.statisticsOf(name, version)!;
    const labels = source.labels ?? {};
    const make = () => {
      if (spec.config.ensembleScheduling) return new EnsembleScheduler(spec, runStep);
      const instances = createInstances(source, spec, clock);
      const Kind = spec.config.sequenceBatching ? SequenceScheduler : BatchScheduler;
      return new Kind(spec, instances, clock, statistics);
    };
    return { name, version, spec, statistics, labels, scheduler: make() };
  }

  #checkSteps(entry: Entry): void {
    for (const { modelName, modelVersion } of planSteps(entry.spec.config)) {
      if (this.find(modelName, modelVersion)) continue;
      throw new InferenceError(
        "INVALID_ARG",
        `Cannot load ensemble '${entry.name}': its step needs model '${modelName}', which is not there`,
      );
    }
  }
}
