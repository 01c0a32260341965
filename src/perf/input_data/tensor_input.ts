/**
 * One batch entry of an input, made into what a request carries.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferInput, TensorInfo } from "../../protocol/types.ts";
import { formatShape, isVariable } from "../../tensor/shape.ts";

/** The input of a request: the entry's bytes once for each place in the batch, without a copy. */
export function tensorInput(
  info: TensorInfo,
  shape: readonly number[],
  bytes: Uint8Array,
  batchSize: number,
): InferInput {
  return {
    name: info.name,
    dataType: info.dataType,
    shape,
    explicitShape: isVariable(info.shape),
    data: new Array<Uint8Array>(batchSize).fill(bytes),
  };
}

/** What a tensor belongs to, for messages. */
export interface TensorOwner {
  /** Of the model. */
  readonly name: string;
  /** @default "input" */
  readonly role?: TensorRole;
}

/** What is sent, or what is expected to come back. */
export type TensorRole = "input" | "output";

/**
 * The shape of one batch entry: the given one if there is one, else the model's.
 *
 * @throws {InferenceError} INVALID_ARG when the model doesn't allow it, or it stays variable
 */
export function entryShape(
  info: TensorInfo,
  { name: modelName, role = "input" }: TensorOwner,
  given: readonly number[] | undefined,
): readonly number[] {
  const shape = given ?? info.shape;
  if (!fits(shape, info.shape)) {
    throw new InferenceError(
      "INVALID_ARG",
      `${role} '${info.name}' of model '${modelName}' has shape ${formatShape(info.shape)}, ` +
        `${formatShape(shape)} was given for it`,
    );
  }
  if (!isVariable(shape)) return shape;
  throw new InferenceError(
    "INVALID_ARG",
    `${role} '${info.name}' of model '${modelName}' has variable-size shape ${formatShape(shape)}`,
    role === "output" ? { hint: "write its values as nested lists, or give a shape" } : {
      hint: `give its size as ${info.name}:${shape.map(() => "N").join(",")}`,
      remedy: "set-shape",
    },
  );
}

function fits(shape: readonly number[], allowed: readonly number[]): boolean {
  return shape.length === allowed.length &&
    shape.every((dim, i) => allowed[i] === -1 || allowed[i] === dim);
}
