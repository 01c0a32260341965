/**
 * Fuzzing: `deno task fuzz [--seconds 10] [--target NAME]... [--seed N] [--inputs N] [--from N]`. Every
 * reader of foreign bytes gets damaged inputs, each in a process of its own under a watchdog.
 *
 * What counts as a finding: an undocumented exception, a broken promise of the reader, an input of at
 * most 64 KB that takes 5 s, a process that grows beyond 600 MB or gives no sign of life for 30 s. It
 * is printed with what repeats it.
 *
 * @module
 */
import { parseArgs } from "node:util";
import type { RunOptions, RunReport } from "./run.ts";
import { TARGET_NAMES } from "./targets.ts";

const MAX_RSS_MB = 600;
const SILENCE_MS = 30_000;
const PARALLEL = 2;

const { values: given } = parseArgs({
  options: {
    seconds: { type: "string" },
    target: { type: "string", multiple: true },
    seed: { type: "string" },
    inputs: { type: "string" },
    from: { type: "string", default: "0" },
  },
});
const seed = Number(given.seed ?? Date.now() >>> 0);
const inputs = Number(given.inputs ?? 2 ** 31);
const seconds = Number(given.seconds ?? (given.inputs === undefined ? 10 : 1e9));
const names = given.target ?? TARGET_NAMES;
const unknown = names.find((name) => !TARGET_NAMES.includes(name));
if (unknown !== undefined) {
  console.error(`error: no target "${unknown}"; there are ${TARGET_NAMES.join(", ")}`);
  Deno.exit(2);
}

console.log(`fuzz: seed ${seed}, ${names.length} targets`);
let total = 0;
let failed = 0;
const queue = [...names];
await Promise.all(Array.from({ length: PARALLEL }, async () => {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const { report, rssMb, problem } = await watch({
      target: name,
      seed,
      from: Number(given.from),
      inputs,
      seconds,
    });
    total += report?.inputs ?? 0;
    if (report !== undefined) {
      const share = Math.round(report.refused / Math.max(1, report.inputs) * 100);
      console.log(
        `${name.padEnd(16)} ${String(report.inputs).padStart(9)} inputs in ` +
          `${report.seconds.toFixed(1)} s, ${share} % refused, slowest ` +
          `${report.slowestMs.toFixed(0)} ms (input ${report.slowestInput}), ` +
          `${rssMb.first} to ${rssMb.most} MB`,
      );
    }
    if (problem !== undefined) {
      failed++;
      console.error(`FINDING ${name}, seed ${seed}: ${problem}`);
    }
  }
}));
console.log(`${total} inputs, ${failed} findings`);
Deno.exit(failed > 0 ? 1 : 0);

interface Watched {
  readonly report?: RunReport;
  readonly rssMb: { first: number; most: number };
  readonly problem?: string;
}

/** Runs one target to its end, or ends it. */
async function watch(options: RunOptions): Promise<Watched> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "-A",
      new URL("./run.ts", import.meta.url).href,
      JSON.stringify({
        ...options,
        seconds: Math.min(options.seconds, 1e9),
      }),
    ],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const rssMb = { first: 0, most: 0 };
  let report: RunReport | undefined;
  let problem: string | undefined;
  let heard = performance.now();
  const timer = setInterval(() => {
    const now = rssOf(child.pid);
    rssMb.most = Math.max(rssMb.most, now);
    if (now > MAX_RSS_MB) problem ??= `it grew to ${now} MB`;
    if (performance.now() - heard > SILENCE_MS) {
      const near = options.from + (report?.inputs ?? 0);
      problem ??= `no sign of life for ${SILENCE_MS / 1000} s after input ${near}`;
    }
    if (problem !== undefined) end();
  }, 100);
  const end = () => {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended.
    }
  };
  const errors = new Response(child.stderr).text();
  let rest = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    heard = performance.now();
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) report = JSON.parse(line);
    rssMb.first ||= rssOf(child.pid);
  }
  const { code } = await child.status;
  clearInterval(timer);
  if (report?.finding !== undefined) {
    const { input, bytes, error } = report.finding;
    problem ??= `input ${input}: ${error}\n  bytes: ${JSON.stringify(bytes)}\n  again: deno task ` +
      `fuzz --target ${options.target} --seed ${options.seed} --from ${input} --inputs 1`;
  }
  if (code !== 0 || report?.done !== true) {
    const near = options.from + (report?.inputs ?? 0);
    problem ??= `the process ended with ${code} after input ${near}: ${await errors}`;
  }
  return { report, rssMb, problem };
}

/** Resident memory in MB; 0 where the system doesn't say. */
function rssOf(pid: number): number {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    return Math.round(Number(/VmRSS:\s*(\d+)/.exec(status)?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
