/**
 * Runs commands inside the test's own process: the program's table, parser and error reporting, with
 * a terminal that only remembers. A process of its own costs a third of a second each.
 *
 * @module
 */
import "./environment.ts";
import { systemClock } from "../src/base/clock.ts";
import { program } from "../src/commands/program.ts";
import { dispatch } from "../src/cli/dispatch.ts";
import type { ProgramResult } from "./program.ts";

/** How a command is run. */
export interface RunOptions {
  /** Stands for Ctrl-C. */
  readonly signal?: AbortSignal;
}

/** Runs `trtis ARGV`. */
export async function runCommand(
  argv: readonly string[],
  options: RunOptions = {},
): Promise<ProgramResult> {
  let stdout = "";
  let stderr = "";
  const terminal = {
    out: (text: string | Uint8Array) =>
      void (stdout += typeof text === "string" ? text : new TextDecoder().decode(text)),
    err: (text: string) => void (stderr += text),
    outIsTerminal: false,
    errIsTerminal: false,
    color: false,
    errColor: false,
    canRedraw: false,
    columns: () => 80,
  };
  const { signal = new AbortController().signal } = options;
  const context = { terminal, clock: systemClock, signal, os: Deno.build.os };
  const code = await dispatch(argv, context, program);
  return { code, stdout, stderr };
}

/** What image_client says of a run that went well. */
const NEWS = /^(?:classified \d+, failed 0, .*|warning: the model doesn't say how it wants .*)\n/gm;

/** Standard error without that. */
export function withoutNews(stderr: string): string {
  return stderr.replace(NEWS, "");
}
