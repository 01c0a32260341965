/**
 * Runs the program that a smoke run is about, cut off from everything but its own files.
 *
 * @module
 */
import { systemEnv } from "../compile/executable.ts";

/** An executable, or Deno with a stage; see scripts/compile/. */
export interface Subject {
  readonly path: string;
  /** Before the program's own arguments. */
  readonly args: readonly string[];
  /** The whole environment apart from what {@linkcode Sandbox} adds. */
  readonly env: Readonly<Record<string, string>>;
}

/** The folders that a run sees as its own. */
export interface Sandbox {
  /** Working folder. */
  readonly work: string;
  readonly home: string;
  readonly temp: string;
}

/** What a run left behind. */
export interface RunResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const TIMEOUT_MS = 60_000;

/** Makes empty folders under one. */
export async function makeSandbox(folder: string): Promise<Sandbox> {
  const sandbox = { work: `${folder}/work`, home: `${folder}/home`, temp: `${folder}/temp` };
  for (const path of Object.values(sandbox)) await Deno.mkdir(path);
  return sandbox;
}

/** Starts the program. */
export function start(
  { path, args, env }: Subject,
  { work, home, temp }: Sandbox,
  argv: readonly string[],
): Deno.ChildProcess {
  const folders = { HOME: home, USERPROFILE: home, TMPDIR: temp, TEMP: temp, TMP: temp };
  return new Deno.Command(path, {
    args: [...args, ...argv],
    cwd: work,
    clearEnv: true,
    // grpc-js is tried too; see src/client/channel.ts.
    env: { ...systemEnv(), ...folders, TRTIS_UNSAFE_GRPC_JS: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs the program to its end; a minute at most. */
export async function run(
  subject: Subject,
  sandbox: Sandbox,
  argv: readonly string[],
): Promise<RunResult> {
  const process = start(subject, sandbox, argv);
  const timer = setTimeout(() => process.kill("SIGKILL"), TIMEOUT_MS);
  try {
    const { code, stdout, stderr } = await process.output();
    const decoder = new TextDecoder();
    return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
  } finally {
    clearTimeout(timer);
  }
}
