/**
 * Images through r19.07's GRPCService.
 *
 * @module
 */
import { formatAddress } from "../../base/address.ts";
import { createStub } from "../../protocol/stub.ts";
import type { InferRequest, InferResponse } from "../../protocol/v1/generated/messages.js";
import { GRPCService } from "../../protocol/v1/generated/services.ts";
import { modelInfo } from "../../protocol/v1/model_info.ts";
import { statusError } from "../../protocol/v1/request_status.ts";
import type { GrpcCallOptions, GrpcChannel } from "../../transport/types.ts";
import { imageModel } from "../../image/image_model.ts";
import type { Classifier, ClassifierOptions, ImageReply, ImageRequest } from "./classifier.ts";

const NEWEST = -1;

/** Asks for the model's configuration. @throws {InferenceError} when it does not classify images */
export async function openV1(
  channel: GrpcChannel,
  options: ClassifierOptions,
  call: GrpcCallOptions,
): Promise<Classifier> {
  const stub = createStub(GRPCService, channel);
  const address = formatAddress(channel.address);
  const status = await stub.status({ modelName: options.model }, call);
  const error = statusError(status.requestStatus ?? {}, address);
  if (error) throw error;
  const info = modelInfo(status.serverStatus ?? {}, options.model);
  const image = imageModel(info, options, "v1");

  // Ids count from 1: 0 is what a request without an id has.
  const toMessage = ({ index, batchSize, tensor }: ImageRequest): InferRequest => ({
    modelName: options.model,
    modelVersion: BigInt(options.modelVersion ?? NEWEST),
    metaData: {
      id: BigInt(index + 1),
      batchSize,
      input: [{ name: image.inputName }],
      output: [{ name: image.outputName, cls: { count: options.classes } }],
    },
    rawInput: [tensor],
  });
  const fromMessage = ({ requestStatus, metaData }: InferResponse): ImageReply => {
    const error = statusError(requestStatus ?? {}, address);
    if (error) throw error;
    const batches = metaData?.output?.[0]?.batchClasses ?? [];
    return {
      index: Number(metaData?.id ?? 0n) - 1,
      classes: batches.map(({ cls = [] }) =>
        cls.map(({ idx = 0, value = 0, label = "" }) => ({ index: idx, value, label }))
      ),
    };
  };

  return {
    image,
    infer: async (request, call) => fromMessage(await stub.infer(toMessage(request), call)),
    async *stream(requests, call) {
      async function* messages() {
        for await (const request of requests) yield toMessage(request);
      }
      for await (const reply of stub.streamInfer(messages(), call)) yield fromMessage(reply);
    },
  };
}
