/**
 * Which pictures a run that goes on has done before.
 *
 * @module
 */
import type { ListedFile } from "../../../image/directory.ts";
import type { ResultRow } from "./row.ts";

/**
 * The files that have no row yet. Files and rows stand in the same order, so only one of each is in memory;
 * where files came or went since, the rest of the rows' names are.
 *
 * @param onRow hears of every row that is there
 */
export async function* notDone(
  files: AsyncIterable<ListedFile>,
  rows: AsyncIterator<ResultRow>,
  onRow: (row: ResultRow) => void,
): AsyncGenerator<ListedFile, void, void> {
  const next = async () => {
    const { value, done } = await rows.next();
    if (!done) onRow(value);
    return done ? undefined : value.file;
  };
  /** Rows by name, once the two orders part. */
  let others: Map<string, number> | undefined;
  let expected = await next();
  for await (const file of files) {
    if (others === undefined && file.path === expected) {
      expected = await next();
      continue;
    }
    if (others === undefined) {
      others = new Map();
      for (; expected !== undefined; expected = await next()) {
        others.set(expected, (others.get(expected) ?? 0) + 1);
      }
    }
    const left = others.get(file.path) ?? 0;
    if (left === 0) yield file;
    else others.set(file.path, left - 1);
  }
  while (expected !== undefined) expected = await next();
}
