/**
 * Image files into the tensors that `colors` takes.
 *
 * @module
 */
import { describeError } from "../../base/errors.ts";
import { decodeImage } from "../../image/codecs/decode.ts";
import { preprocess, type PreprocessSpec } from "../../image/preprocess/preprocess.ts";
import { decodeStrings } from "../../tensor/strings.ts";
import type { ModelRequest, ModelResult, ServerModel } from "../core/model.ts";
import { IMAGE_SIZE, imageDims } from "./colors.ts";
import { inputOf, payloadError, tensorConfig } from "./instance.ts";

const UNREADABLE_IMAGE = 9;

const SPEC: PreprocessSpec = {
  width: IMAGE_SIZE,
  height: IMAGE_SIZE,
  channels: 3,
  dataType: "FP32",
  format: "NHWC",
  scaling: "NONE",
};

/** The images of a batch, one after the other. */
async function pictures(request: ModelRequest): Promise<Uint8Array> {
  const files = decodeStrings(inputOf(request, "INPUT").data, request.batchSize);
  let data: Uint8Array | undefined;
  for (let i = 0; i < files.length; i++) {
    const image = await decodeImage(files[i] as Uint8Array<ArrayBuffer>, `batch entry ${i}`);
    const picture = preprocess(image, SPEC);
    data ??= new Uint8Array(picture.byteLength * files.length);
    data.set(picture, i * picture.byteLength);
  }
  return data ?? new Uint8Array(0);
}

async function run(request: ModelRequest, instanceName: string): Promise<ModelResult> {
  try {
    const data = await pictures(request);
    return request.outputs.map((name) => ({ name, shape: imageDims("NHWC"), data }));
  } catch (error) {
    const why = `unable to preprocess image: ${describeError(error)}`;
    return payloadError(instanceName, UNREADABLE_IMAGE, why);
  }
}

/** The bytes of an image file in, an image out: resized to 224 x 224, values 0 to 255, NHWC. */
export function preprocessColorsModel(name: string): ServerModel {
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize: 32,
      input: [tensorConfig("INPUT", "TYPE_STRING", [1])],
      output: [tensorConfig("OUTPUT", "TYPE_FP32", imageDims("NHWC"))],
      defaultModelFilename: "libpreprocess.so",
      parameters: { format: { stringValue: "NHWC" }, scaling: { stringValue: "NONE" } },
    },
    createInstance: ({ instanceName }) => ({
      execute: (batch) => Promise.all(batch.map((request) => run(request, instanceName))),
    }),
  };
}
