/**
 * A model's outputs as an InferResponseHeader and raw tensors.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { InferClass } from "../../protocol/types.ts";
import type {
  InferRequestHeader,
  InferResponseHeader,
} from "../../protocol/v1/generated/messages.js";
import { topClasses } from "../core/classification.ts";
import type { TensorValue } from "../core/model.ts";
import type { LoadedModel, ModelRepository } from "../core/repository.ts";

/** An output's bytes; undefined when classes were asked for. */
export type RawOutput = Uint8Array | undefined;

type ResponseOutput = InferResponseHeader.Output;
type ClassMessage = InferResponseHeader.Output.Class;

// Fields that hold their default are left out: the binary form would carry them.
function classMessage({ index, value, label }: InferClass): ClassMessage {
  return {
    ...(index !== 0 && { idx: index }),
    ...(value !== 0 && { value }),
    ...(label !== "" && { label }),
  };
}

function rawMessage({ name, shape, data }: TensorValue): ResponseOutput {
  const size = data.byteLength;
  return {
    name,
    raw: { dims: shape.map(BigInt), ...(size !== 0 && { batchByteSize: BigInt(size) }) },
  };
}

/**
 * The answer to a request that was run.
 *
 * @param values the outputs that the model has, in the order in which the request names them
 * @throws {InferenceError} INVALID_ARG for an output that the model lacks or that has no classes
 */
export function makeResponse(
  repository: ModelRepository,
  model: LoadedModel,
  request: InferRequestHeader,
  values: readonly TensorValue[],
): { header: InferResponseHeader; raw: RawOutput[] } {
  const batchSize = request.batchSize ?? 0;
  const raw: RawOutput[] = [];
  let next = 0;
  const output = (request.output ?? []).map(({ name = "", cls }): ResponseOutput => {
    const tensor = model.spec.outputs.get(name);
    if (!tensor) {
      throw new InferenceError(
        "INVALID_ARG",
        `unexpected inference output '${name}' for model '${model.name}'`,
      );
    }
    const value = values[next++];
    if (!cls?.count) {
      raw.push(value!.data);
      return rawMessage(value!);
    }
    raw.push(undefined);
    const labels = repository.labels(model, name);
    const source = { name, dataType: tensor.dataType, data: value!.data, labels };
    const entries = topClasses(source, batchSize, cls.count);
    return { name, batchClasses: entries.map((classes) => ({ cls: classes.map(classMessage) })) };
  });
  const header: InferResponseHeader = {
    modelName: model.name,
    modelVersion: model.version,
    batchSize,
    output,
    ...(request.id && { id: request.id }),
  };
  return { header, raw };
}
