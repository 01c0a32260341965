/**
 * `trtis ensemble_image_client`: sends the pictures' own bytes; the server decodes them.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { defineCommand, EXIT } from "../command/command.ts";
import { serverFlags } from "../command/server_flags.ts";
import { listImages } from "../image/directory.ts";
import type { ModelInfo } from "../protocol/types.ts";
import { imageFlags } from "./classify/flags.ts";
import { imageLines } from "./classify/report.ts";
import { openClient, requestTimeoutMs } from "./connection.ts";
import { fileError } from "./file_error.ts";
import { openModel } from "./open_model.ts";

/** The command. */
export const command = defineCommand({
  name: "ensemble_image_client",
  summary: "classify pictures with an ensemble that decodes them on the server",
  group: "classify",
  examples: [
    {
      text: "With the embedded server's ensemble",
      command: "trtis ensemble_image_client -m preprocess_colors_ensemble -c 3 photo.jpg",
    },
  ],
  positionals: [{
    name: "IMAGE|DIRECTORY",
    help: "a picture, or a directory of pictures",
    required: true,
    path: "file",
  }],
  flags: {
    model: {
      kind: "string",
      long: "model",
      short: "m",
      value: "NAME",
      default: "preprocess_resnet50_ensemble",
      help: "ensemble to use",
    },
    classes: imageFlags.classes,
    ...serverFlags,
  },
  notes: [
    "All pictures go into one request, so only as many as the ensemble's maximum batch size are sent.",
  ],
  async run(options, [path], { terminal, signal }) {
    await using client = await openClient(options);
    const model = await openModel(client, options.model, undefined, signal);
    const inputName = stringInput(model.info);
    const all = await listImages(path);
    const limit = Math.max(1, model.info.maxBatchSize);
    const paths = all.slice(0, limit);
    if (all.length > limit) {
      terminal.err(
        `The number of images exceeds maximum batch size, only the first ${limit} images, ` +
          "sorted by name alphabetically, will be processed\n",
      );
    }
    const result = await model.infer({
      inputs: { [inputName]: await Promise.all(paths.map(readImage)) },
      outputs: model.info.outputs.map(({ name }) => ({ name, classes: options.classes })),
      batchSize: paths.length,
      signal,
      timeoutMs: requestTimeoutMs(options),
    });
    const [output] = result.outputs;
    paths.forEach((path, i) => terminal.out(imageLines({ path, classes: output.classes(i) })));
    if (options.verbose) terminal.err(`answered in ${result.timers.totalMs.toFixed(3)} ms\n`);
    return EXIT.ok;
  },
});

function stringInput(model: ModelInfo): string {
  const [input] = model.inputs;
  if (model.inputs.length === 1 && input.dataType === "STRING" && model.outputs.length === 1) {
    return input.name;
  }
  const inputs = model.inputs.map(({ name, dataType }) => `${name} ${dataType}`).join(", ");
  throw new InferenceError(
    "INVALID_ARG",
    `expecting one STRING input and one output, model "${model.name}" has inputs ${inputs} ` +
      `and ${model.outputs.length} outputs`,
  );
}

async function readImage(path: string): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (error) {
    throw fileError(error, `unable to read image file ${path}`);
  }
  if (bytes.byteLength > 0) return bytes;
  throw new InferenceError("FILE", `unable to read image file ${path}: it is empty`);
}
