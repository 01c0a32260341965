/**
 * Addition and subtraction of whole numbers that are written as text.
 *
 * @module
 */
import { decodeStrings, encodeStrings } from "../../tensor/strings.ts";
import type { ServerModel } from "../core/model.ts";
import { elementCount } from "../core/resolve.ts";
import { inputOf, payloadError, perRequest, tensorConfig } from "./instance.ts";

const NOT_A_NUMBER = 9;
const BAD_CONTENTS = 8;

const decoder = new TextDecoder();

/** Reading and writing a number takes the square of its digits. */
const MAX_DIGITS = 1000;

/** `simple` with STRING tensors: decimal numbers of up to 1,000 digits in, the same out. */
export function stringAddsubModel(name: string): ServerModel {
  const tensor = (tensorName: string) => tensorConfig(tensorName, "TYPE_STRING", [16]);
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize: 8,
      input: [tensor("INPUT0"), tensor("INPUT1")],
      output: [tensor("OUTPUT0"), tensor("OUTPUT1")],
      defaultModelFilename: "libstringaddsub.so",
    },
    createInstance: ({ instanceName }) =>
      perRequest((request) => {
        const numbers = (inputName: string): bigint[] => {
          const { shape, data } = inputOf(request, inputName);
          let elements: Uint8Array[];
          try {
            elements = decodeStrings(data, elementCount(shape) * request.batchSize);
          } catch (error) {
            const why = `input '${inputName}': ${(error as Error).message}`;
            throw payloadError(instanceName, BAD_CONTENTS, why);
          }
          return elements.map((element, i) => {
            if (element.length > MAX_DIGITS) {
              const why = `element ${i} of input '${inputName}' has ${element.length} bytes, ` +
                `a number has at most ${MAX_DIGITS}`;
              throw payloadError(instanceName, NOT_A_NUMBER, why);
            }
            const text = decoder.decode(element);
            if (/^\s*[+-]?\d+\s*$/.test(text)) return BigInt(text.replace("+", ""));
            const why = `element ${i} of input '${inputName}' is not a whole number: '${text}'`;
            throw payloadError(instanceName, NOT_A_NUMBER, why);
          });
        };
        const a = numbers("INPUT0");
        const b = numbers("INPUT1");
        const { shape } = inputOf(request, "INPUT0");
        return request.outputs.map((output) => {
          const results = a.map((value, i) => output === "OUTPUT0" ? value + b[i]! : value - b[i]!);
          return { name: output, shape, data: encodeStrings(results.map(String)) };
        });
      }),
  };
}
