/**
 * What this example wants of a server, whichever of the two services it has.
 *
 * @module
 */
import type { InferClass } from "../../protocol/types.ts";
import type { GrpcCallOptions } from "../../transport/types.ts";
import type { ImageModel, ImageOptions } from "../../image/image_model.ts";

/** What the command line says. */
export interface ClassifierOptions extends ImageOptions {
  readonly model: string;
  /** Undefined or -1 = the newest. */
  readonly modelVersion: number | undefined;
  readonly classes: number;
}

/** Some images as one tensor. */
export interface ImageRequest {
  /** Number of the request, from 0. */
  readonly index: number;
  readonly batchSize: number;
  readonly tensor: Uint8Array;
}

/** The classes of a request's images. */
export interface ImageReply {
  readonly index: number;
  readonly classes: readonly (readonly InferClass[])[];
}

/** A model to classify with images, behind a generated stub. */
export interface Classifier {
  readonly image: ImageModel;
  /** @throws {InferenceError} when the server refuses, or can't be reached */
  infer(request: ImageRequest, call: GrpcCallOptions): Promise<ImageReply>;
  /** Replies may come in another order. @throws {InferenceError} as `infer` does */
  stream(
    requests: AsyncIterable<ImageRequest>,
    call: GrpcCallOptions,
  ): AsyncIterable<ImageReply>;
}
