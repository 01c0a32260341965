/**
 * {@linkcode InferRequest} -> a serialized ModelInferRequest, each tensor copied once, into its place.
 *
 * @module
 */
import type { InferRequest, ParameterValue, SharedMemoryPlace } from "../types.ts";
import { FIXED64, WireWriter } from "../protobuf_wire.ts";
import { wireDataType } from "./data_type.ts";
import { byteLength, wireShape } from "./infer_input.ts";
import { memoryParameters, requestParameters } from "./parameters.ts";

// Field numbers of ModelInferRequest.
const MODEL_NAME = 1;
const MODEL_VERSION = 2;
const ID = 3;
const PARAMETERS = 4;
const INPUTS = 5;
const OUTPUTS = 6;
const RAW_INPUT_CONTENTS = 7;

const INT64_MAX = (1n << 63n) - 1n;
const utf8 = new TextEncoder();

/** A request as bytes for both kinds of call. */
export interface InferRequestBytes {
  /** For ModelInfer. */
  readonly unary: Uint8Array;
  /** The same with the parameter that only streams take in front; one buffer with `unary`. */
  readonly stream: Uint8Array;
}

/** @throws {InferenceError} INVALID_ARG when the request can't be said in v2 */
export function encodeInferRequest(request: InferRequest): InferRequestBytes {
  const writer = new WireWriter(sizeHint(request));
  writeParameter(writer, PARAMETERS, "triton_enable_empty_final_response", true);
  const unaryStart = writer.finish().byteLength;
  writer.string(MODEL_NAME, request.modelName)
    .string(MODEL_VERSION, request.modelVersion?.toString() ?? "")
    .string(ID, request.id === undefined ? "" : String(request.id));
  for (const [name, value] of requestParameters(request)) {
    writeParameter(writer, PARAMETERS, name, value, name === "sequence_id");
  }
  for (const input of request.inputs) {
    const shape = wireShape(request, input);
    writer.message(INPUTS, (tensor) => {
      tensor.string(1, input.name).string(2, wireDataType(input.dataType)).packedInt64(3, shape);
      for (const [name, value] of memoryParameters(input.sharedMemory)) {
        writeParameter(tensor, 4, name, value);
      }
    });
  }
  for (const { name, classCount, sharedMemory } of request.outputs) {
    writer.message(OUTPUTS, (tensor) => {
      tensor.string(1, name);
      if (classCount !== undefined) writeParameter(tensor, 2, "classification", classCount);
      for (const [name, value] of memoryParameters(sharedMemory)) {
        writeParameter(tensor, 2, name, value);
      }
    });
  }
  for (const input of request.inputs) {
    // What lies in shared memory has no place among the contents.
    if (input.sharedMemory === undefined) writer.pieces(RAW_INPUT_CONTENTS, input.data);
  }
  const stream = writer.finish();
  return { stream, unary: stream.subarray(unaryStart) };
}

/** Never less than what is written, so that the buffer does not grow and tensors are copied once. */
function sizeHint(request: InferRequest): number {
  let size = 256 + 3 * (request.modelName.length + String(request.id ?? "").length);
  for (const input of request.inputs) {
    size += byteLength(input) + 64 + 3 * input.name.length + 10 * input.shape.length +
      placeHint(input.sharedMemory);
  }
  for (const { name, sharedMemory } of request.outputs) {
    size += 64 + 3 * name.length + placeHint(sharedMemory);
  }
  for (const [name, value] of Object.entries(request.parameters ?? {})) {
    size += 64 + 3 * (name.length + String(value).length);
  }
  return size + (request.sequence ? 192 + 3 * String(request.sequence.id).length : 0);
}

function placeHint(place: SharedMemoryPlace | undefined): number {
  return place === undefined ? 0 : 192 + 3 * place.region.length;
}

/** An entry of a `map<string, InferParameter>`. */
function writeParameter(
  writer: WireWriter,
  field: number,
  name: string,
  value: ParameterValue,
  signedOnly = false,
): void {
  writer.message(
    field,
    (entry) => entry.string(1, name).bytes(2, parameterBytes(value, signedOnly)),
  );
}

/**
 * A serialized InferParameter. Its members belong to a oneof: unlike elsewhere, defaults are written.
 *
 * @param signedOnly say numbers beyond int64 in two's complement, as Triton wants sequence ids
 */
function parameterBytes(value: ParameterValue, signedOnly: boolean): Uint8Array {
  if (typeof value === "boolean") return new Uint8Array([1 << 3, value ? 1 : 0]);
  if (typeof value === "string") return new WireWriter().bytes(3, utf8.encode(value)).finish();
  if (typeof value === "number" && !Number.isInteger(value)) return doubleBytes(value);
  const integer = BigInt(value);
  const field = integer > INT64_MAX && !signedOnly ? 5 : 2;
  if (integer === 0n) return new Uint8Array([field << 3, 0]);
  return new WireWriter(16).int64(field, integer).finish();
}

function doubleBytes(value: number): Uint8Array {
  const bytes = new Uint8Array(9);
  bytes[0] = 4 << 3 | FIXED64;
  new DataView(bytes.buffer).setFloat64(1, value, true);
  return bytes;
}
