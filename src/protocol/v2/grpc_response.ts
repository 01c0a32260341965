/**
 * A serialized ModelInferResponse, or the one inside a ModelStreamInferResponse, read without making
 * objects of what nobody asks for; tensors are views of the message.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferRequest, InferResponse, ParameterValue, SharedMemoryPlace } from "../types.ts";
import { FIXED64, LENGTH_DELIMITED, VARINT, WireReader } from "../protobuf_wire.ts";
import { contentsBytes } from "./grpc_contents.ts";
import { memoryPlace } from "./parameters.ts";
import { inferResponse, type RawOutput } from "./infer_output.ts";

// Field numbers of ModelInferResponse.
const MODEL_NAME = 1;
const MODEL_VERSION = 2;
const ID = 3;
const PARAMETERS = 4;
const OUTPUTS = 5;
const RAW_OUTPUT_CONTENTS = 6;

const FINAL_RESPONSE = "triton_final_response";

/** The two parts of a ModelStreamInferResponse. */
export interface StreamMessage {
  /** Empty = success. */
  readonly error: string;
  /** A ModelInferResponse; empty when there is none. */
  readonly response: Uint8Array;
}

/** Opens the envelope that answers have on a stream. @throws {InferenceError} PROTOCOL */
export function readStreamMessage(message: Uint8Array): StreamMessage {
  let error = "";
  let response = new Uint8Array();
  const reader = new WireReader(message);
  while (reader.next()) {
    if (reader.field === 1) error = reader.string();
    else if (reader.field === 2) response = reader.bytes() as Uint8Array<ArrayBuffer>;
    else reader.skip();
  }
  return { error, response };
}

/** What tells a stream's answers apart, read without the rest. */
export interface Marks {
  readonly id: string;
  /** Whether no more answers to the same request follow. */
  readonly final: boolean;
  /** Whether it has no outputs. */
  readonly empty: boolean;
}

/** The marks of an answer. @throws {InferenceError} PROTOCOL */
export function readMarks(message: Uint8Array): Marks {
  let id = "";
  let final = true;
  let empty = true;
  const reader = new WireReader(message);
  while (reader.next()) {
    if (reader.field === ID) id = reader.string();
    else if (reader.field === PARAMETERS) {
      const [name, value] = readParameter(reader.bytes());
      if (name === FINAL_RESPONSE) final = value !== false;
    } else {
      if (reader.field === OUTPUTS) empty = false;
      reader.skip();
    }
  }
  return { id, final, empty };
}

/**
 * Looks an answer over without reading what is in its fields: for a load, whose answers nobody reads,
 * so that garbage doesn't count as a success.
 *
 * @throws {InferenceError} PROTOCOL when it is not an answer
 */
export function checkAnswer(message: Uint8Array): void {
  let outputs = 0;
  let raw = 0;
  let isAnswer = false;
  const reader = new WireReader(message);
  while (reader.next()) {
    if (reader.field === MODEL_NAME) isAnswer = true;
    else if (reader.field === OUTPUTS) outputs++;
    else if (reader.field === RAW_OUTPUT_CONTENTS) raw++;
    reader.skip();
  }
  if (!isAnswer && outputs === 0) throw malformed("it has no model and no outputs");
  if (raw > 0 && raw !== outputs) {
    throw malformed(`it has ${outputs} outputs and ${raw} raw contents`);
  }
}

/** Reads a whole answer. @throws {InferenceError} PROTOCOL when it is malformed */
export function readGrpcInferResponse(message: Uint8Array, request: InferRequest): InferResponse {
  let modelName = "";
  let modelVersion = "";
  let id = "";
  const parameters: [string, ParameterValue][] = [];
  const tensors: Tensor[] = [];
  const raw: Uint8Array[] = [];
  const reader = new WireReader(message);
  while (reader.next()) {
    if (reader.field === MODEL_NAME) modelName = reader.string();
    else if (reader.field === MODEL_VERSION) modelVersion = reader.string();
    else if (reader.field === ID) id = reader.string();
    else if (reader.field === PARAMETERS) parameters.push(readParameter(reader.bytes()));
    else if (reader.field === OUTPUTS) tensors.push(readTensor(reader.bytes()));
    else if (reader.field === RAW_OUTPUT_CONTENTS) raw.push(reader.bytes());
    else reader.skip();
  }
  const frame = {
    modelName,
    modelVersion,
    id,
    parameters: parameters.length > 0 ? Object.fromEntries(parameters) : undefined,
  };
  const response = inferResponse(frame, joinRaw(tensors, raw), request);
  return { ...response, final: frame.parameters?.[FINAL_RESPONSE] !== false };
}

/** An InferOutputTensor. */
interface Tensor {
  name: string;
  dataType: string;
  shape: number[];
  contents: Uint8Array | undefined;
  sharedMemory: SharedMemoryPlace | undefined;
}

function joinRaw(tensors: readonly Tensor[], raw: readonly Uint8Array[]): RawOutput[] {
  if (raw.length > 0 && raw.length !== tensors.length) {
    throw malformed(`it has ${tensors.length} outputs and ${raw.length} raw contents`);
  }
  return tensors.map(({ name, dataType, shape, contents, sharedMemory }, i) => ({
    name,
    dataType,
    shape,
    data: raw[i] ?? contentsBytes(dataType, contents ?? new Uint8Array(), name),
    sharedMemory,
  }));
}

function readTensor(bytes: Uint8Array): Tensor {
  const tensor: Tensor = {
    name: "",
    dataType: "",
    shape: [],
    contents: undefined,
    sharedMemory: undefined,
  };
  const parameters: Record<string, ParameterValue> = {};
  const reader = new WireReader(bytes);
  while (reader.next()) {
    if (reader.field === 1) tensor.name = reader.string();
    else if (reader.field === 2) tensor.dataType = reader.string();
    else if (reader.field === 3) readDims(reader, tensor.shape);
    else if (reader.field === 4) {
      const [name, value] = readParameter(reader.bytes());
      if (name.startsWith("shared_memory_")) parameters[name] = value;
    } else if (reader.field === 5) tensor.contents = reader.bytes();
    else reader.skip();
  }
  tensor.sharedMemory = memoryPlace(parameters);
  if (tensor.shape.every((dim) => Number.isSafeInteger(dim))) return tensor;
  throw malformed(`output '${tensor.name}' has the shape [${tensor.shape}]`);
}

function readDims(reader: WireReader, shape: number[]): void {
  if (reader.type === VARINT) {
    shape.push(reader.varint());
    return;
  }
  // A negative dimension is read as one near 2^64, which the caller refuses as unsafe.
  const packed = new WireReader(reader.bytes());
  while (!packed.done) shape.push(packed.varint());
}

/** An entry of a `map<string, InferParameter>`. */
function readParameter(bytes: Uint8Array): [string, ParameterValue] {
  let name = "";
  let value: ParameterValue = "";
  const entry = new WireReader(bytes);
  while (entry.next()) {
    if (entry.field === 1) name = entry.string();
    else if (entry.field === 2) value = readValue(entry.bytes());
    else entry.skip();
  }
  return [name, value];
}

function readValue(bytes: Uint8Array): ParameterValue {
  const reader = new WireReader(bytes);
  let value: ParameterValue = "";
  while (reader.next()) {
    if (reader.field === 1 && reader.type === VARINT) value = reader.varint() !== 0;
    else if (reader.field === 2 && reader.type === VARINT) {
      value = BigInt.asIntN(64, reader.uint64());
    } else if (reader.field === 3 && reader.type === LENGTH_DELIMITED) value = reader.string();
    else if (reader.field === 4 && reader.type === FIXED64) value = readDouble(reader.fixed(8));
    else if (reader.field === 5 && reader.type === VARINT) value = reader.uint64();
    else reader.skip();
  }
  return value;
}

function readDouble(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true);
}

function malformed(why: string): InferenceError {
  return new InferenceError("PROTOCOL", `Cannot read the answer to the inference request: ${why}`);
}
