/**
 * Runs the whole program as a child, as a user would.
 *
 * @module
 */
import "./environment.ts";

/** What a run left behind. */
export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How to run it. */
export interface ProgramOptions {
  /** What standard input holds; nothing when left out. */
  readonly stdin?: string | Uint8Array<ArrayBuffer>;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Kills the program after so long; default 30,000. */
  readonly timeoutMs?: number;
  /** The module to run instead of main.ts. */
  readonly entry?: URL;
  /** Flags of `deno run` for permissions; the set `program` of deno.json when left out. */
  readonly permissions?: readonly string[];
}

/** A program under way. */
export interface RunningProgram {
  readonly process: Deno.ChildProcess;
  /** Waits for the end and gives what was not read from the streams before. */
  result(): Promise<ProgramResult>;
}

/** The project's folder. */
export const projectRoot: URL = new URL("../", import.meta.url);

const DEFAULT_TIMEOUT_MS = 30_000;

/** Starts the program; the caller has to wait for its result. */
export function startProgram(
  args: readonly string[],
  options: ProgramOptions = {},
): RunningProgram {
  const { entry = new URL("main.ts", projectRoot), env, cwd, stdin } = options;
  const permissions = options.permissions ?? ["--permission-set=program"];
  const config = new URL("deno.json", projectRoot);
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--config", pathOf(config), ...permissions, pathOf(entry), ...args],
    env,
    cwd,
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return { process, result: () => finish(process, options) };
}

/**
 * Runs the program to its end.
 *
 * @throws when it takes longer than the timeout
 */
export function runProgram(
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  return startProgram(args, options).result();
}

async function finish(
  process: Deno.ChildProcess,
  { stdin, timeoutMs = DEFAULT_TIMEOUT_MS }: ProgramOptions,
): Promise<ProgramResult> {
  let timedOut: string | undefined;
  const timer = setTimeout(() => {
    timedOut = threadsOf(process.pid);
    process.kill("SIGKILL");
  }, timeoutMs);
  try {
    const [, stdout, stderr, { code }] = await Promise.all([
      stdin === undefined ? undefined : feed(process.stdin, stdin),
      rest(process.stdout),
      rest(process.stderr),
      process.status,
    ]);
    if (timedOut !== undefined) {
      throw new Error(`not done after ${timeoutMs} ms; stderr:\n${stderr}\nthreads:\n${timedOut}`);
    }
    return { code, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}

/** A shell looks, because Deno keeps programs away from /proc. */
const THREADS =
  `for task in /proc/$1/task/*; do echo "$(cut -c1-160 $task/stat) $(cat $task/wchan)"; done`;

/** What each thread of a program that hangs does, as the kernel tells it; nothing elsewhere than on Linux. */
function threadsOf(pid: number): string {
  if (Deno.build.os !== "linux") return "";
  const args = ["-c", THREADS, "threads", String(pid)];
  return new TextDecoder().decode(new Deno.Command("sh", { args }).outputSync().stdout);
}

/** A program may end without reading all of its input. */
async function feed(
  stream: WritableStream<Uint8Array<ArrayBuffer>>,
  input: string | Uint8Array<ArrayBuffer>,
): Promise<void> {
  const bytes = typeof input === "string" ? new TextEncoder().encode(input) : input;
  try {
    await new Blob([bytes]).stream().pipeTo(stream);
  } catch (error) {
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}

/** The caller may have read some of a stream, or all, or cancelled it. */
async function rest(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  return await new Response(stream).text();
}

/** A file URL as a path of this system. */
export function pathOf({ pathname }: URL): string {
  const path = decodeURIComponent(pathname);
  return Deno.build.os === "windows" ? path.slice(1) : path;
}
