/**
 * The types of the image side: images, their headers and what a model expects.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { TensorFormat } from "../protocol/types.ts";
import type { DataType } from "../tensor/data_type.ts";
import type { Interpolation } from "./preprocess/filters.ts";

export type { Interpolation } from "./preprocess/filters.ts";

/** A decoded image: 8 bits per channel, rows top to bottom, R, G, B interleaved. */
export interface RgbImage {
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Red, green and blue. */
  readonly channels: 3;
  /** `width * height * 3` bytes. */
  readonly data: Uint8Array;
}

/** Width and height in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What a file's header tells about its image, without decoding. */
export interface ImageHeader {
  readonly format: string;
  /** Pixels, as stored: before the orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8; 1 = as stored. */
  readonly orientation: number;
  /** A file of this length can't hold more pixels than this, whatever is in it. */
  readonly pixelBound: number;
  /** JPEG: number of colour components, 1, 3 or 4. */
  readonly components?: number;
}

/** Size limits; larger images are rejected before memory is allocated. */
export interface ImageLimits {
  /** Width times height. */
  readonly maxPixels: number;
  /** Width or height. */
  readonly maxSide: number;
  /** Size of the file. */
  readonly maxBytes: number;
}

/** 100 megapixels (300 MB decoded), JPEG's longest side, 256 MiB of file. */
export const DEFAULT_LIMITS: ImageLimits = {
  maxPixels: 100_000_000,
  maxSide: 65_500,
  maxBytes: 256 * 1024 * 1024,
};

/** The limits, with another one in pixels where one is given. */
export function limitsWith(maxPixels = DEFAULT_LIMITS.maxPixels): ImageLimits {
  return { ...DEFAULT_LIMITS, maxPixels };
}

/** Scaling of pixel values: none, to -1 to 1, or minus the VGG means; {@linkcode ScalingOf} has the numbers. */
export type Scaling = "NONE" | "INCEPTION" | "VGG";

/**
 * Whose numbers a scaling has: those of r19.07's C++ client (INCEPTION `x / 128 - 1`, VGG minus 104, 117, 123),
 * or of Triton's clients (`x / 127.5 - 1`, minus 123, 117, 104).
 */
export type ScalingOf = "r19.07" | "triton";

/**
 * The order in which the VGG means are subtracted from R, G, B. `bgr`: 104, 117, 123, as the C++ client of
 * r19.07 does. `rgb`: 123, 117, 104, as its Python client does and as the networks were trained.
 */
export type ScalingOrder = "bgr" | "rgb";

/** How a picture is made to fit: its sides changed apart, its middle cut out, or bars beside it. */
export type Fit = "stretch" | "crop" | "letterbox";

/** The size that a picture is resized to: its shorter side, or both. */
export type ResizeTo =
  | { readonly short: number }
  | { readonly width: number; readonly height: number };

/** Everything that is done to a picture, in this order. */
export interface Recipe {
  /** How it is made to fit. */
  readonly fit: Fit;
  /** The size before its middle is cut out; left out: the input's own size. */
  readonly resize?: ResizeTo;
  /** How new pixels are made of old ones. */
  readonly interpolation: Interpolation;
  /** Whether all pixels count when a picture is made smaller. */
  readonly antialias: boolean;
  /** A pixel of 0 to 255 becomes `(pixel * scale - mean) / std`. */
  readonly scale: number;
  /** One number, or those of red, green and blue. */
  readonly mean: readonly number[];
  /** As `mean`. */
  readonly std: readonly number[];
  /** Blue first. */
  readonly bgr: boolean;
}

/** The image input of a model, and how images are made to fit it. */
export interface PreprocessSpec {
  /** Rows of the input. */
  readonly height: number;
  /** Pixels in a row of the input. */
  readonly width: number;
  /** 1 = gray, 3 = RGB. */
  readonly channels: number;
  /** Of the input's numbers. */
  readonly dataType: DataType;
  /** Whether a pixel's channels lie together, or each channel in a plane of its own. */
  readonly format: Exclude<TensorFormat, "NONE">;
  /** What the model was trained with. */
  readonly scaling: Scaling;
  /**
   * Whose numbers `scaling` has.
   * @default "r19.07"
   */
  readonly scalingOf?: ScalingOf;
  /**
   * Which order of the VGG means to use.
   * @default as `scalingOf` has it: "bgr" or "rgb"
   */
  readonly scalingOrder?: ScalingOrder;
  /**
   * How images are made to fit, and which numbers pixels become, in place of `scaling`.
   * @default r19.07's way: both sides are resized as OpenCV does it
   */
  readonly recipe?: Recipe;
  /**
   * Whether large JPEGs may be decoded at a half, a quarter or an eighth of their size, as long as that is
   * not smaller than what is needed. It saves much of the time, and pixels differ by some levels.
   * @default {false}
   */
  readonly draft?: boolean;
}

const CONVERT_HINT = "convert the image to JPEG or PNG";

/** The error for a file that is not a usable image; the caller adds its name. */
export function imageError(reason: string, cause?: unknown): InferenceError {
  return new InferenceError("FILE", reason, { cause });
}

/** The error for a valid image of a kind that can't be decoded here. */
export function unsupportedImage(reason: string, hint = CONVERT_HINT): InferenceError {
  return new InferenceError("FILE", reason, { hint });
}
