/**
 * What a model was trained with: how its pictures were made to fit, and which numbers their pixels became.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { DataType } from "../../tensor/data_type.ts";
import { type Preset, PRESET_PARTS, type PresetParts } from "./presets.ts";
import type { Recipe } from "../types.ts";

export { type Preset, PRESETS } from "./presets.ts";
export type { Fit, Interpolation, Recipe, ResizeTo } from "../types.ts";

/** A recipe by name, by its parts, or both; parts win. */
export interface RecipeOptions extends Partial<Recipe> {
  /**
   * What the model was trained with.
   * @default "none"
   */
  readonly preset?: Preset;
  /** Cuts the middle out, so many pixels wide and high; sets the size where the model leaves it open. */
  readonly crop?: number;
}

const BASE: Recipe = {
  fit: "stretch",
  interpolation: "bilinear",
  antialias: true,
  scale: 1,
  mean: [0],
  std: [1],
  bgr: false,
};

/** The input that a recipe is for. */
export interface RecipeInput {
  /** Pixels in a row. */
  readonly width: number;
  /** Rows. */
  readonly height: number;
  /** Of its numbers. */
  readonly dataType: DataType;
}

/** Whether options ask for anything but r19.07's own way. */
export function asksForRecipe({ preset, ...parts }: RecipeOptions): boolean {
  const given = Object.values(parts).some((part) => part !== undefined);
  return given || (preset ?? "none") !== "none";
}

/**
 * The recipe for an input. A preset's numbers are for floating-point inputs; a model that takes integers
 * takes pixels as they are, and does the rest itself.
 *
 * @returns undefined for `none` and for no options at all: r19.07's own way
 * @throws {InferenceError} `INVALID_ARG` for parts that contradict each other
 */
export function resolveRecipe(options: RecipeOptions, input: RecipeInput): Recipe | undefined {
  if (!asksForRecipe(options)) return undefined;
  const { preset, crop, ...parts } = options;
  const given = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
  const { shortFor, ...named }: PresetParts = preset && preset !== "none"
    ? PRESET_PARTS[preset]
    : {};
  const numbers = isFloat(input.dataType)
    ? {}
    : { scale: BASE.scale, mean: BASE.mean, std: BASE.std };
  const resize = shortFor && { short: shortFor(Math.max(input.width, input.height)) };
  const wantsShort = parts.resize !== undefined && "short" in parts.resize;
  const fit: Partial<Recipe> = wantsShort || crop !== undefined ? { fit: "crop" } : {};
  const recipe: Recipe = { ...BASE, resize, ...named, ...numbers, ...fit, ...given };
  checkRecipe(recipe, wantsShort ? "a shorter side" : crop === undefined ? undefined : "a crop");
  // A preset's shorter side means nothing where the middle isn't cut out.
  const isShort = recipe.resize !== undefined && "short" in recipe.resize;
  return recipe.fit !== "crop" && isShort ? { ...recipe, resize: undefined } : recipe;
}

/** Floating-point numbers. */
export function isFloat(dataType: DataType): boolean {
  return ["FP16", "BF16", "FP32", "FP64"].includes(dataType);
}

function checkRecipe({ fit, mean, std }: Recipe, cropping: string | undefined): void {
  const refuse = (message: string, hint?: string) => {
    throw new InferenceError("INVALID_ARG", message, { hint });
  };
  if (cropping !== undefined && fit !== "crop") {
    refuse(`${cropping} and the fit "${fit}" contradict each other`, "leave out one of the two");
  }
  for (const [name, list] of [["mean", mean], ["standard deviation", std]] as const) {
    if (list.length !== 1 && list.length !== 3) {
      refuse(`a ${name} is one number, or three: of red, green and blue`);
    }
  }
  if (std.includes(0)) refuse("a standard deviation of 0 can't be divided by");
}

/**
 * The number that a pixel value becomes, before it is rounded for an integer input.
 *
 * @param channel of red, green and blue; undefined = gray, for which the three are averaged
 */
export function recipeValue(recipe: Recipe, pixel: number, channel: number | undefined): number {
  const { scale, mean, std } = recipe;
  return (pixel * scale - part(mean, channel)) / part(std, channel);
}

function part(values: readonly number[], channel: number | undefined): number {
  if (values.length === 1) return values[0]!;
  if (channel !== undefined) return values[channel]!;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
