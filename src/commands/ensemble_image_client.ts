/**
 * `trtis ensemble_image_client`: sends the images' own bytes; the server decodes them.
 *
 * @module
 */
import { InferenceError, toInferenceError } from "../base/errors.ts";
import { shareOf } from "../base/shard.ts";
import { readWhole } from "../base/read_file.ts";
import type { InferResult } from "../client/result.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import { describeFailure } from "../cli/remedies.ts";
import { serverFlags } from "./shared/server_flags.ts";
import { listImages } from "../image/directory.ts";
import { DEFAULT_LIMITS } from "../image/types.ts";
import type { ModelInfo } from "../protocol/types.ts";
import { imageFlags } from "./classify/flags.ts";
import { imageLines } from "./classify/report.ts";
import { openClients, requestTimeoutMs } from "./shared/connection.ts";
import { openModel } from "./shared/open_model.ts";
import { shardLine, shardOf, shareFlags } from "./shared/shard_flags.ts";
import { skipNote } from "./shared/skip_note.ts";

/** The command. */
export const command = defineCommand({
  name: "ensemble_image_client",
  summary: "classify images with an ensemble that decodes them on the server",
  group: "classify",
  examples: [
    {
      text: "With the embedded server's ensemble",
      command: "trtis ensemble_image_client -m preprocess_colors_ensemble -c 3 photo.jpg",
    },
  ],
  positionals: [{
    name: "IMAGE|DIRECTORY",
    help: "an image or a directory of images",
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
    ...shareFlags,
    ...serverFlags,
  },
  notes: [
    "All images go into one request, so at most as many as the ensemble's maximum batch size are sent.",
  ],
  async run(options, [path], { terminal, signal }) {
    const shard = shardOf(options);
    if (shard !== undefined) terminal.out(shardLine(shard));
    await using client = await openClients(options, signal);
    const model = await openModel(client, options.model, undefined, signal);
    const inputName = stringInput(model.info);
    const all = shareOf(await listImages(path!, skipNote(terminal)), shard);
    const limit = Math.max(1, model.info.maxBatchSize);
    if (all.length > limit) {
      terminal.err(
        `The number of images exceeds maximum batch size, only the first ${limit} images, ` +
          "sorted by name alphabetically, will be processed\n",
      );
    }
    let failures = 0;
    const failed = (message: string) => {
      failures++;
      terminal.err(`error: ${message}\n`);
    };
    const send = (images: readonly ImageFile[]) =>
      model.infer({
        inputs: { [inputName]: images.map(({ bytes }) => bytes) },
        outputs: model.info.outputs.map(({ name }) => ({ name, classes: options.classes })),
        batchSize: images.length,
        signal,
        timeoutMs: requestTimeoutMs(options),
      });
    const images = await readImages(all.slice(0, limit), signal, failed);
    for await (const { sent, result } of answers(images, send)) {
      if (result.error !== undefined) {
        if (!result.error.answered) throw result.error;
        failed(`${sent[0]!.path}: ${describeFailure(result.error)}`);
        continue;
      }
      const [output] = result.outputs;
      sent.forEach(({ path }, i) =>
        terminal.out(imageLines({ path, classes: output!.classes(i) }))
      );
      if (options.verbose) terminal.err(`answered in ${result.timers.totalMs.toFixed(3)} ms\n`);
    }
    return failures > 0 ? EXIT.failed : EXIT.ok;
  },
});

interface ImageFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The files that can be read; the others are told. */
async function readImages(
  paths: readonly string[],
  signal: AbortSignal,
  failed: (message: string) => void,
): Promise<ImageFile[]> {
  const images: ImageFile[] = [];
  for (const path of paths) {
    const doing = `unable to read image file ${path}`;
    try {
      const bytes = await readWhole(path, { doing, maxBytes: DEFAULT_LIMITS.maxBytes, signal });
      if (bytes.byteLength > 0) images.push({ path, bytes });
      else failed(`${doing}: it is empty`);
    } catch (error) {
      if (signal.aborted) throw error;
      failed(toInferenceError(error, "FILE", doing).message);
    }
  }
  return images;
}

/**
 * The answer to all images in one request. A server refuses a request for one image that it can't read,
 * and doesn't say which: then each image goes by itself.
 */
async function* answers(
  images: readonly ImageFile[],
  send: (images: readonly ImageFile[]) => Promise<InferResult>,
): AsyncGenerator<{ readonly sent: readonly ImageFile[]; readonly result: InferResult }> {
  if (images.length === 0) return;
  const result = await send(images);
  if (result.error === undefined || !result.error.answered || images.length === 1) {
    yield { sent: images, result };
    return;
  }
  for (const image of images) yield { sent: [image], result: await send([image]) };
}

function stringInput(model: ModelInfo): string {
  const [input] = model.inputs;
  if (model.inputs.length === 1 && input!.dataType === "STRING" && model.outputs.length === 1) {
    return input!.name;
  }
  const inputs = model.inputs.map(({ name, dataType }) => `${name} ${dataType}`).join(", ");
  throw new InferenceError(
    "INVALID_ARG",
    `expecting one STRING input and one output, model "${model.name}" has inputs ${inputs} ` +
      `and ${model.outputs.length} outputs`,
  );
}
