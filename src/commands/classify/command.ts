/**
 * The run of image_client: what is asked for, the model, and the images.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import type { Shard } from "../../base/shard.ts";
import { EXIT } from "../../cli/command.ts";
import type { CommandContext } from "../../cli/context.ts";
import { imageModel } from "../../image/image_model.ts";
import { startWorkers } from "../../image/workers/pool.ts";
import { openClients, type ServerFlagOptions, wireOf } from "../shared/connection.ts";
import { shardLine, shardOf, type ShardOptions } from "../shared/shard_flags.ts";
import { openModel } from "../shared/open_model.ts";
import { skipNote } from "../shared/skip_note.ts";
import { announced, readStart } from "../start/plan.ts";
import { explainLines, recipeWarning } from "./explain.ts";
import { FileSource } from "./file_source.ts";
import type { ImageFlagOptions } from "./flags.ts";
import { listFiles } from "./list_files.ts";
import type { ListingOptions } from "./listing_flags.ts";
import type { PreprocessFlagOptions } from "./preprocess_flags.ts";
import { recipeOptionsOf } from "./recipe_options.ts";
import { failureJson, fileReason } from "./report.ts";
import type { ResultOptions } from "./result_flags.ts";
import { classReader } from "./results/classes.ts";
import { Results } from "./results/results.ts";
import { writeNote } from "./results/shard_note.ts";
import { FileShare } from "./share_files.ts";
import { ClassifyRun } from "./run.ts";

type Options =
  & ImageFlagOptions
  & PreprocessFlagOptions
  & ServerFlagOptions
  & ListingOptions
  & ResultOptions
  & ShardOptions;

/** Runs the command; see {@linkcode Command.run}. */
export async function classifyCommand(
  options: Options,
  positionals: readonly string[],
  context: CommandContext,
): Promise<number> {
  if (options.streaming && wireOf(options) !== "grpc") {
    throw new InferenceError("USAGE", "Streaming is only allowed with gRPC protocol", {
      hint: "add -i grpc and the server's gRPC port",
    });
  }
  const recipe = recipeOptionsOf(options);
  const version = options.modelVersion === undefined || options.modelVersion < 0
    ? undefined
    : BigInt(options.modelVersion);
  const { terminal, signal } = context;
  const shard = shardOf(options);
  const begin = readStart(options, shard);
  // Lines of JSON are for programs.
  if (shard !== undefined) (options.json ? terminal.err : terminal.out)(shardLine(shard));
  const results = await Results.prepare(options);
  const share = new FileShare(shard);
  const source = fileSource(options, positionals, context, { results, shard, share });
  const first = await source.begin();
  const noted = async (isComplete: boolean) => {
    if (isComplete) await writeShardNote(options, results, { shard, listed: share.listed });
  };
  if (first.length === 0 && source.known === 0 && share.listed > 0) {
    // There are fewer pictures than shards, or all of this one's are done. The others wait for this task.
    await begin?.(context.clock, signal);
    await results.open();
    results.close();
    await noted(true);
    return await ended(results, options, context, EXIT.ok);
  }
  if (source.known !== undefined && first.every(({ error }) => error !== undefined)) {
    for (const { path, error } of first) {
      terminal.err(`error: ${fileReason(error)}\n`);
      if (options.json) terminal.out(failureJson(path, fileReason(error)));
    }
    return await ended(results, options, context, EXIT.failed);
  }
  const workers = startWorkers(source.known ?? Infinity, options.workers);
  try {
    await using client = await openClients(options, signal);
    const model = await openModel(client, options.model, version, signal);
    const { batchSize, scaling, scalingOf, scalingOrder } = options;
    const wanted = { ...recipe, batchSize, scaling, scalingOf, scalingOrder };
    const image = imageModel(model.info, wanted, client.api);
    terminal.err(recipeWarning(image, wanted));
    if (options.explain) terminal.err(explainLines(image));
    const classes = await classReader(results.wishes, model, image.outputName);
    await results.open();
    const run = new ClassifyRun({
      ...{ options, context, model, image, source, results, classes, workers },
    });
    if (begin !== undefined) await announced(begin, context);
    const code = await run.go();
    await noted(run.isComplete);
    return await ended(results, options, context, code);
  } finally {
    results.close();
    workers?.close();
  }
}

/** What a threshold says goes over a picture that failed, not over an end before the end. */
async function ended(
  results: Results,
  options: Options,
  context: CommandContext,
  code: number,
): Promise<number> {
  if (code === EXIT.interrupted) return code;
  const { terminal } = context;
  const say = (text: string) => options.json ? terminal.err(text) : terminal.out(text);
  const asked = await results.finish(context, say);
  return asked === EXIT.ok ? code : asked;
}

function fileSource(
  options: Options,
  positionals: readonly string[],
  { terminal, signal }: CommandContext,
  { results, shard, share }: {
    readonly results: Results;
    readonly shard: Shard | undefined;
    readonly share: FileShare;
  },
): FileSource {
  const parts = { positionals, options, signal };
  const files = listFiles({ ...parts, onSkip: skipNote(terminal) });
  // What a pipe said is gone; with --resume, not all that is listed is to be done.
  const isPipe = options.fromFile === "-" || options.fromFile?.startsWith("/dev/") === true;
  const again = isPipe || options.resume
    ? undefined
    : () => new FileShare(shard).of(listFiles(parts));
  return new FileSource(results.pending(share.of(files)), { isPipe, again });
}

/** What the output of one task among many is, for those who put them together. */
async function writeShardNote(
  options: Options,
  { tally, before }: Results,
  { shard, listed }: { readonly shard: Shard | undefined; readonly listed: number },
): Promise<void> {
  const { output, model, modelVersion, classes, softmax } = options;
  const { scaling, scalingOf, scalingOrder } = options;
  if (shard === undefined || output === undefined) return;
  await writeNote(output, {
    shardNoteVersion: 1,
    shard,
    listed,
    rows: tally.rows,
    failed: tally.failed,
    resumed: before,
    settings: {
      ...{ model, modelVersion, classes, scaling, scalingOf, scalingOrder, softmax },
      ...{ labels: options.labels, truth: options.truth !== undefined },
      recipe: recipeOptionsOf(options),
    },
  });
}
