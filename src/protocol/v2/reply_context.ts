/**
 * What reading an answer needs to know of its request: the answer alone doesn't tell whether its
 * shapes begin with a batch dimension, nor which BYTES outputs are classes.
 *
 * @module
 */
import type { InferRequest } from "../types.ts";

/** The part of a request that its answer is read with. */
export interface ReplyContext {
  readonly modelName: string;
  readonly modelVersion: string;
  readonly batchSize: number;
  readonly batched: boolean;
  /** Names of the outputs asked for as classes. */
  readonly classes: ReadonlySet<string>;
  /** Whether the caller's id is a number. */
  readonly numericId: boolean;
}

const NO_CLASSES: ReadonlySet<string> = new Set();

/** For an answer that belongs to no request. */
export const NO_REQUEST: ReplyContext = {
  modelName: "",
  modelVersion: "",
  batchSize: 1,
  batched: false,
  classes: NO_CLASSES,
  numericId: false,
};

/** The context of a request. */
export function replyContext(request: InferRequest): ReplyContext {
  const classes = request.outputs.filter(({ classCount }) => classCount !== undefined);
  return {
    modelName: request.modelName,
    modelVersion: request.modelVersion?.toString() ?? "",
    batchSize: request.batchSize,
    batched: request.batched,
    classes: classes.length === 0 ? NO_CLASSES : new Set(classes.map(({ name }) => name)),
    numericId: typeof request.id === "bigint",
  };
}

/** The id of an answer in the caller's type; undefined when there is none. */
export function replyIdValue(id: string, { numericId }: ReplyContext): bigint | string | undefined {
  if (id === "") return undefined;
  return numericId && /^-?\d+$/.test(id) ? BigInt(id) : id;
}
