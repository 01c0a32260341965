/**
 * A ModelInferRequest -> {@linkcode InferCall}. The messages are Triton's.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { ParameterValue, SharedMemoryPlace } from "../../protocol/types.ts";
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
    inputs: readInputs(inputs, raw, modelName),
    outputs: outputs.map(readOutput),
  };
}

/** Raw contents belong to the inputs that don't lie in shared memory, in order. */
function readInputs(
  inputs: readonly ModelInferRequest.InferInputTensor[],
  raw: readonly Uint8Array[],
  modelName: string,
): WireTensor[] {
  let next = 0;
  return inputs.map((input) => {
    const sharedMemory = readPlace(input.parameters);
    if (sharedMemory === undefined) {
      return readInput(input, raw[next++], raw.length > 0, modelName);
    }
    const { name = "", datatype = "", shape = [] } = input;
    const dataType = knownType(datatype) ? datatype : "<invalid>";
    return { name, dataType, shape: shape.map(Number), data: NO_BYTES, sharedMemory };
  });
}

const NO_BYTES = new Uint8Array(0);

/** Where a tensor lies in shared memory, if it does. */
function readPlace(
  parameters: Readonly<Record<string, InferParameter>> | undefined,
): SharedMemoryPlace | undefined {
  const region = parameters?.shared_memory_region?.stringParam;
  if (region === undefined || region === null) return undefined;
  const number = (name: string, missing: number) => {
    const value = Number(parameters?.[name]?.int64Param ?? missing);
    if (Number.isSafeInteger(value) && value >= 0) return value;
    throw invalid(`invalid value for '${name}' parameter, expected >= 0`);
  };
  return {
    region,
    offset: number("shared_memory_offset", 0),
    byteSize: number("shared_memory_byte_size", -1),
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
  const sharedMemory = readPlace(parameters);
  const classes = parameters?.classification;
  const place = sharedMemory && { sharedMemory };
  if (classes === undefined) return { name, classCount: 0, ...place };
  const count = classes.int64Param;
  if (count === undefined || count === null) {
    throw invalid("invalid value type for 'classification' parameter, expected int64_param");
  }
  if (count < 0n) throw invalid("invalid value for 'classification' parameter, expected >= 0");
  return { name, classCount: Number(count), ...place };
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
