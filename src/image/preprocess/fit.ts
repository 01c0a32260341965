/**
 * Makes a picture fit a model's input: resizes it, and cuts its middle out or puts bars beside it.
 *
 * @module
 */
import type { Recipe, Size } from "../types.ts";
import { resampleRows } from "./resample.ts";
import { type Pixels, roundHalfEven } from "./resize.ts";
import type { TensorWriter } from "./tensor_writer.ts";

/** The gray of the bars beside a letterboxed picture, as YOLO's preprocessing has it. */
const BAR = 114;

/** Writes a picture, made to fit, into a model's input. */
export function fitPicture(source: Pixels, input: Size, recipe: Recipe, tensor: TensorWriter) {
  const resized = resizedSize(source, input, recipe);
  const across = place(resized.width, input.width);
  const down = place(resized.height, input.height);
  if (across.count < input.width || down.count < input.height) {
    tensor.fill(recipe.fit === "letterbox" ? BAR : 0);
  }
  resampleRows(source, {
    ...resized,
    window: { x: across.from, y: down.from, width: across.count, height: down.count },
    interpolation: recipe.interpolation,
    antialias: recipe.antialias,
  }, (y, row) => tensor.write(across.to, down.to + y, row));
}

/** The size of the whole resized picture; torchvision's rounding. */
export function resizedSize(source: Size, input: Size, { fit, resize }: Recipe): Size {
  const { width, height } = source;
  if (fit === "letterbox") {
    const scale = Math.min(input.width / width, input.height / height);
    const side = (length: number, most: number) =>
      Math.min(most, Math.max(1, Math.round(length * scale)));
    return { width: side(width, input.width), height: side(height, input.height) };
  }
  if (resize && "width" in resize) return resize;
  if (fit === "stretch") return input;
  if (resize) {
    const { short } = resize;
    const long = (a: number, b: number) => Math.max(1, Math.trunc(short * a / b));
    return width <= height
      ? { width: short, height: long(height, width) }
      : { width: long(width, height), height: short };
  }
  const scale = Math.max(input.width / width, input.height / height);
  return {
    width: Math.max(input.width, Math.trunc(width * scale)),
    height: Math.max(input.height, Math.trunc(height * scale)),
  };
}

/** Which part of a side is kept, and where it goes; a side that is too short gets the same on both ends. */
function place(length: number, wanted: number): { from: number; to: number; count: number } {
  if (length >= wanted) {
    return { from: roundHalfEven((length - wanted) / 2), to: 0, count: wanted };
  }
  return { from: 0, to: Math.floor((wanted - length) / 2), count: length };
}
