/**
 * Whether `trtis compare` tells what is different from what isn't: runs of the real program against a
 * double whose answers take 8 to 12 ms, 5 % more, or 20 % more.
 *
 *     deno task bench:compare [same|slower|repeat] [TRIES]
 *
 * The bars: two runs of the same server have no difference in 18 of 20; 20 % slower is worse in 20 of
 * 20; 5 % slower, five runs a side, is worse in most.
 *
 * @module
 */
import { measured, startDouble, trtis } from "./lib/runs.ts";
import { printTable } from "./lib/table.ts";

interface Compared {
  readonly levels: readonly {
    readonly metrics: readonly {
      readonly name: string;
      readonly verdict: string;
      readonly changePercent?: number;
    }[];
  }[];
}

const [what = "same", triesText = "20"] = Deno.args;
const tries = Number(triesText);
const runs = what === "repeat" ? 5 : 1;
const other = what === "same" ? "base" : what === "slower" ? "20 % slower" : "5 % slower";
const load = ["-t", "4", "-p", "400", "-r", "3", "-s", "50"];
const folder = await Deno.makeTempDir();
const double = await startDouble();
const tally = new Map<string, Map<string, number>>();
const changes: number[] = [];
for (let i = 0; i < tries; i++) {
  const files: string[][] = [[], []];
  for (let run = 0; run < runs; run++) {
    for (const [side, name] of ["base", other].entries()) {
      const path = `${folder}/${side}-${run}.json`;
      await Deno.writeTextFile(
        path,
        JSON.stringify(await measured(double.addresses[name]!, load)),
      );
      files[side]!.push(path);
    }
  }
  const [first, ...more] = files[0]!;
  const base = more.flatMap((path) => ["--base", path]);
  const { text } = await trtis(["compare", first!, ...files[1]!, ...base, "--json", "-"]);
  for (
    const { name, verdict, changePercent } of (JSON.parse(text) as Compared).levels[0]!.metrics
  ) {
    const row = tally.get(name) ?? new Map<string, number>();
    tally.set(name, row);
    row.set(verdict, (row.get(verdict) ?? 0) + 1);
    if (name === "throughput") changes.push(changePercent!);
  }
}
await double.close();
await Deno.remove(folder, { recursive: true });
const VERDICTS = ["better", "worse", "same", "unknown"];
const rows = [["FIGURE", ...VERDICTS.map((verdict) => verdict.toUpperCase())]];
for (const [name, row] of tally) {
  rows.push([name, ...VERDICTS.map((verdict) => String(row.get(verdict) ?? 0))]);
}
await printTable(
  `${tries} tries, ${other}, ${runs} run(s) a side; throughput changed by ` +
    `${Math.min(...changes).toFixed(1)} to ${Math.max(...changes).toFixed(1)} %`,
  rows,
);
