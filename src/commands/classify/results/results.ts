/**
 * Everything that becomes of a run's results beside the text: the output file, the accuracy, the gallery.
 *
 * @module
 */
import { usageError } from "../../../cli/usage.ts";
import { checkOutputFile, writeOutput } from "../../../base/write_file.ts";
import { EXIT } from "../../../cli/command.ts";
import type { CommandContext } from "../../../cli/context.ts";
import type { ListedFile } from "../../../image/directory.ts";
import type { InferClass } from "../../../protocol/types.ts";
import { limitsWith } from "../../../image/types.ts";
import type { ImageFlagOptions } from "../flags.ts";
import { OrderedLines } from "../ordered_lines.ts";
import { GalleryCollector } from "../gallery/collector.ts";
import type { ResultOptions } from "../result_flags.ts";
import { accuracyLines, confusionCsv } from "./accuracy.ts";
import type { ClassWishes } from "./classes.ts";
import { type FailIf, readFailIf } from "./fail_if.ts";
import { OutputFile } from "./output_file.ts";
import { notDone } from "./resume.ts";
import type { ResultRow } from "./row.ts";
import { Tally } from "./tally.ts";
import { removeNote } from "../../shared/note_file.ts";
import { rankOf, readTruth, type Truth } from "./truth.ts";
import { notStandardOutput } from "../../shared/not_standard_output.ts";

type Options = ResultOptions & Pick<ImageFlagOptions, "classes" | "model" | "maxPixels">;

/** Rows as they come, in the order of the images. */
export class Results {
  /** What is counted. */
  readonly tally = new Tally();
  readonly #options: Options;
  readonly #truth: Truth | undefined;
  readonly #conditions: readonly FailIf[];
  readonly #file: OutputFile | undefined;
  readonly #rows: OrderedLines<ResultRow>;
  readonly #gallery: GalleryCollector | undefined;
  #before = 0;

  private constructor(options: Options, truth: Truth | undefined) {
    this.#options = options;
    this.#truth = truth;
    const hasTruth = truth !== undefined;
    this.#conditions = options.failIf.map((text) => readFailIf(text, hasTruth));
    const shape = { classes: options.classes, hasTruth };
    this.#file = options.output === undefined ? undefined : new OutputFile(options.output, shape);
    this.#gallery = options.gallery === undefined ? undefined : new GalleryCollector();
    this.#rows = new OrderedLines((row) => this.#take(row));
  }

  /**
   * Reads what the flags name.
   *
   * @throws {InferenceError} USAGE, FILE
   */
  static async prepare(options: Options): Promise<Results> {
    if (options.resume && options.output === undefined) {
      throw usageError(
        "--resume goes on where an output file ends",
        "add -o FILE.csv or FILE.jsonl",
      );
    }
    if (options.confusion !== undefined && options.truth === undefined) {
      throw usageError(
        "--confusion compares with the truth",
        "add --truth folders or --truth FILE.csv",
      );
    }
    const { output, confusion, gallery } = options;
    notStandardOutput({ "-o": output, "--confusion": confusion, "--gallery": gallery });
    const truth = options.truth === undefined ? undefined : await readTruth(options.truth);
    const results = new Results(options, truth);
    for (const path of [options.confusion, options.gallery]) {
      if (path !== undefined) await checkOutputFile(path);
    }
    return results;
  }

  /** What is wanted of each picture. */
  get wishes(): ClassWishes {
    const { classes, softmax, labels } = this.#options;
    return { classes, softmax, labels, hasTruth: this.#truth !== undefined };
  }

  /** Rows that an earlier run wrote. */
  get before(): number {
    return this.#before;
  }

  /** The files that are still to be done; with `--resume`, those that have no row yet. */
  pending(files: AsyncIterable<ListedFile>): AsyncIterable<ListedFile> {
    if (!this.#options.resume) return files;
    return notDone(files, this.#file!.rows(), (row) => {
      this.#before++;
      this.#keep(row);
    });
  }

  /** Opens the output file. @throws {InferenceError} FILE */
  async open(): Promise<void> {
    if (this.#options.output !== undefined) await removeNote(this.#options.output);
    await (this.#options.resume ? this.#file?.resume() : this.#file?.create());
  }

  /** @param place of the image, from 0 */
  put(place: number, row: Classified): void {
    const truth = this.#truth?.(row.file);
    const rank = truth === undefined ? undefined : rankOf(truth, row.classes);
    this.#rows.put(place, { ...row, truth, rank });
  }

  /** @param place of the image, from 0 */
  fail(place: number, file: string, error: string): void {
    this.#rows.put(place, { file, error, classes: [], truth: this.#truth?.(file) });
  }

  /** Closes the output file. */
  close(): void {
    this.#file?.close();
  }

  /**
   * Writes and says what there is to say at the end.
   *
   * @param say takes the accuracy
   * @returns the exit code that the conditions ask for
   */
  async finish({ terminal, signal }: CommandContext, say: (text: string) => void): Promise<number> {
    const hasTruth = this.#truth !== undefined;
    if (hasTruth) say(accuracyLines(this.tally));
    const { confusion, gallery, model } = this.#options;
    if (gallery !== undefined) {
      const { writeGallery } = await import("../gallery/gallery.ts");
      const rows = this.#gallery!.rows();
      const limits = limitsWith(this.#options.maxPixels);
      const { tally } = this;
      await writeGallery({ path: gallery, rows, limits, model, hasTruth, tally, signal });
    }
    if (confusion !== undefined) await writeOutput(confusion, confusionCsv(this.tally));
    let code: number = EXIT.ok;
    for (const condition of this.#conditions) {
      const value = condition.broken(this.tally);
      if (value === undefined) continue;
      code = EXIT.threshold;
      terminal.err(`error: --fail-if ${condition.text}: ${value}\n`);
    }
    return code;
  }

  #take(row: ResultRow): void {
    this.#file?.put({ ...row, classes: row.classes.slice(0, this.#options.classes) });
    this.#keep(row);
  }

  #keep(row: ResultRow): void {
    this.tally.add(row);
    this.#gallery?.add(row);
  }
}

/** A picture with its classes. */
interface Classified {
  readonly file: string;
  readonly requestMs: number;
  readonly classes: readonly InferClass[];
}
