/**
 * The name that the executable was called by. A link named `perf_client` runs that command, so that
 * scripts written for the original programs go on working.
 *
 * @module
 */
import { type CommandEntry, findEntry } from "./entry.ts";

/**
 * The name that the system passed as the program's own. Deno keeps it for when Node's `process` is
 * first used; to load that for it would double the time of a start, so it is the second choice.
 *
 * @param deno the runtime; for tests
 */
export async function nameCalledBy(deno: object = Deno): Promise<string> {
  const { internal } = deno as { internal?: symbol };
  const internals = internal &&
    (deno as Record<symbol, { __nodeBootstrapArgs?: unknown }>)[internal];
  const { argv0 } = (internals?.__nodeBootstrapArgs ?? {}) as { argv0?: unknown };
  return typeof argv0 === "string" ? argv0 : (await import("node:process")).default.argv0;
}

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
