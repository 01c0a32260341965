/**
 * Flags that the image clients share.
 *
 * @module
 */
import type { FlagTable, OptionsOf } from "../../command/flag.ts";

/** r19.07's options of image_client, each with a long name beside it. */
export const imageFlags = {
  model: {
    kind: "string",
    long: "model",
    short: "m",
    aliases: ["model-name"],
    value: "NAME",
    required: true,
    help: "model that classifies",
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
    help: "pictures in a request",
  },
  classes: {
    kind: "integer",
    long: "classes",
    short: "c",
    aliases: ["topk"],
    value: "K",
    default: 1,
    min: 1,
    help: "classes to print for each picture, best first",
  },
  scaling: {
    kind: "choice",
    long: "scaling",
    short: "s",
    choices: ["NONE", "INCEPTION", "VGG"],
    default: "NONE",
    help: "how pixel values become numbers: INCEPTION x / 128 - 1, VGG minus the mean colour",
  },
  scalingOrder: {
    kind: "choice",
    long: "scaling-order",
    choices: ["bgr", "rgb"],
    default: "bgr",
    help:
      "VGG means: bgr takes 104,117,123 from R,G,B as the C++ client does, rgb 123,117,104 as the Python client",
  },
  async: {
    kind: "boolean",
    long: "async",
    short: "a",
    help: "send requests without waiting for the answers to earlier ones",
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
    help: "write the first picture's tensor, as it is sent, to this file",
  },
  json: { kind: "boolean", long: "json", help: "print one line of JSON for each picture" },
  workers: {
    kind: "integer",
    long: "workers",
    value: "N",
    min: 0,
    max: 64,
    help: "workers that decode pictures; 0 decodes in the main thread",
    defaultHelp: "as many as there are cores, at most 4",
  },
} as const satisfies FlagTable;

/** Their options. */
export type ImageFlagOptions = OptionsOf<typeof imageFlags>;
