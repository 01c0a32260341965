/**
 * Whether `trtis compare` tells what is different from what isn't: runs of the real program against a
 * double whose answers take 8 to 12 ms, 5 % more, or 20 % more.
 *
 *     deno task bench:compare [same|slower|repeat|repeat-same] [TRIES] [--versus]
 *
 * The bars: two runs of the same server have no difference in 18 of 20; 20 % slower is worse in 20 of
 * 20; 5 % slower, `--repeat 5` a side, is worse in most. With `--versus` both sides are measured in turn.
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

const KINDS: Readonly<Record<string, readonly [other: string, runs: number]>> = {
  same: ["base", 1],
  slower: ["20 % slower", 1],
  repeat: ["5 % slower", 5],
  "repeat-same": ["base", 5],
};

const inTurn = Deno.args.includes("--versus");
const [what = "same", triesText = "20"] = Deno.args.filter((word) => word !== "--versus");
const tries = Number(triesText);
const kind = KINDS[what];
if (kind === undefined) throw new Error(`expected one of ${Object.keys(KINDS).join(", ")}`);
const [other, runs] = kind;
const load = ["-t", "4", "-p", "400", "-r", "3", "-s", "50", "--repeat", String(runs)];
const folder = await Deno.makeTempDir();
const double = await startDouble();
const sides = [double.addresses.base!, double.addresses[other]!] as const;
const tally = new Map<string, Map<string, number>>();
const changes: number[] = [];

/** Both sides one after the other, and `trtis compare`. */
async function compared(): Promise<Compared> {
  const files: string[] = [];
  for (const [side, address] of sides.entries()) {
    const path = `${folder}/${side}.json`;
    await Deno.writeTextFile(path, JSON.stringify(await measured(address, load)));
    files.push(path);
  }
  const { text } = await trtis(["compare", ...files, "--json", "-"]);
  return JSON.parse(text);
}

/** Both in turn, by `perf_client --versus`. */
async function versus(): Promise<Compared> {
  const both = await measured(sides[0], [...load, "--versus", `-u ${sides[1]}`]) as unknown as {
    readonly comparison: Compared;
  };
  return both.comparison;
}

for (let i = 0; i < tries; i++) {
  const { levels } = await (inTurn ? versus() : compared());
  for (
    const { name, verdict, changePercent } of levels[0]!.metrics
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
  `${tries} tries, ${other}, ${runs} run(s) a side${
    inTurn ? ", in turn" : ""
  }; throughput changed by ` +
    `${Math.min(...changes).toFixed(1)} to ${Math.max(...changes).toFixed(1)} %`,
  rows,
);
