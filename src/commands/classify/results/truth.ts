/**
 * What pictures are in truth.
 *
 * @module
 */
import { InferenceError } from "../../../base/errors.ts";
import { isTruth } from "../../../base/class_truth.ts";
import type { InferClass } from "../../../protocol/types.ts";
import { recordsOf } from "./records.ts";
import { csvCells } from "./row.ts";

/** Tells what a file is in truth; undefined where nobody said. */
export type Truth = (file: string) => string | undefined;

const FILE_COLUMNS = ["file", "path", "image", "filename", "file_name"];
const TRUTH_COLUMNS = ["truth", "label", "class", "target", "category"];

/**
 * Reads `--truth folders|FILE.csv`.
 *
 * @throws {InferenceError} `FILE`
 */
export async function readTruth(given: string): Promise<Truth> {
  return given === "folders" ? folderOf : await truthOfFile(given);
}

/** The name of the folder that a file lies in. */
function folderOf(file: string): string | undefined {
  const parts = file.split(/[\\/]/);
  const name = parts.at(-2);
  return name === undefined || name === "" || name === "." || name === ".." ? undefined : name;
}

async function truthOfFile(path: string): Promise<Truth> {
  const doing = `Cannot read the truth from ${path}`;
  const byFile = new Map<string, string>();
  let columns: readonly [file: number, truth: number] | undefined;
  for await (const { text } of recordsOf(path, doing, true)) add(csvCells(text));
  if (byFile.size > 0) return (file) => lookUp(byFile, file);
  throw new InferenceError("FILE", `${doing}: it names no files`, {
    hint: "expected a line such as photos/mug.jpg,coffee mug for each",
  });

  function add(cells: readonly string[]): void {
    if (columns === undefined) {
      const names = cells.map((cell) => cell.replace("\ufeff", "").trim().toLowerCase());
      const file = names.findIndex((name) => FILE_COLUMNS.includes(name));
      const truth = names.findIndex((name) => TRUTH_COLUMNS.includes(name));
      columns = file >= 0 && truth >= 0 ? [file, truth] : [0, 1];
      if (file >= 0 && truth >= 0) return;
    }
    const [file, truth] = [cells[columns[0]], cells[columns[1]]];
    if (file && truth) byFile.set(plain(file), truth.trim());
  }
}

/** By the whole path, else by ever less of it: lists are often written from within a folder. */
function lookUp(byFile: ReadonlyMap<string, string>, file: string): string | undefined {
  for (let path = plain(file);;) {
    const found = byFile.get(path);
    const slash = path.indexOf("/");
    if (found !== undefined || slash < 0) return found;
    path = path.slice(slash + 1);
  }
}

function plain(path: string): string {
  const slashes = path.replaceAll("\\", "/");
  return slashes.startsWith("./") ? slashes.slice(2) : slashes;
}

/** Which place the truth has among the first five, from 1. */
export function rankOf(truth: string, classes: readonly InferClass[]): number | undefined {
  const place = classes.slice(0, 5).findIndex((one) => isTruth(truth, one));
  return place < 0 ? undefined : place + 1;
}
