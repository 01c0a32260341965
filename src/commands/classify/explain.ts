/**
 * What is done to images, in words.
 *
 * @module
 */
import { readWhole } from "../../base/read_file.ts";
import { foreignProfile } from "../../image/colour_profile.ts";
import { type ImageInput, type ImageOptions, recipeOptions } from "../../image/image_model.ts";
import { asksForRecipe, isFloat, PRESETS, type Recipe } from "../../image/preprocess/recipe.ts";
import { DEFAULT_LIMITS, type PreprocessSpec } from "../../image/types.ts";

/** The lines that `--explain` prints. */
export function explainLines({ inputName, spec, layoutSource, inputType }: ImageInput): string {
  const { dataType, format, width, height, channels } = spec;
  const type = inputType === undefined ? dataType : `${dataType}, as asked`;
  const lines = [
    `input ${inputName}: ${type}; ${format}, ${layoutSource}; ${width} x ${height} pixels, ` +
    `${channels} channel${channels === 1 ? "" : "s"}`,
    ...spec.recipe ? recipeLines(spec.recipe, spec) : [
      `resize: both sides to ${width} x ${height}, bilinear as in OpenCV, not antialiased`,
      `values: ${scalingText(spec)}`,
    ],
    ...spec.draft ? ["draft: large JPEGs are decoded at a half, a quarter or an eighth"] : [],
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function scalingText({ scaling, scalingOf, scalingOrder, channels }: PreprocessSpec): string {
  const isTriton = scalingOf === "triton";
  const whose = isTriton ? "as Triton's clients" : "as r19.07's client";
  if (scaling === "NONE") return "pixels as they are, 0 to 255";
  if (scaling === "INCEPTION") return `pixel / ${isTriton ? "127.5" : "128"} - 1, ${whose}`;
  if (channels === 1) return "pixel - 128";
  const order = scalingOrder ?? (isTriton ? "rgb" : "bgr");
  const means = order === "rgb" ? "123, 117, 104" : "104, 117, 123";
  return `pixel - (${means})${scalingOrder === undefined ? `, ${whose}` : ""}`;
}

function recipeLines(recipe: Recipe, { width, height, channels }: PreprocessSpec): string[] {
  const size = `${width} x ${height}`;
  const how = recipe.interpolation === "nearest"
    ? "the nearest pixel"
    : `${recipe.interpolation}, ${recipe.antialias ? "" : "not "}antialiased`;
  const order = recipe.bgr ? "blue, green, red" : "red, green, blue";
  return [
    `resize: ${resizeText(recipe, size)}; ${how}`,
    `values: ${valueText(recipe)}`,
    ...channels === 1 ? [] : [`order: ${order}`],
  ];
}

function valueText({ scale, mean, std }: Recipe): string {
  const isZero = mean.every((value) => value === 0);
  const isOne = std.every((value) => value === 1);
  if (scale === 1 && isZero && isOne) return "pixels as they are, 0 to 255";
  const factor = scale < 1 ? `pixel / ${Number((1 / scale).toPrecision(12))}` : `pixel * ${scale}`;
  const scaled = scale === 1 ? "pixel" : factor;
  const shifted = isZero ? scaled : `${scaled} - (${mean.join(", ")})`;
  if (isOne) return shifted;
  return `${isZero ? shifted : `(${shifted})`} / (${std.join(", ")})`;
}

function resizeText({ fit, resize }: Recipe, size: string): string {
  const cut = `then the middle ${size}`;
  if (fit === "letterbox") return `to fit into ${size}, gray bars beside it`;
  if (resize && "short" in resize) return `the shorter side to ${resize.short}, ${cut}`;
  if (resize) {
    const asked = `${resize.width} x ${resize.height}`;
    return asked === size ? `both sides to ${size}` : `both sides to ${asked}, ${cut}`;
  }
  return fit === "crop" ? `to cover ${size}, ${cut}` : `both sides to ${size}`;
}

/**
 * What `--explain` says of an image: that it means other colours than it is taken for. Files are read a
 * second time for it; pipes can't be.
 *
 * @returns nothing for most
 */
export async function profileNote(path: string): Promise<string> {
  try {
    if (!(await Deno.stat(path)).isFile) return "";
    const bytes = await readWhole(path, { doing: path, maxBytes: DEFAULT_LIMITS.maxBytes });
    const profile = await foreignProfile(bytes);
    if (profile === undefined) return "";
    return `${path}: its colour profile "${profile}" is not applied; it is taken for sRGB\n`;
  } catch {
    return ""; // Its own message says why it can't be read.
  }
}

/**
 * A warning for a model that doesn't say how it wants its pixels, when nothing on the command line does.
 *
 * @returns nothing where there is no doubt
 */
export function recipeWarning(model: ImageInput, options: ImageOptions): string {
  const isSaid = options.preset !== undefined || options.layout !== undefined ||
    asksForRecipe(recipeOptions(options)) || model.spec.scaling !== "NONE";
  if (isSaid || model.layoutSource !== "by its shape" || !isFloat(model.spec.dataType)) return "";
  return "warning: the model doesn't say how it wants its pixels, and gets them from 0 to 255; " +
    `say it with --preset ${PRESETS.slice(0, -1).join(", ")} or none\n`;
}
