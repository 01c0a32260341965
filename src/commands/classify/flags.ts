/**
 * Flags that the image clients share.
 *
 * @module
 */
import type { FlagTable, OptionsOf } from "../../cli/flag.ts";
import { retryFlags } from "../shared/retries.ts";

/** r19.07's options of image_client, each with a long name beside it. */
export const imageFlags = {
  ...retryFlags,
  model: {
    kind: "string",
    long: "model",
    short: "m",
    aliases: ["model-name"],
    value: "NAME",
    required: true,
    once: true,
    help: "model to classify with",
  },
  modelVersion: {
    kind: "integer",
    long: "model-version",
    short: "x",
    value: "N",
    min: -1,
    help: "version of the model; -1 is the newest",
    defaultHelp: "the newest",
  },
  batchSize: {
    kind: "integer",
    long: "batch-size",
    short: "b",
    value: "N",
    default: 1,
    min: 1,
    help: "images per request",
  },
  classes: {
    kind: "integer",
    long: "classes",
    short: "c",
    aliases: ["topk"],
    value: "K",
    default: 1,
    min: 1,
    help: "classes to print for each image, best first",
  },
  scaling: {
    kind: "choice",
    long: "scaling",
    short: "s",
    choices: ["NONE", "INCEPTION", "VGG"],
    default: "NONE",
    help: "how pixel values are scaled: INCEPTION to -1 to 1, VGG minus the mean colour",
  },
  scalingOf: {
    kind: "choice",
    long: "scaling-of",
    choices: ["r19.07", "triton"],
    defaultHelp: "the server's: r19.07's on v1, Triton's on v2",
    help: "whose numbers: r19.07's x / 128 - 1 and VGG means 104,117,123 of R,G,B, or Triton's " +
      "x / 127.5 - 1 and 123,117,104",
  },
  scalingOrder: {
    kind: "choice",
    long: "scaling-order",
    choices: ["bgr", "rgb"],
    defaultHelp: "as --scaling-of says",
    help: "VGG means alone: bgr is 104,117,123 of R,G,B, rgb is 123,117,104",
  },
  async: {
    kind: "boolean",
    long: "async",
    short: "a",
    help: "send requests without waiting for earlier answers",
  },
  streaming: {
    kind: "boolean",
    long: "streaming",
    help: "send the requests over one gRPC stream (with -i grpc)",
  },
  preprocessed: {
    kind: "string",
    long: "preprocessed",
    short: "p",
    value: "FILE",
    path: "file",
    help: "write the first image's tensor to this file, exactly as it is sent",
  },
  json: { kind: "boolean", long: "json", help: "print one line of JSON for each image" },
  maxPixels: {
    kind: "integer",
    long: "max-pixels",
    value: "N",
    min: 1,
    defaultHelp: "100 million",
    help: "refuse images of more pixels; one takes up to 8 bytes a pixel while it is decoded",
  },
  workers: {
    kind: "integer",
    long: "workers",
    value: "N",
    min: 0,
    max: 64,
    help: "worker threads that decode images; 0 decodes in the main thread",
    defaultHelp: "one per core, at most 4",
  },
} as const satisfies FlagTable;

/** Their options. */
export type ImageFlagOptions = OptionsOf<typeof imageFlags>;
