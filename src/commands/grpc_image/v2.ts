/**
 * Images through Triton's GRPCInferenceService.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import { createStub } from "../../protocol/stub.ts";
import { parseClasses } from "../../protocol/v2/classes.ts";
import { wireDataType } from "../../protocol/v2/data_type.ts";
import { streamError } from "../../protocol/v2/errors.ts";
import type {
  ModelInferRequest,
  ModelInferResponse,
} from "../../protocol/v2/generated/messages.js";
import { GRPCInferenceService } from "../../protocol/v2/generated/services.ts";
import { modelInfo } from "../../protocol/v2/model_info.ts";
import { decodeText } from "../../tensor/strings.ts";
import type { GrpcCallOptions, GrpcChannel } from "../../transport/types.ts";
import { imageModel } from "../../image/image_model.ts";
import type { Classifier, ClassifierOptions, ImageReply, ImageRequest } from "./classifier.ts";

/** Asks for the model's metadata. @throws {InferenceError} when it does not classify images */
export async function openV2(
  channel: GrpcChannel,
  options: ClassifierOptions,
  call: GrpcCallOptions,
): Promise<Classifier> {
  const stub = createStub(GRPCInferenceService, channel);
  const address = formatAddress(channel.address);
  const { model, modelVersion = -1 } = options;
  const version = modelVersion < 0 ? "" : String(modelVersion);
  const metadata = await stub.modelMetadata({ name: model, version }, call);
  const { config } = await stub.modelConfig({ name: model, version }, call);
  const info = modelInfo(metadata, config);
  const image = imageModel(info, options, "v2");
  const [input] = info.inputs;
  const batched = info.maxBatchSize > 0;

  const toMessage = ({ index, batchSize, tensor }: ImageRequest): ModelInferRequest => ({
    modelName: model,
    modelVersion: version,
    id: String(index),
    inputs: [{
      name: input!.name,
      datatype: wireDataType(image.spec.dataType),
      shape: [...batched ? [batchSize] : [], ...image.inputShape ?? input!.shape].map(BigInt),
    }],
    outputs: [{
      name: image.outputName,
      parameters: { classification: { int64Param: BigInt(options.classes) } },
    }],
    rawInputContents: [tensor],
  });
  const fromMessage = ({ id, outputs, rawOutputContents }: ModelInferResponse): ImageReply => {
    const rows = batched ? Number(outputs?.[0]?.shape?.[0] ?? 0n) : 1;
    const texts = decodeText(rawOutputContents?.[0] ?? new Uint8Array());
    return { index: Number(id), classes: parseClasses(texts, rows) };
  };

  return {
    image,
    infer: async (request, call) => fromMessage(await stub.modelInfer(toMessage(request), call)),
    async *stream(requests, call) {
      async function* messages() {
        for await (const request of requests) yield toMessage(request);
      }
      for await (const reply of stub.modelStreamInfer(messages(), call)) {
        if (reply.errorMessage) throw streamError(reply.errorMessage, address);
        yield fromMessage(reply.inferResponse ?? {});
      }
    },
  };
}
