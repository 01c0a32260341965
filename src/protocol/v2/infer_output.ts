/**
 * Outputs as they come over either wire -> {@linkcode InferOutput}, with every size checked.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { elementByteSize } from "../../tensor/data_type.ts";
import { decodeText } from "../../tensor/strings.ts";
import type { InferOutput, InferResponse, ParameterValue } from "../types.ts";
import { parseClasses } from "./classes.ts";
import { dataTypeOfWire } from "./data_type.ts";
import { type ReplyContext, replyIdValue } from "./reply_context.ts";

/** An output as the server describes it. */
export interface RawOutput {
  readonly name: string;
  readonly dataType: string;
  /** With the batch dimension. */
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

/** Everything in an answer but the outputs. */
export interface ReplyFrame {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly id: string;
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
}

/** A whole good answer. @throws {InferenceError} PROTOCOL when sizes, types or classes don't fit */
export function inferResponse(
  frame: ReplyFrame,
  outputs: readonly RawOutput[],
  context: ReplyContext,
): InferResponse {
  const batchSize = context.batched ? outputs[0]?.shape[0] ?? context.batchSize : 1;
  return {
    id: replyIdValue(frame.id, context),
    modelName: frame.modelName || context.modelName,
    modelVersion: frame.modelVersion || context.modelVersion,
    batchSize,
    outputs: outputs.map((output) => toOutput(output, context)),
    parameters: frame.parameters,
    final: true,
  };
}

/** A failed answer. */
export function failedResponse(
  error: InferenceError,
  context: ReplyContext,
  id = "",
): InferResponse {
  return {
    error,
    id: replyIdValue(id, context),
    modelName: context.modelName,
    modelVersion: context.modelVersion,
    batchSize: context.batchSize,
    outputs: [],
    final: true,
  };
}

function toOutput(output: RawOutput, context: ReplyContext): InferOutput {
  const { name, shape, data } = output;
  const dataType = dataTypeOfWire(output.dataType, `output '${name}'`);
  const count = shape.reduce((product, dim) => product * dim, 1);
  if (dataType === "STRING") {
    if (context.classes.has(name)) return { name, dataType, classes: toClasses(output, context) };
  } else if (data.byteLength !== count * elementByteSize(dataType)) {
    throw new InferenceError(
      "PROTOCOL",
      `Cannot read output '${name}': ${dataType} of shape [${shape}] needs ${
        count * elementByteSize(dataType)
      } bytes, the answer has ${data.byteLength}`,
    );
  }
  return { name, dataType, shape: context.batched ? shape.slice(1) : shape, data };
}

function toClasses({ shape, data }: RawOutput, context: ReplyContext) {
  const rows = context.batched ? shape[0] ?? 1 : 1;
  return parseClasses(decodeText(data), rows);
}
