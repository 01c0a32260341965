/**
 * What `--records` costs: a run at a rate, by the real program, with records and without, in turn. Beside
 * it the lines of each file against the requests that were sent, and the memory of the program's second
 * and last quarter.
 *
 *     deno task bench:records [--rate 20000] [--seconds 20] [--rounds 2]
 *
 * The double answers at once, and is a process of its own. Linux only. The bars: no line missing, memory
 * flat (within 10 %), throughput within 2 % of the run without.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { startDouble } from "./lib/double_process.ts";
import { printTable } from "./lib/table.ts";
import { type MemoryLook, watchedRun } from "./lib/watched_run.ts";

const args = parseArgs(Deno.args, { string: ["rate", "seconds", "rounds"] });
const rate = String(args.rate ?? 20_000);
const seconds = Number(args.seconds ?? 20);
const rounds = Number(args.rounds ?? 2);
const folder = await Deno.makeTempDir({ prefix: "trtis-records-" });
const WAYS: Readonly<Record<string, readonly string[]>> = {
  "none": [],
  "JSON lines": ["--records", `${folder}/records.jsonl`],
  "CSV": ["--records", `${folder}/records.csv`],
  "every 10th": ["--records", `${folder}/records.csv`, "--records-every", "10"],
};

/** Lines of a file, and its bytes. */
async function linesOf(path: string): Promise<[lines: number, bytes: number]> {
  let [lines, bytes] = [0, 0];
  using file = await Deno.open(path);
  for await (const chunk of file.readable) {
    bytes += chunk.length;
    for (const byte of chunk) if (byte === 10) lines++;
  }
  return [lines, bytes];
}

const middle = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
const between = (looks: readonly MemoryLook[], from: number, to: number) =>
  middle(
    looks.slice(Math.floor(from * looks.length), Math.ceil(to * looks.length))
      .map(([, mib]) => mib),
  );

const double = await startDouble();
const rows = [[
  "RECORDS",
  "REQUESTS/S",
  "OF NONE",
  "SENT",
  "LINES",
  "MIB",
  "P99 MS",
  "MEMORY MIB",
  "CPU",
]];
try {
  for (let round = 0; round < rounds; round++) {
    let plain = NaN;
    for (const [name, flags] of Object.entries(WAYS)) {
      await double.reset("0 ms");
      const { level, memory, code, text } = await watchedRun([
        ...["-m", "simple", "-u", double.address, "--api", "v2", "--request-rate", rate],
        ...["--duration", `${seconds}s`, ...flags],
      ], { everyMs: 500, maxMib: 1500 });
      if (level === undefined) throw new Error(`exit code ${code}: ${text}`);
      const { reported, counts } = level;
      if (name === "none") plain = reported.inferPerSecond;
      const file = flags[1];
      const [lines, bytes] = file === undefined ? [0, 0] : await linesOf(file);
      rows.push([
        ...[name, reported.inferPerSecond.toFixed(0)],
        `${(100 * reported.inferPerSecond / plain).toFixed(1)} %`,
        ...[String(counts.sent), String(lines - (file?.endsWith("csv") ? 1 : 0))],
        (bytes / 2 ** 20).toFixed(0),
        (reported.latency!.percentiles.find(({ percentile }) => percentile === 99)!.us / 1000)
          .toFixed(2),
        `${between(memory, 0.25, 0.5).toFixed(0)}, ${between(memory, 0.75, 1).toFixed(0)}`,
        `${(100 * reported.client.cpuShare).toFixed(0)} %`,
      ]);
      if (file !== undefined) await Deno.remove(file);
    }
  }
  await printTable(`Records at ${rate} requests/s for ${seconds} s`, rows);
} finally {
  await double.stop();
  await Deno.remove(folder, { recursive: true });
}
