/**
 * `trtis image_client`: classifies a picture or a directory of pictures.
 *
 * @module
 */
import { defineCommand } from "../command/command.ts";
import { serverFlags } from "../command/server_flags.ts";
import { classifyCommand } from "./classify/command.ts";
import { imageFlags } from "./classify/flags.ts";

/** The command. */
export const command = defineCommand({
  name: "image_client",
  summary: "classify a picture or a directory of pictures",
  group: "classify",
  examples: [
    {
      text: "Classify one picture, three best classes",
      command: "trtis image_client -m resnet50 -s INCEPTION -c 3 mug.jpg",
    },
    {
      text: "A directory in batches of 8 over gRPC",
      command: "trtis image_client -i grpc -u gpu-box:8001 -m resnet50 -b 8 photos/",
    },
    {
      text: "One line of JSON for each picture",
      command: "trtis image_client -m resnet50 --json photos/",
    },
  ],
  positionals: [{
    name: "IMAGE|DIRECTORY",
    help: "a picture, or a directory of pictures; several may be given",
    required: true,
    many: true,
    path: "file",
  }],
  flags: {
    ...imageFlags,
    ...serverFlags,
  },
  notes: [
    "Pictures may be JPEG, PNG, GIF (first frame) or TIFF. They are turned as their EXIF orientation says, " +
    "resized to the model's input and scaled as --scaling says.",
    "The last batch is filled up by starting over with the first pictures.",
    "A picture that can't be read is named on standard error, the others are classified, and the exit code is 1.",
  ],
  run: classifyCommand,
});
