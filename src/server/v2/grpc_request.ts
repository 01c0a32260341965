/**
 * A ModelInferRequest -> {@linkcode InferCall}. The messages are Triton's.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { ParameterValue } from "../../protocol/types.ts";
import { dataTypeOfWire, wireDataType } from "../../protocol/v2/data_type.ts";
import {
  type InferParameter,
  InferTensorContents,
  type ModelInferRequest,
} from "../../protocol/v2/generated/messages.js";
import { CONTENTS_FIELDS } from "../../protocol/v2/grpc_contents.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { type TensorValues, toBytes } from "../../tensor/typed_array.ts";
import type { InferCall, OutputCall, WireTensor } from "./infer_call.ts";
import { checkReserved, EMPTY_FINAL } from "./parameters.ts";

/** Parameters that may be beyond int64; those of {@linkcode check} say for themselves what they take. */
const TAKES_UINT64: ReadonlySet<string> = new Set(["priority"]);

function invalid(message: string): InferenceError {
  return new InferenceError("INVALID_ARG", message);
}

/** A version as requests name it; undefined = the newest. @throws {InferenceError} INVALID_ARG */
export function readVersion(version = ""): bigint | undefined {
  if (version === "") return undefined;
  if (/^-?\d{1,18}$/.test(version)) return BigInt(version);
  throw invalid(
    `failed to get model version from specified version string '${version}' (details: stol), ` +
      "version should be an integral value > 0",
  );
}

/** @throws {InferenceError} INVALID_ARG when data is missing, there twice or of another type */
export function readInferCall(request: ModelInferRequest): InferCall {
  const { modelName = "", id = "", inputs = [], outputs = [], rawInputContents: raw = [] } =
    request;
  return {
    modelName,
    modelVersion: readVersion(request.modelVersion),
    id,
    parameters: readParameters(request.parameters),
    inputs: inputs.map((input, i) => readInput(input, raw[i], raw.length > 0, modelName)),
    outputs: outputs.map(readOutput),
  };
}

function readInput(
  { name = "", datatype = "", shape = [], contents }: ModelInferRequest.InferInputTensor,
  raw: Uint8Array | undefined,
  isRaw: boolean,
  model: string,
): WireTensor {
  const known = knownType(datatype);
  const tensor = { name, dataType: known ? datatype : "<invalid>", shape: shape.map(Number) };
  const of = `input tensor '${name}' for model '${model}'`;
  if (isRaw && contents) {
    throw invalid(
      `contents field must not be specified when using raw_input_contents for '${name}' for ` +
        `model '${model}'`,
    );
  }
  if (raw) return { ...tensor, data: raw };
  if (contents === undefined) throw invalid(`unable to find data for ${of} in request.`);
  return { ...tensor, data: contentsBytes(contents, known, of) };
}

function knownType(datatype: string): DataType | undefined {
  try {
    return dataTypeOfWire(datatype, "an input");
  } catch {
    return undefined;
  }
}

/** Elements in typed lists. */
function contentsBytes(contents: InferTensorContents, type: DataType | undefined, of: string) {
  for (const field of InferTensorContents.$schema.fields) {
    const values = contents[field.jsName as keyof InferTensorContents] as TensorValues | undefined;
    if (values === undefined || values.length === 0) continue;
    if (type === undefined || CONTENTS_FIELDS[type] !== field.id) {
      const given = Object.entries(CONTENTS_FIELDS).findLast(([, id]) => id === field.id)![0];
      throw invalid(
        `unexpected explicit tensor data for ${of} of type '${wireDataType(given as DataType)}', ` +
          `expected datatype '${type ? wireDataType(type) : "<invalid>"}'`,
      );
    }
    try {
      return toBytes(type, values);
    } catch (error) {
      throw invalid(`unexpected explicit tensor data for ${of}: ${(error as Error).message}`);
    }
  }
  return new Uint8Array();
}

function readOutput(
  { name = "", parameters }: ModelInferRequest.InferRequestedOutputTensor,
): OutputCall {
  const classes = parameters?.classification;
  if (classes === undefined) return { name, classCount: 0 };
  const count = classes.int64Param;
  if (count === undefined || count === null) {
    throw invalid("invalid value type for 'classification' parameter, expected int64_param");
  }
  if (count < 0n) throw invalid("invalid value for 'classification' parameter, expected >= 0");
  return { name, classCount: Number(count) };
}

function readParameters(given: ModelInferRequest["parameters"]): Record<string, ParameterValue> {
  const parameters: Record<string, ParameterValue> = {};
  for (const [name, parameter] of Object.entries(given ?? {})) {
    checkReserved(name, EMPTY_FINAL);
    const value = parameterValue(name, parameter);
    if (name === "sequence_id") {
      check(name, value, ["bigint", "string"], "int64_param or string_param");
    }
    if (name === "sequence_start" || name === "sequence_end" || name === EMPTY_FINAL) {
      check(name, value, ["boolean"], "bool_param");
    }
    if (value !== undefined) parameters[name] = value;
  }
  return parameters;
}

function check(
  name: string,
  value: ParameterValue | undefined,
  types: readonly string[],
  expected: string,
): void {
  if (types.includes(typeof value)) return;
  throw invalid(`invalid value type for '${name}' parameter, expected ${expected}.`);
}

function parameterValue(name: string, parameter: InferParameter): ParameterValue | undefined {
  const { boolParam, int64Param, stringParam, doubleParam, uint64Param } = parameter;
  if (uint64Param !== undefined && uint64Param !== null && !TAKES_UINT64.has(name)) {
    throw invalid(
      `invalid value type for '${name}' parameter, expected int64_param, bool_param, or string_param.`,
    );
  }
  return boolParam ?? int64Param ?? stringParam ?? doubleParam ?? uint64Param ?? undefined;
}
