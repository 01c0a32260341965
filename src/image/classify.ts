/**
 * Classification of many pictures in one call.
 *
 * @module
 */
import { type InferenceError, toInferenceError } from "../base/errors.ts";
import { orderedMap } from "../base/pipeline.ts";
import type { InferModel } from "../client/model.ts";
import type { InferClass } from "../protocol/types.ts";
import { imagesOf, type ListedFile, type WalkOptions } from "./directory.ts";
import { type ImageModel, imageModel, type ImageOptions } from "./image_model.ts";
import { defaultWorkers, type PreparedFile, preprocessFiles } from "./workers/pool.ts";

/** How pictures are classified: what the model was trained with, and how many classes are wanted. */
export interface ClassifyOptions extends ImageOptions {
  /**
   * Classes a picture, best first.
   * @default 1
   */
  readonly classes?: number;
  /**
   * Requests at a time.
   * @default 2
   */
  readonly concurrency?: number;
  /**
   * Whether the folders inside of directories are read too.
   * @default false
   */
  readonly recursive?: boolean;
  /** Names of files and folders to leave out, with `*` and `?`. */
  readonly exclude?: readonly string[];
  /** Stops it: nothing more is read or sent. */
  readonly signal?: AbortSignal;
}

/** What came of one picture: its classes, or an error. */
export interface ClassifiedImage {
  /** Its file. */
  readonly path: string;
  /** The best classes first; none when there is an error. */
  readonly classes: readonly InferClass[];
  /** Why there are none: the file can't be read, or its request failed. */
  readonly error?: InferenceError;
}

/**
 * Classifies picture files and directories of them, in order. Pictures are decoded in workers while requests
 * are on their way; neither names, pictures nor answers pile up. A picture that fails is an outcome with an
 * error, and the others go on.
 *
 * @example
 * ```ts
 * import { InferenceClient, startServer } from "@trtis/trtis";
 * import { classify } from "@trtis/trtis/image";
 *
 * await using server = await startServer({ httpPort: 0, grpcPort: false });
 * await using client = await InferenceClient.connect(server.httpAddress!);
 * const model = await client.model("colors");
 * for await (const { path, classes, error } of classify(model, ["examples/images"])) {
 *   console.log(path, error?.message ?? classes[0]?.label);
 * }
 * ```
 *
 * @param paths files and directories
 * @throws {InferenceError} INVALID_ARG when the model does not classify pictures or the options don't fit it;
 * `FILE` when a path isn't there; CANCELLED by the signal
 */
export async function* classify(
  model: InferModel,
  paths: readonly string[],
  options: ClassifyOptions = {},
): AsyncGenerator<ClassifiedImage, void, void> {
  const image = imageModel(model.info, options, model.api);
  const { files, workers } = await listed(paths, options);
  const prepared = preprocessFiles(files, image.spec, { signal: options.signal, workers });
  const groups = grouped(prepared, options.batchSize ?? 1);
  const outcomes = orderedMap(
    groups,
    options.concurrency ?? 2,
    (group) => classifyGroup(model, image, group, options),
  );
  for await (const group of outcomes) yield* group;
}

/** So many files are listed before it is known how many workers they need. */
const FIRST = 5;

/**
 * The files of all paths, of which one folder's names are in memory at a time, and the workers for them.
 *
 * @throws {InferenceError} `FILE` when a path isn't there, before anything is sent
 */
async function listed(
  paths: readonly string[],
  walk: Pick<WalkOptions, "recursive" | "exclude">,
): Promise<{ files: AsyncIterable<ListedFile>; workers: number }> {
  const begun: { first: IteratorResult<ListedFile, void>; rest: AsyncIterable<ListedFile> }[] = [];
  for (const path of paths) {
    const rest = imagesOf(path, walk);
    begun.push({ first: await rest.next(), rest });
  }
  const all = (async function* () {
    for (const { first, rest } of begun) {
      if (first.done) continue;
      yield first.value;
      yield* rest;
    }
  })();
  const first: ListedFile[] = [];
  while (first.length < FIRST) {
    const file = await all.next();
    if (file.done) break;
    first.push(file.value);
  }
  const files = (async function* () {
    yield* first;
    yield* all;
  })();
  return { files, workers: defaultWorkers(first.length < FIRST ? first.length : Infinity) };
}

/** Groups of files with `size` pictures among them; the last may have fewer. */
async function* grouped(
  files: AsyncIterable<PreparedFile>,
  size: number,
): AsyncGenerator<PreparedFile[], void, void> {
  let group: PreparedFile[] = [];
  for await (const file of files) {
    group.push(file);
    if (group.filter(({ tensor }) => tensor !== undefined).length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

async function classifyGroup(
  model: InferModel,
  { inputName, outputName, inputShape, inputType }: ImageModel,
  group: readonly PreparedFile[],
  { classes = 1, signal }: ClassifyOptions,
): Promise<ClassifiedImage[]> {
  const tensors = group.flatMap(({ tensor }) => tensor ?? []);
  const failed = (path: string, error: InferenceError) => ({ path, classes: [], error });
  if (tensors.length === 0) return group.map(({ path, error }) => failed(path, error!));
  const result = await model.infer({
    inputs: { [inputName]: { bytes: tensors, shape: inputShape, dataType: inputType } },
    outputs: [{ name: outputName, classes }],
    batchSize: tensors.length,
    signal,
  });
  let next = 0;
  return group.map(({ path, error }) => {
    if (error) return failed(path, error);
    if (result.error) return failed(path, result.error);
    try {
      return { path, classes: result.output(outputName).classes(next++) };
    } catch (reason) {
      return failed(
        path,
        toInferenceError(reason, "PROTOCOL", `Cannot read the classes of ${path}`),
      );
    }
  });
}
