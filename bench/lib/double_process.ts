/**
 * The double of `schedule_server.ts` in a process of its own.
 *
 * @module
 */
import { startAsked } from "./asked_process.ts";

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
  const { pid, line, ask, stop } = startAsked("schedule_server.ts");
  return {
    address: await line(),
    pid,
    reset: async (mode) => void await ask(mode),
    arrivals: async () => (JSON.parse(await ask("")) as number[]).sort((a, b) => a - b),
    stop,
  };
}
