/**
 * From the preprocessing flags to the library's options.
 *
 * @module
 */
import type { InferenceError } from "../../base/errors.ts";
import { usageError } from "../../cli/usage.ts";
import type { ImageOptions } from "../../image/image_model.ts";
import { asksForRecipe, type RecipeOptions, type ResizeTo } from "../../image/preprocess/recipe.ts";
import type { ImageFlagOptions } from "./flags.ts";
import type { PreprocessFlagOptions } from "./preprocess_flags.ts";

type Options = PreprocessFlagOptions & Pick<ImageFlagOptions, "scaling">;

/**
 * What the flags ask for.
 *
 * @throws {InferenceError} USAGE for values that can't be read, and for `--scaling` beside a recipe
 */
export function recipeOptionsOf(options: Options): ImageOptions {
  const { preset, fit, crop, interpolation, bgr } = options;
  const recipe: RecipeOptions = {
    ...{ preset, fit, crop, interpolation },
    resize: read(options.resize, readResize),
    antialias: antialiasOf(options),
    scale: read(options.scale, readFactor),
    mean: read(options.mean, (text) => readNumbers("--mean", text)),
    std: read(options.std, (text) => readNumbers("--std", text)),
    bgr: bgr ? true : undefined,
  };
  if (asksForRecipe(recipe) && options.scaling !== "NONE") {
    throw usageError("--scaling is r19.07's way; it can't be combined with --preset and its parts");
  }
  const { layout, datatype: dataType } = options;
  return { ...recipe, layout, dataType, draft: options.draft || undefined };
}

function read<T>(text: string | undefined, reader: (text: string) => T): T | undefined {
  return text === undefined ? undefined : reader(text);
}

function antialiasOf({ antialias, noAntialias }: Options): boolean | undefined {
  if (antialias && noAntialias) {
    throw usageError("--antialias and --no-antialias contradict each other");
  }
  return antialias ? true : noAntialias ? false : undefined;
}

function readResize(text: string): ResizeTo {
  const [first, second, ...rest] = text.toLowerCase().split("x").map((side) =>
    readSide(side, text)
  );
  if (rest.length > 0) throw badSize(text);
  return second === undefined ? { short: first! } : { width: first!, height: second };
}

function readSide(side: string, text: string): number {
  const length = /^\d{1,5}$/.test(side) ? Number(side) : 0;
  if (length === 0 || length > 65_500) throw badSize(text);
  return length;
}

function badSize(text: string): InferenceError {
  return usageError(`--resize: expected pixels, as in 256 or 320x240, got "${text}"`);
}

function readNumbers(flag: string, text: string): number[] {
  const numbers = text.split(",").map((part) => part.trim() === "" ? NaN : Number(part));
  if (numbers.every(Number.isFinite) && (numbers.length === 1 || numbers.length === 3)) {
    return numbers;
  }
  throw usageError(
    `${flag}: expected one number, or three with commas between them, got "${text}"`,
  );
}

function readFactor(text: string): number {
  const [above = "", below = "1", ...rest] = text.split("/").map((part) => part.trim());
  const factor = Number(above) / Number(below);
  if (
    above !== "" && below !== "" && rest.length === 0 && Number.isFinite(factor) && factor !== 0
  ) {
    return factor;
  }
  throw usageError(`--scale: expected a number or a fraction, as in 1/255, got "${text}"`);
}
