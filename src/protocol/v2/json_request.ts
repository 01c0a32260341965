/**
 * {@linkcode InferRequest} -> the JSON part of an inference request. Tensors are in it, or follow it
 * in binary.
 *
 * @module
 */
import type { InferInput, InferRequest, TensorFormats } from "../types.ts";
import { wireDataType } from "./data_type.ts";
import { byteLength, wireShape } from "./infer_input.ts";
import { formatJson, type JsonObject } from "./json.ts";
import { jsonData } from "./json_data.ts";
import { memoryParameters, requestParameters } from "./parameters.ts";

/**
 * The JSON text.
 *
 * @throws {InferenceError} INVALID_ARG when the request can't be said in v2
 */
export function formatInferRequest(request: InferRequest, formats: TensorFormats): string {
  const json: JsonObject = {};
  if (request.id !== undefined && request.id !== "") json.id = String(request.id);
  const parameters: JsonObject = Object.fromEntries(requestParameters(request));
  const binaryOutputs = formats.output === "binary";
  if (request.outputs.length === 0 && binaryOutputs) parameters.binary_data_output = true;
  if (Object.keys(parameters).length > 0) json.parameters = parameters;
  const members = [
    ...Object.entries(json).map(([key, value]) => `"${key}":${formatJson(value)}`),
    `"inputs":[${request.inputs.map((input) => formatInput(request, input, formats)).join(",")}]`,
  ];
  if (request.outputs.length > 0) {
    const outputs = request.outputs.map(({ name, classCount, sharedMemory }): JsonObject => {
      const parameters: JsonObject = Object.fromEntries(memoryParameters(sharedMemory));
      if (binaryOutputs && sharedMemory === undefined) parameters.binary_data = true;
      if (classCount !== undefined) parameters.classification = classCount;
      return Object.keys(parameters).length > 0 ? { name, parameters } : { name };
    });
    members.push(`"outputs":${formatJson(outputs)}`);
  }
  return `{${members.join(",")}}`;
}

function formatInput(request: InferRequest, input: InferInput, formats: TensorFormats): string {
  const { name } = input;
  const head = { name, shape: wireShape(request, input), datatype: wireDataType(input.dataType) };
  if (input.sharedMemory !== undefined) {
    const parameters = Object.fromEntries(memoryParameters(input.sharedMemory));
    return formatJson({ ...head, parameters });
  }
  if (formats.input === "binary") {
    return formatJson({ ...head, parameters: { binary_data_size: byteLength(input) } });
  }
  // The list is text already: there may be millions of elements.
  return `${formatJson(head).slice(0, -1)},"data":${jsonData(input)}}`;
}
