/**
 * A double in a process of its own that is asked by lines: what is written to its standard input it
 * answers with one line each.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** A running one. */
export interface AskedProcess {
  readonly pid: number;
  /** The next line that it writes. */
  line(): Promise<string>;
  /** Asks, and waits for the answer. */
  ask(question: string): Promise<string>;
  /** Ends it. */
  stop(): Promise<void>;
}

/** Starts a script of this folder. */
export function startAsked(script: string, args: readonly string[] = []): AskedProcess {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", path, ...args],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const parts = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const questions = child.stdin.getWriter();
  let pending = "";
  const line = async () => {
    while (!pending.includes("\n")) {
      const { value, done } = await parts.read();
      if (done) throw new Error(`${script} ended`);
      pending += value;
    }
    const end = pending.indexOf("\n");
    const found = pending.slice(0, end);
    pending = pending.slice(end + 1);
    return found;
  };
  return {
    pid: child.pid,
    line,
    async ask(question) {
      await questions.write(new TextEncoder().encode(`${question}\n`));
      return await line();
    },
    async stop() {
      await questions.close();
      await child.status;
      await parts.cancel();
    },
  };
}
