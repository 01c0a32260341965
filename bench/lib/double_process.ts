/**
 * The double of `schedule_server.ts` in a process of its own.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** A running double. */
export interface DoubleProcess {
  readonly address: string;
  readonly pid: number;
  /** Starts anew with this behaviour. */
  reset(mode: "0 ms" | "1 ms" | "stall"): Promise<void>;
  /** When requests came since then, in milliseconds, ascending. */
  arrivals(): Promise<number[]>;
  stop(): Promise<void>;
}

/** Starts it. */
export async function startDouble(): Promise<DoubleProcess> {
  const path = fileURLToPath(new URL("schedule_server.ts", import.meta.url));
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", path],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const questions = child.stdin.getWriter();
  let pending = "";
  const line = async () => {
    while (!pending.includes("\n")) {
      const { value, done } = await lines.read();
      if (done) throw new Error("the double ended");
      pending += value;
    }
    const end = pending.indexOf("\n");
    const found = pending.slice(0, end);
    pending = pending.slice(end + 1);
    return found;
  };
  const ask = async (word: string) => {
    await questions.write(new TextEncoder().encode(`${word}\n`));
    return await line();
  };
  const address = await line();
  return {
    address,
    pid: child.pid,
    reset: async (mode) => void await ask(mode),
    arrivals: async () => (JSON.parse(await ask("")) as number[]).sort((a, b) => a - b),
    async stop() {
      await questions.close();
      await lines.cancel();
      await child.status;
    },
  };
}
