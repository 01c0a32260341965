/**
 * The body of a good HTTP answer -> {@linkcode InferResponse}: a JSON part, then the outputs that
 * came in binary, one after the other.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferResponse, ParameterValue } from "../types.ts";
import { inferResponse, type RawOutput } from "./infer_output.ts";
import { isObject, type Json, type JsonObject, parseJson } from "./json.ts";
import { bytesOfJson } from "./element_bytes.ts";
import type { ReplyContext } from "./reply_context.ts";

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
  context: ReplyContext,
): InferResponse {
  const jsonLength = readLength(headerLength, body.byteLength);
  const json = parseJson(body.subarray(0, jsonLength), WHAT);
  if (!isObject(json)) throw malformed("its JSON part is no object");
  const tail = body.subarray(jsonLength);
  let position = 0;
  const outputs = asList(json.outputs, "outputs").map((entry): RawOutput => {
    if (!isObject(entry)) throw malformed("an output is no object");
    const name = asText(entry.name, "an output's name");
    const dataType = asText(entry.datatype, `the datatype of output '${name}'`);
    const shape = readShape(entry.shape, name);
    const size = binarySize(entry, name);
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
  return inferResponse(frame, outputs, context);
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
  throw malformed(`${what} is no list`);
}

function asText(json: Json | undefined, what: string): string {
  if (typeof json === "string") return json;
  throw malformed(`${what} is no text`);
}

function malformed(why: string): InferenceError {
  return new InferenceError("PROTOCOL", `Cannot read ${WHAT}: ${why}`);
}
