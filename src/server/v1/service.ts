/**
 * The r19.07 protocol in plain messages, for both of its wires.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../../base/errors.ts";
import {
  type InferRequestHeader,
  type InferResponseHeader,
  type RequestStatus,
  RequestStatusCode,
  type ServerStatus,
} from "../../protocol/v1/generated/messages.js";
import type { Caller, TensorValue } from "../core/model.ts";
import type { LoadedModel } from "../core/repository.ts";
import { checkBatchSize, resolveInputs } from "../core/resolve.ts";
import type { InferenceServer } from "../core/server.ts";
import { elapsedNs } from "../core/statistics.ts";
import type { BindInputs } from "./bind_inputs.ts";
import { makeResponse, type RawOutput } from "./infer_response.ts";
import { makeServerStatus } from "./server_status.ts";
import { isV1Model } from "./v1_models.ts";

const SEQUENCE_START = 1;
const SEQUENCE_END = 2;
/** What failures carry that never reached a model's queue. */
const NO_REQUEST_ID = 0;

/** A request for inference. */
export interface InferCall {
  readonly modelName: string;
  /** -1 = the newest. */
  readonly modelVersion: bigint;
  readonly header: InferRequestHeader;
  readonly bind: BindInputs;
  /** Undefined = one that never leaves. */
  readonly caller?: Caller;
}

/** What an inference came to; on failure the header holds the id only. */
export interface InferAnswer {
  readonly status: RequestStatus;
  readonly header: InferResponseHeader;
  /** One an output; undefined for classes. */
  readonly raw: readonly RawOutput[];
}

function unknownModel(name: string): InferenceError {
  return new InferenceError("UNAVAILABLE", `Inference request for unknown model '${name}'`);
}

/** The protocol's answers. */
export class V1Service {
  readonly #server: InferenceServer;

  constructor(server: InferenceServer) {
    this.#server = server;
  }

  /** `live` or `ready`; another mode is an answer too, of status UNKNOWN. */
  health(mode: string): { status: RequestStatus; health: boolean } {
    const server = this.#server;
    return this.#timed("health", () => {
      if (server.exiting) {
        return { status: this.#status(NO_REQUEST_ID, exitingError()), health: false };
      }
      const requestId = server.nextRequestId();
      if (mode === "live") return { status: this.#status(requestId), health: true };
      if (mode === "ready") return { status: this.#status(requestId), health: this.#ready() };
      const error = new InferenceError("UNKNOWN", `unknown health mode '${mode}'`);
      return { status: this.#status(requestId, error), health: false };
    });
  }

  /** A query that its adapter refuses; counted all the same. */
  refusedQuery(kind: "health" | "profile" | "status"): void {
    this.#timed(kind, () => {});
  }

  /** Always UNSUPPORTED, as on an ordinary server. */
  profile(): RequestStatus {
    const server = this.#server;
    return this.#timed("profile", () => {
      if (server.exiting) return this.#status(NO_REQUEST_ID, notReadyError());
      const error = new InferenceError("UNSUPPORTED", "Profile API not enabled");
      return this.#status(server.nextRequestId(), error);
    });
  }

  /** The whole server, or one model; an empty name means the whole. */
  status(modelName: string): { status: RequestStatus; serverStatus: ServerStatus } {
    const server = this.#server;
    return this.#timed("status", () => {
      if (server.exiting) {
        return { status: this.#status(NO_REQUEST_ID, exitingError()), serverStatus: {} };
      }
      const requestId = server.nextRequestId();
      const entry = server.repository.entry(modelName);
      const known = modelName === "" || entry !== undefined && isV1Model(entry.spec);
      const error = known ? undefined : new InferenceError(
        "INVALID_ARG",
        `no status available for unknown model '${modelName}'`,
      );
      return {
        status: this.#status(requestId, error),
        serverStatus: makeServerStatus(server, modelName),
      };
    });
  }

  /** Runs a request; calls are queued in the order in which they are made. */
  async infer(call: InferCall): Promise<InferAnswer> {
    const server = this.#server;
    const { modelName, modelVersion, header } = call;
    const startedAt = server.clock.now();
    const batchSize = header.batchSize ?? 0;
    const found = server.repository.find(modelName, modelVersion);
    const model = found && isV1Model(found.spec) ? found : undefined;
    let inputs: TensorValue[];
    try {
      if (server.exiting) throw notReadyError();
      if (!model) throw unknownModel(modelName);
      inputs = bindInputs(model, batchSize, call);
    } catch (error) {
      server.repository.statisticsOf(modelName, model?.version ?? modelVersion)
        ?.failed(0, elapsedNs(startedAt, server.clock.now()));
      return this.#failure(NO_REQUEST_ID, error, header);
    }
    const outputs = header.output ?? [];
    const request = {
      batchSize,
      inputs,
      caller: call.caller,
      outputs: outputs.map(({ name = "" }) => name).filter((name) => model.spec.outputs.has(name)),
      sequence: {
        id: header.correlationId ?? 0n,
        start: ((header.flags ?? 0) & SEQUENCE_START) !== 0,
        end: ((header.flags ?? 0) & SEQUENCE_END) !== 0,
      },
    };
    const { requestId, result } = await server.infer(
      model,
      request,
      startedAt,
      (values) => makeResponse(server.repository, model, header, values),
    );
    if (result instanceof InferenceError) return this.#failure(requestId, result, header);
    return { status: this.#status(requestId), ...result };
  }

  #failure(requestId: number, thrown: unknown, { id }: InferRequestHeader): InferAnswer {
    const error = toInferenceError(thrown, "INTERNAL", "Cannot run the request");
    return { status: this.#status(requestId, error), header: id ? { id } : {}, raw: [] };
  }

  #status(requestId: number, error?: InferenceError): RequestStatus {
    return {
      code: statusCode(error),
      ...(error && { msg: error.message }),
      serverId: this.#server.id,
      ...(requestId !== NO_REQUEST_ID && { requestId: BigInt(requestId) }),
    };
  }

  /** Every version ready, also those that were only asked for, as r19.07 has it. */
  #ready(): boolean {
    return this.#server.repository.entries().every(({ versions, statistics }) =>
      versions.size > 0 && [...statistics.keys()].every((version) => versions.has(version))
    );
  }

  #timed<T>(kind: "health" | "profile" | "status", answer: () => T): T {
    const { clock, counters } = this.#server;
    const startedAt = clock.now();
    try {
      return answer();
    } finally {
      counters[kind].add(elapsedNs(startedAt, clock.now()));
    }
  }
}

/** What r19.07 has no code for is the server's own affair: INTERNAL. */
function statusCode(error: InferenceError | undefined): RequestStatus["code"] {
  if (!error) return "SUCCESS";
  return Object.hasOwn(RequestStatusCode, error.code)
    ? error.code as RequestStatusCode
    : "INTERNAL";
}

function exitingError(): InferenceError {
  return new InferenceError("UNAVAILABLE", "Server exiting");
}

function notReadyError(): InferenceError {
  return new InferenceError("UNAVAILABLE", "Server not ready");
}

function bindInputs({ spec }: LoadedModel, batchSize: number, call: InferCall): TensorValue[] {
  checkBatchSize(spec, batchSize);
  const resolved = resolveInputs(
    spec,
    batchSize,
    (call.header.input ?? []).map(({ name = "", dims = [], batchByteSize = 0n }) => ({
      name,
      shape: dims.map(Number),
      byteSize: Number(batchByteSize),
    })),
  );
  const data = call.bind(resolved, call.modelName);
  return resolved.map(({ name, shape }, i) => ({ name, shape, data: data[i]! }));
}
