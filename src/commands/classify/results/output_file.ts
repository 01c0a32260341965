/**
 * The output file of `-o`: a row a picture, appended as they come, so that what was written survives
 * whatever ends the program.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
import { fileError } from "../../../base/file_error.ts";
import { statIfThere } from "../../../base/read_file.ts";
import { recordsOf } from "./records.ts";
import { csvRows, jsonRows, type ResultRow, type RowFormat, type RowShape } from "./row.ts";

/** The output of `-o FILE`. */
export class OutputFile {
  readonly #path: string;
  readonly #format: RowFormat;
  readonly #isCsv: boolean;
  #file: Deno.FsFile | undefined;
  /** Where the last complete row ends. */
  #end = 0;

  /** @throws {InferenceError} USAGE for another ending than .csv and .jsonl */
  constructor(path: string, shape: RowShape) {
    this.#path = path;
    this.#isCsv = isCsvPath(path);
    this.#format = this.#isCsv ? csvRows(shape) : jsonRows(shape);
  }

  /**
   * Opens it and begins anew.
   *
   * @throws {InferenceError} `FILE`
   */
  async create(): Promise<void> {
    await this.#open({ write: true, create: true, truncate: true });
    this.#append(this.#format.header);
  }

  /**
   * The rows that are there already, up to the last complete one.
   *
   * @throws {InferenceError} `FILE` when the file is none that this run would go on with
   */
  async *rows(): AsyncGenerator<ResultRow, void, void> {
    const doing = `Cannot go on with ${this.#path}`;
    if (await statIfThere(this.#path) === undefined) return;
    for await (const { text, end } of recordsOf(this.#path, doing, this.#isCsv)) {
      const isHeader = this.#isCsv && this.#end === 0;
      const row = isHeader ? undefined : this.#format.read(text);
      if (isHeader ? `${text}\n` !== this.#format.header : row === undefined) throw other(doing);
      this.#end = end;
      if (row !== undefined) yield row;
    }
  }

  /**
   * Opens it to go on after the rows that `rows` gave; half a row at its end is cut off.
   *
   * @throws {InferenceError} `FILE`
   */
  async resume(): Promise<void> {
    if (this.#end === 0) return await this.create();
    await this.#open({ write: true });
    try {
      await this.#file!.truncate(this.#end);
      await this.#file!.seek(0, Deno.SeekMode.End);
    } catch (error) {
      throw fileError(error, `Cannot go on with ${this.#path}`);
    }
  }

  /** Appends a row. @throws {InferenceError} `FILE` */
  put(row: ResultRow): void {
    this.#append(this.#format.write(row));
  }

  /** Closes it. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  async #open(options: Deno.OpenOptions): Promise<void> {
    try {
      this.#file = await Deno.open(this.#path, options);
    } catch (error) {
      throw fileError(error, `Cannot write ${this.#path}`);
    }
  }

  #append(text: string): void {
    const bytes = new TextEncoder().encode(text);
    try {
      for (let at = 0; at < bytes.length;) at += this.#file!.writeSync(bytes.subarray(at));
    } catch (error) {
      throw fileError(error, `Cannot write ${this.#path}`);
    }
  }
}

/** Whether the path names CSV rather than lines of JSON. @throws {InferenceError} USAGE */
function isCsvPath(path: string): boolean {
  if (/\.csv$/i.test(path)) return true;
  if (/\.jsonl$/i.test(path)) return false;
  throw new InferenceError(
    "USAGE",
    `-o: expected a file that ends in .csv or .jsonl, got "${path}"`,
    {
      hint: /\.parquet$/i.test(path)
        ? "write .csv, and convert it when the run is over"
        : undefined,
    },
  );
}

function other(doing: string): InferenceError {
  return new InferenceError(
    "FILE",
    `${doing}: it was written with other settings, or by another program`,
    {
      hint: "use the same -c, -o and --truth as before, or another file",
    },
  );
}
