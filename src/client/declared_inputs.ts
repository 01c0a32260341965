/**
 * Models that their server describes in part: no inputs, or shapes whose first -1 may be a batch or not. What
 * the caller says of the inputs completes the description.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { ModelInfo, TensorInfo } from "../protocol/types.ts";
import type { DataType } from "../tensor/data_type.ts";
import { isVariable } from "../tensor/shape.ts";

/** What the caller says of an input. */
export interface DeclaredInput {
  readonly shape?: readonly number[];
  readonly dataType?: DataType;
}

/**
 * The model as the caller's inputs complete it. A model that declares no inputs gets the caller's. Where only
 * shapes told that there is a batch dimension, a given shape with one dimension more is a whole shape, and
 * the model is one without batching.
 *
 * @throws {InferenceError} INVALID_ARG for an input without type or shape that the model doesn't declare
 */
export function completeModel(
  model: ModelInfo,
  given: Readonly<Record<string, DeclaredInput | undefined>>,
): ModelInfo {
  if (model.inputs.length === 0) {
    const inputs = Object.entries(given).map(([name, input]) => declared(model, name, input));
    return { ...model, inputs };
  }
  if (!model.batchGuessed) return model;
  const isWhole = model.inputs.some(({ name, shape }) =>
    given[name]?.shape?.length === shape.length + 1
  );
  if (!isWhole) return model;
  const whole = (info: TensorInfo): TensorInfo => ({ ...info, shape: [-1, ...info.shape] });
  return {
    ...model,
    maxBatchSize: 0,
    batchGuessed: false,
    inputs: model.inputs.map(whole),
    outputs: model.outputs.map(whole),
  };
}

function declared(model: ModelInfo, name: string, input: DeclaredInput | undefined): TensorInfo {
  const { shape, dataType } = input ?? {};
  if (dataType !== undefined && shape !== undefined && !isVariable(shape)) {
    return { name, dataType, shape, format: "NONE" };
  }
  throw new InferenceError(
    "INVALID_ARG",
    `input '${name}' needs a type and a shape: model '${model.name}' declares no inputs`,
    { hint: "give both", remedy: "declare-input" },
  );
}
