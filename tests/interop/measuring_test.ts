/**
 * What perf_client does with a real Triton beside sending: it checks answers, leaves tensors in shared memory,
 * and has the server trace.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { runPerfJson } from "../perf_program.ts";
import { runProgram, startProgram } from "../program.ts";
import { environment, interopTest } from "./fixture.ts";
import { makeRepository } from "./server/repository.ts";
import { startTriton, type Triton } from "./server/triton.ts";

/** `simple`, whose every 100th answer is wrong in one place. */
const NOW_AND_THEN_WRONG = `
import triton_python_backend_utils as pb_utils

class TritonPythonModel:
    def initialize(self, args):
        self.count = 0

    def execute(self, requests):
        return [self.answer(request) for request in requests]

    def answer(self, request):
        first, second = (pb_utils.get_input_tensor_by_name(request, f"INPUT{i}").as_numpy() for i in (0, 1))
        total = first + second
        self.count += 1
        if self.count % 100 == 0:
            total[0, 7] += 1
        outputs = [pb_utils.Tensor("OUTPUT0", total), pb_utils.Tensor("OUTPUT1", first - second)]
        return pb_utils.InferenceResponse(output_tensors=outputs)
`;

const WAYS = [["http"], ["grpc"], ["grpc", "--streaming"]] as const;

const fill = (value: number) => new Array(16).fill(value);
/** Steps with their answers, for `simple`. */
const STEPS = {
  data: [1, 2, 3].map((i) => ({ INPUT0: fill(10 * i), INPUT1: fill(i) })),
  validation_data: [1, 2, 3].map((i) => ({ OUTPUT0: fill(11 * i), OUTPUT1: fill(9 * i) })),
};

interface Setting {
  readonly triton: Triton;
  readonly data: string;
  readonly folder: string;
}

const at = ({ triton, data }: Setting, [wire, ...more]: typeof WAYS[number]) => [
  ...["-i", wire, "-u", triton[wire], "--api", "v2", ...more, "--input-data", data, "-t", "3"],
];

interopTest("perf_client on Triton: answers, shared memory, traces", async (t) => {
  const folder = await Deno.makeTempDir();
  try {
    const repository = `${folder}/models`;
    await makeRepository(repository, ["simple", "simple_nobatch", "simple_string"]);
    await Deno.writeTextFile(`${repository}/simple/1/model.py`, NOW_AND_THEN_WRONG);
    const data = `${folder}/steps.json`;
    await Deno.writeTextFile(data, JSON.stringify(STEPS));
    const traces = `${folder}/traces.json`;
    const trace = ["mode=triton", `triton,file=${traces}`, "level=OFF", "rate=1000"];
    const triton = await startTriton(environment(), {
      repository,
      args: trace.map((setting) => `--trace-config=${setting}`),
    });
    try {
      const setting = { triton, data, folder };
      for (const way of WAYS) {
        const name = way.join(" ");
        await t.step(
          `${name}: a wrong answer in 100 is counted to the number`,
          () => checked(setting, way),
        );
        await t.step(`${name}: shared memory, with checked answers`, () => shared(setting, way));
      }
      await t.step(
        "what a killed run left in shared memory goes with the next",
        () => killed(setting),
      );
      for (const way of WAYS) {
        await t.step(`${way.join(" ")}: the server traces meanwhile`, () => traced(setting, way));
      }
    } finally {
      await triton.stop();
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function checked(setting: Setting, way: typeof WAYS[number]): Promise<void> {
  const flags = ["-m", "simple", ...at(setting, way), "--request-count", "400"];
  const { code, level, stdout, merged } = await runPerfJson(flags);
  assertEquals(code, 1, merged);
  assertEquals(level.counts, { sent: 400, succeeded: 396, failed: 4, inFlight: 0 });
  // One kind for each of the steps that it met.
  assert(level.errors.every(({ code }) => code === "WRONG_ANSWER"), merged);
  assertEquals(level.errors.reduce((sum, { count }) => sum + count, 0), 4);
  assertStringIncludes(stdout, "output 'OUTPUT0' is wrong at [0,7]: expected");
}

async function regions({ triton }: Setting): Promise<unknown[]> {
  return await (await fetch(`http://${triton.http}/v2/systemsharedmemory/status`)).json();
}

/** It takes a program with all permissions. */
const ALL = { permissions: ["-A", "--no-check"], timeoutMs: 60_000 };

async function shared(setting: Setting, way: typeof WAYS[number]): Promise<void> {
  const json = `${setting.data}.result`;
  const data = `${setting.folder}/strings.json`;
  const texts = (value: number) => new Array(16).fill(String(value));
  await Deno.writeTextFile(
    data,
    JSON.stringify({
      data: [{ INPUT0: texts(90), INPUT1: texts(10) }, { INPUT0: texts(3), INPUT1: texts(2) }],
      validation_data: [{ OUTPUT0: texts(100) }, { OUTPUT0: texts(5), OUTPUT1: texts(1) }],
    }),
  );
  for (
    const [model, from] of [["simple_nobatch", setting], ["simple_string", { ...setting, data }]]
  ) {
    const load = ["-m", String(model), ...at(from as Setting, way), "--request-count", "300"];
    const flags = [...load, "--shared-memory", "system", "--json", json];
    const { code, stdout, stderr } = await runProgram(["perf_client", ...flags], ALL);
    assertEquals(code, 0, stdout + stderr);
    const [level] = JSON.parse(await Deno.readTextFile(json)).levels;
    assertEquals(level.counts, { sent: 300, succeeded: 300, failed: 0, inFlight: 0 });
    assertEquals(await regions(setting), []);
  }
}

async function killed(setting: Setting): Promise<void> {
  const load = ["-m", "simple_nobatch", ...at(setting, ["http"]), "--shared-memory", "system"];
  const running = startProgram(["perf_client", ...load, "-p", "60000"], ALL);
  while ((await regions(setting)).length === 0) await new Promise((go) => setTimeout(go, 20));
  running.process.kill("SIGKILL");
  await running.result();
  assertEquals((await regions(setting)).length, 1);
  const next = await runProgram(["perf_client", ...load, "--request-count", "10"], ALL);
  assertEquals(next.code, 0, next.stdout + next.stderr);
  assertEquals(await regions(setting), []);
}

async function traced(setting: Setting, way: typeof WAYS[number]): Promise<void> {
  const { triton, folder } = setting;
  const settings = async () => {
    const response = await fetch(`http://${triton.http}/v2/models/simple_nobatch/trace/setting`);
    return await response.json();
  };
  const before = await settings();
  const flags = ["--trace-level", "TIMESTAMPS", "--trace-rate", "1", "--trace-count", "7"];
  // Each run writes a file of its own.
  const load = ["-m", "simple_nobatch", ...at(setting, way), "--request-count", "60"];
  const run = await runPerfJson([...load, ...flags, "--log-frequency", "7"]);
  assertEquals(run.code, 0, run.merged);
  assertEquals(await settings(), before);
  // Traces of a stream are written when its end has come through.
  const deadline = performance.now() + 20_000;
  let traces = "";
  while (traces === "" && performance.now() < deadline) {
    await new Promise((go) => setTimeout(go, 20));
    for await (const { name } of Deno.readDir(folder)) {
      if (!name.startsWith("traces.json")) continue;
      traces += await Deno.readTextFile(`${folder}/${name}`);
      await Deno.remove(`${folder}/${name}`);
    }
  }
  const ids = new Set([...traces.matchAll(/"id":(\d+),"timestamps"/g)].map(([, id]) => id));
  assert(ids.size >= 7, traces.slice(0, 2000));
}
