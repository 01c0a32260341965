/**
 * One run of image_client: decoded images -> batches -> requests -> results.
 *
 * @module
 */
import type { InferenceError } from "../../base/errors.ts";
import { orderedMap } from "../../base/pipeline.ts";
import { writeOutput } from "../../base/write_file.ts";
import { EXIT } from "../../cli/command.ts";
import type { CommandContext } from "../../cli/context.ts";
import { describeFailure } from "../../cli/remedies.ts";
import type { InferModel } from "../../client/model.ts";
import type { InferOptions } from "../../client/request.ts";
import type { InferResult } from "../../client/result.ts";
import type { ImageModel } from "../../image/image_model.ts";
import { limitsWith } from "../../image/types.ts";
import { defaultAhead, defaultWorkers, preprocessFiles } from "../../image/workers/pool.ts";
import type { WorkerPool } from "../../image/workers/worker_pool.ts";
import { CountProgress } from "../progress.ts";
import { requestTimeoutMs, type ServerFlagOptions } from "../shared/connection.ts";
import { AwayWatch } from "../shared/retries.ts";
import { batches, type ImageBatch, type ReadyImage } from "./batches.ts";
import { profileNote } from "./explain.ts";
import type { FileSource } from "./file_source.ts";
import type { ImageFlagOptions } from "./flags.ts";
import { OrderedLines } from "./ordered_lines.ts";
import type { PreprocessFlagOptions } from "./preprocess_flags.ts";
import {
  failureJson,
  fileReason,
  imageJson,
  imageLines,
  requestLine,
  summaryLine,
} from "./report.ts";
import type { ResultOptions } from "./result_flags.ts";
import type { ClassReader } from "./results/classes.ts";
import type { Results } from "./results/results.ts";
import { Sender } from "./sender.ts";

/** Images decoded ahead of the requests, at least; the next batch should be there when one is sent. */
const DECODED_AHEAD = 8;
/** Requests in flight at once with --async. */
const ASYNC_IN_FLIGHT = 8;

type Options = ImageFlagOptions & PreprocessFlagOptions & ServerFlagOptions & ResultOptions;

/** What a run is about. */
export interface RunParts {
  readonly options: Options;
  readonly context: CommandContext;
  readonly model: InferModel;
  readonly image: ImageModel;
  readonly source: FileSource;
  readonly results: Results;
  readonly classes: ClassReader;
  readonly workers: WorkerPool | undefined;
}

/** Classifies what a source lists. */
export class ClassifyRun {
  readonly #options: Options;
  readonly #context: CommandContext;
  readonly #model: InferModel;
  readonly #image: ImageModel;
  readonly #source: FileSource;
  readonly #results: Results;
  readonly #classes: ClassReader;
  readonly #workers: WorkerPool | undefined;
  readonly #progress: CountProgress;
  /** Ends the decoding when the run is given up. */
  readonly #stop = new AbortController();
  /** Lines of JSON, in the order of the images. */
  readonly #lines: OrderedLines;
  #classified = 0;
  #failures = 0;
  #written = false;
  #isComplete = false;

  constructor({ options, context, model, image, workers, ...parts }: RunParts) {
    this.#options = options;
    this.#context = context;
    this.#model = model;
    this.#image = image;
    this.#source = parts.source;
    this.#results = parts.results;
    this.#classes = parts.classes;
    this.#workers = workers;
    const { terminal, clock } = context;
    this.#lines = new OrderedLines((text) => terminal.out(text));
    this.#progress = new CountProgress(terminal, clock, "classified", parts.source.known);
  }

  /** Whether every picture was tried. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  async go(): Promise<number> {
    const { clock, signal } = this.#context;
    const { retries, streaming } = this.#options;
    const start = clock.now();
    const sender = new Sender(this.#model, streaming, { retries, clock, signal });
    const away = new AwayWatch(retries);
    const inFlight = this.#options.async ? ASYNC_IN_FLIGHT : 1;
    const outcomes = orderedMap(
      batches(this.#decoded(), this.#options.batchSize),
      inFlight,
      async (batch) => ({ batch, result: await sender.infer(this.#request(batch)) }),
    );
    if (this.#progress.isShown) this.#source.count((total) => this.#progress.expect(total));
    try {
      for await (const { batch, result } of outcomes) {
        const isOver = away.note(result.error);
        this.#report(batch, result, isOver);
        if (isOver) break;
        if (result.error === undefined) this.#recycle(batch);
      }
    } finally {
      this.#stop.abort();
      this.#results.close();
      this.#progress.clear();
      await sender.close();
      this.#lines.flush();
    }
    const left = await this.#source.drain() - this.#classified - this.#failures;
    this.#summarize(clock.now() - start, left);
    this.#isComplete = left === 0 && !signal.aborted;
    if (signal.aborted) return EXIT.interrupted;
    return this.#failures > 0 || left > 0 ? EXIT.failed : EXIT.ok;
  }

  /** An answered request's tensors are done with, but the first ones may have to fill the last batch up. */
  #recycle({ index, images, fresh }: ImageBatch): void {
    if (index === 0) return;
    for (const { tensor } of images.slice(0, fresh)) this.#workers?.recycle(tensor);
  }

  /** One image speaks for itself; of many, people want to know how it went. */
  #summarize(elapsedMs: number, left: number): void {
    const { before } = this.#results;
    if (this.#source.listed + before < 2) return;
    this.#context.terminal.err(summaryLine({
      classified: this.#classified,
      failed: this.#failures,
      left,
      elapsedMs,
      before,
    }));
  }

  async *#decoded(): AsyncGenerator<ReadyImage, void, void> {
    const files = preprocessFiles(this.#source.files(), this.#image.spec, {
      workers: this.#options.workers,
      pool: this.#workers,
      limits: limitsWith(this.#options.maxPixels),
      inFlight: this.#ahead(),
      signal: AbortSignal.any([this.#context.signal, this.#stop.signal]),
    });
    let place = 0;
    for await (const { path, tensor, error } of files) {
      if (this.#options.explain) this.#context.terminal.err(await profileNote(path));
      if (tensor === undefined) {
        this.#fail(path, error, place++);
        continue;
      }
      await this.#writePreprocessed(tensor);
      yield { path, tensor, place: place++ };
    }
  }

  /** Enough for the workers, and for a batch while the one before it is put together. */
  #ahead(): number {
    const workers = this.#options.workers ?? defaultWorkers(this.#source.known ?? Infinity);
    return Math.max(
      defaultAhead(workers, this.#image.spec),
      DECODED_AHEAD,
      this.#options.batchSize,
    );
  }

  async #writePreprocessed(tensor: Uint8Array): Promise<void> {
    const path = this.#options.preprocessed;
    if (path === undefined || this.#written) return;
    this.#written = true;
    await writeOutput(path, tensor, `the preprocessed image to ${path}`);
  }

  #request(batch: ImageBatch): InferOptions {
    return {
      inputs: {
        [this.#image.inputName]: {
          bytes: batch.images.map(({ tensor }) => tensor),
          shape: this.#image.inputShape,
          dataType: this.#image.inputType,
        },
      },
      outputs: [{ name: this.#image.outputName, classes: this.#classes.asked }],
      batchSize: batch.images.length,
      timeoutMs: requestTimeoutMs(this.#options),
      signal: this.#context.signal,
    };
  }

  #report(batch: ImageBatch, result: InferResult, isOver: boolean): void {
    if (this.#context.signal.aborted) return;
    if (result.error) return this.#reportFailure(batch, result.error, isOver);
    const { terminal } = this.#context;
    const output = result.output(this.#image.outputName);
    const { json, classes: shownClasses } = this.#options;
    const isText = !json && this.#options.output === undefined;
    // The images that only fill the last batch up are no news in JSON.
    const shown = isText ? batch.images : batch.images.slice(0, batch.fresh);
    let text = isText ? requestLine(batch.index, batch.images.length) : "";
    shown.forEach(({ path, place }, i) => {
      const classes = this.#classes.refine(output.classes(i));
      const one = { path, classes: classes.slice(0, shownClasses) };
      if (isText) text += imageLines(one);
      if (json) {
        this.#lines.put(place!, imageJson(one, { ...origin(result), request: batch.index }));
      }
      if (i < batch.fresh) {
        this.#results.put(place!, { file: path, classes, requestMs: result.timers.totalMs });
      }
    });
    terminal.out(text);
    if (this.#options.verbose) {
      this.#progress.clear();
      terminal.err(timesLine(batch, result));
    }
    this.#classified += batch.fresh;
    this.#progress.advance(batch.fresh);
  }

  #reportFailure(batch: ImageBatch, error: InferenceError, isOver: boolean): void {
    const failed = batch.images.slice(0, batch.fresh);
    const paths = failed.map(({ path }) => path);
    this.#failures += paths.length;
    this.#progress.advance(paths.length);
    this.#progress.clear();
    const which = paths.length === 1 ? paths[0] : `${paths[0]} and ${paths.length - 1} more`;
    this.#context.terminal.err(
      `error: request ${batch.index} (${which}) failed: ${describeFailure(error)}\n`,
    );
    for (const { path, place } of failed) {
      const reason = describeFailure(error);
      if (this.#options.json) this.#lines.put(place!, failureJson(path, reason));
      // When the server is gone, these have not been tried in earnest: --resume will.
      if (!isOver) this.#results.fail(place!, path, reason);
    }
  }

  /** The images that can't be read: the others go on. */
  #fail(path: string, error: unknown, place: number): void {
    if (this.#context.signal.aborted) return;
    this.#failures++;
    this.#progress.clear();
    const reason = fileReason(error);
    this.#context.terminal.err(`error: ${reason}\n`);
    if (this.#options.json) this.#lines.put(place, failureJson(path, reason));
    this.#results.fail(place, path, reason);
    this.#progress.advance(1);
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
