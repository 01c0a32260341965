/**
 * The vocabulary of the image side: pictures, their headers and what a model wants of them.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import type { TensorFormat } from "../protocol/types.ts";
import type { DataType } from "../tensor/data_type.ts";

/** File formats that can be decoded. */
export type ImageFormat = "JPEG" | "PNG" | "GIF" | "TIFF";

/** A decoded picture: 8 bits a channel, rows top to bottom, R, G, B interleaved. */
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

/** What a file says about its picture before any of it is decoded. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** Pixels, as stored: before the orientation is applied. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8; 1 = as stored. */
  readonly orientation: number;
  /** More pixels than this can't come out of a file of this length, whatever is in it. */
  readonly pixelBound: number;
  /** JPEG: number of colour components, 1, 3 or 4. */
  readonly components?: number;
}

/** How large a picture may be; beyond it the file is refused before memory is taken. */
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

/** What happens to pixel values: as they are, `x / 128 - 1`, or minus the VGG means. */
export type Scaling = "NONE" | "INCEPTION" | "VGG";

/**
 * The order in which the VGG means are taken from R, G, B. `bgr`: 104, 117, 123, as the C++ client of
 * r19.07 does. `rgb`: 123, 117, 104, as its Python client does and as the networks were trained.
 */
export type ScalingOrder = "bgr" | "rgb";

/** The image input of a model and how pictures are made to fit it. */
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
   * Whose VGG means to take.
   * @default "bgr"
   */
  readonly scalingOrder?: ScalingOrder;
}

const CONVERT_HINT = "convert the picture to JPEG or PNG";

/** The error of a file that is no usable picture; whoever knows the file adds its name. */
export function imageError(reason: string, cause?: unknown): InferenceError {
  return new InferenceError("FILE", reason, { cause });
}

/** The error of a picture that is sound but beyond what is decoded here. */
export function unsupportedImage(reason: string): InferenceError {
  return new InferenceError("FILE", reason, { hint: CONVERT_HINT });
}
