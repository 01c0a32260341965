/**
 * OUTPUT0 = INPUT0 + INPUT1, OUTPUT1 = INPUT0 - INPUT1, in INT32 or FP32.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { ServerModel } from "../core/model.ts";
import { bytesOf, float32Of, inputOf, int32Of, perRequest, tensorConfig } from "./instance.ts";

type Numbers = Int32Array | Float32Array;

const KINDS = {
  INT32: { view: int32Of, make: (length: number): Numbers => new Int32Array(length) },
  FP32: { view: float32Of, make: (length: number): Numbers => new Float32Array(length) },
};

function combine(a: Numbers, b: Numbers, out: Numbers, sign: 1 | -1): Uint8Array {
  for (let i = 0; i < out.length; i++) out[i] = a[i]! + sign * b[i]!;
  return bytesOf(out);
}

/** An add-and-subtract model of 16 elements; INT32 wraps around. */
export function addsubModel(
  name: string,
  dataType: keyof typeof KINDS,
  labels?: readonly string[],
): ServerModel {
  const tensor = (tensorName: string) => tensorConfig(tensorName, `TYPE_${dataType}`, [16]);
  const output0 = tensor("OUTPUT0");
  const { view, make } = KINDS[dataType];
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize: 8,
      input: [tensor("INPUT0"), tensor("INPUT1")],
      output: [
        labels ? { ...output0, labelFilename: "output0_labels.txt" } : output0,
        tensor("OUTPUT1"),
      ],
      defaultModelFilename: "libaddsub.so",
    },
    labels: labels && { OUTPUT0: labels },
    createInstance: () =>
      perRequest((request) => {
        const { shape, data } = inputOf(request, "INPUT0");
        const a = view(data);
        const b = view(inputOf(request, "INPUT1").data);
        if (a.length !== b.length) {
          throw new InferenceError("INVALID_ARG", "INPUT0 and INPUT1 differ in size");
        }
        return request.outputs.map((output) => ({
          name: output,
          shape,
          data: combine(a, b, make(a.length), output === "OUTPUT0" ? 1 : -1),
        }));
      }),
  };
}
