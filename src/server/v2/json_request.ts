/**
 * The body of an HTTP inference request -> {@linkcode InferCall}: a JSON part, then the inputs that
 * came in binary. The messages are Triton's.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { ParameterValue, SharedMemoryPlace } from "../../protocol/types.ts";
import { dataTypeOfWire } from "../../protocol/v2/data_type.ts";
import { isObject, type Json, type JsonObject, parseJson } from "../../protocol/v2/json.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { type TensorValues, toBytes } from "../../tensor/typed_array.ts";
import { elementCount } from "../core/resolve.ts";
import type { InferCall, OutputCall, WireTensor } from "./infer_call.ts";
import { checkReserved } from "./parameters.ts";

/** An output and how it is to come back. */
export interface HttpOutputCall extends OutputCall {
  readonly binary: boolean;
}

/** A request, and how its outputs are to come back. */
export interface HttpInferCall extends Omit<InferCall, "modelName" | "modelVersion"> {
  readonly outputs: readonly HttpOutputCall[];
  /** For outputs that don't say it themselves. */
  readonly binaryOutput: boolean;
}

const MAX_JSON_BYTES = 16 * 2 ** 20;
/** Two pictures of 224 x 224 pixels are 301,056. */
const MAX_JSON_VALUES = 320_000;
const NO_BYTES = new Uint8Array(0);
const [COMMA, BRACKET, BRACE] = [0x2c, 0x5b, 0x7b];

/** A body that can't be read at all: Triton calls that its own failure. */
function unreadable(message: string): InferenceError {
  return new InferenceError("INTERNAL", message);
}

function invalid(message: string): InferenceError {
  return new InferenceError("INVALID_ARG", message);
}

/**
 * Reads a request.
 *
 * @param body decompressed
 * @param headerLength value of Inference-Header-Content-Length
 * @throws {InferenceError} INTERNAL or INVALID_ARG in Triton's words
 */
export function readInferRequest(
  body: Uint8Array,
  headerLength: string | undefined,
  modelName: string,
): HttpInferCall {
  const jsonLength = readLength(headerLength, body.byteLength);
  const json = parseRequestJson(body.subarray(0, jsonLength));
  const id = json.id === undefined ? "" : text(json.id, "id");
  const { parameters, binaryOutput } = readParameters(json.parameters);
  const tail = new BinaryTail(body.subarray(jsonLength), modelName);
  const inputs = list(json.inputs, "inputs").map((input) => readInput(input, tail));
  tail.finish();
  const outputs = json.outputs === undefined
    ? []
    : list(json.outputs, "outputs").map((output) => readOutput(output, binaryOutput));
  return { id, parameters, inputs, outputs, binaryOutput };
}

/** The JSON body of a request. @throws {InferenceError} INTERNAL when it is none */
export function parseRequestJson(bytes: Uint8Array): JsonObject {
  checkCost(bytes);
  let json: Json;
  try {
    json = parseJson(bytes, "the request");
  } catch (error) {
    throw new InferenceError(
      "INTERNAL",
      "failed to parse the request JSON buffer: Invalid value. at 0",
      { cause: error },
    );
  }
  return isObject(json) ? json : {};
}

/** Reading JSON costs a hundred times what its bytes do, in memory and in time that others wait for. */
function checkCost(bytes: Uint8Array): void {
  let values = 0;
  for (const byte of bytes.length > MAX_JSON_BYTES ? NO_BYTES : bytes) {
    if (byte === COMMA || byte === BRACKET || byte === BRACE) values++;
  }
  if (bytes.length <= MAX_JSON_BYTES && values <= MAX_JSON_VALUES) return;
  throw new InferenceError(
    "RESOURCE_EXHAUSTED",
    `the request's JSON has more than ${MAX_JSON_VALUES} values or ${MAX_JSON_BYTES} bytes; ` +
      "send large tensors as binary data",
  );
}

function readLength(header: string | undefined, bodyLength: number): number {
  if (header === undefined) return bodyLength;
  const length = /^\d+$/.test(header) ? Number(header) : NaN;
  if (length > 0 && length <= bodyLength) return length;
  throw invalid(`inference header size should be in range (0, ${bodyLength}), got: ${header}`);
}

/** The binary data behind the JSON part, dealt out in order. */
class BinaryTail {
  readonly #bytes: Uint8Array;
  readonly #modelName: string;
  #position = 0;

  constructor(bytes: Uint8Array, modelName: string) {
    this.#bytes = bytes;
    this.#modelName = modelName;
  }

  take(size: number, name: string): Uint8Array {
    const data = this.#bytes.subarray(this.#position, this.#position + size);
    this.#position += data.byteLength;
    if (data.byteLength === size) return data;
    throw invalid(
      `unexpected size for input '${name}', expecting ${size - data.byteLength} additional bytes ` +
        `for model '${this.#modelName}'`,
    );
  }

  finish(): void {
    if (this.#position === this.#bytes.byteLength) return;
    throw invalid(`unexpected additional input data for model '${this.#modelName}'`);
  }
}

function readInput(json: Json, tail: BinaryTail): WireTensor {
  const input = isObject(json) ? json : {};
  const name = text(input.name, "name");
  const dataType = text(input.datatype, "datatype");
  const shape = list(input.shape, "shape").map((dim) => unsigned(dim, "parse 'shape'"));
  const type = knownType(dataType, name);
  const parameters = isObject(input.parameters) ? input.parameters : {};
  const sharedMemory = readPlace(parameters);
  const binarySize = parameters.binary_data_size;
  const given = Number(binarySize !== undefined) + Number(input.data !== undefined) +
    Number(sharedMemory !== undefined);
  if (given !== 1) {
    throw invalid(
      "Input must set only one of the following fields: 'data', 'binary_data_size' in " +
        "'parameters', 'shared_memory_region' in 'parameters'. But " +
        (given === 0 ? "no field is set" : "got multiple fields"),
    );
  }
  if (sharedMemory !== undefined) return { name, dataType, shape, data: NO_BYTES, sharedMemory };
  const data = binarySize === undefined
    ? jsonData(input.data!, type, shape, name)
    : tail.take(unsigned(binarySize, "parse 'binary_data_size'"), name);
  return { name, dataType, shape, data };
}

/** Where a tensor lies in shared memory, if it does. */
function readPlace(parameters: JsonObject): SharedMemoryPlace | undefined {
  const { shared_memory_region: region, shared_memory_offset: offset = 0 } = parameters;
  if (region === undefined) return undefined;
  return {
    region: text(region, "shared_memory_region"),
    offset: unsigned(offset, "parse 'shared_memory_offset'"),
    byteSize: unsigned(parameters.shared_memory_byte_size ?? -1, "parse 'shared_memory_byte_size'"),
  };
}

function knownType(dataType: string, name: string): DataType {
  try {
    return dataTypeOfWire(dataType, name);
  } catch {
    throw invalid(`invalid datatype for input ${name}`);
  }
}

/** Elements in JSON, nested or flat. */
function jsonData(data: Json, type: DataType, shape: readonly number[], name: string): Uint8Array {
  if (type === "FP16" || type === "BF16") {
    throw invalid(
      `receiving ${type} data via JSON is not supported. Please use the binary data format for ` +
        `input ${name}`,
    );
  }
  const given = list(data, "data");
  const values = given.some(Array.isArray) ? (given as unknown[]).flat(Infinity) : given;
  if (values.length !== elementCount(shape)) {
    throw unreadable("Unable to parse 'data': Shape does not match true shape of 'data' field");
  }
  const numbers = type.startsWith("FP")
    ? values.map((value) => value === null ? NaN : value)
    : values;
  try {
    if (type === "BOOL" && !values.every((value) => typeof value === "boolean")) throw undefined;
    return toBytes(type, numbers as TensorValues);
  } catch (error) {
    throw new InferenceError("INTERNAL", `Unable to parse ${typeComplaint(type)}`, {
      cause: error,
    });
  }
}

function typeComplaint(type: DataType): string {
  const access = (from: string, to: string) => `attempt to access JSON non-${from} as ${to}`;
  if (type === "STRING") return `JSON bytes array: ${access("string", "string")}`;
  if (type === "BOOL") return `'data': ${access("boolean", "boolean")}`;
  if (type.startsWith("FP")) return `'data': ${access("number", "double")}`;
  const integer = type.startsWith("U") ? "unsigned-integer" : "signed-integer";
  return `'data': ${access(integer, integer)}`;
}

function readOutput(json: Json, binaryOutput: boolean): HttpOutputCall {
  const output = isObject(json) ? json : {};
  const name = text(output.name, "name");
  const parameters = isObject(output.parameters) ? output.parameters : {} as JsonObject;
  const { binary_data: binary, classification } = parameters;
  return {
    name,
    sharedMemory: readPlace(parameters),
    classCount: classification === undefined ? 0 : unsigned(classification, "set 'classification'"),
    binary: binary === undefined ? binaryOutput : boolean(binary, "binary_data"),
  };
}

function readParameters(json: Json | undefined) {
  const parameters: Record<string, ParameterValue> = {};
  let binaryOutput = false;
  for (const [name, value] of Object.entries(isObject(json) ? json : {})) {
    if (name === "binary_data_output") binaryOutput = boolean(value, name);
    else parameters[name] = readParameter(name, value);
  }
  return { parameters, binaryOutput };
}

function readParameter(name: string, value: Json): ParameterValue {
  checkReserved(name, undefined);
  if (name === "sequence_id" && typeof value !== "string" && !isWhole(value)) {
    throw unreadable("Unable to parse 'sequence_id': attempt to access JSON non-string as string");
  }
  if (name === "sequence_start" || name === "sequence_end") return boolean(value, name);
  if (value !== null && typeof value !== "object") return value;
  throw invalid(
    `parameter '${name}' has invalid type. It should be either 'int', 'bool', or 'string'.`,
  );
}

function isWhole(value: Json): boolean {
  return typeof value === "bigint" || Number.isSafeInteger(value);
}

function list(json: Json | undefined, member: string): Json[] {
  if (Array.isArray(json)) return json;
  throw unreadable(`Unable to parse '${member}': ${absentOr(json, member, "array")}`);
}

function text(json: Json | undefined, member: string): string {
  if (typeof json === "string") return json;
  throw unreadable(`Unable to parse '${member}': ${absentOr(json, member, "string")}`);
}

function boolean(json: Json, member: string): boolean {
  if (typeof json === "boolean") return json;
  throw unreadable(`Unable to parse '${member}': ${absentOr(json, member, "boolean")}`);
}

function unsigned(json: Json, doing: string): number {
  if (Number.isSafeInteger(json) && (json as number) >= 0) return json as number;
  throw unreadable(
    `Unable to ${doing}: attempt to access JSON non-unsigned-integer as unsigned-integer`,
  );
}

function absentOr(json: Json | undefined, member: string, type: string): string {
  return json === undefined
    ? `attempt to access non-existing object member '${member}'`
    : `attempt to access JSON non-${type} as ${type}`;
}
