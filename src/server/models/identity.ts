/**
 * OUTPUT0 = INPUT0, at once or after a while.
 *
 * @module
 */
import type { ConfigDataType, DynamicBatching } from "../core/config.ts";
import type { InstanceContext, ModelInstance, ServerModel } from "../core/model.ts";
import { inputOf, perRequest, tensorConfig } from "./instance.ts";

/** What an identity model looks like; defaults: FP32, batches of up to 8, one instance, no delay. */
export interface IdentityOptions {
  /** Without the batch dimension; -1 = any size. */
  readonly dims: readonly number[];
  readonly dataType?: ConfigDataType;
  /** 0 = no batch dimension. */
  readonly maxBatchSize?: number;
  /** How long an execution takes, in microseconds, whatever the batch. */
  readonly delayUs?: number;
  readonly instanceCount?: number;
  readonly dynamicBatching?: DynamicBatching;
}

function createInstance({ config, clock }: InstanceContext): ModelInstance {
  const identity = perRequest((request) => {
    const { shape, data } = inputOf(request, "INPUT0");
    return request.outputs.map((name) => ({ name, shape, data }));
  });
  const delayMs = Number(config.parameters?.delay_us?.stringValue ?? 0) / 1000;
  if (delayMs <= 0) return identity;
  return {
    async execute(batch) {
      await clock.sleep(delayMs);
      return await identity.execute(batch);
    },
  };
}

/** A model that gives back its input. */
export function identityModel(name: string, options: IdentityOptions): ServerModel {
  const { dims, dataType = "TYPE_FP32", maxBatchSize = 8, delayUs, instanceCount } = options;
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize,
      input: [tensorConfig("INPUT0", dataType, dims)],
      output: [tensorConfig("OUTPUT0", dataType, dims)],
      defaultModelFilename: "libidentity.so",
      ...(instanceCount && { instanceGroup: [{ count: instanceCount }] }),
      ...(options.dynamicBatching && { dynamicBatching: options.dynamicBatching }),
      ...(delayUs && { parameters: { delay_us: { stringValue: String(delayUs) } } }),
    },
    createInstance,
  };
}
