/**
 * What an image classification model must look like, and what its input expects. The error messages are
 * those of r19.07's image_client, word for word.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { batchSizeProblem } from "../client/batch_size.ts";
import type { ApiVersion, ModelInfo, TensorInfo } from "../protocol/types.ts";
import type { DataType } from "../tensor/data_type.ts";
import { type RecipeOptions, resolveRecipe } from "./preprocess/recipe.ts";
import type { PreprocessSpec, Scaling, ScalingOf, ScalingOrder } from "./types.ts";

/** Options for the images. A recipe, by name or by its parts, takes the place of `scaling`. */
export interface ImageOptions extends RecipeOptions {
  /**
   * Images per request.
   * @default 1
   */
  readonly batchSize?: number;
  /**
   * What the model was trained with.
   * @default "NONE"
   */
  readonly scaling?: Scaling;
  /**
   * Whose numbers `scaling` has.
   * @default r19.07's on v1, Triton's on v2
   */
  readonly scalingOf?: ScalingOf;
  /**
   * Which order of the VGG means to use.
   * @default as `scalingOf` has it: "bgr" or "rgb"
   */
  readonly scalingOrder?: ScalingOrder;
  /**
   * Where the input has its channels.
   * @default as the model says, or as its shape shows
   */
  readonly layout?: "NHWC" | "NCHW";
  /**
   * The type to send.
   * @default the model's
   */
  readonly dataType?: DataType;
  /**
   * Whether large JPEGs may be decoded at a half, a quarter or an eighth of their size.
   * @default {false}
   */
  readonly draft?: boolean;
}

/** How the layout of an input became known. */
export type LayoutSource = "the model says so" | "by its shape" | "as asked";

/** The image input of a model. */
export interface ImageInput {
  /** The model's only input. */
  readonly inputName: string;
  /** How an image becomes the input. */
  readonly spec: PreprocessSpec;
  /** Pass it with the values if the model's shape has a batch dimension of its own, or is variable. */
  readonly inputShape?: readonly number[];
  /** Pass it with the values if they are not of the model's type. */
  readonly inputType?: DataType;
  /** How the layout became known. */
  readonly layoutSource: LayoutSource;
}

/** A model that classifies images. */
export interface ImageModel extends ImageInput {
  /** Its only output. */
  readonly outputName: string;
}

/**
 * Checks the model and tells how images become its input.
 *
 * @param api with `v1`, a model that names no layout is refused, as the original does; v2 models often
 * name none, and it is read off the shape. It also says whose numbers a scaling has, unless the options do
 * @throws {InferenceError} INVALID_ARG in the original's words
 */
export function imageModel(
  model: ModelInfo,
  options: ImageOptions = {},
  api: ApiVersion = "v2",
): ImageModel {
  theOnly(model.inputs, "input", model.name);
  const output = theOnly(model.outputs, "output", model.name);
  checkOutput(output, model.name, model.maxBatchSize > 0);
  return { ...imageInput(model, options, api), outputName: output.name };
}

/**
 * The part of {@linkcode imageModel} about the input, for a model that may do something else with images
 * than classify them.
 *
 * @throws {InferenceError} INVALID_ARG in the original's words
 */
export function imageInput(
  model: ModelInfo,
  options: ImageOptions = {},
  api: ApiVersion = "v2",
): ImageInput {
  const { batchSize = 1, scaling = "NONE", scalingOrder } = options;
  const { scalingOf = api === "v1" ? "r19.07" : "triton" } = options;
  const input = theOnly(model.inputs, "input", model.name);
  checkBatchSize(model, batchSize);
  const { shape, lead } = pictureShape(input, model);
  const { source, ...layout } = inputLayout({ ...input, shape }, model.name, { api, options });
  const dataType = options.dataType ?? imageDataType(input, model.name);
  const recipe = resolveRecipe(recipeOptions(options), { ...layout, dataType });
  const own = shapeOf(layout);
  const isOpen = lead !== undefined || shape.includes(-1);
  return {
    inputName: input.name,
    ...isOpen ? { inputShape: lead === undefined ? own : [lead, ...own] } : {},
    ...dataType === input.dataType ? {} : { inputType: dataType },
    layoutSource: source,
    spec: {
      ...{ ...layout, dataType, scaling, scalingOf },
      ...scalingOrder ? { scalingOrder } : {},
      ...recipe ? { recipe } : {},
      ...options.draft ? { draft: true } : {},
    },
  };
}

/** The parts of the options that make a recipe. */
export function recipeOptions(options: ImageOptions): RecipeOptions {
  const { preset, fit, resize, crop, interpolation, antialias } = options;
  const { scale, mean, std, bgr } = options;
  return { preset, fit, resize, crop, interpolation, antialias, scale, mean, std, bgr };
}

function shapeOf({ height, width, channels, format }: Layout): number[] {
  return format === "NHWC" ? [height, width, channels] : [channels, height, width];
}

function theOnly(tensors: readonly TensorInfo[], what: string, model: string): TensorInfo {
  if (tensors.length === 1) return tensors[0]!;
  throw refused(`expecting 1 ${what}, model "${model}" has ${tensors.length}`);
}

function checkOutput(output: TensorInfo, model: string, batched: boolean): void {
  if (output.dataType !== "FP32") {
    throw refused(
      `expecting model output datatype to be TYPE_FP32, model "${model}" output type is TYPE_${output.dataType}`,
    );
  }
  // Without batching, the first dimension may be that of a batch, which is 1.
  const [lead, ...rest] = output.shape;
  const shape = batched || lead !== -1 || rest.length === 0 ? output.shape : [1, ...rest];
  if (shape.includes(-1)) {
    throw refused("variable-size dimension in model output not supported");
  }
  if (shape.filter((dim) => dim > 1).length > 1) {
    throw refused("expecting model output to be a vector");
  }
}

function checkBatchSize(model: ModelInfo, batchSize: number): void {
  const problem = batchSizeProblem(model, batchSize);
  if (problem === "no batching") throw refused(`batching not supported for model "${model.name}"`);
  if (problem === "too large") {
    throw refused(`expecting batch size <= ${model.maxBatchSize} for model "${model.name}"`);
  }
}

/**
 * A model without batching may have the batch in its shape, as [1,224,224,3] or [-1,224,224,3]: one
 * image then is a batch of one.
 */
function pictureShape(input: TensorInfo, model: ModelInfo) {
  const [lead, ...shape] = input.shape;
  const hasLead = model.maxBatchSize === 0 && shape.length === 3 && (lead === 1 || lead === -1);
  return hasLead ? { shape, lead: 1 } : { shape: input.shape, lead: undefined };
}

type Layout = Pick<PreprocessSpec, "height" | "width" | "channels" | "format">;

/** How a layout is found. */
interface LayoutHints {
  readonly api: ApiVersion;
  readonly options: ImageOptions;
}

function inputLayout(
  input: TensorInfo,
  model: string,
  { api, options }: LayoutHints,
): Layout & { readonly source: LayoutSource } {
  const { shape } = input;
  if (shape.length !== 3) {
    throw refused(
      `expecting model input to have 3 dimensions, model "${model}" input has ${shape.length}`,
    );
  }
  const named = options.layout ?? input.format;
  const format = named === "NONE" && api === "v2" ? layoutOfShape(shape) : named;
  const source = options.layout !== undefined
    ? "as asked"
    : input.format === "NONE"
    ? "by its shape"
    : "the model says so";
  if (format === "NONE") {
    throw refused("unexpected input format FORMAT_NONE, expecting FORMAT_NHWC or FORMAT_NCHW");
  }
  const [first, second, third] = shape as [number, number, number];
  const [rows, columns, channels] = format === "NHWC"
    ? [first, second, third]
    : [second, third, first];
  const { width, height } = inputSize(columns, rows, options);
  if (channels !== 1 && channels !== 3) {
    throw refused(
      `unexpected number of channels in input image or model: model "${model}" expects ${channels}, only 1 or 3 are supported`,
    );
  }
  return { height, width, channels, format, source };
}

/** The size that a model wants, or that the options say where it takes any. */
function inputSize(columns: number, rows: number, { crop, resize }: ImageOptions) {
  const asked = crop !== undefined
    ? { width: crop, height: crop }
    : resize && "width" in resize
    ? resize
    : undefined;
  if (asked === undefined && (columns === -1 || rows === -1)) {
    throw new InferenceError(
      "INVALID_ARG",
      "variable-size dimension in model input not supported",
      { hint: "say the size", remedy: "image-size" },
    );
  }
  const width = columns === -1 ? asked!.width : columns;
  const height = rows === -1 ? asked!.height : rows;
  if (crop !== undefined && (crop !== width || crop !== height)) {
    throw refused(`the model wants images of ${width} x ${height} pixels, not ${crop} x ${crop}`);
  }
  return { width, height };
}

function layoutOfShape(shape: readonly number[]): "NHWC" | "NCHW" | "NONE" {
  const isChannels = (dim: number) => dim === 1 || dim === 3;
  if (isChannels(shape[2]!)) return "NHWC";
  return isChannels(shape[0]!) ? "NCHW" : "NONE";
}

const IMAGE_TYPES = [
  ...["UINT8", "INT8", "UINT16", "INT16", "INT32"] as const,
  ...["FP16", "BF16", "FP32", "FP64"] as const,
];

function imageDataType(input: TensorInfo, model: string): PreprocessSpec["dataType"] {
  const found = IMAGE_TYPES.find((type) => type === input.dataType);
  if (found) return found;
  throw refused(`unexpected input datatype "TYPE_${input.dataType}" for model "${model}"`);
}

function refused(message: string): InferenceError {
  return new InferenceError("INVALID_ARG", message);
}
