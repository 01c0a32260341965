/**
 * Checks a request against a model's configuration. The messages, and which of several faults is
 * named, are Triton's; it looks at the inputs from the last to the first.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { wireDataType } from "../../protocol/v2/data_type.ts";
import { elementByteSize } from "../../tensor/data_type.ts";
import type { ModelSpec, TensorSpec } from "../core/config.ts";
import type { TensorValue } from "../core/model.ts";
import { elementCount } from "../core/resolve.ts";
import type { InferCall, WireTensor } from "./infer_call.ts";

/** The inputs of a request that is good. */
export interface CheckedInputs {
  /** At least 1. */
  readonly batchSize: number;
  /** In the request's order. */
  readonly inputs: readonly TensorValue[];
}

const BATCH_NOTE =
  "NOTE: Setting a non-zero max_batch_size in the model config requires a batch dimension to be " +
  "prepended to each input shape. If you want to specify the full shape including the batch dim in " +
  "your input dims config, try setting max_batch_size to zero. See the model configuration docs for " +
  "more info on max_batch_size.";

/** Characters of a sequence id that is a text. */
const MAX_SEQUENCE_ID = 128;

function invalid(message: string): InferenceError {
  return new InferenceError("INVALID_ARG", message);
}

function quoted(names: readonly string[]): string {
  return `[${names.map((name) => `'${name}'`).join(",")}]`;
}

/** @throws {InferenceError} INVALID_ARG naming what does not fit */
export function checkRequest(spec: ModelSpec, call: InferCall): CheckedInputs {
  const model = spec.config.name;
  const ask = (why: string) => invalid(`[request id: ${call.id || "<id_unknown>"}] ${why}`);
  const isBatched = spec.config.maxBatchSize > 0;
  checkNames(spec, call, ask);
  const tensors = [...call.inputs].reverse();
  const specs = new Map(tensors.map(({ name }) => [name, tensorOf(spec, name)]));
  const batchSize = isBatched ? commonBatchSize(tensors, model, ask) : 1;
  if (isBatched && (batchSize < 0 || batchSize > spec.config.maxBatchSize)) {
    throw ask(
      `inference request batch-size must be <= ${spec.config.maxBatchSize} for '${model}'`,
    );
  }
  for (const tensor of tensors) {
    const wanted = specs.get(tensor.name)!;
    checkTensor(tensor, wanted, isBatched, model, ask);
    const { shape } = tensor;
    const batch = Math.max(1, batchSize);
    const count = elementCount(isBatched ? [batch, ...shape.slice(1)] : shape);
    checkSize(tensor, wanted, count, model, ask);
  }
  if (batchSize === 0) {
    throw ask(`inference request batch-size must be >= 1 for '${model}'`);
  }
  checkSequence(spec, call, batchSize);
  const inputs = call.inputs.map(({ name, shape, data }) => ({
    name,
    shape: isBatched ? shape.slice(1) : shape,
    data,
  }));
  return { batchSize, inputs };
}

type Ask = (why: string) => InferenceError;

function checkNames(spec: ModelSpec, { inputs, outputs }: InferCall, ask: Ask): void {
  const model = spec.config.name;
  const seen = new Set<string>();
  for (const { name } of inputs) {
    if (seen.has(name)) throw ask(`input '${name}' already exists in request`);
    seen.add(name);
  }
  for (const { name } of outputs) {
    if (!spec.outputs.has(name)) {
      throw invalid(`unexpected inference output '${name}' for model '${model}'`);
    }
  }
  const required = spec.config.input.filter(({ optional }) => !optional).map(({ name }) => name);
  const most = spec.config.input.length;
  if (inputs.length >= required.length && inputs.length <= most) return;
  const missing = required.filter((name) => !seen.has(name));
  const count = required.length === most
    ? `${most} inputs`
    : `number of inputs between ${required.length} and ${most}`;
  throw ask(
    `expected ${count} but got ${inputs.length} inputs for model '${model}'. ` +
      `Got input(s) ${quoted([...seen])}, but missing required input(s) ${quoted(missing)}. ` +
      "Please provide all required input(s).",
  );
}

function tensorOf(spec: ModelSpec, name: string): TensorSpec {
  const tensor = spec.inputs.get(name);
  if (tensor) return tensor;
  throw invalid(`unexpected inference input '${name}' for model '${spec.config.name}'`);
}

/** What the first dimension of every input is; 0 when there are no inputs. */
function commonBatchSize(tensors: readonly WireTensor[], model: string, ask: Ask): number {
  let batchSize: number | undefined;
  for (const { name, shape } of tensors) {
    if (shape.length === 0) {
      throw ask(`input '${name}' has no shape but model requires batch dimension for '${model}'`);
    }
    batchSize ??= shape[0];
    if (shape[0] !== batchSize) {
      throw ask(`input '${name}' batch size does not match other inputs for '${model}'`);
    }
  }
  return batchSize ?? 0;
}

function checkTensor(
  { name, dataType, shape }: WireTensor,
  wanted: TensorSpec,
  isBatched: boolean,
  model: string,
  ask: Ask,
): void {
  const expected = wireDataType(wanted.dataType);
  if (dataType !== expected) {
    throw ask(
      `inference input '${name}' data-type is '${dataType}', but model '${model}' expects ` +
        `'${expected}'`,
    );
  }
  const dims = isBatched ? shape.slice(1) : shape;
  const fits = dims.length === wanted.dims.length &&
    dims.every((dim, i) => dim >= 0 && (wanted.dims[i]! < 0 || wanted.dims[i] === dim));
  if (fits) return;
  const all = isBatched ? [-1, ...wanted.dims] : wanted.dims;
  throw ask(
    `unexpected shape for input '${name}' for model '${model}'. Expected [${all}], got [${shape}]. ` +
      (isBatched ? BATCH_NOTE : ""),
  );
}

function checkSize(
  { name, data }: WireTensor,
  { dataType }: TensorSpec,
  count: number,
  model: string,
  ask: Ask,
): void {
  if (dataType === "STRING") {
    const { begun, isCut } = countStrings(data);
    if (begun === count && !isCut) return;
    const input = `inference input '${name}' for model '${model}'`;
    throw ask(
      begun === count
        ? `incomplete string data for ${input}`
        : `expected ${count} string elements for ${input}, got ${begun}`,
    );
  }
  const expected = count * elementByteSize(dataType);
  if (data.byteLength === expected) return;
  throw ask(
    `input byte size mismatch for input '${name}' for model '${model}'. Expected ${expected}, ` +
      `got ${data.byteLength}`,
  );
}

/** How many elements there are, and whether the last one ends too early. */
function countStrings(data: Uint8Array): { begun: number; isCut: boolean } {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let begun = 0;
  let offset = 0;
  while (offset < data.byteLength) {
    begun++;
    if (offset + 4 > data.byteLength) return { begun, isCut: true };
    offset += 4 + view.getUint32(offset, true);
  }
  return { begun, isCut: offset > data.byteLength };
}

function checkSequence(spec: ModelSpec, { parameters }: InferCall, batchSize: number): void {
  const id = parameters.sequence_id ?? 0n;
  if (typeof id === "string" && id.length > MAX_SEQUENCE_ID) {
    throw new InferenceError(
      "UNSUPPORTED",
      `string correlation ID cannot be longer than ${MAX_SEQUENCE_ID} characters`,
    );
  }
  const isNone = typeof id === "string" ? id === "" : Number(id) === 0;
  // A batch is refused by the scheduler, which looks at it first.
  if (!spec.config.sequenceBatching || batchSize !== 1 || !isNone) return;
  throw invalid(
    `inference request to model '${spec.config.name}' must specify a non-zero or non-empty ` +
      "correlation ID",
  );
}
