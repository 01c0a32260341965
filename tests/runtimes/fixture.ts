/**
 * What the tests of other runtimes share: programs in a project that has the npm package.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { FOLDER } from "../../scripts/runtimes.ts";

/** How a program ended. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const installed = (path: string) => fileURLToPath(new URL(`node_modules/${path}`, FOLDER));

/** The runtimes, and how each runs a file. */
export const RUNTIMES: Readonly<Record<string, readonly string[]>> = {
  "Node 20": [installed("node20/bin/node")],
  "Node 22": [installed("node22/bin/node")],
  "Node 24": [installed("node24/bin/node")],
  "Bun": [installed(".bin/bun"), "run"],
  "Deno": [Deno.execPath(), "run", "-A", "--no-config", "--node-modules-dir=manual"],
};

/** Runs a command in the project. */
export async function run(command: readonly string[], ms = 120_000): Promise<Outcome> {
  const [program = "", ...args] = command;
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd: fileURLToPath(FOLDER),
    env: { NO_COLOR: "1" },
    stdin: "null",
    signal: AbortSignal.timeout(ms),
  }).output();
  const decoder = new TextDecoder();
  return { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
}

/** Writes a file of the project. @returns its path from there */
export async function write(name: string, text: string): Promise<string> {
  await Deno.writeTextFile(new URL(name, FOLDER), text);
  return name;
}

/** The path of a tool of the project. */
export const tool = installed;
