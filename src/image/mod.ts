/**
 * Pictures as models want them: decoded (JPEG, PNG, GIF, TIFF), resized, scaled and laid out as
 * r19.07's image_client does it.
 *
 * @example Classify a picture
 * ```ts
 * import { InferenceClient, startServer } from "@trtis/trtis";
 * import { imageModel, prepareFile } from "@trtis/trtis/image";
 *
 * await using server = await startServer({ httpPort: 0, grpcPort: false });
 * await using client = await InferenceClient.connect(server.httpAddress!);
 * const model = await client.model("colors");
 * const { inputName, outputName, spec } = imageModel(model.info, { scaling: "INCEPTION" });
 * const result = await model.infer({
 *   inputs: { [inputName]: { bytes: await prepareFile("examples/images/apple_red.jpg", spec) } },
 *   outputs: [{ name: outputName, classes: 3 }],
 * });
 * for (const { label, value } of result.output(outputName).classes()) console.log(label, value);
 * ```
 *
 * @module
 */
export { decodeImage } from "./decode.ts";
export { listImages, type SkipListener } from "./directory.ts";
export { type ImageModel, imageModel, type ImageOptions } from "./image_model.ts";
export { type PreparedFile, preprocessFiles, type PreprocessOptions } from "./pool.ts";
export type { PixelMemory } from "./pixel_memory.ts";
export { prepareFile } from "./prepare.ts";
export { preprocess } from "./preprocess.ts";
export {
  DEFAULT_LIMITS,
  type ImageLimits,
  type PreprocessSpec,
  type RgbImage,
  type Scaling,
  type ScalingOrder,
} from "./types.ts";
export type { PoolWorker, SpawnWorker } from "./worker_pool.ts";
export { type ErrorCode, type ErrorDetails, InferenceError } from "../base/errors.ts";
export type {
  ApiVersion,
  EnsembleStep,
  ModelInfo,
  TensorFormat,
  TensorInfo,
} from "../protocol/types.ts";
export type { DataType } from "../tensor/data_type.ts";
