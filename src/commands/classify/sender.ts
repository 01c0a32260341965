/**
 * Sends the batches of image_client, each until it is answered or its retries are used up. A stream
 * that broke is opened anew.
 *
 * @module
 */
import type { InferModel } from "../../client/model.ts";
import type { InferOptions } from "../../client/request.ts";
import type { InferResult } from "../../client/result.ts";
import type { InferStream } from "../../client/stream.ts";
import { retried, type Retrying } from "../shared/retries.ts";

/** Requests to one model, one by one or over a gRPC stream. */
export class Sender {
  readonly #model: InferModel;
  readonly #streaming: boolean;
  readonly #retrying: Retrying;
  #stream: InferStream | undefined;

  constructor(model: InferModel, streaming: boolean, retrying: Retrying) {
    this.#model = model;
    this.#streaming = streaming;
    this.#retrying = retrying;
  }

  /** Sends a request; the result of the last attempt. */
  infer(options: InferOptions): Promise<InferResult> {
    return retried(
      () => this.#streaming ? this.#overStream(options) : this.#model.infer(options),
      ({ error }) => error,
      this.#retrying,
    );
  }

  async #overStream(options: InferOptions): Promise<InferResult> {
    const stream = this.#stream ??= this.#model.stream();
    const result = await stream.infer(options);
    const broken = result.error !== undefined && !result.error.answered &&
      result.error.code !== "TIMEOUT";
    // Requests that were on it as well may have opened another one by now.
    if (broken && this.#stream === stream) {
      this.#stream = undefined;
      stream.cancel();
    }
    return result;
  }

  /** Ends the stream, if there is one, without waiting for answers when the run was given up. */
  async close(): Promise<void> {
    if (this.#retrying.signal.aborted) this.#stream?.cancel();
    await this.#stream?.close();
  }
}
