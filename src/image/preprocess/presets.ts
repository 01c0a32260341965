/**
 * Recipes by name, each as its library has it.
 *
 * @module
 */
import type { Recipe } from "../types.ts";

/** The names. */
export const PRESETS = [
  "torchvision",
  "timm",
  "keras-caffe",
  "keras-tf",
  "inception",
  "vgg",
  "clip",
  "none",
] as const;

/** The name of a recipe; `none` is what r19.07's image_client does. */
export type Preset = typeof PRESETS[number];

/** The parts that a preset says. */
export interface PresetParts extends Partial<Recipe> {
  /** The shorter side before the middle is cut out, for an input of this size. */
  readonly shortFor?: (side: number) => number;
}

const IMAGENET = {
  scale: 1 / 255,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
} as const;
const HALVES = { scale: 1 / 127.5, mean: [1] } as const;

/** The parts of each preset. */
export const PRESET_PARTS: Readonly<Record<Exclude<Preset, "none">, PresetParts>> = {
  torchvision: { ...IMAGENET, fit: "crop", shortFor: (side) => Math.round(side * 256 / 224) },
  timm: {
    ...IMAGENET,
    ...{ fit: "crop", interpolation: "bicubic", shortFor: (side) => Math.floor(side / 0.875) },
  },
  // tf.image.resize, which Keras resizes with, doesn't antialias unless it is told to.
  "keras-caffe": { mean: [123.68, 116.779, 103.939], bgr: true, antialias: false },
  "keras-tf": { ...HALVES, antialias: false },
  // Triton's own Python image_client of today, with -s INCEPTION and -s VGG.
  inception: HALVES,
  vgg: { mean: [123, 117, 104] },
  clip: {
    ...{ fit: "crop", interpolation: "bicubic", shortFor: (side) => side, scale: 1 / 255 },
    mean: [0.48145466, 0.4578275, 0.40821073],
    std: [0.26862954, 0.26130258, 0.27577711],
  },
};
