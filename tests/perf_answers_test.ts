/**
 * perf_client with expected outputs: a wrong answer is its own kind of failure, counted to the number,
 * on both protocols, both wires, streams and sequences; and what can't be compared is refused before
 * anything is sent.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type RunningServer, startServer } from "../src/server/server.ts";
import type { ServerModel } from "../src/server/core/model.ts";
import { inputOf, perRequest, tensorConfig } from "../src/server/models/instance.ts";
import { writeNpy } from "../src/tensor/npy.ts";
import { toBytes } from "../src/tensor/typed_array.ts";
import { runPerf, runPerfJson } from "./perf_program.ts";

/** Gives back its input, but for every `period`th request the last element is one more. */
function nowAndThenWrong(name: string, period: number, maxBatchSize = 0): ServerModel {
  let requests = 0;
  return {
    config: {
      name,
      platform: "custom",
      maxBatchSize,
      input: [tensorConfig("IN", "TYPE_INT32", [4])],
      output: [tensorConfig("OUT", "TYPE_INT32", [4])],
      defaultModelFilename: "none.so",
    },
    createInstance: () =>
      perRequest((request) => {
        const { shape, data } = inputOf(request, "IN");
        const out = data.slice();
        if (++requests % period === 0) out[out.length - 4]! += 1;
        return request.outputs.map((output) => ({ name: output, shape, data: out }));
      }),
  };
}

interface Setting {
  readonly server: RunningServer;
  readonly folder: string;
  file(name: string, content: string | Uint8Array): Promise<string>;
}

async function setting(
  models: readonly ServerModel[],
  body: (setting: Setting) => Promise<void>,
): Promise<void> {
  await using server = await startServer({ httpPort: 0, grpcPort: 0, models });
  const folder = await Deno.makeTempDir();
  const file = async (name: string, content: string | Uint8Array) => {
    const path = `${folder}/${name}`;
    if (typeof content === "string") await Deno.writeTextFile(path, content);
    else await Deno.writeFile(path, content);
    return path;
  };
  try {
    await body({ server, folder, file });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const GOOD = {
  data: [{ IN: [1, 2, 3, 4] }, { IN: [5, 6, 7, 8] }],
  validation_data: [{ OUT: [1, 2, 3, 4] }, { OUT: [5, 6, 7, 8] }],
};

for (const api of ["v1", "v2"]) {
  for (const flags of [["-i", "http"], ["-i", "grpc"], ["-i", "grpc", "--streaming"]]) {
    Deno.test(`${api} ${flags.join(" ")}: 1 wrong answer in 100 is counted to the number`, async () => {
      await setting([nowAndThenWrong("odd", 100)], async ({ server, file }) => {
        const url = flags.includes("grpc") ? server.grpcAddress! : server.httpAddress!;
        const data = await file("d.json", JSON.stringify(GOOD));
        const { code, stdout, level } = await runPerfJson([
          ...["-m", "odd", "--api", api, ...flags, "-u", url, "--input-data", data],
          ...["--request-count", "600", "-t", "3"],
        ]);
        assertEquals(code, 1, stdout);
        assertEquals(level.counts, { sent: 600, succeeded: 594, failed: 6, inFlight: 0 });
        assertEquals(level.errors.map(({ code, count, answered }) => [code, count, answered]), [
          ["WRONG_ANSWER", 6, true],
        ]);
        assertMatch(stdout, /^ {4}Failed request count: 6 \(1\.00%\)$/m);
        assertMatch(stdout, /^ {4}Wrong answer count: 6$/m);
        assertMatch(
          stdout,
          /6 x WRONG_ANSWER - output 'OUT' is wrong at \[3\]: expected (4, got 5|8, got 9)$/m,
        );
      });
    });
  }
}

Deno.test("a batch is compared entry by entry, and the place names the entry", async () => {
  await setting([nowAndThenWrong("odd", 10, 4)], async ({ server, file }) => {
    const data = await file("d.json", JSON.stringify(GOOD));
    const { stdout, level } = await runPerfJson([
      ...["-m", "odd", "-b", "2", "-u", server.httpAddress!, "--input-data", data],
      ...["--request-count", "40", "--max-error-rate", "100"],
    ]);
    assertEquals(level.counts.failed, 4);
    assertStringIncludes(stdout, "output 'OUT' is wrong at [1,3]: expected 8, got 9");
  });
});

Deno.test("a sequence goes on after a wrong answer", async () => {
  await setting([], async ({ server, file }) => {
    const data = await file(
      "d.json",
      JSON.stringify({
        data: [[{ INPUT: [1] }, { INPUT: [2] }, { INPUT: [3] }], [{ INPUT: [4] }, { INPUT: [5] }]],
        validation_data: [[{ OUTPUT: [1] }, { OUTPUT: [9] }, { OUTPUT: [6] }], [
          { OUTPUT: [4] },
          {},
        ]],
      }),
    );
    const { level, merged } = await runPerfJson([
      ...["-m", "simple_sequence", "-u", server.httpAddress!, "--input-data", data],
      ...["--request-count", "50", "--max-error-rate", "100"],
    ]);
    // Of each five requests the second is said to be wrong; that the third is right shows that it belongs to it.
    assertEquals(
      level.errors.map(({ code, count }) => [code, count]),
      [["WRONG_ANSWER", 10]],
      merged,
    );
    assertStringIncludes(level.errors[0]!.message, "expected 9, got 3");
  });
});

Deno.test("files of a data directory named as outputs are expected; floats within --tolerance", async () => {
  await setting([], async ({ server, folder, file }) => {
    await file("INPUT0", toBytes("FP32", [1, 2, 3]));
    await file(
      "OUTPUT0",
      writeNpy({ dataType: "FP32", shape: [3], data: toBytes("FP32", [1, 2, 3.001]) }),
    );
    const flags = ["-m", "identity_fp32", "--shape", "INPUT0:3", "-u", server.httpAddress!];
    const all = [...flags, "--data-directory", folder, "--request-count", "20", "--api", "v2"];
    const exact = await runPerf(all);
    assertEquals(exact.code, 1, exact.merged);
    assertMatch(
      exact.stdout,
      /20 x WRONG_ANSWER - output 'OUTPUT0' is wrong at \[\d?,?2\]: expected 3\.00/,
    );
    const near = await runPerf([...all, "--tolerance", "0.01"]);
    assertEquals(near.code, 0, near.merged);
  });
});

Deno.test("expected outputs that don't fit are refused before anything is sent", async () => {
  await setting([nowAndThenWrong("odd", 1)], async ({ server, file, folder }) => {
    const step = { IN: [1, 2, 3, 4] };
    const cases: [unknown, string][] = [
      [[{ OUT: [1, 2, 3] }], "step 0: output 'OUT': expected shape [4], got shape [3]"],
      [[{ OUT: [[1, 2], [3, 4]] }], "output 'OUT': expected shape [4], got shape [2,2]"],
      [
        [{ OUT: [1, 2, 3, 0.5] }],
        "step 0: Cannot make a tensor of INT32: element 3 must be a whole number",
      ],
      [[{ IN: [1, 2, 3, 4] }], "model 'odd' has no output 'IN'"],
      [[{}, {}], `"validation_data" has 2 steps, "data" has 1`],
      [[[{}], [{}]], `"validation_data" has 2 streams, "data" has 1`],
      [[], `it has no list "validation_data" with a step`],
    ];
    for (const [validation_data, message] of cases) {
      const path = await file("d.json", JSON.stringify({ data: [step], validation_data }));
      const run = await runPerf(["-m", "odd", "-u", server.httpAddress!, "--input-data", path]);
      assertEquals(run.code, 1, run.merged);
      assertStringIncludes(run.stderr, message);
    }
    await Deno.remove(`${folder}/d.json`);
    await file("IN", toBytes("INT32", [1, 2, 3, 4]));
    await file("OUT", toBytes("INT32", [1, 2, 3]));
    const run = await runPerf(["-m", "odd", "-u", server.httpAddress!, "--data-directory", folder]);
    assertEquals(run.code, 1);
    assertStringIncludes(run.stderr, "output 'OUT' requires 16 bytes for each batch");
    const statistics = await fetch(`http://${server.httpAddress}/v2/models/odd/stats`);
    const { model_stats: [stats] } = await statistics.json();
    assertEquals(stats.inference_stats.success.count, 0, "nothing was sent");
  });
});

Deno.test("a decoupled model's answers are not compared, and that is said", async () => {
  await setting([], async ({ server, file }) => {
    const data = await file(
      "d.json",
      JSON.stringify({
        data: [{ IN: { content: [1], shape: [1] }, COUNT: [1] }],
        validation_data: [{ OUT: [1] }],
      }),
    );
    const run = await runPerf([
      ...["-m", "repeat", "-i", "grpc", "--streaming", "-u", server.grpcAddress!, "--api", "v2"],
      ...["--input-data", data],
    ]);
    assertEquals(run.code, 1, run.merged);
    assert(
      run.stderr.includes("cannot compare the answers of the decoupled model 'repeat'"),
      run.stderr,
    );
  });
});
