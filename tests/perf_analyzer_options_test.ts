/**
 * Every option of perf_analyzer 2.60: none is unknown here, and the table in docs/migrating.md says of each what
 * becomes of it, as the flag table has it.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { Flag } from "../src/cli/flag.ts";
import { perfFlags } from "../src/commands/perf/flags.ts";
import { REFUSALS } from "../src/commands/perf/refused.ts";
import { runPerf } from "./perf_program.ts";

/** The options, in the order in which 2.60 reads them. */
const OPTIONS = (
  "streaming max-threads sequence-length percentile data-directory shape measurement-interval " +
  "concurrency-range latency-threshold stability-percentage max-trials input-data string-length " +
  "string-data async sync request-rate-range num-of-sequences binary-search request-distribution " +
  "request-intervals shared-memory output-shared-memory-size service-kind model-signature-name " +
  "grpc-compression-algorithm measurement-mode measurement-request-count triton-server-directory " +
  "model-repository sequence-id-range ssl-grpc-use-ssl ssl-grpc-root-certifications-file " +
  "ssl-grpc-private-key-file ssl-grpc-certificate-chain-file ssl-https-verify-peer " +
  "ssl-https-verify-host ssl-https-ca-certificates-file ssl-https-client-certificate-file " +
  "ssl-https-client-certificate-type ssl-https-private-key-file ssl-https-private-key-type " +
  "verbose-csv enable-mpi trace-level trace-rate trace-count log-frequency collect-metrics " +
  "metrics-url metrics-interval sequence-length-variation bls-composing-models serial-sequences " +
  "input-tensor-format output-tensor-format version profile-export-file " +
  "periodic-concurrency-range request-period request-parameter endpoint request-count " +
  "warmup-request-count fixed-schedule session-concurrency grpc-method"
).split(" ");

/** Its one-letter options. */
const LETTERS = "vdazcumxbtpiHlrsf";

const FLAGS: readonly Flag[] = Object.values(perfFlags);
const flagOf = (name: string) =>
  FLAGS.find(({ long, aliases }) => long === name || aliases?.includes(name));

Deno.test("no option of perf_analyzer is unknown: it works, or the reason is given", async () => {
  assertEquals([OPTIONS.length, new Set(OPTIONS).size], [67, 67]);
  for (const name of OPTIONS) {
    const run = await runPerf(["-m", "simple", "-u", "127.0.0.1:1", `--${name}`]);
    assert(!run.stderr.includes("Unknown flag"), `--${name}: ${run.stderr}`);
  }
  const letters = new Set(FLAGS.map(({ short }) => short));
  assertEquals([...LETTERS].filter((letter) => !letters.has(letter)), []);
});

Deno.test("docs/migrating.md says of every option of perf_analyzer what becomes of it", async () => {
  const page = await Deno.readTextFile(new URL("../docs/migrating.md", import.meta.url));
  const said = new Map(
    [...page.matchAll(/^\| `--([a-z0-9-]+)` +\| (.*?) +\|$/gm)].map((
      [, name, what],
    ) => [name!, what!]),
  );
  assertEquals([...said.keys()].sort(), [...OPTIONS].sort());
  for (const [name, what] of said) {
    const refusal = REFUSALS[name];
    const refused = /^(?:refused|only `(.*?)`): (.*)$/.exec(what) ?? undefined;
    assertEquals(refused?.[2], refusal?.why, `--${name}`);
    assertEquals(refused?.[1] ?? "", refusal?.accepts ?? "", `--${name}`);
    if (refused !== undefined) continue;
    const flag = flagOf(name)!;
    // Flags that do what they say are listed in the help; those without effect are not.
    const [, other] = /^(?:`0` is )?`--([a-z-]+)`$/.exec(what) ?? [];
    if (other !== undefined) assert(flagOf(other)?.hidden !== true, `--${name}: ${what}`);
    if (/^the same/.test(what)) assertEquals(flag.hidden ?? false, false, `--${name}: ${what}`);
    for (const [, named] of what.matchAll(/`--([a-z-]+)/g)) {
      assert(flagOf(named!) !== undefined, `--${name}: there is no --${named}`);
    }
  }
});
