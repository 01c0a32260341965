/**
 * Whether what all tasks of a job send is one schedule: by the plan, and by the record of the server.
 *
 * @module
 */
import { arrivalCursor, type Arrivals } from "../../src/perf/schedule/arrivals.ts";
import {
  dispersion,
  distanceBetween,
  distanceFrom,
  distanceProbability,
  erlang,
} from "./goodness.ts";
import { perf, perfShards, PLACES, SHARDS, startRecorder } from "./shard_runs.ts";
import { printTable } from "./table.ts";

const RATE = 2000;
/** Gaps added up: 10 ms on average, which timers and one core after the other can keep. */
const TOGETHER = 20;

/** Measures constant and Poisson arrivals, of one process and of all shards. */
export async function schedules(folder: string, seconds: number, seed: number): Promise<void> {
  const server = await startRecorder();
  const head = ["schedule", "requests", "per second", "gap p10 / p50 / p90, ms"];
  const rows = [[...head, "late p50 / p90 / p99 / max, ms", "variance / mean in 10 ms"]];
  const fits = [["schedule", "moments, uniform", "single gaps", `gaps of ${TOGETHER}`, "10 ms"]];
  fits[0]!.push("single gaps, as one process", `gaps of ${TOGETHER}, as one process`);
  for (const distribution of ["constant", "poisson"]) {
    const asked = [
      ...["-m", "recorder", "-u", server.url, "--request-rate", String(RATE)],
      ...["--duration", `${seconds}s`, "--random-seed", String(seed)],
      ...["--request-distribution", distribution],
    ];
    // After the window the tasks stop one after the other.
    const taken = async () => {
      const times = (await server.take()).map(({ at }) => at);
      return times.filter((at) => at - times[0]! < seconds * 1000 - 100);
    };
    const { settings } = await perf(`${folder}/one.json`, ...asked);
    const { arrivals } = settings.schedule!.levels[0]!;
    const one = await taken();
    const planned = plannedMoments(arrivals, seconds * 1000 - 100);
    const seen: [name: string, times: number[]][] = [["planned", planned], ["one process", one]];
    for (const place of PLACES) {
      await perfShards(folder, place, ...asked);
      seen.push([`${SHARDS} shards, barrier ${place}`, await taken()]);
    }
    for (const [name, times] of seen) {
      rows.push([`${distribution}, ${name}`, ...figures(times, arrivals)]);
      if (distribution === "poisson") fits.push([name, ...fit(times, one)]);
    }
  }
  await server.stop();
  await printTable(`${SHARDS} shards as one schedule of ${RATE}/s, seed ${seed}`, rows);
  console.log("\nPoisson: distance of Kolmogorov and Smirnov, its probability by chance");
  await printTable("goodness of fit", fits);
}

/** The shares' moments put together, which must be those of the whole. */
function plannedMoments(of: Arrivals, untilMs: number): number[] {
  const take = (arrivals: Arrivals) => {
    const cursor = arrivalCursor(arrivals);
    const moments: number[] = [];
    for (let at = cursor.next(); at < untilMs; at = cursor.next()) moments.push(at);
    return moments;
  };
  const shares = Array.from(
    { length: SHARDS },
    (_, index) => take({ kind: "share", of, index, count: SHARDS }),
  );
  const union = shares.flat().sort((a, b) => a - b);
  const whole = take(of);
  const isSame = union.length === whole.length && union.every((at, i) => at === whole[i]);
  if (!isSame) throw new Error("the shares are not the schedule");
  return union;
}

function at(sorted: readonly number[], p: number): string {
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))]!.toFixed(3);
}

const ascending = (values: number[]) => values.sort((a, b) => a - b);
const gapsOf = (times: readonly number[], step = 1) => {
  const some = times.filter((_, i) => i % step === 0);
  return some.slice(1).map((time, i) => time - some[i]!);
};

function figures(times: readonly number[], arrivals: Arrivals): string[] {
  const gaps = ascending(gapsOf(times));
  const mean = (times.at(-1)! - times[0]!) / gaps.length;
  const cursor = arrivalCursor(arrivals);
  const off = ascending(times.map((time) => time - cursor.next()));
  const late = off.map((ms) => ms - off[0]!);
  return [
    ...[String(times.length), (1000 / mean).toFixed(1)],
    [0.1, 0.5, 0.9].map((p) => at(gaps, p)).join(" / "),
    [0.5, 0.9, 0.99, 1].map((p) => at(late, p)).join(" / "),
    dispersion(times, 10).ratio.toFixed(3),
  ];
}

function fit(times: readonly number[], one: readonly number[]): string[] {
  const said = (distance: number, n: number) =>
    `${distance.toFixed(4)}, p ${distanceProbability(distance, n).toFixed(3)}`;
  const [from, to] = [times[0]!, times.at(-1)!];
  const single = gapsOf(times);
  const several = gapsOf(times, TOGETHER);
  const between = (step: number) => {
    const [a, b] = [gapsOf(times, step), gapsOf(one, step)];
    return said(distanceBetween(a, b), a.length * b.length / (a.length + b.length));
  };
  const { ratio, probability } = dispersion(times, 10);
  return [
    said(distanceFrom(times, (time) => (time - from) / (to - from)), times.length),
    said(distanceFrom(single, erlang(1, 1000 / RATE)), single.length),
    said(distanceFrom(several, erlang(TOGETHER, 1000 / RATE)), several.length),
    `${ratio.toFixed(3)}, p ${probability.toFixed(3)}`,
    between(1),
    between(TOGETHER),
  ];
}
