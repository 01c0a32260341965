/**
 * Command lines as perf_analyzer's documentation has them, of all kinds: each runs here unchanged against the
 * embedded server, or says by name why not. Only addresses, and names of models and files, are this test's.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { startServer } from "../src/server/server.ts";
import { runPerf } from "./perf_program.ts";

/** Runs until stable in the documentation; the windows are short here. */
const SHORT = "--measurement-interval 50 --stability-percentage 999 --max-trials 3";

/** `H` and `G` are the server's HTTP and gRPC address, `D` a folder with input files. */
const RUNS: readonly string[] = [
  "-m simple -u H",
  "-m simple -u H --concurrency-range 1:4",
  "-m simple -u H --concurrency-range 1:4:2 -f D/perf.csv",
  "-m simple -u H --percentile=95 --concurrency-range 1:2",
  "-m simple -i grpc -u G --shape INPUT0:16",
  "-m simple --service-kind triton -u H -b 2 --input-data zero",
  "-m simple -u H --input-data D/data.json",
  "-m simple -u H --input-data D/data.json --input-data D/more.json",
  "-m simple -u H --input-data D",
  "-m simple -u H --request-rate-range 100:300:100 --request-distribution poisson",
  "-m simple -u H --request-rate-range=200:200:1 --num-of-sequences 2 --sequence-length 5",
  "-m simple -u H --request-intervals D/intervals",
  "-m simple -u H --measurement-mode count_windows --measurement-request-count 50",
  "-m simple -i grpc -u G --streaming --async",
  "-m simple -u H --sync --max-threads 4 -v",
  "-m simple_sequence -i grpc -u G --sequence-id-range 1:1000 --sequence-length 6 --serial-sequences",
  "-m simple_string -u H --string-data 7",
  "-m identity_fp32 -u H --shape INPUT0:4 --input-tensor-format json --output-tensor-format json",
  "-m simple -i grpc -u G --grpc-compression-algorithm gzip",
  "-m simple -u H --bls-composing-models addsub_fp32",
  "-m simple -u H --latency-threshold 10000 --concurrency-range 1:2 --shared-memory none",
  "-m simple -u H --request-count 40 --warmup-request-count 5",
  "-m identity_fp32 -u H -b 4 --shape INPUT0:192",
  "-m simple -u H --collect-metrics --metrics-url H/metrics -f D/out.csv --verbose-csv",
  "-m simple -u H --ssl-https-verify-peer 1 --ssl-https-verify-host 2 -i http -x 1 -p 50",
  "-m simple -u H --binary-search --concurrency-range 1:4 -l 10000",
  "-m simple -u H --request-parameter max_tokens:256:int -H X-Test:1",
];

/** What is refused, and the words of the reason. */
const REFUSED: readonly (readonly [string, string])[] = [
  ["-m simple -u H --shared-memory cuda", "--shared-memory cuda"],
  ["-m m --service-kind tfserving -u H --model-signature-name s", "--service-kind tfserving"],
  ["-m m --service-kind torchserve -u H --input-data D/data.json", "--service-kind torchserve"],
  ["-m m --service-kind openai --endpoint v1/chat/completions -u H", "--service-kind openai"],
  [
    "-m m --service-kind=triton_c_api --triton-server-directory=/opt --model-repository=/m",
    "--service-kind triton_c_api",
  ],
  [
    "--service-kind=dynamic_grpc -u=H --input-data=D/inputs.json --grpc-method=v1.Simple/Echo -m m",
    "--service-kind dynamic_grpc",
  ],
  ["-m simple -u H --grpc-method=v1.Simple/Echo", "--grpc-method v1.Simple/Echo"],
  ["-m simple -u H --enable-mpi", "--enable-mpi"],
  ["-m simple -u H --session-concurrency 2", "--session-concurrency"],
];

Deno.test("perf_analyzer's command lines run unchanged", async () => {
  await using server = await startServer({ httpPort: 0, grpcPort: 0 });
  const folder = await Deno.makeTempDir();
  const values = (value: number) => new Array(16).fill(value);
  const step = { INPUT0: values(1), INPUT1: values(2) };
  const text = (name: string, content: string) => Deno.writeTextFile(`${folder}/${name}`, content);
  await text("data.json", JSON.stringify({ data: [step, step] }));
  await text(
    "more.json",
    JSON.stringify({ data: [step], validation_data: [{ OUTPUT0: values(3) }] }),
  );
  await text("intervals", "5000\n3000\n4000\n");
  for (const name of ["INPUT0", "INPUT1"]) {
    await Deno.writeFile(`${folder}/${name}`, new Uint8Array(64));
  }
  try {
    // Under Wine a listener whose queue was full once takes no more: a machine that stalls fills it.
    const runs = Deno.build.os === "windows"
      ? RUNS.filter((line) => !line.includes("--request-rate"))
      : RUNS;
    for (const line of runs) {
      const words = `${line} ${SHORT} --api v2`.split(" ").map((word) =>
        /^H(?=\/|$)/.test(word)
          ? word.replace("H", server.httpAddress!)
          : word === "G"
          ? server.grpcAddress!
          : word
            .replace(/^D(?=\/|$)/, folder)
      );
      const { code, merged } = await runPerf(words);
      // A busy machine makes windows this short unstable, which is 3, or leaves one without an answer.
      const isShort = code === 3 || /No valid requests recorded within time/.test(merged);
      assert(code === 0 || isShort, `perf_analyzer ${line}\n${merged}`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("what can't run says so by name, before anything is sent", async () => {
  for (const [line, text] of REFUSED) {
    const words = line.split(" ").map((word) => word === "H" ? "127.0.0.1:1" : word);
    const { code, stderr, stdout } = await runPerf(words);
    assertEquals([code, stdout], [2, ""], `${line}\n${stderr}`);
    assertStringIncludes(stderr, text);
  }
});
