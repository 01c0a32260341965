/**
 * {@linkcode InferAnswer} -> the body of an HTTP answer: JSON, then the outputs in binary.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { dataTypeOfWire } from "../../protocol/v2/data_type.ts";
import { formatJson } from "../../protocol/v2/json.ts";
import { decodeText } from "../../tensor/strings.ts";
import { toTypedArray } from "../../tensor/typed_array.ts";
import type { InferAnswer, WireTensor } from "./infer_call.ts";
import type { HttpInferCall } from "./json_request.ts";

const utf8 = new TextEncoder();

/** A body in pieces. */
export interface InferBody {
  readonly pieces: readonly Uint8Array[];
  /** Undefined when there are no bytes behind the JSON part. */
  readonly jsonLength: number | undefined;
}

/** @throws {InferenceError} INVALID_ARG for FP16 and BF16 that are to come as JSON */
export function formatInferAnswer(answer: InferAnswer, call: HttpInferCall): InferBody {
  const data: Uint8Array[] = [];
  const outputs = answer.outputs.map((output) => {
    const asked = call.outputs.find(({ name }) => name === output.name);
    const binary = asked?.binary ?? call.binaryOutput;
    if (binary && output.sharedMemory === undefined) data.push(output.data);
    return outputJson(output, binary);
  });
  const members = [
    ...(answer.id === "" ? [] : [`"id":${formatJson(answer.id)}`]),
    `"model_name":${formatJson(answer.modelName)}`,
    `"model_version":${formatJson(answer.modelVersion)}`,
    ...(answer.parameters ? [`"parameters":${formatJson(answer.parameters)}`] : []),
    `"outputs":[${outputs.join(",")}]`,
  ];
  const json = utf8.encode(`{${members.join(",")}}`);
  return {
    pieces: [json, ...data],
    jsonLength: data.some(({ byteLength }) => byteLength > 0) ? json.byteLength : undefined,
  };
}

function outputJson(output: WireTensor, binary: boolean): string {
  const { name, dataType, shape, data, sharedMemory } = output;
  const head = `{"name":${formatJson(name)},"datatype":"${dataType}","shape":[${shape}]`;
  // As Triton answers: who wanted it there knows where it is.
  if (sharedMemory !== undefined) return `${head}}`;
  return binary
    ? `${head},"parameters":{"binary_data_size":${data.byteLength}}}`
    : `${head},"data":[${elements(dataType, data)}]}`;
}

function elements(wireType: string, data: Uint8Array): string {
  const dataType = dataTypeOfWire(wireType, "an output");
  if (dataType === "FP16" || dataType === "BF16") {
    throw new InferenceError(
      "INVALID_ARG",
      `sending ${dataType} data via JSON is not supported. Please use the binary data format for output`,
    );
  }
  if (dataType === "STRING") return decodeText(data).map((text) => JSON.stringify(text)).join(",");
  const values = Array.from<number | bigint>(toTypedArray(dataType, data) as ArrayLike<number>);
  if (dataType === "BOOL") return values.map(Boolean).join(",");
  // NaN and Infinity stand there as words, as a real Triton writes them.
  return values.map((value) => Object.is(value, -0) ? "-0.0" : String(value)).join(",");
}
