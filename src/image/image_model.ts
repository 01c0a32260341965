/**
 * What an image classification model must look like, and what its input wants. The refusals are those
 * of r19.07's image_client, word for word.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { ApiVersion, ModelInfo, TensorInfo } from "../protocol/types.ts";
import type { PreprocessSpec, Scaling, ScalingOrder } from "./types.ts";

/** What the caller says of the pictures. */
export interface ImageOptions {
  /**
   * Pictures in a request.
   * @default 1
   */
  readonly batchSize?: number;
  /**
   * What the model was trained with.
   * @default "NONE"
   */
  readonly scaling?: Scaling;
  /**
   * Whose VGG means to take.
   * @default "bgr"
   */
  readonly scalingOrder?: ScalingOrder;
}

/** A model that classifies pictures. */
export interface ImageModel {
  /** Its only input. */
  readonly inputName: string;
  /** Its only output. */
  readonly outputName: string;
  /** How a picture becomes the input. */
  readonly spec: PreprocessSpec;
}

/**
 * Checks the model and says how pictures become its input.
 *
 * @param api with `v1`, a model that names no layout is refused, as the original does; v2 models often
 * name none, and it is read off the shape
 * @throws {InferenceError} INVALID_ARG in the original's words
 */
export function imageModel(
  model: ModelInfo,
  options: ImageOptions = {},
  api: ApiVersion = "v2",
): ImageModel {
  const { batchSize = 1, scaling = "NONE", scalingOrder = "bgr" } = options;
  const input = theOnly(model.inputs, "input", model.name);
  const output = theOnly(model.outputs, "output", model.name);
  checkOutput(output, model.name);
  checkBatchSize(model, batchSize);
  const layout = inputLayout(input, model.name, api);
  return {
    inputName: input.name,
    outputName: output.name,
    spec: {
      ...layout,
      dataType: imageDataType(input, model.name),
      scaling,
      scalingOrder,
    },
  };
}

function theOnly(tensors: readonly TensorInfo[], what: string, model: string): TensorInfo {
  if (tensors.length === 1) return tensors[0];
  throw refused(`expecting 1 ${what}, model "${model}" has ${tensors.length}`);
}

function checkOutput(output: TensorInfo, model: string): void {
  if (output.dataType !== "FP32") {
    throw refused(
      `expecting model output datatype to be TYPE_FP32, model "${model}" output type is TYPE_${output.dataType}`,
    );
  }
  if (output.shape.includes(-1)) {
    throw refused("variable-size dimension in model output not supported");
  }
  if (output.shape.filter((dim) => dim > 1).length > 1) {
    throw refused("expecting model output to be a vector");
  }
}

function checkBatchSize(model: ModelInfo, batchSize: number): void {
  if (model.maxBatchSize === 0) {
    if (batchSize !== 1) throw refused(`batching not supported for model "${model.name}"`);
  } else if (batchSize > model.maxBatchSize) {
    throw refused(`expecting batch size <= ${model.maxBatchSize} for model "${model.name}"`);
  }
}

type Layout = Pick<PreprocessSpec, "height" | "width" | "channels" | "format">;

function inputLayout(input: TensorInfo, model: string, api: ApiVersion): Layout {
  const { shape } = input;
  if (shape.length !== 3) {
    throw refused(
      `expecting model input to have 3 dimensions, model "${model}" input has ${shape.length}`,
    );
  }
  if (shape.includes(-1)) throw refused("variable-size dimension in model input not supported");
  const format = input.format === "NONE" && api === "v2" ? layoutOfShape(shape) : input.format;
  if (format === "NONE") {
    throw refused("unexpected input format FORMAT_NONE, expecting FORMAT_NHWC or FORMAT_NCHW");
  }
  const [height, width, channels] = format === "NHWC" ? shape : [shape[1], shape[2], shape[0]];
  if (channels !== 1 && channels !== 3) {
    throw refused(
      `unexpected number of channels in input image or model: model "${model}" wants ${channels}, expecting 1 or 3`,
    );
  }
  return { height, width, channels, format };
}

function layoutOfShape(shape: readonly number[]): "NHWC" | "NCHW" | "NONE" {
  const isChannels = (dim: number) => dim === 1 || dim === 3;
  if (isChannels(shape[2])) return "NHWC";
  return isChannels(shape[0]) ? "NCHW" : "NONE";
}

const IMAGE_TYPES = ["UINT8", "INT8", "UINT16", "INT16", "INT32", "FP16", "FP32", "FP64"] as const;

function imageDataType(input: TensorInfo, model: string): PreprocessSpec["dataType"] {
  const found = IMAGE_TYPES.find((type) => type === input.dataType);
  if (found) return found;
  throw refused(`unexpected input datatype "TYPE_${input.dataType}" for model "${model}"`);
}

function refused(message: string): InferenceError {
  return new InferenceError("INVALID_ARG", message);
}
