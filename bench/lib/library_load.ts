/**
 * Requests of the library, so many in flight, against a server that fails: `library_load.ts WIRE ADDRESS
 * SECONDS`. Prints what became of them, and of the process, as JSON.
 *
 * @module
 */
import { InferenceClient } from "../../mod.ts";

const IN_FLIGHT = 64;
/** Longer than a connection may take. */
const SETTLE_MS = 11_000;
const SAMPLES = 8;

/** What {@linkcode main} prints. */
export interface LoadReport {
  readonly sent: number;
  readonly ok: number;
  /** By error code. */
  readonly failed: Readonly<Record<string, number>>;
  readonly wrong: number;
  /** Resident memory, at even distances. */
  readonly rssMb: readonly number[];
  /** Open files before the first request and after the client was closed. */
  readonly files: readonly [before: number, after: number];
}

const INPUT0 = Int32Array.from({ length: 16 }, (_, i) => i);
const INPUT1 = new Int32Array(16).fill(1);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The files that are open, without the runtime's own pairs of sockets, which come when they are needed. */
function openFiles(): number {
  const own = new Set(Deno.readTextFileSync("/proc/net/unix").split(/\s+/));
  return [...Deno.readDirSync("/proc/self/fd")].filter(({ name }) => {
    try {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(Deno.readLinkSync(`/proc/self/fd/${name}`)) ?? [];
      return inode === undefined || !own.has(inode);
    } catch {
      return false;
    }
  }).length;
}

async function main([wire, address, seconds]: string[]): Promise<LoadReport> {
  const url = `${wire}://${address}`;
  // The first request also loads what all of them need.
  const first = await connect(url);
  await first.infer("simple", { inputs: { INPUT0, INPUT1 } });
  await first.close();
  await sleep(200);
  const before = openFiles();
  const client = await connect(url);
  const end = performance.now() + Number(seconds) * 1000;
  const failed: Record<string, number> = {};
  const rssMb: number[] = [];
  let [sent, ok, wrong] = [0, 0, 0];
  const sampling = (async () => {
    while (rssMb.length < SAMPLES) {
      await sleep(Number(seconds) * 1000 / SAMPLES);
      rssMb.push(Math.round(Deno.memoryUsage().rss / 2 ** 20));
    }
  })();
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    while (performance.now() < end) {
      sent++;
      const result = await client.infer("simple", {
        inputs: { INPUT0, INPUT1 },
        timeoutMs: 300,
      });
      const { error } = result;
      if (error !== undefined) failed[error.code] = (failed[error.code] ?? 0) + 1;
      else if (result.output("OUTPUT0").data[15] === 16) ok++;
      else wrong++;
      // A server that is down isn't asked by the million.
      if (error?.code === "CONNECTION") await sleep(10);
    }
  }));
  await sampling;
  await client.close();
  // A connection that was being made is closed when it is there, or given up in time.
  for (const late = performance.now() + SETTLE_MS; openFiles() > before;) {
    if (performance.now() > late) break;
    await sleep(100);
  }
  return { sent, ok, wrong, failed, rssMb, files: [before, openFiles()] };
}

/** The first question may meet with a fault as well. */
async function connect(url: string): Promise<InferenceClient> {
  for (;;) {
    try {
      return await InferenceClient.connect({ url, api: "v1", connectTimeoutMs: 1000 });
    } catch {
      await sleep(100);
    }
  }
}

if (import.meta.main) {
  console.log(JSON.stringify(await main(Deno.args)));
  Deno.exit(0);
}
