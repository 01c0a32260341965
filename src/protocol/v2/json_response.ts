/**
 * The body of a good HTTP answer -> {@linkcode InferResponse}: a JSON part, then the outputs that
 * came in binary, one after the other.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferRequest, InferResponse, ParameterValue } from "../types.ts";
import { inferResponse, type RawOutput } from "./infer_output.ts";
import { isObject, type Json, type JsonObject, parseJson } from "./json.ts";
import { memoryPlace } from "./parameters.ts";
import { bytesOfJson } from "./element_bytes.ts";

const NOTHING = new Uint8Array(0);
const WHAT = "the answer to the inference request";

/**
 * Reads an answer.
 *
 * @param body decompressed
 * @param headerLength value of Inference-Header-Content-Length; undefined = the body is all JSON
 * @throws {InferenceError} PROTOCOL when it is malformed or promises more bytes than there are
 */
export function readInferResponse(
  body: Uint8Array,
  headerLength: string | undefined,
  request: InferRequest,
): InferResponse {
  const jsonLength = readLength(headerLength, body.byteLength);
  const json = parseJson(body.subarray(0, jsonLength), WHAT);
  if (!isObject(json)) throw malformed("its JSON part is not an object");
  // Some servers and gateways say so with status 200.
  if (typeof json.error === "string" && json.outputs === undefined) throw refusedWith(json.error);
  const tail = body.subarray(jsonLength);
  let position = 0;
  const outputs = asList(json.outputs, "outputs").map((entry): RawOutput => {
    if (!isObject(entry)) throw malformed("an output is not an object");
    const name = asText(entry.name, "an output's name");
    const dataType = asText(entry.datatype, `the datatype of output '${name}'`);
    const shape = readShape(entry.shape, name);
    const sharedMemory = isObject(entry.parameters) ? memoryPlace(entry.parameters) : undefined;
    if (sharedMemory !== undefined) return { name, dataType, shape, data: NOTHING, sharedMemory };
    const size = binarySize(entry, name);
    if (size === undefined && entry.data === undefined && isPlaced(request, name)) {
      return { name, dataType, shape, data: NOTHING };
    }
    if (size === undefined) {
      return { name, dataType, shape, data: bytesOfJson(dataType, entry.data, name) };
    }
    const data = tail.subarray(position, position + size);
    if (data.byteLength !== size) {
      throw malformed(`output '${name}' promises ${size} bytes and has ${data.byteLength}`);
    }
    position += size;
    return { name, dataType, shape, data };
  });
  if (position !== tail.byteLength) {
    throw malformed(`${tail.byteLength - position} bytes follow its last output`);
  }
  const frame = {
    modelName: asText(json.model_name ?? "", "model_name"),
    modelVersion: asText(json.model_version ?? "", "model_version"),
    id: asText(json.id ?? "", "id"),
    parameters: readParameters(json.parameters),
  };
  return inferResponse(frame, outputs, request);
}

/** Whether the request wanted an output in shared memory. */
function isPlaced({ outputs }: InferRequest, name: string): boolean {
  return outputs.some((output) => output.name === name && output.sharedMemory !== undefined);
}

const [OPEN, CLOSE] = [0x7b, 0x7d];

/**
 * Looks an answer over without parsing it: for a load, whose answers nobody reads, so that a proxy's
 * page doesn't count as a success.
 *
 * @param headerLength value of Inference-Header-Content-Length; undefined = the body is all JSON
 * @throws {InferenceError} PROTOCOL when it is not an answer
 */
export function checkAnswer(body: Uint8Array, headerLength: string | undefined): void {
  let first = 0;
  let last = readLength(headerLength, body.byteLength) - 1;
  while (isBlank(body[first])) first++;
  while (isBlank(body[last])) last--;
  if (body[first] !== OPEN || body[last] !== CLOSE) {
    throw malformed("its JSON part is not an object");
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function readLength(text: string | undefined, bodyLength: number): number {
  if (text === undefined) return bodyLength;
  const length = /^\d+$/.test(text) ? Number(text) : NaN;
  if (length <= bodyLength) return length;
  throw malformed(
    `its Inference-Header-Content-Length is "${text}" and its body has ${bodyLength} bytes`,
  );
}

function readShape(shape: Json | undefined, name: string): number[] {
  return asList(shape, `the shape of output '${name}'`).map((dim) => {
    if (typeof dim === "number" && Number.isSafeInteger(dim) && dim >= 0) return dim;
    throw malformed(`output '${name}' has the dimension ${String(dim)}`);
  });
}

function binarySize(output: JsonObject, name: string): number | undefined {
  const size = isObject(output.parameters) ? output.parameters.binary_data_size : undefined;
  if (size === undefined) return undefined;
  if (typeof size === "number" && Number.isSafeInteger(size) && size >= 0) return size;
  throw malformed(`output '${name}' has the binary_data_size ${String(size)}`);
}

function readParameters(json: Json | undefined): Record<string, ParameterValue> | undefined {
  if (!isObject(json)) return undefined;
  const scalars = Object.entries(json).filter(([, value]) =>
    value !== null && typeof value !== "object"
  );
  return Object.fromEntries(scalars) as Record<string, ParameterValue>;
}

function asList(json: Json | undefined, what: string): Json[] {
  if (Array.isArray(json)) return json;
  throw malformed(`${what} is not a list`);
}

function asText(json: Json | undefined, what: string): string {
  if (typeof json === "string") return json;
  throw malformed(`${what} is not text`);
}

function malformed(why: string): InferenceError {
  return new InferenceError("PROTOCOL", `Cannot read ${WHAT}: ${why}`);
}

function refusedWith(text: string): InferenceError {
  return new InferenceError("UNKNOWN", text, { answered: true });
}
