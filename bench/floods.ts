/**
 * What floods cost the embedded server: its memory at the most, and how long a client that behaves waits
 * meanwhile. Each flood has a server process of its own, which is ended when it grows beyond 6 GB.
 *
 *     deno task bench:floods [--only NAME] [--main ../other-version/main.ts]
 *
 * Fails when a server grows to 300 MB or more, or a probe waits for a second or more.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { fileURLToPath } from "node:url";
import { FLOOD_NAMES } from "./lib/floods.ts";
import { startServerProcess } from "./lib/server_process.ts";
import { printTable } from "./lib/table.ts";

const MAX_MB = 300;
const MAX_PROBE_MS = 1000;
const KILL_MB = 6000;
const MAX_SECONDS = 60;
const PROBE_EVERY_MS = 50;

const args = parseArgs(Deno.args, { string: ["only", "main"] }) as { only?: string; main?: string };
const QUESTION = new TextEncoder().encode("GET /api/health/live HTTP/1.1\r\nHost: h\r\n\r\n");
const FLOODS = fileURLToPath(new URL("lib/floods.ts", import.meta.url));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function rssMb(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** How long a question takes, on a connection of its own. */
async function probe(address: string): Promise<number> {
  const begin = performance.now();
  const [hostname, port] = address.split(":");
  try {
    using conn = await Deno.connect({ hostname, port: Number(port) });
    await conn.write(QUESTION);
    if (await conn.read(new Uint8Array(1000)) === null) return Infinity;
  } catch {
    return Infinity;
  }
  return performance.now() - begin;
}

const rows = [["FLOOD", "MB BEFORE", "MB AT MOST", "MB AFTER", "PROBE MS AT MOST", ""]];
let failed = 0;
for (const name of FLOOD_NAMES) {
  if (args.only !== undefined && !name.includes(args.only)) continue;
  const server = await startServerProcess({ main: args.main });
  const before = rssMb(server.pid);
  const flood = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", FLOODS, name, server.http, server.grpc],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
  let over = false;
  let most = before;
  let slowest = 0;
  const watch = (async () => {
    const end = performance.now() + MAX_SECONDS * 1000;
    while (!over) {
      most = Math.max(most, rssMb(server.pid));
      if (most > KILL_MB || performance.now() > end) {
        flood.kill("SIGKILL");
        Deno.kill(server.pid, "SIGKILL");
        break;
      }
      await sleep(20);
    }
  })();
  const probing = (async () => {
    while (!over) {
      slowest = Math.max(slowest, await probe(server.http));
      await sleep(PROBE_EVERY_MS);
    }
  })();
  await flood.status;
  const after = rssMb(server.pid);
  over = true;
  await Promise.all([watch, probing]);
  await server.stop();
  const good = most < MAX_MB && slowest < MAX_PROBE_MS;
  if (!good) failed++;
  console.error(`${name}: ${most.toFixed(0)} MB, ${slowest.toFixed(0)} ms`);
  rows.push([
    name,
    ...[before, most, after, slowest].map((value) => value.toFixed(0)),
    good ? "" : "TOO MUCH",
  ]);
}
await printTable("Floods against the embedded server", rows);
Deno.exit(failed > 0 ? 1 : 0);
