/**
 * Adds up confusion matrices.
 *
 * @module
 */
import { InferenceError } from "../../base/errors.ts";
import { writeOutput } from "../../base/write_file.ts";
import { EXIT } from "../../cli/command.ts";
import type { CommandContext } from "../../cli/context.ts";
import { recordsOf } from "../classify/results/records.ts";
import { csvCells, csvLine } from "../classify/results/row.ts";
import type { MergeJob } from "./job.ts";

/** Adds them up; see the command. */
export async function mergeMatrices(
  { paths, output }: MergeJob,
  { terminal }: CommandContext,
): Promise<number> {
  const sums = new Map<string, Map<string, number>>();
  let corner = "";
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.size === seen.add(await Deno.realPath(path)).size) {
      throw new InferenceError("FILE", `Cannot merge ${path}: it is given twice`);
    }
    corner = await addMatrix(path, sums);
  }
  const names = [...sums.keys()].sort();
  const text = csvLine([corner, ...names]) +
    names.map((truth) =>
      csvLine([truth, ...names.map((name) => String(sums.get(truth)!.get(name) ?? 0))])
    ).join("");
  await writeOutput(output, text);
  terminal.out(`Merged ${paths.length} matrices of ${names.length} classes\n`);
  return EXIT.ok;
}

async function addMatrix(path: string, sums: Map<string, Map<string, number>>): Promise<string> {
  const wrong = (why: string) => new InferenceError("FILE", `Cannot merge ${path}: ${why}`);
  let header: readonly string[] | undefined;
  let rows = 0;
  for await (const { text } of recordsOf(path, `Cannot read ${path}`, true)) {
    const cells = csvCells(text);
    if (header === undefined) {
      header = cells;
      for (const name of cells.slice(1)) if (!sums.has(name)) sums.set(name, new Map());
      continue;
    }
    const row = sums.get(cells[0]!);
    const isRow = row !== undefined && cells.length === header.length &&
      cells[0] === header[++rows] && cells.slice(1).every((cell) => /^\d{1,15}$/.test(cell));
    if (!isRow) throw wrong(`"${text.slice(0, 60)}" is no row of its matrix`);
    cells.slice(1).forEach((cell, i) => {
      const name = header![i + 1]!;
      row.set(name, (row.get(name) ?? 0) + Number(cell));
    });
  }
  if (header === undefined || rows !== header.length - 1) throw wrong("it is not a whole matrix");
  return header[0]!;
}
