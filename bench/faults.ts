/**
 * A soak of faults: perf_client and the library, 64 requests in flight, while connections break, stall, end
 * in the middle of an answer, read slowly, are reset, are told to go away, and the server is killed and
 * comes back.
 *
 *     deno task bench:faults [--seconds 60] [--seed N]
 *
 * Fails when a request isn't accounted for, an answer is wrong, memory grows, or a file stays open.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import type { PerfResult } from "../src/perf/types.ts";
import { seededRandom } from "../tests/mutate.ts";
import { startChaosProxy } from "./lib/chaos_proxy.ts";
import type { LoadReport } from "./lib/library_load.ts";
import { type ServerProcess, startServerProcess } from "./lib/server_process.ts";
import { printTable } from "./lib/table.ts";

const FAULTS_PER_SECOND = 20;
const KILL_EVERY_MS = 10_000;
const DOWN_MS = 500;
/** Answers of so many octets have come when a load is under way: before, it asks its questions. */
const UNDER_WAY_BYTES = 100_000;
/** What memory may grow by between a quarter of the time and the end: a heap that is young still grows. */
const MAX_GROWTH_MB = 64;

const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, seed: { type: "string" } },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed ?? Date.now() >>> 0);
const random = seededRandom(seed);
const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** How a load ended. */
interface Outcome {
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly codes: string;
  readonly rssMb: readonly number[];
  /** Files that were left open, or at the most of them where the process has ended. */
  readonly files: string;
  readonly problems: readonly string[];
}

type Load = (wire: "http" | "grpc", address: string) => Promise<Outcome>;

function rssMb(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Math.round(Number(/VmRSS:\s*(\d+)/.exec(status)![1]) / 1024);
}

function growth(rss: readonly number[]): string[] {
  const early = Math.max(...rss.slice(0, Math.ceil(rss.length / 4)));
  const grown = rss.at(-1)! - early;
  return grown > MAX_GROWTH_MB ? [`memory grew by ${grown} MB`] : [];
}

const library: Load = async (wire, address) => {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", path("lib/library_load.ts"), wire, address, `${seconds}`],
    stderr: "inherit",
  });
  const report: LoadReport = JSON.parse(new TextDecoder().decode((await child.output()).stdout));
  const failed = Object.values(report.failed).reduce((sum, count) => sum + count, 0);
  const [before, after] = report.files;
  return {
    ...{ sent: report.sent, ok: report.ok, failed, rssMb: report.rssMb },
    codes: Object.entries(report.failed).map(([code, count]) => `${code} ${count}`).join(", "),
    files: `${before} to ${after}`,
    problems: [
      ...report.sent === report.ok + failed ? [] : ["not all are accounted for"],
      ...report.wrong === 0 ? [] : [`${report.wrong} wrong answers`],
      ...after <= before ? [] : ["files stay open"],
      ...growth(report.rssMb),
    ],
  };
};

const perfClient: Load = async (wire, address) => {
  const json = await Deno.makeTempFile({ suffix: ".json" });
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", path("../main.ts"), "perf_client", "-m", "simple", "-i", wire],
      ...["-u", address, "-t", "64", "-p", "1000", "-r", `${seconds}`, "-s", "0", "--api", "v1"],
      ...["--max-error-rate", "100", "--timeout", "0.3", "--connect-timeout", "5"],
      ...["--unstable-ok", "--json", json],
    ],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const rss: number[] = [];
  let files = 0;
  const timer = setInterval(() => {
    try {
      rss.push(rssMb(child.pid));
      files = Math.max(files, [...Deno.readDirSync(`/proc/${child.pid}/fd`)].length);
    } catch {
      // It has ended.
    }
  }, 1000);
  const { code, stderr } = await child.output();
  clearInterval(timer);
  const text = await Deno.readTextFile(json);
  await Deno.remove(json);
  if (text === "") {
    const problems = [`exit code ${code}: ${new TextDecoder().decode(stderr).slice(-200)}`];
    return { sent: 0, ok: 0, failed: 0, codes: "", rssMb: rss, files: `${files}`, problems };
  }
  const report: PerfResult = JSON.parse(text);
  const { counts, errors } = report.levels[0]!;
  const { sent, succeeded, failed, inFlight } = counts;
  return {
    ...{ sent: sent - inFlight, ok: succeeded, failed, rssMb: rss, files: `${files} at most` },
    codes: errors.map(({ code, count }) => `${code} ${count}`).join(", "),
    problems: [
      ...sent === succeeded + failed + inFlight ? [] : ["not all are accounted for"],
      ...files > 64 * 2 + 40 ? [`${files} open files`] : [],
      ...growth(rss),
    ],
  };
};

const rows = [["LOAD", "SENT", "OK", "FAILED", "FILES", "MB FROM A QUARTER ON", "PROBLEMS"]];
let failures = 0;
for (const [name, load] of [["library", library], ["perf_client", perfClient]] as const) {
  for (const wire of ["http", "grpc"] as const) {
    let server: ServerProcess = await startServerProcess();
    const target = server[wire];
    const proxy = startChaosProxy(target, wire === "grpc");
    let over = false;
    // Programs that find no server at all end at once.
    const underWay = (async () => {
      while (!over && proxy.carried < UNDER_WAY_BYTES) await sleep(50);
    })();
    const striking = (async () => {
      await underWay;
      for (; !over; await sleep(1000 / FAULTS_PER_SECOND)) proxy.strike(random);
    })();
    let kills = 0;
    const killing = (async () => {
      await underWay;
      for (let next = performance.now() + KILL_EVERY_MS; !over; await sleep(100)) {
        if (performance.now() < next) continue;
        next += KILL_EVERY_MS;
        kills++;
        Deno.kill(server.pid, "SIGKILL");
        await server.stop();
        await sleep(DOWN_MS);
        server = await startServerProcess({ [wire]: Number(target.split(":")[1]) });
      }
    })();
    const outcome = await load(wire, proxy.address);
    over = true;
    await Promise.all([striking, killing]);
    proxy.close();
    await server.stop();
    const { sent, ok, failed, rssMb, files, problems, codes } = outcome;
    failures += problems.length;
    const later = rssMb.slice(Math.floor(rssMb.length / 4));
    const memory = `${later[0]} to ${later.at(-1)}, at most ${Math.max(...later)}`;
    rows.push([
      `${name} ${wire}`,
      `${sent}`,
      `${ok}`,
      `${failed}`,
      files,
      memory,
      problems.join("; "),
    ]);
    const happened = Object.entries(proxy.happened).map(([fault, count]) => `${fault} ${count}`);
    console.error(`${name} ${wire}: ${[...happened, `kills ${kills}`].join(", ")}; ${codes}`);
  }
}
await printTable(`A soak of faults, ${seconds} s each, seed ${seed}`, rows);
Deno.exit(failures > 0 ? 1 : 0);
