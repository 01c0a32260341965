/**
 * Images as models expect them: decoded (JPEG, PNG, WebP, AVIF, GIF, TIFF, BMP, PPM), made to fit, scaled and laid
 * out, like r19.07's image_client does or as a preset says.
 *
 * @example Classify an image
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
export { decodeImage } from "./codecs/decode.ts";
export { type ClassifiedImage, classify, type ClassifyOptions } from "./classify.ts";
export {
  imagesOf,
  type ListedFile,
  listImages,
  type SkipListener,
  type WalkOptions,
} from "./directory.ts";
export {
  type ImageInput,
  imageInput,
  type ImageModel,
  imageModel,
  type ImageOptions,
  type LayoutSource,
} from "./image_model.ts";
export {
  type ImagePaths,
  type PreparedFile,
  preprocessFiles,
  type PreprocessOptions,
} from "./workers/pool.ts";
export { ImagePool, type ImagePoolOptions } from "./workers/image_pool.ts";
export {
  type ImageSource,
  prepareFile,
  prepareImage,
  type PrepareOptions,
} from "./workers/prepare.ts";
export { preprocess } from "./preprocess/preprocess.ts";
export {
  type Fit,
  type Interpolation,
  type Preset,
  PRESETS,
  type Recipe,
  type RecipeInput,
  type RecipeOptions,
  type ResizeTo,
  resolveRecipe,
} from "./preprocess/recipe.ts";
export {
  DEFAULT_LIMITS,
  type ImageLimits,
  type PreprocessSpec,
  type RgbImage,
  type Scaling,
  type ScalingOf,
  type ScalingOrder,
} from "./types.ts";
export { type PoolWorker, type SpawnWorker, WorkerPool } from "./workers/worker_pool.ts";
export type { WorkerReply, WorkerTask } from "./workers/worker_messages.ts";
export { type ErrorCode, type ErrorDetails, InferenceError, type Remedy } from "../base/errors.ts";
export type {
  ApiVersion,
  EnsembleStep,
  ModelInfo,
  TensorFormat,
  TensorInfo,
} from "../protocol/types.ts";
export type { DataType } from "../tensor/data_type.ts";
