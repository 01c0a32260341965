/**
 * {@linkcode InferRequest} -> the JSON part of an inference request; tensors follow it in binary.
 *
 * @module
 */
import type { InferRequest } from "../types.ts";
import { wireDataType } from "./data_type.ts";
import { byteLength, wireShape } from "./infer_input.ts";
import { formatJson, type JsonObject } from "./json.ts";
import { requestParameters } from "./parameters.ts";

/**
 * The JSON text. All outputs are asked for in binary.
 *
 * @throws {InferenceError} INVALID_ARG when the request can't be said in v2
 */
export function formatInferRequest(request: InferRequest): string {
  const json: JsonObject = {};
  if (request.id !== undefined && request.id !== "") json.id = String(request.id);
  const parameters: JsonObject = Object.fromEntries(requestParameters(request));
  if (request.outputs.length === 0) parameters.binary_data_output = true;
  if (Object.keys(parameters).length > 0) json.parameters = parameters;
  json.inputs = request.inputs.map((input) => ({
    name: input.name,
    shape: wireShape(request, input),
    datatype: wireDataType(input.dataType),
    parameters: { binary_data_size: byteLength(input) },
  }));
  if (request.outputs.length > 0) {
    json.outputs = request.outputs.map(({ name, classCount }): JsonObject => {
      const parameters: JsonObject = { binary_data: true };
      if (classCount !== undefined) parameters.classification = classCount;
      return { name, parameters };
    });
  }
  return formatJson(json);
}
