/**
 * Flags that say how pictures become a model's input.
 *
 * @module
 */
import type { FlagTable, OptionsOf } from "../../cli/flag.ts";
import type { Preset } from "../../image/preprocess/presets.ts";

const section = "Preprocessing";

/** The presets' names, without what is in them: the flags are loaded where no picture is. */
export const PRESET_NAMES = [
  ...[
    "torchvision",
    "timm",
    "keras-caffe",
    "keras-tf",
    "inception",
    "vgg",
    "clip",
    "none",
  ] as const,
] as const satisfies readonly Preset[];

/** A recipe by name, and its parts. */
export const preprocessFlags = {
  preset: {
    kind: "choice",
    long: "preset",
    section,
    choices: PRESET_NAMES,
    help: "what the model was trained with; the flags below change its parts",
    defaultHelp: "none: r19.07's way, see --scaling",
  },
  resize: {
    kind: "string",
    long: "resize",
    section,
    value: "SHORT|WxH",
    help: "resize to this: the shorter side, whose middle is then cut out, or both sides",
    defaultHelp: "the preset's, or the model's size",
  },
  fit: {
    kind: "choice",
    long: "fit",
    section,
    choices: ["stretch", "crop", "letterbox"],
    help: "make images fit by stretching, by cutting the middle out, or with bars beside them",
    defaultHelp: "the preset's, or stretch",
  },
  crop: {
    kind: "integer",
    long: "crop",
    section,
    value: "N",
    min: 1,
    max: 65_500,
    help: "cut the middle N x N pixels out; sets the size where the model leaves it open",
  },
  interpolation: {
    kind: "choice",
    long: "interpolation",
    section,
    choices: ["nearest", "bilinear", "bicubic", "lanczos", "area"],
    help: "how new pixels are made of old ones",
    defaultHelp: "the preset's, or bilinear",
  },
  antialias: {
    kind: "boolean",
    long: "antialias",
    section,
    help: "all pixels count when an image is made smaller; so it is in all presets but Keras's",
  },
  noAntialias: {
    kind: "boolean",
    long: "no-antialias",
    section,
    help: "only the nearest pixels count",
  },
  scale: {
    kind: "string",
    long: "scale",
    section,
    value: "FACTOR",
    help: "multiply pixels, which are 0 to 255, by this number or fraction, as in 1/255",
    defaultHelp: "the preset's, or 1",
  },
  mean: {
    kind: "string",
    long: "mean",
    section,
    value: "R,G,B",
    help: "then subtract this; one number, or three",
    defaultHelp: "the preset's, or 0",
  },
  std: {
    kind: "string",
    long: "std",
    section,
    value: "R,G,B",
    help: "then divide by this; one number, or three",
    defaultHelp: "the preset's, or 1",
  },
  bgr: { kind: "boolean", long: "bgr", section, help: "send blue first" },
  layout: {
    kind: "choice",
    long: "layout",
    section,
    choices: ["NHWC", "NCHW"],
    help: "where the model's input has its channels",
    defaultHelp: "as the model says, or as its shape shows",
  },
  datatype: {
    kind: "choice",
    long: "datatype",
    section,
    choices: ["FP32", "FP16", "BF16", "UINT8", "INT8"],
    help: "type to send",
    defaultHelp: "the model's",
  },
  draft: {
    kind: "boolean",
    long: "draft",
    section,
    help:
      "decode large JPEGs at a half, a quarter or an eighth where that is large enough: faster, " +
      "not quite the same pixels",
  },
  explain: {
    kind: "boolean",
    long: "explain",
    section,
    help: "say on standard error what is done to images, and what was read from the model",
  },
} as const satisfies FlagTable;

/** Their options. */
export type PreprocessFlagOptions = OptionsOf<typeof preprocessFlags>;
