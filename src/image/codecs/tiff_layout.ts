/**
 * How a TIFF file's first image is stored (TIFF 6.0, part 1 and sections 14 to 16).
 *
 * @module
 */
import { validOrientation } from "./exif.ts";
import { readDirectory } from "./ifd.ts";
import { imageError, type ImageHeader, unsupportedImage } from "../types.ts";

/** How samples become colours. */
export type TiffColours = "white-is-zero" | "black-is-zero" | "rgb" | "palette" | "cmyk";
/** How a chunk is packed. */
export type TiffPacking = "none" | "lzw" | "deflate" | "packbits";

/** Everything that decoding needs. */
export interface TiffLayout {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
  readonly bits: 1 | 2 | 4 | 8 | 16;
  readonly samples: number;
  readonly colours: TiffColours;
  readonly packing: TiffPacking;
  /** Each sample is the difference to its left neighbour. */
  readonly differenced: boolean;
  /** The bits of every packed byte stand in the other order (FillOrder 2). */
  readonly reversed: boolean;
  /** Each sample has chunks of its own. */
  readonly planar: boolean;
  /** Size of a strip or tile, in pixels. */
  readonly chunkWidth: number;
  readonly chunkHeight: number;
  readonly tiled: boolean;
  readonly offsets: readonly number[];
  readonly byteCounts: readonly number[];
  /** Palette: red, green, blue tables one after the other, 16 bits each. */
  readonly palette?: readonly number[];
  readonly littleEndian: boolean;
}

const PACKINGS: Readonly<Record<number, TiffPacking>> = {
  1: "none",
  5: "lzw",
  8: "deflate",
  32946: "deflate",
  32773: "packbits",
};
const PACKING_NAMES: Readonly<Record<number, string>> = {
  2: "CCITT",
  3: "fax",
  4: "fax",
  6: "JPEG",
  7: "JPEG",
  32809: "ThunderScan",
  34676: "SGI Log",
  34677: "SGI Log",
  34712: "JPEG 2000",
  34925: "LZMA",
  50000: "Zstandard",
  50001: "WebP",
};
/** Colour spaces that are known by name only. */
const COLOUR_NAMES: Readonly<Record<number, string>> = {
  4: "transparency mask",
  6: "YCbCr",
  8: "CIE L*a*b*",
  9: "ICC L*a*b*",
  10: "ITU L*a*b*",
  32803: "colour filter array",
  32844: "LogL",
  32845: "LogLuv",
};
/** Tiles may lie beyond the image's edges, but they don't make more than so many times its samples. */
const TILE_EXCESS = 4;
/** So many samples of tiles do no harm, however small the image is. */
const HARMLESS_SAMPLES = 16_000_000;
/** Section 15: tiles are multiples of 16 pixels on both sides. */
const SMALLEST_TILE = 16;
/** The most bytes that one packed byte can become. */
const MAX_RATIO: Readonly<Record<TiffPacking, number>> = {
  none: 1,
  packbits: 64,
  deflate: 1032,
  lzw: 4096 / 1.5,
};
const COLOURS: Readonly<Record<number, TiffColours>> = {
  0: "white-is-zero",
  1: "black-is-zero",
  2: "rgb",
  3: "palette",
  5: "cmyk",
};
const MIN_SAMPLES: Readonly<Record<TiffColours, number>> = {
  "white-is-zero": 1,
  "black-is-zero": 1,
  rgb: 3,
  palette: 1,
  cmyk: 4,
};
const BITS = [1, 2, 4, 8, 16] as const;

/**
 * Reads the layout of a TIFF file's first image.
 *
 * @throws {InferenceError} `FILE` when the file is damaged, or holds what is not decoded here
 */
export function tiffLayout(bytes: Uint8Array): TiffLayout {
  const { value, values, littleEndian } = readDirectory(bytes);
  const need = (what: string, found: number | undefined) => {
    if (found === undefined) throw imageError(`its TIFF directory lacks the ${what}`);
    return found;
  };
  const width = need("width", value(256));
  const height = need("height", value(257));
  const samples = value(277) ?? 1;
  const compression = value(259) ?? 1;
  const packing = PACKINGS[compression];
  if (!packing) {
    const name = PACKING_NAMES[compression] ?? `compression ${compression}`;
    throw unsupportedImage(`TIFF packed with ${name} is not supported`);
  }
  const photometric = need("colour space", value(262));
  const colours = COLOURS[photometric];
  if (!colours) {
    const name = COLOUR_NAMES[photometric] ?? `number ${photometric}`;
    throw unsupportedImage(`TIFF in the colour space ${name} is not supported`);
  }
  if (samples < MIN_SAMPLES[colours] || samples > 8) {
    throw unsupportedImage(`TIFF with ${samples} samples a pixel is not supported`);
  }
  // InkSet 2: the inks are not cyan, magenta, yellow and black.
  if (colours === "cmyk" && value(332) === 2) {
    throw unsupportedImage("TIFF in inks other than CMYK is not supported");
  }
  const tiled = value(322) !== undefined;
  const chunkWidth = tiled ? need("tile width", value(322)) : width;
  const rows = tiled ? need("tile length", value(323)) : value(278) ?? height;
  const palette = values(320);
  const bits = sampleBits(values(258) ?? [1], samples, values(339) ?? []);
  if (colours === "palette" && (bits > 8 || (palette?.length ?? 0) < 3 << bits)) {
    throw imageError("its TIFF palette is missing or too short");
  }
  const predictor = value(317) ?? 1;
  if (predictor > 2 || (predictor === 2 && bits < 8)) {
    throw unsupportedImage(`TIFF predictor ${predictor} is not supported`);
  }
  const layout: TiffLayout = {
    width,
    height,
    orientation: validOrientation(value(274)),
    bits,
    samples,
    colours,
    packing,
    differenced: predictor === 2,
    reversed: value(266) === 2,
    planar: value(284) === 2 && samples > 1,
    chunkWidth,
    chunkHeight: tiled ? rows : Math.min(rows, height),
    tiled,
    offsets: values(tiled ? 324 : 273) ?? [],
    byteCounts: values(tiled ? 325 : 279) ?? [],
    palette,
    littleEndian,
  };
  checkChunks(layout, bytes.length);
  return layout;
}

/** Size and orientation of a TIFF file's first image. @throws {InferenceError} `FILE` */
export function tiffHeader(bytes: Uint8Array): ImageHeader {
  const { width, height, orientation, packing, bits, samples } = tiffLayout(bytes);
  const pixelBound = bytes.length * MAX_RATIO[packing] * 8 / (bits * samples);
  return { format: "TIFF", width, height, orientation, pixelBound };
}

function sampleBits(all: number[], samples: number, formats: number[]): TiffLayout["bits"] {
  const bits = BITS.find((known) => known === all[0]);
  if (!bits || all.slice(0, samples).some((other) => other !== bits)) {
    throw unsupportedImage(`TIFF with ${all.join(", ")} bits a sample is not supported`);
  }
  // 1 = unsigned, 4 = undefined, which writers use for the same.
  if (formats.some((format) => format !== 1 && format !== 4)) {
    throw unsupportedImage("TIFF with signed or floating-point samples is not supported");
  }
  return bits;
}

function checkChunks(layout: TiffLayout, fileSize: number): void {
  const { width, height, chunkWidth, chunkHeight, offsets, byteCounts } = layout;
  if (width === 0 || height === 0) return;
  const smallest = layout.tiled ? SMALLEST_TILE : 1;
  if (chunkWidth < smallest || chunkHeight < smallest) {
    throw imageError("its TIFF tiles or strips have no usable size");
  }
  const planes = layout.planar ? layout.samples : 1;
  const count = Math.ceil(width / chunkWidth) * Math.ceil(height / chunkHeight) * planes;
  if (layout.tiled) {
    const made = count * chunkWidth * chunkHeight;
    if (made > Math.max(TILE_EXCESS * width * height * planes, HARMLESS_SAMPLES)) {
      throw imageError("its TIFF tiles are far larger than the image");
    }
  }
  if (offsets.length < count || byteCounts.length < count) {
    throw imageError("its TIFF directory does not list every strip");
  }
  for (let i = 0; i < count; i++) {
    if (offsets[i]! + byteCounts[i]! > fileSize) {
      throw imageError("the file ends before the image does; it looks truncated");
    }
  }
  checkOverlap(offsets, byteCounts, count);
}

/** Data that stand once in a file are read once: so the work is bounded by the file's own size. */
function checkOverlap(
  offsets: readonly number[],
  byteCounts: readonly number[],
  count: number,
): void {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  order.sort((a, b) => offsets[a]! - offsets[b]! || byteCounts[a]! - byteCounts[b]!);
  let end = 0;
  for (const i of order) {
    if (byteCounts[i] === 0) continue;
    if (offsets[i]! < end) throw imageError("its TIFF strips or tiles overlap in the file");
    end = offsets[i]! + byteCounts[i]!;
  }
}
