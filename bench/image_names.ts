/**
 * image_client over a million names: what it holds in memory while they come. The files are empty, so that
 * each is an outcome without a request; the output goes to a file. What runs is what the executable embeds:
 * Deno keeps the text of all modules of the sources, which nobody else has.
 *
 *     deno task bench:image-names [--count 1000000]
 *
 * Needs Linux, and a million inodes for a while.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { startServerProcess } from "./lib/server_process.ts";
import { stagedProgram } from "./lib/staged_program.ts";
import { printTable } from "./lib/table.ts";

const PER_FOLDER = 1000;

const count = Number(parseArgs(Deno.args, { string: ["count"] }).count ?? 1_000_000);
const root = await Deno.makeTempDir({ prefix: "trtis-names-" });
const rows = [["NAMES DONE", "RESIDENT MIB", "SECONDS"]];

/** Resident memory of a process in MiB, now and at its highest. */
function memoryOf(pid: number): { now: number; peak: number } {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  const kib = (name: string) =>
    Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { now: kib("VmRSS") / 1024, peak: kib("VmHWM") / 1024 };
}

try {
  for (let i = 0; i < count; i++) {
    const folder = `${root}/in/${String(Math.floor(i / PER_FOLDER)).padStart(4, "0")}`;
    if (i % PER_FOLDER === 0) Deno.mkdirSync(folder, { recursive: true });
    Deno.createSync(`${folder}/${String(i).padStart(7, "0")}.jpg`).close();
  }
  // One picture that is none of them, so that a request is sent.
  Deno.copyFileSync("examples/images/apple_red.jpg", `${root}/in/0000/0.jpg`);
  const [command = "", ...program] = await stagedProgram(`${root}/stage`);
  const server = await startServerProcess();
  try {
    const output = `${root}/out.csv`;
    const start = performance.now();
    const child = new Deno.Command(command, {
      args: [
        ...[...program, "image_client", "-m", "colors", "-u", server.http],
        ...["--recursive", "-o", output, `${root}/in`],
      ],
      stdout: "null",
      stderr: "null",
    }).spawn();
    let isOver = false;
    const ended = child.status.then(() => isOver = true);
    let peak = 0;
    let written = 0;
    for (let part = 1; !isOver; part++) {
      while (!isOver && written < part * count / 10) {
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 200))]);
        written = await linesOf(output);
      }
      if (isOver) break;
      const { now, peak: highest } = memoryOf(child.pid);
      peak = highest;
      rows.push([String(written), now.toFixed(0), ((performance.now() - start) / 1000).toFixed(0)]);
    }
    rows.push(["all", `peak ${peak.toFixed(0)}`, ((performance.now() - start) / 1000).toFixed(0)]);
    const lines = await linesOf(output, true);
    if (lines !== count + 2) throw new Error(`${lines} lines for ${count + 1} files`);
  } finally {
    await server.stop();
  }
} finally {
  await Deno.remove(root, { recursive: true });
}
await printTable(`image_client over ${count} names in folders of ${PER_FOLDER}`, rows);

/** Lines of a file, by its length and that of its first ones; counted one by one if asked. */
async function linesOf(path: string, exactly = false): Promise<number> {
  try {
    if (exactly) return (await Deno.readTextFile(path)).split("\n").length - 1;
    using file = await Deno.open(path);
    const head = new Uint8Array(65_536);
    const read = await file.read(head) ?? 0;
    if (read === 0) return 0;
    const lines = head.subarray(0, read).filter((byte) => byte === 10).length;
    return Math.floor((await file.stat()).size / (read / lines));
  } catch {
    return 0;
  }
}
