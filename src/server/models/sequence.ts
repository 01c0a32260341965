/**
 * A sequence model: OUTPUT is the sum of the sequence's INPUTs so far.
 *
 * @module
 */
import type { ControlInput } from "../core/config.ts";
import type { ServerModel } from "../core/model.ts";
import { bytesOf, inputOf, int32Of, perRequest, tensorConfig } from "./instance.ts";

function control(name: string, kind?: "CONTROL_SEQUENCE_READY"): ControlInput {
  return { name, control: [{ ...(kind && { kind }), int32FalseTrue: [0, 1] }] };
}

/** An accumulator; START sets it to the input. */
export function sequenceModel(name: string): ServerModel {
  const maxBatchSize = 8;
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize,
      input: [tensorConfig("INPUT", "TYPE_INT32", [1])],
      output: [tensorConfig("OUTPUT", "TYPE_INT32", [1])],
      defaultModelFilename: "libsequence.so",
      sequenceBatching: {
        controlInput: [control("START"), control("READY", "CONTROL_SEQUENCE_READY")],
      },
    },
    createInstance: () => {
      const sums = new Int32Array(maxBatchSize);
      return perRequest((request) => {
        const slot = request.slot ?? 0;
        const { shape, data } = inputOf(request, "INPUT");
        if (request.sequence?.start) sums[slot] = 0;
        sums[slot]! += int32Of(data)[0]!;
        const sum = bytesOf(sums.slice(slot, slot + 1));
        return request.outputs.map((output) => ({ name: output, shape, data: sum }));
      });
    },
  };
}
