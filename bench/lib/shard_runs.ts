/**
 * perf_client from the sources as tasks of one job, against a server that records when requests come.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { PerfResult } from "../../src/perf/types.ts";
import { startAsked } from "./asked_process.ts";

/** Tasks of one job. */
export const SHARDS = 8;

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

/** The command line of the program. */
export function trtis(...args: string[]): string[] {
  return [Deno.execPath(), "run", "-A", "--no-check", MAIN, ...args];
}

/** A request as the server saw it. */
export interface Arrival {
  /** Milliseconds of the server's clock. */
  readonly at: number;
  /** What the request held. */
  readonly value: number;
}

/** The server that records. */
export interface Recorder {
  readonly url: string;
  /** What came since the last call, in the order of coming. */
  take(): Promise<Arrival[]>;
  stop(): Promise<void>;
}

/** Starts it, in a process of its own. */
export async function startRecorder(): Promise<Recorder> {
  const server = startAsked("arrival_server.ts");
  return {
    url: JSON.parse(await server.line()),
    async take() {
      const rows: [number, number][] = JSON.parse(await server.ask("take"));
      return rows.map(([at, value]) => ({ at, value })).sort((a, b) => a.at - b.at);
    },
    stop: () => server.stop(),
  };
}

/** A report. */
export async function readReport(path: string): Promise<PerfResult> {
  return JSON.parse(await Deno.readTextFile(path));
}

/** Runs perf_client once. */
export async function perf(report: string, ...asked: string[]): Promise<PerfResult> {
  const [program, ...args] = trtis("perf_client", "--json", report, ...asked);
  const { code, stderr } = await new Deno.Command(program!, { args }).output();
  // 3: one window can't be stable.
  if (code !== 0 && code !== 3) throw new Error(new TextDecoder().decode(stderr));
  return await readReport(report);
}

/** Where tasks may meet. */
export const PLACES = [":PORT", "a file"] as const;

/** Runs all tasks of a job, which meet at the place. */
export async function perfShards(
  folder: string,
  place: (typeof PLACES)[number],
  ...asked: string[]
): Promise<PerfResult[]> {
  const barrier = place === ":PORT" ? `:${freePort()}` : `${folder}/barrier`;
  return await Promise.all(
    Array.from({ length: SHARDS }, (_, i) => {
      const shard = ["--shard", `${i}/${SHARDS}`, "--barrier", barrier];
      return perf(`${folder}/part-${i}.json`, ...asked, ...shard);
    }),
  );
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
