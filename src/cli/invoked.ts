/**
 * The name that the executable was called by. A link named `perf_client` runs that command, so that
 * scripts written for the original programs go on working.
 *
 * @module
 */
import { type CommandEntry, findEntry } from "./entry.ts";

/**
 * The command that the executable's own name stands for. Only names of the original's programs
 * count: a `trtis` renamed to some other word stays `trtis`.
 *
 * @param argv0 what the system passes as the program's name, with or without a path
 */
export function commandOfName(
  argv0: string,
  entries: readonly CommandEntry[],
): string | undefined {
  const name = argv0.replace(/^.*[\\/]/, "").replace(/\.exe$/i, "");
  const entry = findEntry(entries, name);
  return entry?.program ? entry.name : undefined;
}
