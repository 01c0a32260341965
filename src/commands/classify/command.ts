/**
 * The run of image_client: pictures -> batches -> requests -> printed classes.
 *
 * @module
 */
import { describeError, InferenceError } from "../../base/errors.ts";
import { orderedMap } from "../../base/pipeline.ts";
import type { InferModel } from "../../client/model.ts";
import type { InferOptions } from "../../client/request.ts";
import type { InferResult } from "../../client/result.ts";
import { EXIT } from "../../command/command.ts";
import type { CommandContext } from "../../command/context.ts";
import { listImages } from "../../image/directory.ts";
import { preprocessFiles, startWorkers } from "../../image/pool.ts";
import type { WorkerPool } from "../../image/worker_pool.ts";
import { openClient, requestTimeoutMs, type ServerOptions } from "../connection.ts";
import { fileError } from "../file_error.ts";
import { openModel } from "../open_model.ts";
import { Progress } from "../progress.ts";
import { batches, type ImageBatch, type ReadyImage } from "./batches.ts";
import type { ImageFlagOptions } from "./flags.ts";
import { type ImageModel, imageModel } from "../../image/image_model.ts";
import { failureJson, imageJson, imageLines, requestLine } from "./report.ts";

/** Pictures decoded ahead of the requests, at least; the next batch should be there when one is sent. */
const DECODED_AHEAD = 8;
/** Requests under way at once with --async. */
const ASYNC_IN_FLIGHT = 8;

type Options = ImageFlagOptions & ServerOptions;

/** Runs the command; see {@linkcode Command.run}. */
export async function classifyCommand(
  options: Options,
  positionals: readonly string[],
  context: CommandContext,
): Promise<number> {
  if (options.streaming && options.protocol !== "grpc") {
    throw new InferenceError("USAGE", "Streaming is only allowed with gRPC protocol", {
      hint: "add -i grpc and the server's gRPC port",
    });
  }
  const version = options.modelVersion === undefined || options.modelVersion < 0
    ? undefined
    : BigInt(options.modelVersion);
  const paths: string[] = [];
  const skipped = (path: string, reason: string) =>
    context.terminal.err(`note: ${path} is left out: ${reason}\n`);
  for (const path of positionals) paths.push(...await listImages(path, skipped));
  const workers = startWorkers(paths.length, options.workers);
  try {
    await using client = await openClient(options);
    const model = await openModel(client, options.model, version, context.signal);
    const image = imageModel(model.info, options, client.api);
    return await new ClassifyRun(options, context, model, image, paths, workers).go();
  } finally {
    workers?.close();
  }
}

type Send = (options: InferOptions) => Promise<InferResult>;

class ClassifyRun {
  readonly #options: Options;
  readonly #context: CommandContext;
  readonly #model: InferModel;
  readonly #image: ImageModel;
  readonly #paths: readonly string[];
  readonly #workers: WorkerPool | undefined;
  readonly #progress: Progress;
  /** Ends the decoding when the run is given up. */
  readonly #stop = new AbortController();
  #failures = 0;
  #written = false;

  constructor(
    options: Options,
    context: CommandContext,
    model: InferModel,
    image: ImageModel,
    paths: readonly string[],
    workers: WorkerPool | undefined,
  ) {
    this.#options = options;
    this.#context = context;
    this.#model = model;
    this.#image = image;
    this.#paths = paths;
    this.#workers = workers;
    const { terminal, clock } = context;
    this.#progress = new Progress(terminal, clock, "classified", paths.length);
  }

  async go(): Promise<number> {
    const stream = this.#options.streaming ? this.#model.stream() : undefined;
    const send: Send = (request) => stream ? stream.infer(request) : this.#model.infer(request);
    const inFlight = this.#options.async ? ASYNC_IN_FLIGHT : 1;
    const outcomes = orderedMap(
      batches(this.#decoded(), this.#options.batchSize),
      inFlight,
      async (batch) => ({ batch, result: await send(this.#request(batch)) }),
    );
    try {
      for await (const { batch, result } of outcomes) {
        this.#report(batch, result);
        if (this.#isHopeless(result)) break;
      }
    } finally {
      this.#stop.abort();
      this.#progress.clear();
      if (this.#context.signal.aborted) stream?.cancel();
      await stream?.close();
    }
    if (this.#context.signal.aborted) return EXIT.interrupted;
    return this.#failures > 0 ? EXIT.failed : EXIT.ok;
  }

  async *#decoded(): AsyncGenerator<ReadyImage, void, void> {
    const files = preprocessFiles(this.#paths, this.#image.spec, {
      workers: this.#options.workers,
      pool: this.#workers,
      inFlight: Math.max(DECODED_AHEAD, this.#options.batchSize),
      signal: AbortSignal.any([this.#context.signal, this.#stop.signal]),
    });
    for await (const { path, tensor, error } of files) {
      if (tensor === undefined) {
        this.#fail(path, error);
        continue;
      }
      await this.#writePreprocessed(tensor);
      yield { path, tensor };
    }
  }

  async #writePreprocessed(tensor: Uint8Array): Promise<void> {
    const path = this.#options.preprocessed;
    if (path === undefined || this.#written) return;
    this.#written = true;
    try {
      await Deno.writeFile(path, tensor);
    } catch (error) {
      throw fileError(error, `Cannot write the preprocessed picture to ${path}`);
    }
  }

  #request(batch: ImageBatch): InferOptions {
    return {
      inputs: { [this.#image.inputName]: { bytes: batch.images.map(({ tensor }) => tensor) } },
      outputs: [{ name: this.#image.outputName, classes: this.#options.classes }],
      batchSize: batch.images.length,
      timeoutMs: requestTimeoutMs(this.#options),
      signal: this.#context.signal,
    };
  }

  #report(batch: ImageBatch, result: InferResult): void {
    if (this.#context.signal.aborted) return;
    if (result.error) return this.#reportFailure(batch, result.error);
    const { terminal } = this.#context;
    const output = result.output(this.#image.outputName);
    const { json } = this.#options;
    // The pictures that only fill the last batch up are no news in JSON.
    const shown = json ? batch.images.slice(0, batch.fresh) : batch.images;
    let text = json ? "" : requestLine(batch.index, batch.images.length);
    shown.forEach(({ path }, i) => {
      const one = { path, classes: output.classes(i) };
      text += json ? imageJson(one, { ...origin(result), request: batch.index }) : imageLines(one);
    });
    terminal.out(text);
    if (this.#options.verbose) {
      this.#progress.clear();
      terminal.err(timesLine(batch, result));
    }
    this.#progress.advance(batch.fresh);
  }

  #reportFailure(batch: ImageBatch, error: InferenceError): void {
    const paths = batch.images.slice(0, batch.fresh).map(({ path }) => path);
    this.#failures += paths.length;
    this.#progress.clear();
    const which = paths.length === 1 ? paths[0] : `${paths[0]} and ${paths.length - 1} more`;
    this.#context.terminal.err(
      `error: request ${batch.index} (${which}) failed: ${error.describe()}\n`,
    );
    if (!this.#options.json) return;
    for (const path of paths) this.#context.terminal.out(failureJson(path, error.describe()));
  }

  /** The pictures that can't be read: the others go on. */
  #fail(path: string, error: unknown): void {
    if (this.#context.signal.aborted) return;
    this.#failures++;
    this.#progress.clear();
    const reason = error instanceof InferenceError ? error.message : describeError(error);
    this.#context.terminal.err(`error: ${reason}\n`);
    if (this.#options.json) this.#context.terminal.out(failureJson(path, reason));
    this.#progress.advance(1);
  }

  /** When the server can't be reached any more, every further picture would only fail the same way. */
  #isHopeless(result: InferResult): boolean {
    return result.error !== undefined &&
      ["CONNECTION", "PROTOCOL", "CANCELLED", "TIMEOUT"].includes(result.error.code);
  }
}

function origin(result: InferResult) {
  return { modelName: result.modelName, modelVersion: result.modelVersion };
}

function timesLine(batch: ImageBatch, { timers }: InferResult): string {
  const ms = (value: number) => value.toFixed(3);
  return `request ${batch.index}: ${ms(timers.totalMs)} ms (send ${ms(timers.sendMs)}, ` +
    `response wait ${ms(timers.waitMs)}, receive ${ms(timers.receiveMs)})\n`;
}
