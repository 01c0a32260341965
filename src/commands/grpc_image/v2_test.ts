import { assert, assertEquals, assertRejects } from "@std/assert";
import { parseAddress } from "../../base/address.ts";
import { InferenceError } from "../../base/errors.ts";
import { connectChannel } from "../../client/channel.ts";
import { decodeMessage, encodeMessage } from "../../protocol/message.ts";
import {
  ModelConfigResponse,
  ModelInferRequest,
  ModelInferResponse,
  ModelMetadataResponse,
  ModelStreamInferResponse,
} from "../../protocol/v2/generated/messages.js";
import { listenGrpc } from "../../server/grpc/listener.ts";
import { encodeStrings } from "../../tensor/strings.ts";
import type { GrpcChannel } from "../../transport/types.ts";
import type { ImageRequest } from "./classifier.ts";
import { openV2 } from "./v2.ts";

const OPTIONS = { model: "m", modelVersion: 3, batchSize: 2, classes: 2 } as const;
const TENSOR_BYTES = 2 * 2 * 3 * 4;

/** As Triton answers a classification: one BYTES element a class. */
function answer(message: Uint8Array): ModelInferResponse {
  const request = decodeMessage(ModelInferRequest, message);
  const [input] = request.inputs!;
  const [output] = request.outputs!;
  assertEquals([request.modelName, request.modelVersion], ["m", "3"]);
  assertEquals([input!.datatype, input!.shape], ["FP32", [2n, 2n, 2n, 3n]]);
  assertEquals(request.rawInputContents![0]!.length, 2 * TENSOR_BYTES);
  assertEquals(output!.parameters, { classification: { int64Param: 2n } });
  const rows = [["0.500000:7:red", "0.250000:1:a:b"], ["1.000000:0", "-inf:4:"]];
  return {
    id: request.id,
    outputs: [{ name: "out", datatype: "BYTES", shape: [2n, 2n] }],
    rawOutputContents: [encodeStrings(rows.flat())],
  };
}

/** A server that knows one model. Its stream answers in reverse, and refuses request 9. */
async function withServer(body: (channel: GrpcChannel) => Promise<void>): Promise<void> {
  const listener = listenGrpc([{
    name: "inference.GRPCInferenceService",
    methods: [
      {
        kind: "unary",
        name: "ModelMetadata",
        handle: () => encodeMessage(ModelMetadataResponse, { name: "m", versions: ["3"] }),
      },
      {
        kind: "unary",
        name: "ModelConfig",
        handle: () =>
          encodeMessage(ModelConfigResponse, {
            config: {
              name: "m",
              maxBatchSize: 4,
              input: [{ name: "in", dataType: "TYPE_FP32", dims: [2n, 2n, 3n] }],
              output: [{ name: "out", dataType: "TYPE_FP32", dims: [10n] }],
            },
          }),
      },
      {
        kind: "unary",
        name: "ModelInfer",
        handle: (message) => encodeMessage(ModelInferResponse, answer(message)),
      },
      {
        kind: "stream",
        name: "ModelStreamInfer",
        open(send) {
          const held: ModelInferResponse[] = [];
          return {
            onMessage(message) {
              const inferResponse = answer(message);
              if (inferResponse.id === "9") {
                send(encodeMessage(ModelStreamInferResponse, { errorMessage: "too many" }));
              }
              held.push(inferResponse);
              if (held.length === 2) {
                for (const inferResponse of held.reverse()) {
                  send(encodeMessage(ModelStreamInferResponse, { inferResponse }));
                }
              }
              return Promise.resolve();
            },
          };
        },
      },
    ],
  }], { host: "127.0.0.1", port: 0 });
  const channel = await connectChannel({ url: listener.address, grpcChannel: "native" });
  try {
    await body(channel);
  } finally {
    channel.close();
    await listener.close(0);
  }
}

const request = (index: number): ImageRequest => ({
  index,
  batchSize: 2,
  tensor: new Uint8Array(2 * TENSOR_BYTES),
});
const CLASSES = [
  [{ index: 7, value: 0.5, label: "red" }, { index: 1, value: 0.25, label: "a:b" }],
  [{ index: 0, value: 1, label: "" }, { index: 4, value: -Infinity, label: "" }],
];

Deno.test("openV2: a request there and back", async () => {
  await withServer(async (channel) => {
    const classifier = await openV2(channel, OPTIONS, {});
    assertEquals(classifier.image.inputName, "in");
    // The configuration names no layout; three channels come last.
    assertEquals(classifier.image.spec.format, "NHWC");
    assertEquals(await classifier.infer(request(5), {}), { index: 5, classes: CLASSES });
  });
});

Deno.test("openV2: a stream's replies are told apart by their ids; a refusal ends it", async () => {
  await withServer(async (channel) => {
    const { stream } = await openV2(channel, OPTIONS, {});
    async function* requests(...indices: number[]) {
      for (const index of indices) yield await Promise.resolve(request(index));
    }
    const replies = await Array.fromAsync(stream(requests(0, 1), {}));
    assertEquals(replies.map(({ index }) => index), [1, 0]);
    assertEquals(replies[0]!.classes, CLASSES);
    const error = await assertRejects(
      () => Array.fromAsync(stream(requests(9), {})),
      InferenceError,
      "too many",
    );
    assert(parseAddress(error.address!, 1).port > 0);
  });
});
