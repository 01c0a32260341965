/**
 * Runs a program and tells what it cost.
 *
 * @module
 */

/** Prints the child's output as it is, and as the last line of stderr what it cost. */
const WRAPPER = `
import json, resource, subprocess, sys, time
start = time.monotonic()
code = subprocess.call(sys.argv[1:])
seconds = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss, seconds]), file=sys.stderr)
`;

/** A program's run. */
export interface MeasuredRun {
  readonly code: number;
  /** From its start to its end. */
  readonly seconds: number;
  readonly stdout: string;
  readonly stderr: string;
  /** User and system time, all threads. */
  readonly cpuSeconds: number;
  /** Largest resident set. */
  readonly memoryMib: number;
}

/**
 * Runs a program to its end; killed after `timeoutMs`.
 *
 * @param waitWith a command that waits for a quiet machine and becomes the one that it is given; its wait
 * counts as no time
 */
export async function runMeasured(
  python: string,
  command: readonly string[],
  env: Record<string, string> = {},
  timeoutMs = 120_000,
  waitWith: readonly string[] = [],
): Promise<MeasuredRun> {
  const [first, ...args] = [
    ...[...waitWith, "timeout", String(timeoutMs / 1000)],
    ...[python, "-c", WRAPPER, ...command],
  ];
  const child = new Deno.Command(first!, {
    args,
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  });
  const output = await child.output();
  const stdout = new TextDecoder().decode(output.stdout);
  const lines = new TextDecoder().decode(output.stderr).trimEnd().split("\n");
  const last = lines.pop() ?? "";
  if (!/^\[-?\d+, /.test(last)) throw new Error(`${command[0]} was killed or broke:\n${last}`);
  const [code, cpuSeconds, kib, seconds] = JSON.parse(last);
  return { code, stdout, stderr: lines.join("\n"), seconds, cpuSeconds, memoryMib: kib / 1024 };
}
