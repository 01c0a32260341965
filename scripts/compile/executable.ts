/**
 * Runs `deno compile` over a stage.
 *
 * @module
 */
import { Failure } from "./failure.ts";
import { findDenort } from "./denort.ts";
import type { Stage } from "./stage.ts";
import { hostTarget, type Target } from "./targets.ts";

/** What an executable is made from. */
export interface ExecutableInput {
  readonly stage: Stage;
  /** The folder that the stage was written to. */
  readonly folder: string;
  readonly permissionFlags: readonly string[];
  readonly target: Target;
  /** Passed on to `deno compile --engine`. */
  readonly engine?: string;
  /** Value of DENORT_BIN. */
  readonly denort?: string;
  /** Where the executable goes. */
  readonly output: string;
}

/** Flags that keep a run of the stage from reading anything but the stage. */
export const ISOLATED: readonly string[] = [
  ...["--no-config", "--no-lock", "--no-remote", "--no-npm", "--cached-only", "--no-check"],
  // Deno would keep compiled code in the folder for temporary files, which others may write to.
  "--no-code-cache",
];

/** Makes an executable. @throws {Failure} */
export async function compileExecutable(input: ExecutableInput): Promise<void> {
  const { stage, folder, target, engine, permissionFlags, output } = input;
  const denort = await findDenort(input.denort, target);
  const embedded = [
    ...stage.workers,
    ...stage.files.map(({ path }) => path).filter((path) => path.startsWith("data/")),
  ];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["compile", "--quiet", ...ISOLATED, ...permissionFlags, "--target", target.triple],
      ...engine === undefined ? [] : ["--engine", engine],
      ...embedded.flatMap((path) => ["--include", path]),
      ...["--output", output, stage.main],
    ],
    cwd: folder,
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0", ...denort && { DENORT_BIN: denort } },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) throw explain(new TextDecoder().decode(stderr), target, denort);
}

function explain(stderr: string, { triple }: Target, denort: string | undefined): Failure {
  const lines = stderr.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  if (denort === undefined && lines.some((line) => line.includes("error sending request"))) {
    return new Failure(
      `cannot download denort for ${triple}; get one elsewhere, then: DENORT_BIN=/path/to/denort deno task compile`,
    );
  }
  const subject = denort === undefined ? triple : `${triple} with DENORT_BIN "${denort}"`;
  return new Failure(`cannot compile for ${subject}:\n${lines.join("\n")}`);
}

/** What a program can't be started without in an otherwise empty environment. */
export function systemEnv(): Record<string, string> {
  if (Deno.build.os !== "windows") return {};
  return { SystemRoot: Deno.env.get("SystemRoot") ?? "" };
}

/**
 * Runs an executable that was made for this system, to see that it is what it should be: a denort of
 * another version, a damaged one and Deno itself all pass for denort until they run.
 *
 * @throws {Failure}
 */
export async function checkExecutable(
  path: string,
  target: Target,
  firstLine: string,
): Promise<"runs" | "not run here"> {
  if (target !== hostTarget()) return "not run here";
  const folder = await Deno.makeTempDir();
  try {
    const { stdout, stderr } = await new Deno.Command(path, {
      args: ["--version"],
      cwd: folder,
      clearEnv: true,
      env: systemEnv(),
      stdin: "null",
    }).output();
    const [said] = new TextDecoder().decode(stdout).split("\n");
    if (said === firstLine) return "runs";
    const instead = said || new TextDecoder().decode(stderr).trim() || "nothing";
    throw new Failure(
      `what came out for ${target.triple} does not run: it says "${instead}" instead of "${firstLine}"; ` +
        `the denort it was made from is damaged or none`,
    );
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(`what came out for ${target.triple} does not start: ${error}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
