/**
 * `trtis image_client`: classifies an image or a directory of images.
 *
 * @module
 */
import { defineCommand } from "../cli/command.ts";
import { serverFlags } from "./shared/server_flags.ts";
import { shardFlags } from "./shared/shard_flags.ts";
import { classifyCommand } from "./classify/command.ts";
import { imageFlags } from "./classify/flags.ts";
import { listingFlags } from "./classify/listing_flags.ts";
import { resultFlags } from "./classify/result_flags.ts";
import { preprocessFlags } from "./classify/preprocess_flags.ts";

/** The command. */
export const command = defineCommand({
  name: "image_client",
  summary: "classify images: files or whole directories",
  group: "classify",
  examples: [
    {
      text: "Classify one image, top three classes",
      command: "trtis image_client -m resnet50 -s INCEPTION -c 3 mug.jpg",
    },
    {
      text: "A model that was trained with PyTorch",
      command: "trtis image_client -m resnet50 --preset torchvision -c 3 mug.jpg",
    },
    {
      text: "A directory over gRPC, in batches of 8",
      command: "trtis image_client -i grpc -u gpu-box:8001 -m resnet50 -b 8 photos/",
    },
    {
      text: "Folders named after their classes: a table of results, and how many are right",
      command: "trtis image_client -m resnet50 --recursive --truth folders -o results.csv photos/",
    },
    {
      text: "One line of JSON per image",
      command: "trtis image_client -m resnet50 --json photos/",
    },
  ],
  positionals: [{
    name: "IMAGE|DIRECTORY",
    help:
      "an image, a directory of images or a pattern such as 'photos/*.jpg'; you may give several",
    many: true,
    path: "file",
  }],
  flags: {
    ...imageFlags,
    ...preprocessFlags,
    ...listingFlags,
    ...resultFlags,
    ...shardFlags,
    ...serverFlags,
  },
  notes: [
    "Images may be JPEG, PNG, WebP, AVIF, GIF, TIFF, BMP, PPM, PGM or PBM; of animations the first frame " +
    "is taken. Their EXIF orientation is applied; they are resized to the model's input and scaled according to --scaling, or made to fit as " +
    "--preset and its parts say.",
    "If the last batch is not full, it is filled up with the first images again.",
    "If an image can't be read, or its request fails after all retries, a message on standard error names it, the " +
    "rest are classified, and the exit code is 1. Only a server that stays away ends the run early.",
  ],
  run: classifyCommand,
});
