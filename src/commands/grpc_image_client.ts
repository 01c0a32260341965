/**
 * `trtis grpc_image_client`: classifies images with the generated gRPC stubs alone. It shows how a
 * program talks to the server without the client library; compare image_client, which uses it.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { orderedMap } from "../base/pipeline.ts";
import { connectChannel } from "../client/channel.ts";
import { detectGrpcApi } from "../client/detect.ts";
import { defineCommand, EXIT } from "../cli/command.ts";
import { serverFlags } from "./shared/server_flags.ts";
import { listImages } from "../image/directory.ts";
import { skipNote } from "./shared/skip_note.ts";
import { limitsWith } from "../image/types.ts";
import { preprocessFiles } from "../image/workers/pool.ts";
import type { InferClass } from "../protocol/types.ts";
import { shareOf } from "../base/shard.ts";
import { concatBytes } from "../base/bytes.ts";
import type { GrpcCallOptions } from "../transport/types.ts";
import { batches, type ImageBatch } from "./classify/batches.ts";
import { explainLines, profileNote, recipeWarning } from "./classify/explain.ts";
import { imageFlags } from "./classify/flags.ts";
import { preprocessFlags } from "./classify/preprocess_flags.ts";
import { recipeOptionsOf } from "./classify/recipe_options.ts";
import { fileReason, imageLines, requestLine } from "./classify/report.ts";
import { checkOneServer, describeServer, requestTimeoutMs } from "./shared/connection.ts";
import type { Classifier, ImageRequest } from "./grpc_image/classifier.ts";
import { pythonFloat } from "./grpc_image/python_float.ts";
import { describeFailure } from "../cli/remedies.ts";
import { openV1 } from "./grpc_image/v1.ts";
import { openV2 } from "./grpc_image/v2.ts";
import { shardLine, shardOf, shareFlags } from "./shared/shard_flags.ts";
import { AwayWatch, retried } from "./shared/retries.ts";

/** Requests in flight at once with --async. */
const ASYNC_IN_FLIGHT = 8;
/** For asking which protocol the server speaks. */
const DETECTION_MS = 10_000;

const { protocol: _, ...grpcFlags } = serverFlags;
const {
  model,
  modelVersion,
  batchSize,
  classes,
  scaling,
  scalingOf,
  scalingOrder,
  async,
  maxPixels,
  retries,
} = imageFlags;

/** The command. */
export const command = defineCommand({
  name: "grpc_image_client",
  summary: "classify images on the generated gRPC stubs, without the client library",
  group: "classify",
  examples: [
    {
      text: "Classify one image, top three classes",
      command: "trtis grpc_image_client -m resnet50 -s INCEPTION -c 3 mug.jpg",
    },
    {
      text: "A directory over one stream, in batches of 8",
      command: "trtis grpc_image_client --streaming -m resnet50 -b 8 -u gpu-box:8001 photos/",
    },
  ],
  positionals: [{
    name: "IMAGE|DIRECTORY",
    help: "an image or a directory of images",
    required: true,
    path: "file",
  }],
  flags: {
    model,
    modelVersion,
    batchSize,
    classes,
    scaling,
    scalingOf,
    scalingOrder: { ...scalingOrder, default: "rgb" },
    async,
    maxPixels,
    retries,
    streaming: {
      kind: "boolean",
      long: "streaming",
      help: "send the requests over one gRPC stream",
    },
    ...preprocessFlags,
    ...shareFlags,
    ...grpcFlags,
    url: { ...grpcFlags.url, defaultHelp: "localhost:8001" },
  },
  notes: [
    "Like the original, a Python program, this prints values the way Python does. " +
    "Unlike the original, which antialiases, it resizes images as image_client does.",
    "If the last batch is not full, it is filled up with the first images again.",
  ],
  async run(options, [path], { clock, terminal, signal }) {
    const { model, modelVersion, batchSize, classes, scaling, scalingOf, scalingOrder } = options;
    const wanted = { ...recipeOptionsOf(options), batchSize, scaling, scalingOf, scalingOrder };
    const shard = shardOf(options);
    if (shard !== undefined) terminal.out(shardLine(shard));
    const server = await describeServer({ ...options, protocol: "grpc" });
    checkOneServer(server.urls);
    const channel = await connectChannel(server);
    try {
      const metadata = server.headers?.map(([name, value]) => [name.toLowerCase(), value] as const);
      const call: GrpcCallOptions = { signal, metadata };
      const unaryCall = { ...call, timeoutMs: requestTimeoutMs(options) };
      const api = options.api === "auto"
        ? await detectGrpcApi(channel, metadata ?? [], {
          signal,
          timeoutMs: server.connectTimeoutMs ?? DETECTION_MS,
        })
        : options.api;
      const open = api === "v1" ? openV1 : openV2;
      const asked = { ...wanted, model, modelVersion, classes };
      const classifier = await open(channel, asked, unaryCall);
      terminal.err(recipeWarning(classifier.image, wanted));
      if (options.explain) terminal.err(explainLines(classifier.image));
      if (options.verbose) terminal.err(modelLine(api, classifier));

      let failures = 0;
      const paths = shareOf(await listImages(path!, skipNote(terminal)), shard);
      const pictures = async function* () {
        for await (
          const { path, tensor, error } of preprocessFiles(paths, classifier.image.spec, {
            signal,
            limits: limitsWith(options.maxPixels),
          })
        ) {
          if (options.explain) terminal.err(await profileNote(path));
          if (tensor) yield { path, tensor };
          else {
            failures++;
            terminal.err(`error: ${fileReason(error)}\n`);
          }
        }
      };
      const sent = batches(pictures(), options.batchSize);
      const away = new AwayWatch(options.retries);
      const retrying = { retries: options.retries, clock, signal };
      const answered = options.streaming ? inferOverStream(classifier, sent, call) : orderedMap(
        sent,
        options.async ? ASYNC_IN_FLIGHT : 1,
        (batch) =>
          retried(
            () => inferBatch(classifier, batch, unaryCall),
            ({ error }) => error,
            retrying,
          ),
      );
      for await (const outcome of answered) {
        const { batch, error } = outcome;
        if (error === undefined) {
          away.note(undefined);
          terminal.out(outcomeText(outcome));
          continue;
        }
        if (signal.aborted || away.note(error)) throw error;
        failures += batch.fresh;
        terminal.err(`error: request ${batch.index} failed: ${describeFailure(error)}\n`);
      }
      return failures > 0 ? EXIT.failed : EXIT.ok;
    } finally {
      channel.close();
    }
  },
});

interface Outcome {
  readonly batch: ImageBatch;
  readonly classes: readonly (readonly InferClass[])[];
  readonly error?: InferenceError;
}

async function inferBatch(
  classifier: Classifier,
  batch: ImageBatch,
  call: GrpcCallOptions,
): Promise<Outcome> {
  try {
    return { batch, classes: (await classifier.infer(toRequest(batch), call)).classes };
  } catch (error) {
    if (error instanceof InferenceError) return { batch, classes: [], error };
    throw error;
  }
}

/** Yields the outcomes in the order of the batches, whatever order the replies come in. */
async function* inferOverStream(
  classifier: Classifier,
  source: AsyncIterable<ImageBatch>,
  call: GrpcCallOptions,
): AsyncGenerator<Outcome, void, void> {
  const sent = new Map<number, ImageBatch>();
  const arrived = new Map<number, Outcome>();
  async function* requests() {
    for await (const batch of source) {
      sent.set(batch.index, batch);
      yield toRequest(batch);
    }
  }
  let next = 0;
  for await (const { index, classes } of classifier.stream(requests(), call)) {
    const batch = sent.get(index);
    if (!batch) {
      throw new InferenceError(
        "PROTOCOL",
        `The server sent answer ${index}, which was not requested`,
      );
    }
    sent.delete(index);
    arrived.set(index, { batch, classes });
    for (let outcome; (outcome = arrived.get(next)) !== undefined; next++) {
      arrived.delete(next);
      yield outcome;
    }
  }
}

function modelLine(api: string, { image }: Classifier): string {
  const { dataType, format, width, height, channels } = image.spec;
  return `${api}: input ${image.inputName} is ${dataType}, ${format}, ${width} x ${height} pixels, ` +
    `${channels} channels\n`;
}

function toRequest({ index, images }: ImageBatch): ImageRequest {
  const tensor = concatBytes(images.map(({ tensor }) => tensor));
  return { index, batchSize: images.length, tensor };
}

function outcomeText({ batch: { index, images }, classes }: Outcome): string {
  if (classes.length !== images.length) {
    throw new InferenceError(
      "PROTOCOL",
      `expected ${images.length} results, got ${classes.length}`,
    );
  }
  const lines = images.map(({ path }, i) =>
    imageLines({ path, classes: classes[i]! }, pythonFloat)
  );
  return requestLine(index, images.length) + lines.join("");
}
