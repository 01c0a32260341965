/**
 * `trtis grpc_image_client`: classifies pictures with the generated gRPC stubs alone. It shows how a
 * program talks to the server without the client library; compare image_client, which uses it.
 *
 * @module
 */
import { InferenceError } from "../base/errors.ts";
import { orderedMap } from "../base/pipeline.ts";
import { connectChannel } from "../client/channel.ts";
import { detectGrpcApi } from "../client/detect.ts";
import { defineCommand, EXIT } from "../command/command.ts";
import { serverFlags } from "../command/server_flags.ts";
import { listImages } from "../image/directory.ts";
import { preprocessFiles } from "../image/pool.ts";
import type { InferClass } from "../protocol/types.ts";
import { concatBytes } from "../base/bytes.ts";
import type { GrpcCallOptions } from "../transport/types.ts";
import { batches, type ImageBatch } from "./classify/batches.ts";
import { imageFlags } from "./classify/flags.ts";
import { imageLines, requestLine } from "./classify/report.ts";
import { describeServer, requestTimeoutMs } from "./connection.ts";
import type { Classifier, ImageRequest } from "./grpc_image/classifier.ts";
import { pythonFloat } from "./grpc_image/python_float.ts";
import { openV1 } from "./grpc_image/v1.ts";
import { openV2 } from "./grpc_image/v2.ts";

/** Requests under way at once with --async. */
const ASYNC_IN_FLIGHT = 8;

const { protocol: _, ...grpcFlags } = serverFlags;
const { model, modelVersion, batchSize, classes, scaling, scalingOrder, async } = imageFlags;

/** The command. */
export const command = defineCommand({
  name: "grpc_image_client",
  summary: "classify pictures with the generated gRPC stubs, without the client library",
  group: "classify",
  examples: [
    {
      text: "Classify one picture, three best classes",
      command: "trtis grpc_image_client -m resnet50 -s INCEPTION -c 3 mug.jpg",
    },
    {
      text: "A directory in batches of 8 over one stream",
      command: "trtis grpc_image_client --streaming -m resnet50 -b 8 -u gpu-box:8001 photos/",
    },
  ],
  positionals: [{
    name: "IMAGE|DIRECTORY",
    help: "a picture, or a directory of pictures",
    required: true,
    path: "file",
  }],
  flags: {
    model,
    modelVersion,
    batchSize,
    classes,
    scaling,
    scalingOrder: { ...scalingOrder, default: "rgb" },
    async,
    streaming: {
      kind: "boolean",
      long: "streaming",
      help: "send the requests over one gRPC stream",
    },
    ...grpcFlags,
    url: { ...grpcFlags.url, defaultHelp: "localhost:8001" },
  },
  notes: [
    "Class values are printed as the original, a Python program, prints them. " +
    "It also resizes pictures in its own way, with antialiasing; here they are resized as image_client does.",
    "The last batch is filled up by starting over with the first pictures.",
  ],
  async run(options, [path], { terminal, signal }) {
    const server = await describeServer({ ...options, protocol: "grpc" });
    const channel = await connectChannel(server);
    try {
      const metadata = server.headers?.map(([name, value]) => [name.toLowerCase(), value] as const);
      const call: GrpcCallOptions = { signal, metadata };
      const unaryCall = { ...call, timeoutMs: requestTimeoutMs(options) };
      const api = options.api === "auto"
        ? await detectGrpcApi(channel, metadata ?? [])
        : options.api;
      const open = api === "v1" ? openV1 : openV2;
      const classifier = await open(channel, options, unaryCall);
      if (options.verbose) terminal.err(modelLine(api, classifier));

      let failures = 0;
      const paths = await listImages(path);
      const pictures = async function* () {
        for await (
          const { path, tensor, error } of preprocessFiles(paths, classifier.image.spec, { signal })
        ) {
          if (tensor) yield { path, tensor };
          else {
            failures++;
            terminal.err(`error: ${error!.message}\n`);
          }
        }
      };
      const sent = batches(pictures(), options.batchSize);
      const answered = options.streaming
        ? inferOverStream(classifier, sent, call)
        : orderedMap(sent, options.async ? ASYNC_IN_FLIGHT : 1, async (batch) => ({
          batch,
          classes: (await classifier.infer(toRequest(batch), unaryCall)).classes,
        }));
      for await (const outcome of answered) terminal.out(outcomeText(outcome));
      return failures > 0 ? EXIT.failed : EXIT.ok;
    } finally {
      channel.close();
    }
  },
});

interface Outcome {
  readonly batch: ImageBatch;
  readonly classes: readonly (readonly InferClass[])[];
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
    if (!batch) throw new InferenceError("PROTOCOL", `Nobody asked for the answer ${index}`);
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
  const lines = images.map(({ path }, i) => imageLines({ path, classes: classes[i] }, pythonFloat));
  return requestLine(index, images.length) + lines.join("");
}
