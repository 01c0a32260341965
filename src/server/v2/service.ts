/**
 * The v2 protocol (KServe, as Triton speaks it) for both of its wires; what it throws is what the
 * client is answered, in Triton's words.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { wireDataType } from "../../protocol/v2/data_type.ts";
import type {
  ModelConfig,
  ModelMetadataResponse,
  ModelStatisticsResponse,
  RepositoryIndexResponse,
  ServerMetadataResponse,
} from "../../protocol/v2/generated/messages.js";
import type { ParameterValue, SharedMemoryPlace } from "../../protocol/types.ts";
import type { Caller, SequencePlace, TensorValue } from "../core/model.ts";
import type { LoadedModel, ModelEntry } from "../core/repository.ts";
import type { InferenceServer } from "../core/server.ts";
import { checkRequest } from "./check_request.ts";
import { classOutput } from "./class_output.ts";
import type { InferAnswer, InferCall, WireTensor } from "./infer_call.ts";
import type { SharedRegions } from "./shared_regions.ts";
import { configMessage, metadataMessage, statisticsMessage } from "./model_messages.ts";

/** The release whose answers this side of the server gives, unless it is told its version. */
const TRITON_VERSION = "2.51.0";

/** Of Triton's extensions those that are here. */
const EXTENSIONS = [
  "classification",
  "sequence",
  "model_repository",
  "model_configuration",
  "binary_tensor_data",
  "parameters",
  "statistics",
];

const NO_BYTES = new Uint8Array(0);

/** The protocol's answers. */
export class V2Service {
  readonly #server: InferenceServer;
  readonly #regions: SharedRegions | undefined;

  /** @param regions undefined: the server shares no memory */
  constructor(server: InferenceServer, regions?: SharedRegions) {
    this.#server = server;
    this.#regions = regions;
  }

  /** The regions of shared memory. @throws {InferenceError} UNSUPPORTED where there are none */
  get regions(): SharedRegions {
    if (this.#regions !== undefined) return this.#regions;
    throw new InferenceError("UNSUPPORTED", "this server has no shared memory");
  }

  live(): boolean {
    return !this.#server.exiting;
  }

  /** A model that was unloaded on purpose does not make the server unready. */
  ready(): boolean {
    return !this.#server.exiting;
  }

  modelReady(name: string, version?: bigint): boolean {
    return this.#server.repository.find(name, version) !== undefined;
  }

  metadata(): ServerMetadataResponse {
    const version = this.#server.version || TRITON_VERSION;
    const memory = this.#regions === undefined ? [] : ["system_shared_memory"];
    return { name: "triton", version, extensions: [...EXTENSIONS, ...memory] };
  }

  /** @throws {InferenceError} NOT_FOUND */
  modelMetadata(name: string, version?: bigint): ModelMetadataResponse {
    this.#find(name, version);
    return metadataMessage(this.#entry(name));
  }

  /** @throws {InferenceError} NOT_FOUND */
  modelConfig(name: string, version?: bigint): ModelConfig {
    return configMessage(this.#find(name, version).spec);
  }

  /** @throws {InferenceError} INVALID_ARG for a model or version that is not there */
  statistics(name = "", version?: bigint): ModelStatisticsResponse {
    const entries = name === ""
      ? this.#server.repository.entries()
      : [this.#counted(name, version)];
    return {
      modelStats: entries.flatMap(({ name, versions }) =>
        [...versions]
          .filter(([number]) => version === undefined || number === version)
          .map(([number, { statistics }]) => statisticsMessage(name, number, statistics))
      ),
    };
  }

  /** Every version of every model; `readyOnly` leaves out those that can't be used. */
  index(readyOnly = false): RepositoryIndexResponse {
    const models = this.#server.repository.entries().flatMap(({ name, versions, statistics }) =>
      versions.size > 0
        ? [...versions.keys()].map((version) => ({ name, version: `${version}`, state: "READY" }))
        : [...statistics.keys()].map((version) => ({
          name,
          version: `${version}`,
          state: "UNAVAILABLE",
          reason: "unloaded",
        }))
    );
    return { models: models.filter(({ state }) => !readyOnly || state === "READY") };
  }

  /** @throws {InferenceError} INTERNAL for a model that the repository lacks */
  load(name: string): void {
    if (!this.#server.repository.entry(name)) {
      throw new InferenceError(
        "INTERNAL",
        `failed to load '${name}', failed to poll from model repository`,
      );
    }
    this.#server.repository.load(name);
  }

  /** A model that is not there is as good as unloaded. */
  unload(name: string): void {
    if (this.#server.repository.entry(name)) this.#server.repository.unload(name);
  }

  /** Whether a model answers any number of times. @throws {InferenceError} NOT_FOUND */
  isDecoupled(name: string, version?: bigint): boolean {
    const { config } = this.#find(name, version).spec;
    return config.modelTransactionPolicy?.decoupled ?? false;
  }

  /**
   * Runs a request; calls are queued in the order in which they are made.
   *
   * @param caller undefined = one that never leaves
   * @param respond gets the answers of a decoupled model, whose last one is then without outputs
   * @throws {InferenceError} whatever is wrong with the request or went wrong with it
   */
  async infer(
    asked: InferCall,
    caller?: Caller,
    respond?: (answer: InferAnswer) => void | Promise<void>,
  ): Promise<InferAnswer> {
    const server = this.#server;
    const startedAt = server.clock.now();
    const isShared = asked.inputs.some(({ sharedMemory }) => sharedMemory !== undefined);
    const call = isShared
      ? { ...asked, inputs: asked.inputs.map((input) => this.#withData(input)) }
      : asked;
    if (server.exiting) throw new InferenceError("UNAVAILABLE", "Server not ready");
    const model = this.#find(call.modelName, call.modelVersion);
    const { batchSize, inputs } = checkRequest(model.spec, call);
    const answer = (values: readonly TensorValue[]) => this.#answer(model, call, batchSize, values);
    const { result } = await server.infer(
      model,
      {
        batchSize,
        inputs,
        outputs: outputNames(model, call),
        sequence: sequenceOf(call.parameters),
        parameters: call.parameters,
        caller,
        respond: respond && ((values) => respond(answer(values))),
      },
      startedAt,
      answer,
    );
    if (result instanceof InferenceError) throw result;
    return result;
  }

  #withData(input: WireTensor): WireTensor {
    if (input.sharedMemory === undefined) return input;
    return { ...input, data: this.regions.read(input.sharedMemory) };
  }

  /** An output where it is wanted: in the answer, or in shared memory. */
  #placed(tensor: WireTensor, place: SharedMemoryPlace | undefined): WireTensor {
    if (place === undefined) return tensor;
    this.regions.write(place, tensor.data, tensor.name);
    const byteSize = tensor.data.byteLength;
    return { ...tensor, data: NO_BYTES, sharedMemory: { ...place, byteSize } };
  }

  #answer(
    model: LoadedModel,
    { id, outputs, parameters }: InferCall,
    batchSize: number,
    values: readonly TensorValue[],
  ): InferAnswer {
    const isBatched = model.spec.config.maxBatchSize > 0;
    return {
      modelName: model.name,
      modelVersion: String(model.version),
      id,
      ...(model.spec.config.ensembleScheduling && { parameters: sequenceParameters(parameters) }),
      outputs: values.map((value): WireTensor => {
        const { name, shape, data } = value;
        const { dataType } = model.spec.outputs.get(name)!;
        const wanted = outputs.find((output) => output.name === name);
        const classCount = wanted?.classCount ?? 0;
        if (classCount > 0) {
          const labels = this.#server.repository.labels(model, name);
          const batch = isBatched ? batchSize : undefined;
          const classes = classOutput(value, dataType, labels, classCount, batch);
          return this.#placed(classes, wanted?.sharedMemory);
        }
        const tensor = {
          name,
          dataType: wireDataType(dataType),
          shape: isBatched ? [batchSize, ...shape] : shape,
          data,
        };
        return this.#placed(tensor, wanted?.sharedMemory);
      }),
    };
  }

  #find(name: string, version?: bigint): LoadedModel {
    const entry = this.#entry(name);
    const model = this.#server.repository.find(name, version);
    if (model) return model;
    throw new InferenceError(
      "NOT_FOUND",
      entry.versions.size === 0
        ? `Request for unknown model: '${name}' has no available versions`
        : `Request for unknown model: '${name}' version ${version} is not found`,
    );
  }

  #entry(name: string): ModelEntry {
    const entry = this.#server.repository.entry(name);
    if (entry) return entry;
    throw new InferenceError("NOT_FOUND", `Request for unknown model: '${name}' is not found`);
  }

  #counted(name: string, version?: bigint): ModelEntry {
    const entry = this.#server.repository.entry(name);
    if (entry && this.modelReady(name, version)) return entry;
    throw new InferenceError(
      "INVALID_ARG",
      entry && entry.versions.size > 0
        ? `requested model version is not available for model '${name}'`
        : `requested model '${name}' is not available`,
    );
  }
}

/** The outputs asked for, in the model's order and once each, as Triton's backends answer. */
function outputNames({ spec }: LoadedModel, { outputs }: InferCall): string[] {
  const names = spec.config.output.map(({ name }) => name);
  if (outputs.length === 0) return names;
  const asked = new Set(outputs.map(({ name }) => name));
  return names.filter((name) => asked.has(name));
}

function sequenceOf(parameters: Readonly<Record<string, ParameterValue>>): SequencePlace {
  const id = parameters.sequence_id ?? 0n;
  return {
    id: typeof id === "string" ? id : BigInt.asUintN(64, BigInt(id)),
    start: parameters.sequence_start === true,
    end: parameters.sequence_end === true,
  };
}

/** What a real Triton says of the sequence in the answers of ensembles, and of them only. */
function sequenceParameters(parameters: Readonly<Record<string, ParameterValue>>) {
  const { id, start, end } = sequenceOf(parameters);
  return { sequence_id: id, sequence_start: start, sequence_end: end };
}
