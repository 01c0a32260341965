/**
 * Outputs as they come over either wire -> {@linkcode InferOutput}, with every size checked.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { elementByteSize } from "../../tensor/data_type.ts";
import { decodeText } from "../../tensor/strings.ts";
import type {
  InferOutput,
  InferRequest,
  InferResponse,
  ParameterValue,
  SharedMemoryPlace,
} from "../types.ts";
import { parseClasses } from "./classes.ts";
import { dataTypeOfWire } from "./data_type.ts";

/** An output as the server describes it. */
export interface RawOutput {
  readonly name: string;
  readonly dataType: string;
  /** With the batch dimension. */
  readonly shape: readonly number[];
  /** Empty for what lies in shared memory. */
  readonly data: Uint8Array;
  readonly sharedMemory?: SharedMemoryPlace;
}

/** Everything in an answer but the outputs. */
export interface ReplyFrame {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly id: string;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** A whole good answer. @throws {InferenceError} PROTOCOL when sizes, types or classes don't fit */
export function inferResponse(
  frame: ReplyFrame,
  outputs: readonly RawOutput[],
  request: InferRequest,
): InferResponse {
  const batchSize = request.batched ? outputs[0]?.shape[0] ?? request.batchSize : 1;
  return {
    id: replyIdValue(frame.id, request),
    modelName: frame.modelName || request.modelName,
    modelVersion: frame.modelVersion || (request.modelVersion?.toString() ?? ""),
    batchSize,
    outputs: outputs.map((output) => toOutput(output, batchSize, request)),
    parameters: frame.parameters,
    final: true,
  };
}

/** The id of an answer in the caller's type; undefined when there is none. */
export function replyIdValue(id: string, request: InferRequest): bigint | string | undefined {
  if (id === "") return undefined;
  return typeof request.id === "bigint" && /^-?\d{1,20}$/.test(id) ? BigInt(id) : id;
}

function toOutput(output: RawOutput, batchSize: number, request: InferRequest): InferOutput {
  const { name, shape, data } = output;
  if (request.batched && shape[0] !== batchSize) {
    throw new InferenceError(
      "PROTOCOL",
      `Cannot read output '${name}': its shape [${shape}] should begin with the batch size, ` +
        `${batchSize}, as the other outputs do`,
    );
  }
  const dataType = dataTypeOfWire(output.dataType, `output '${name}'`);
  const count = shape.reduce((product, dim) => product * dim, 1);
  const own = request.batched ? shape.slice(1) : shape;
  const wanted = request.outputs.find((asked) => asked.name === name)?.sharedMemory;
  // Triton answers with a name, a type and a shape alone: it is where the request wanted it.
  if (output.sharedMemory !== undefined || wanted !== undefined && data.byteLength === 0) {
    const size = dataType === "STRING" ? 0 : count * elementByteSize(dataType);
    const sharedMemory = wanted && placeOf(wanted, output.sharedMemory?.byteSize || size);
    return { name, dataType, shape: own, sharedMemory };
  }
  if (dataType === "STRING") {
    if (wantsClasses(request, name)) return { name, dataType, classes: toClasses(output, request) };
  } else if (data.byteLength !== count * elementByteSize(dataType)) {
    throw new InferenceError(
      "PROTOCOL",
      `Cannot read output '${name}': ${dataType} of shape [${shape}] needs ${
        count * elementByteSize(dataType)
      } bytes, the answer has ${data.byteLength}`,
    );
  }
  return { name, dataType, shape: own, data };
}

/** @param byteSize what the output takes there; 0 = that isn't known */
function placeOf(wanted: SharedMemoryPlace, byteSize: number): SharedMemoryPlace {
  return { ...wanted, byteSize: Math.min(byteSize || wanted.byteSize, wanted.byteSize) };
}

function toClasses({ shape, data }: RawOutput, request: InferRequest) {
  const rows = request.batched ? shape[0] ?? 1 : 1;
  return parseClasses(decodeText(data), rows);
}

/** The answer alone doesn't tell which BYTES outputs are classes. */
function wantsClasses({ outputs }: InferRequest, name: string): boolean {
  return outputs.some((output) => output.name === name && output.classCount !== undefined);
}
