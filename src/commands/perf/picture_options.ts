/**
 * What the flags say of pictures as load. Nothing is read here.
 *
 * @module
 */
import { usageError } from "../../cli/usage.ts";
import type { PerfOptions } from "./flags.ts";
import { pictureFlags } from "./picture_flags.ts";

const DATA_TYPES = ["FP32", "FP16", "BF16", "UINT8", "INT8"] as const;
/** The type that pictures are sent as. */
export type PictureType = typeof DATA_TYPES[number];

/** Whether the load is to be pictures. */
export function hasPictures({ inputImages, fromFile }: PerfOptions): boolean {
  return inputImages.length > 0 || fromFile !== undefined;
}

/**
 * Refuses flags about pictures where there are none, and other sources of values beside them.
 *
 * @throws {InferenceError} USAGE
 */
export function checkPictures(options: PerfOptions): void {
  if (!hasPictures(options)) {
    const given = Object.entries(pictureFlags).find(([name, flag]) =>
      isGiven(options[name as keyof typeof pictureFlags], "default" in flag && flag.default)
    );
    if (given === undefined) return;
    throw usageError(`--${given[1].long} is about pictures`, "give --input-images DIR as well");
  }
  const { zero, dataDirectory, inputData, shapes } = options;
  if (zero || dataDirectory !== undefined || inputData.length > 0) {
    throw usageError("--input-images can't be combined with -z, --data-directory and --input-data");
  }
  if (shapes.length > 0) {
    throw usageError(
      "--input-images can't be combined with --shape",
      "--crop or --resize says the size where the model leaves it open",
    );
  }
  memoryOf(options);
  pictureTypeOf(options);
}

function isGiven(value: unknown, byDefault: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== false && value !== byDefault;
}

/**
 * The type that pictures are to be sent as: `--datatype` without an input's name.
 *
 * @throws {InferenceError} USAGE
 */
export function pictureTypeOf({ datatype }: PerfOptions): PictureType | undefined {
  const [text, ...more] = datatype;
  if (text === undefined) return undefined;
  const found = DATA_TYPES.find((type) => type === text.toUpperCase());
  if (found !== undefined && more.length === 0) return found;
  throw usageError(
    `--datatype: expected one of ${DATA_TYPES.join(", ")}, got "${datatype.join(" ")}"`,
  );
}

const UNITS: Readonly<Record<string, number>> = { "": 0, K: 1, M: 2, G: 3, T: 4 };

/**
 * Bytes for the pictures; K, M, G and T are powers of 1024.
 *
 * @throws {InferenceError} USAGE
 */
export function memoryOf({ inputMemory }: Pick<PerfOptions, "inputMemory">): number {
  const [, number, unit = ""] =
    /^(\d{1,15}(?:\.\d{1,6})?) ?([KMGT]?)(?:i?B)?$/i.exec(inputMemory) ??
      [];
  const bytes = Math.floor(Number(number) * 1024 ** UNITS[unit.toUpperCase()]!);
  if (bytes > 0 && Number.isSafeInteger(bytes)) return bytes;
  throw usageError(`--input-memory: expected a size, as in 500M or 4G, got "${inputMemory}"`);
}

/** The types of the settings' inputs; that of pictures is no such. */
export function namedTypes(options: PerfOptions): readonly string[] {
  return hasPictures(options) ? [] : options.datatype;
}
