/**
 * Load generators on a schedule: how each one is run at a rate, and what it says of it.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { parse } from "@std/csv";
import { createV2Http } from "../../src/protocol/v2/http.ts";
import { concatBytes } from "../../src/base/bytes.ts";
import type { EncodedHttpRequest } from "../../src/protocol/types.ts";
import type { LevelResult } from "../../src/perf/types.ts";
import type { HttpTransport } from "../../src/transport/types.ts";
import { type MeasuredRun, runMeasured } from "./measured_process.ts";

/** A rate for a time. */
export interface RateSetting {
  readonly address: string;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
}

/** What it said; milliseconds, undefined = it doesn't say. */
export interface RateOutcome {
  readonly perSecond?: number;
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly max?: number;
  readonly serviceP99?: number;
  readonly delayP99?: number;
  readonly cpuSeconds: number;
  readonly memoryMib: number;
}

/** One of them. */
export interface RateContender {
  readonly name: string;
  run(setting: RateSetting): Promise<RateOutcome>;
}

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

function failed(name: string, run: MeasuredRun): Error {
  return new Error(`${name}: exit code ${run.code}\n${run.stdout}\n${run.stderr}`);
}

/** This project's, from its sources; `extra` in place of a rate. */
export function oursAtRate(
  [python, folder]: readonly [string, string],
  name: string,
  extra: readonly string[] = [],
  load?: readonly string[],
): RateContender {
  return {
    name,
    async run({ address, rate, seconds }) {
      const file = `${folder}/ours.json`;
      const run = await runMeasured(
        python,
        [
          ...[Deno.execPath(), "run", "-A", "--no-check", MAIN, "perf_client", "-m", "simple"],
          ...["-u", address, "--api", "v2", "--json", file, "--unstable-ok", ...extra],
          ...load ?? ["--request-rate", String(rate), "--request-count", String(rate * seconds)],
        ],
        {},
        200_000,
      );
      if (run.code !== 0) throw failed(name, run);
      const [level]: LevelResult[] = JSON.parse(await Deno.readTextFile(file)).levels;
      const { latency, serviceLatency, delay, inferPerSecond } = level!.reported;
      const at = (times: typeof latency, p: number) =>
        (times?.percentiles.find(({ percentile }) => percentile === p)?.us ?? NaN) / 1000;
      return {
        perSecond: inferPerSecond,
        ...{ p50: at(latency, 50), p95: at(latency, 95), p99: at(latency, 99) },
        max: latency!.maxUs / 1000,
        serviceP99: at(serviceLatency, 99),
        delayP99: at(delay, 99),
        cpuSeconds: run.cpuSeconds,
        memoryMib: run.memoryMib,
      };
    },
  };
}

/** NVIDIA's, in C++, once with its default and once with --async. */
export function perfAnalyzerAtRate(
  [python, folder]: readonly [string, string],
  peers: { readonly perfAnalyzer: string; readonly libraries: string },
  isAsync: boolean,
): RateContender {
  const name = `perf_analyzer 2.48${isAsync ? " --async" : ", default"}`;
  return {
    name,
    async run({ address, rate, seconds }) {
      const file = `${folder}/perf_analyzer.csv`;
      const run = await runMeasured(
        python,
        [
          ...[peers.perfAnalyzer, "-m", "simple", "-u", address, "-f", file],
          // Three windows that count as stable whatever they are; it reports them together.
          ...["--request-rate-range", String(rate), "-p", String(Math.round(seconds * 1000 / 3))],
          ...["-s", "999", "-r", "3"],
          ...isAsync ? ["--async"] : [],
        ],
        { LD_LIBRARY_PATH: peers.libraries },
        200_000,
      );
      if (run.code !== 0) throw failed(name, run);
      const [header, row] = parse((await Deno.readTextFile(file)).trim());
      const cell = (column: string) => Number(row![header!.indexOf(column)]);
      return {
        perSecond: cell("Inferences/Second"),
        ...{ p50: cell("p50 latency") / 1000, p95: cell("p95 latency") / 1000 },
        p99: cell("p99 latency") / 1000,
        cpuSeconds: run.cpuSeconds,
        memoryMib: run.memoryMib,
      };
    },
  };
}

/** The open-loop tool of the web, in Go; undefined where it isn't installed. */
export async function vegetaAtRate(
  [python, folder]: readonly [string, string],
): Promise<RateContender | undefined> {
  try {
    await new Deno.Command("vegeta", { args: ["--version"] }).output();
  } catch {
    return undefined;
  }
  return {
    name: "vegeta 12.13",
    async run({ address, rate, seconds }) {
      const nowhere = { address: { host: "", port: 0, basePath: "", tls: false } } as HttpTransport;
      const tensor = (name: string) => (
        { name, dataType: "INT32", shape: [16], data: [new Uint8Array(64)] } as const
      );
      const wire = createV2Http(nowhere).encode({
        ...{ modelName: "simple", batchSize: 1, batched: true },
        inputs: [tensor("INPUT0"), tensor("INPUT1")],
        outputs: [{ name: "OUTPUT0" }, { name: "OUTPUT1" }],
      }) as EncodedHttpRequest;
      await Deno.writeFile(`${folder}/body`, concatBytes(wire.body));
      await Deno.writeTextFile(`${folder}/targets`, `POST http://${address}${wire.path}\n`);
      const results = `${folder}/vegeta.bin`;
      const run = await runMeasured(
        python,
        [
          ...["vegeta", "attack", "-rate", String(rate), "-duration", `${seconds}s`],
          ...["-targets", `${folder}/targets`, "-body", `${folder}/body`, "-output", results],
          ...wire.headers.flatMap(([header, value]) => ["-header", `${header}: ${value}`]),
        ],
        {},
        200_000,
      );
      if (run.code !== 0) throw failed("vegeta", run);
      const report = await new Deno.Command("vegeta", {
        args: ["report", "-type", "json", results],
      }).output();
      const { latencies, throughput } = JSON.parse(new TextDecoder().decode(report.stdout));
      return {
        perSecond: throughput,
        ...{ p50: latencies["50th"] / 1e6, p95: latencies["95th"] / 1e6 },
        ...{ p99: latencies["99th"] / 1e6, max: latencies.max / 1e6 },
        cpuSeconds: run.cpuSeconds,
        memoryMib: run.memoryMib,
      };
    },
  };
}
