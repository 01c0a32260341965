/**
 * How long `--help` takes, beside an empty Deno program.
 *
 *     deno task bench:startup
 *
 * @module
 */
import { printTable, ratio } from "./lib/table.ts";

const RUNS = 15;
const MAIN = new URL("../main.ts", import.meta.url).pathname;

async function median(args: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < RUNS; i++) {
    const start = performance.now();
    await new Deno.Command(Deno.execPath(), { args: [...args], stdout: "null", stderr: "null" })
      .output();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[RUNS >> 1];
}

const empty = await Deno.makeTempFile({ suffix: ".ts" });
const run = ["run", "-A", "--no-check", "--no-lock"];
const base = await median([...run, empty]);
const rows = [["PROGRAM", "MEDIAN MS", "RATIO"], ["empty Deno program", base.toFixed(1), "1.00 x"]];
for (const args of [["--help"], ["--version"], ["image_client", "--help"]]) {
  const time = await median(["run", "-A", "--no-check", MAIN, ...args]);
  rows.push([`trtis ${args.join(" ")}`, time.toFixed(1), ratio(time, base)]);
}
await Deno.remove(empty);
await printTable("Start-up", rows);
