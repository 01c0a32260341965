/**
 * The recipes of examples/ under the real engines: Slurm, GNU parallel and OpenMPI. Debian's packages
 * slurm-wlm, munge, parallel and openmpi-bin have to be there, and root for Slurm's daemons; what isn't
 * there is said and left out. Run it with `deno task test:engines`.
 *
 * @module
 */
import { assert, assertEquals, assertLess } from "@std/assert";
import { fileURLToPath as fromFileUrl } from "node:url";
import { startServer } from "../../src/server/server.ts";
import { addBuckets } from "../../src/perf/merge/buckets.ts";
import { TimeHistogram } from "../../src/perf/histogram.ts";
import type { MergedResult } from "../../src/perf/merge/types.ts";
import { startSlurm } from "./slurm.ts";

const ROOT = fromFileUrl(new URL("../..", import.meta.url));
const EXAMPLES = `${ROOT}examples`;
const PICTURES = 100;
const untimed = (text: string) => text.replace(/,\d+\.\d{3},/g, ",");

async function isMissing(name: string): Promise<boolean> {
  const { success } = await new Deno.Command("which", { args: [name], stdout: "null" }).output();
  if (!success) console.log(`skipped: ${name} is not installed`);
  return !success;
}

async function run(folder: string, env: Record<string, string>, ...command: string[]) {
  const [program, ...args] = command;
  const { code, stdout, stderr } = await new Deno.Command(program!, {
    args,
    cwd: folder,
    env: { ...env, PATH: `${folder}/bin:${Deno.env.get("PATH")}` },
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(code, 0, said);
  return said;
}

/** A folder with pictures, the program as `trtis`, and a server. */
async function withJob(
  work: (folder: string, env: Record<string, string>) => Promise<void>,
): Promise<void> {
  await using server = await startServer({ httpPort: 0, grpcPort: false });
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/bin`);
    const program = `exec "${Deno.execPath()}" run -q --config "${ROOT}deno.json" ` +
      `--permission-set=program "${ROOT}main.ts" "$@"`;
    await Deno.writeTextFile(`${folder}/bin/trtis`, `#!/bin/sh\n${program}\n`, { mode: 0o755 });
    const names = [...Deno.readDirSync(`${EXAMPLES}/images`)].map(({ name }) => name).sort();
    for (let i = 0; i < PICTURES; i++) {
      const inner = `${folder}/pictures/${i % 7}`;
      await Deno.mkdir(inner, { recursive: true });
      await Deno.copyFile(`${EXAMPLES}/images/${names[i % names.length]}`, `${inner}/${i}.jpg`);
    }
    await work(folder, {
      ...{ SERVER: server.httpAddress!, PICTURES: `${folder}/pictures` },
      ...{ RATE: "200", DURATION: "2s" },
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function checkPictures(folder: string, env: Record<string, string>): Promise<void> {
  const single = ["image_client", "-u", env.SERVER!, "-m", "colors", "--recursive"];
  await run(folder, env, "trtis", ...single, "-o", "single.csv", env.PICTURES!);
  const read = async (name: string) => untimed(await Deno.readTextFile(`${folder}/${name}`));
  assertEquals(await read("all.csv"), await read("single.csv"));
}

async function checkLoad(folder: string, perSecond = 200, seconds = 2): Promise<void> {
  const read = async (name: string): Promise<MergedResult> =>
    JSON.parse(await Deno.readTextFile(`${folder}/${name}`));
  const merged = await read("load.json");
  const [level] = merged.levels;
  const sum = new TimeHistogram();
  const starts: number[] = [];
  for (let i = 0; i < 8; i++) {
    const part = await read(`load-${i}.json`);
    assertEquals([part.settings.shard?.index, part.settings.shard?.count], [i, 8]);
    addBuckets(part.levels[0]!.reported.latency!.buckets!, sum);
    starts.push(part.environment.start!.lateMs);
  }
  const all = new TimeHistogram();
  const times = level!.reported.latency!;
  addBuckets(times.buckets!, all);
  sum.forEach((bucket, count) => all.addBucket(bucket, -count));
  all.forEach((bucket) => assert(false, `bucket ${bucket} is not the sum`));
  assertEquals([all.count, level!.requestRate], [0, perSecond]);
  // What is in flight at the end of the window is not in it.
  assertLess(Math.abs(times.count - perSecond * seconds), perSecond * seconds / 4);
  console.log(`begun ${starts.map((ms) => ms.toFixed(1)).join(", ")} ms after the moment`);
}

Deno.test({
  name: "Slurm: an array of 8 classifies, srun -n 8 loads",
  ignore: await isMissing("sbatch") || await isMissing("munged"),
}, async () => {
  await using slurm = await startSlurm();
  await withJob(async (folder, given) => {
    const env = { ...given, ...slurm.env };
    const job = (model: string, script: string) =>
      run(folder, { ...env, MODEL: model }, "sbatch", "--wait", `${EXAMPLES}/slurm/${script}`);
    await job("colors", "classify.sh");
    const parts = Array.from({ length: 8 }, (_, i) => `part-${i}.csv`);
    await run(folder, env, "trtis", "merge", ...parts, "-o", "all.csv");
    await checkPictures(folder, env);
    await job("simple", "load.sh");
    await checkLoad(folder);
  });
});

Deno.test({
  name: "GNU parallel: 8 processes classify",
  ignore: await isMissing("parallel"),
}, async () => {
  await withJob(async (folder, given) => {
    const env = { ...given, MODEL: "colors" };
    await run(folder, env, `${EXAMPLES}/parallel/classify.sh`);
    await checkPictures(folder, env);
  });
});

Deno.test({
  name: "OpenMPI: 8 ranks load, from one moment on",
  ignore: await isMissing("mpirun"),
}, async () => {
  const port = (() => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    return listener.addr.port;
  })();
  await withJob(async (folder, given) => {
    const MPIRUN = "mpirun --allow-run-as-root --oversubscribe";
    const env = { ...given, MODEL: "simple", MPIRUN, BARRIER: `:${port}` };
    await run(folder, env, `${EXAMPLES}/mpi/load.sh`);
    await checkLoad(folder);
  });
});
