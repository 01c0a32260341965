/**
 * The flags of perf_client for pictures as load.
 *
 * @module
 */
import type { FlagTable } from "../../cli/flag.ts";
import { imageFlags } from "../classify/flags.ts";
import { listingFlags } from "../classify/listing_flags.ts";
import { preprocessFlags } from "../classify/preprocess_flags.ts";
import { resultFlags } from "../classify/result_flags.ts";

const section = "Pictures";
const { short: _, ...scaling } = imageFlags.scaling;
// Here it is a list of inputs; without a name it is that of the pictures.
const { datatype: __, ...preprocessing } = preprocessFlags;

/** Which pictures, how they are prepared, and what they are. */
export const pictureFlags = {
  inputImages: {
    kind: "list",
    section,
    long: "input-images",
    value: "DIR",
    help:
      "send pictures: a directory, a file or a pattern; they are decoded before the load begins",
  },
  inputMemory: {
    kind: "string",
    section,
    long: "input-memory",
    value: "SIZE",
    default: "1G",
    help:
      "memory for decoded pictures and requests made of them, as 500M or 4G; what doesn't fit is left out",
  },
  truth: {
    ...resultFlags.truth,
    section,
    help: "check the answers: pictures are what their folder's name says, or a file",
  },
  labels: { ...resultFlags.labels, section },
  recursive: { ...listingFlags.recursive, section },
  exclude: { ...listingFlags.exclude, section },
  fromFile: { ...listingFlags.fromFile, section },
  ...preprocessing,
  scaling: { ...scaling, section: "Preprocessing" },
  scalingOf: { ...imageFlags.scalingOf, section: "Preprocessing" },
  scalingOrder: { ...imageFlags.scalingOrder, section: "Preprocessing" },
  maxPixels: { ...imageFlags.maxPixels, section: "Preprocessing" },
  workers: {
    ...imageFlags.workers,
    section: "Preprocessing",
    help: "worker threads that decode pictures; 0 decodes in the main thread",
  },
} as const satisfies FlagTable;
