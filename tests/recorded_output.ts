/**
 * What the original clients printed, from tests/golden/r19.07.
 *
 * @module
 */

/** A recorded run. */
export interface RecordedRun {
  /** With the program's name in front. */
  readonly argv: readonly string[];
  readonly stdout: string;
  readonly code: number;
}

/** Reads `$ command`, what it printed, `[exit N]`. */
export function parseRun(text: string): RecordedRun {
  const lines = text.replace(/\n$/, "").split("\n");
  const command = /^\$ (.*)$/.exec(lines[0]!);
  const exit = /^\[exit (\d+)\]$/.exec(lines.at(-1)!);
  if (!command || !exit) throw new Error(`not a recorded run: ${lines[0]}`);
  return {
    argv: command[1]!.split(" "),
    stdout: lines.slice(1, -1).map((line) => `${line}\n`).join(""),
    code: Number(exit[1]),
  };
}

/**
 * The same without what another implementation can't print: libcurl's own report (-v over HTTP mixes
 * it in: lines that begin with `*`, and headers, whose lines end as HTTP's do), times and counts.
 */
export function comparable(output: string): string {
  return output
    .split("\n")
    .filter((line) => !line.startsWith("*") && !line.endsWith("\r"))
    .join("\n")
    .replace(
      /\b(uptime_ns|count|total_time_ns|model_execution_count|model_inference_count): \d+/g,
      "$1: N",
    );
}
