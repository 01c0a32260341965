/**
 * image_client over a directory of JPEGs of 500 x 375, as a process of its own against the embedded
 * server in another: images a second, time to the first line, peak memory.
 *
 *     deno task bench:images [COUNT ...]
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { makePictures } from "./lib/pictures.ts";
import { startServerProcess } from "./lib/server_process.ts";
import { printTable } from "./lib/table.ts";

const MAIN = fileURLToPath(new URL("../main.ts", import.meta.url));
const counts = Deno.args.length > 0 ? Deno.args.map(Number) : [200, 2000];

interface Run {
  readonly wallMs: number;
  readonly firstMs: number;
  readonly peakMiB: number;
  readonly pictures: number;
}

async function classify(directory: string, args: readonly string[]): Promise<Run> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-check",
      MAIN,
      "image_client",
      "-m",
      "colors",
      "-b",
      "8",
      ...args,
      directory,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let firstMs = 0;
  let peakKiB = 0;
  let text = "";
  const watch = setInterval(async () => {
    peakKiB = Math.max(peakKiB, await peakMemory(child.pid));
  }, 50);
  for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
    firstMs ||= performance.now() - start;
    text += chunk;
  }
  const { code } = await child.status;
  clearInterval(watch);
  if (code !== 0) throw new Error(`image_client ended with exit code ${code}`);
  const pictures = new Set(text.match(/^Image '.*'/gm)).size;
  return { wallMs: performance.now() - start, firstMs, peakMiB: peakKiB / 1024, pictures };
}

/** VmHWM of a process in KiB; 0 where there is no /proc. */
async function peakMemory(pid: number): Promise<number> {
  try {
    const status = await Deno.readTextFile(`/proc/${pid}/status`);
    return Number(/VmHWM:\s*(\d+)/.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

const server = await startServerProcess();
const rows = [["PICTURES", "HOW", "WALL S", "PICTURES/S", "FIRST LINE MS", "PEAK MIB"]];
try {
  for (const count of counts) {
    const directory = await makePictures(count);
    try {
      for (
        const [how, args] of [
          ["HTTP", ["-u", server.http]],
          ["HTTP -a", ["-a", "-u", server.http]],
          ["gRPC", ["-i", "grpc", "-u", server.grpc]],
          ["gRPC --streaming", ["--streaming", "-i", "grpc", "-u", server.grpc]],
        ] as const
      ) {
        const run = await classify(directory, args);
        if (run.pictures !== count) throw new Error(`${run.pictures} of ${count} classified`);
        rows.push([
          String(count),
          how,
          (run.wallMs / 1000).toFixed(2),
          (run.pictures / (run.wallMs / 1000)).toFixed(0),
          run.firstMs.toFixed(0),
          run.peakMiB.toFixed(0),
        ]);
      }
    } finally {
      await Deno.remove(directory, { recursive: true });
    }
  }
} finally {
  await server.stop();
}
await printTable("image_client -b 8, JPEGs of 500 x 375, start-up included", rows);
