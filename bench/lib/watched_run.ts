/**
 * Runs perf_client and looks at its memory meanwhile.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { LevelResult } from "../../src/perf/types.ts";

/** Seconds since the start, and the resident set in MiB. */
export type MemoryLook = readonly [seconds: number, mib: number];

/** What came of it. */
export interface WatchedRun {
  readonly code: number;
  readonly text: string;
  readonly level: LevelResult;
  readonly memory: readonly MemoryLook[];
}

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

async function residentMib(pid: number): Promise<number | undefined> {
  try {
    const status = await Deno.readTextFile(`/proc/${pid}/status`);
    return Number(/^VmRSS:\s*(\d+)/m.exec(status)![1]) / 1024;
  } catch {
    return undefined;
  }
}

/** Runs it to its end; killed when it takes more than `maxMib`. */
export async function watchedRun(
  args: readonly string[],
  { everyMs, maxMib, after }: {
    readonly everyMs: number;
    readonly maxMib: number;
    /** Called at each look, with the seconds since the start. */
    readonly after?: (seconds: number) => void;
  },
): Promise<WatchedRun> {
  const file = await Deno.makeTempFile({ suffix: ".json" });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, "perf_client", ...args, "--json", file],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const started = performance.now();
  const memory: MemoryLook[] = [];
  const timer = setInterval(async () => {
    const seconds = (performance.now() - started) / 1000;
    after?.(seconds);
    const mib = await residentMib(child.pid);
    if (mib === undefined) return;
    memory.push([seconds, mib]);
    if (mib > maxMib) child.kill("SIGKILL");
  }, everyMs);
  const { code, stdout } = await child.output();
  clearInterval(timer);
  const [level]: LevelResult[] = JSON.parse(await Deno.readTextFile(file)).levels;
  await Deno.remove(file);
  return { code, text: new TextDecoder().decode(stdout), level: level!, memory };
}
