/**
 * Pictures as load: listed, decoded and made into a model's input before anything is sent.
 *
 * @module
 */
import { describeFailure } from "../../cli/remedies.ts";
import { InferenceError } from "../../base/errors.ts";
import type { Terminal } from "../../cli/context.ts";
import {
  type ImageInput,
  imageInput,
  imageModel,
  type ImageOptions,
} from "../../image/image_model.ts";
import { limitsWith } from "../../image/types.ts";
import { preprocessFiles } from "../../image/workers/pool.ts";
import type { GivenInput, LoadInput } from "../../perf/input_data/given.ts";
import type { ApiVersion, ModelInfo } from "../../protocol/types.ts";
import { byteSize } from "../../tensor/shape.ts";
import { explainLines, recipeWarning } from "../classify/explain.ts";
import { listFiles } from "../classify/list_files.ts";
import { recipeOptionsOf } from "../classify/recipe_options.ts";
import { readLabels } from "../classify/results/classes.ts";
import { readTruth, type Truth } from "../classify/results/truth.ts";
import { skipNote } from "../shared/skip_note.ts";
import type { PerfOptions } from "./flags.ts";
import { memoryOf, pictureTypeOf } from "./picture_options.ts";

/** What it takes, and who is told. */
export interface PictureParts {
  readonly options: PerfOptions;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** Hears how many have been decoded. */
  readonly onProgress?: (count: number) => void;
}

/** Pictures that can't be used, named one by one up to this many. */
const MOST_NAMED = 10;

/**
 * Decodes as many pictures as fit into the memory given. One that can't be used is a warning; the others
 * go on.
 *
 * @throws {InferenceError} when the model takes no pictures, none can be used, or files can't be read
 */
export function pictureLoader(parts: PictureParts): LoadInput {
  return async (model, api) => {
    const { options, terminal } = parts;
    const truth = options.truth === undefined ? undefined : await readTruth(options.truth);
    const labels = options.labels === undefined ? undefined : await readLabels(options.labels);
    const wanted = wantedOf(options);
    const image = inputFor(model, wanted, { api, checked: truth !== undefined });
    terminal.err(recipeWarning(image, wanted));
    if (options.explain) terminal.err(explainLines(image));
    const input = {
      name: image.inputName,
      dataType: image.spec.dataType,
      shape: image.inputShape ?? model.inputs[0]!.shape,
      explicitShape: image.inputShape !== undefined,
    };
    const { entries, truths } = await decoded(image, byteSize(input.dataType, input.shape), {
      ...parts,
      truth,
    });
    const bytes = entries.reduce((sum, { length }) => sum + length, 0);
    const given: GivenInput = { input, entries, encodedLimit: memoryOf(options) - bytes };
    return truth === undefined ? given : { ...given, truth: truths, labels };
  };
}

function wantedOf(options: PerfOptions): ImageOptions {
  const { batchSize, scaling, scalingOf, scalingOrder } = options;
  const recipe = recipeOptionsOf({ ...options, datatype: pictureTypeOf(options) });
  return { ...recipe, batchSize, scaling, scalingOf, scalingOrder };
}

/** What the model answers matters only when it is checked. */
function inputFor(
  model: ModelInfo,
  wanted: ImageOptions,
  { api, checked }: { api: ApiVersion; checked: boolean },
): ImageInput {
  return checked ? imageModel(model, wanted, api) : imageInput(model, wanted, api);
}

async function decoded(
  { spec }: ImageInput,
  size: number,
  { options, terminal, signal, onProgress, truth }: PictureParts & { readonly truth?: Truth },
) {
  const room = Math.floor(memoryOf(options) / size);
  if (room === 0) {
    throw new InferenceError(
      "INVALID_ARG",
      `one picture takes ${size} bytes, more than --input-memory ${options.inputMemory}`,
    );
  }
  const entries: Uint8Array[] = [];
  const truths: (string | undefined)[] = [];
  let failed = 0;
  const { inputImages, workers, maxPixels } = options;
  const onSkip = skipNote(terminal);
  const files = listFiles({ positionals: inputImages, options, onSkip, signal });
  const pictures = preprocessFiles(files, spec, {
    ...{ workers, signal, limits: limitsWith(maxPixels) },
  });
  let isFull = false;
  for await (const { path, tensor, error } of pictures) {
    if (tensor === undefined) {
      if (++failed <= MOST_NAMED) terminal.err(`warning: ${describeFailure(error)}\n`);
      continue;
    }
    isFull = entries.length === room;
    if (isFull) break;
    entries.push(tensor);
    truths.push(truth?.(path));
    onProgress?.(entries.length);
  }
  if (failed > MOST_NAMED) {
    terminal.err(`warning: ${failed - MOST_NAMED} more pictures can't be used\n`);
  }
  if (entries.length === 0) {
    throw new InferenceError("FILE", "no picture can be used: there is nothing to send");
  }
  if (isFull) {
    terminal.err(
      `warning: only the first ${room} pictures fit into --input-memory ${options.inputMemory}; ` +
        "the others are left out\n",
    );
  }
  tellTruths(truths, truth, terminal);
  return { entries, truths };
}

function tellTruths(
  truths: readonly (string | undefined)[],
  truth: Truth | undefined,
  terminal: Terminal,
): void {
  if (truth === undefined) return;
  const unknown = truths.filter((text) => text === undefined).length;
  if (unknown === truths.length) {
    throw new InferenceError("FILE", "--truth says of no picture what it is", {
      hint: "its folder's name counts, or a line of the file with its path",
    });
  }
  if (unknown > 0) {
    terminal.err(`warning: ${unknown} pictures have no truth; their answers are not checked\n`);
  }
}
