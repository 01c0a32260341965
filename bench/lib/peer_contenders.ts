/**
 * How each load generator is run on a setting, and what it says of it.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { parse } from "@std/csv";
import { concatBytes } from "../../src/base/bytes.ts";
import { createV2Grpc } from "../../src/protocol/v2/grpc.ts";
import { createV2Http } from "../../src/protocol/v2/http.ts";
import type { EncodedHttpRequest, InferRequest, Wire } from "../../src/protocol/types.ts";
import type { LevelResult } from "../../src/perf/types.ts";
import type { GrpcChannel, HttpTransport } from "../../src/transport/types.ts";
import type { Peers } from "./peer_environment.ts";
import { type MeasuredRun, runMeasured } from "./measured_process.ts";

/** One cell of the comparison. */
export interface Setting {
  readonly model: "simple" | "identity_large";
  readonly wire: Wire;
  readonly concurrency: number;
  readonly address: string;
  /** Length of a window; everybody measures about three of them. */
  readonly windowMs: number;
}

/** What a contender measured; latencies in microseconds, undefined = it doesn't say. */
export interface Outcome {
  readonly perSecond: number;
  readonly p50Us?: number;
  readonly p99Us?: number;
  readonly cpuSeconds: number;
  readonly memoryMib: number;
}

/** A load generator. */
export interface Contender {
  readonly name: string;
  readonly wires: readonly Wire[];
  run(setting: Setting): Promise<Outcome>;
}

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));
const PYTHON_CLIENT = fileURLToPath(new URL("python_client.py", import.meta.url));
const WINDOWS = 3;
const STABLE_AT_ONCE = "999";

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

function outcome(run: MeasuredRun, figures: Pick<Outcome, "perSecond" | "p50Us" | "p99Us">) {
  return { ...figures, cpuSeconds: run.cpuSeconds, memoryMib: run.memoryMib };
}

function failed(name: string, run: MeasuredRun): Error {
  return new Error(`${name}: exit code ${run.code}\n${run.stdout}\n${run.stderr}`);
}

function commonFlags({ model, wire, concurrency, address, windowMs }: Setting): string[] {
  return ["-m", model, "-i", wire, "-u", address, "-p", String(windowMs)].concat(
    ["-s", STABLE_AT_ONCE, "-r", String(WINDOWS), "--concurrency-range", String(concurrency)],
  );
}

/** How a contender's runs differ from its usual ones. */
export interface Variant {
  readonly name?: string;
  /** More arguments. */
  readonly flags?: readonly string[];
  /** Ours: another tree's main module. */
  readonly main?: string;
}

/** This project's, from its sources. */
export function ours(python: string, folder: string, variant: Variant = {}): Contender {
  return {
    name: variant.name ?? "trtis perf_client",
    wires: ["http", "grpc"],
    async run(setting) {
      const file = `${folder}/ours.json`;
      const program = [
        Deno.execPath(),
        "run",
        "-A",
        "--no-check",
        variant.main ?? MAIN,
        "perf_client",
      ];
      const flags = [
        ...commonFlags(setting),
        "--api",
        "v2",
        "--json",
        file,
        ...variant.flags ?? [],
      ];
      const run = await runMeasured(python, [...program, ...flags]);
      if (run.code !== 0) throw failed("perf_client", run);
      const [level]: LevelResult[] = JSON.parse(await Deno.readTextFile(file)).levels;
      const at = (p: number) =>
        mean(
          level!.passes.map(({ latency }) =>
            latency?.percentiles.find(({ percentile }) => percentile === p)?.us ?? NaN
          ),
        );
      const perSecond = mean(level!.passes.map(({ inferPerSecond }) => inferPerSecond));
      return outcome(run, { perSecond, p50Us: at(50), p99Us: at(99) });
    },
  };
}

/** NVIDIA's, in C++. */
export function perfAnalyzer(
  python: string,
  folder: string,
  peers: Peers,
  variant: Variant = {},
): Contender {
  return {
    name: variant.name ?? "perf_analyzer 2.48",
    wires: ["http", "grpc"],
    async run(setting) {
      const file = `${folder}/perf_analyzer.csv`;
      const flags = [...commonFlags(setting), "-f", file, ...variant.flags ?? []];
      const env = { LD_LIBRARY_PATH: peers.libraries };
      const run = await runMeasured(python, [peers.perfAnalyzer, ...flags], env);
      if (run.code !== 0) throw failed("perf_analyzer", run);
      const [header, row] = parse((await Deno.readTextFile(file)).trim());
      const cell = (name: string) => Number(row![header!.indexOf(name)]);
      return outcome(run, {
        perSecond: cell("Inferences/Second"),
        p50Us: cell("p50 latency"),
        p99Us: cell("p99 latency"),
      });
    },
  };
}

/** The Python tritonclient, a thread and a client for each request at a time. */
export function pythonClient(python: string, variant: Variant = {}): Contender {
  return {
    name: variant.name ?? "Python tritonclient",
    wires: ["http", "grpc"],
    async run({ model, wire, concurrency, address, windowMs }) {
      const seconds = String(windowMs * WINDOWS / 1000);
      const args = [PYTHON_CLIENT, wire, address, model, String(concurrency), seconds];
      const run = await runMeasured(python, [python, ...args, ...variant.flags ?? []]);
      if (run.code !== 0) throw failed("tritonclient", run);
      return outcome(run, JSON.parse(run.stdout));
    },
  };
}

function requestOf(model: Setting["model"]): InferRequest {
  const tensor = (name: string, size: number, dataType: "INT32" | "FP32") => (
    { name, dataType, shape: [size], data: [new Uint8Array(size * 4)] }
  );
  const inputs = model === "simple"
    ? [tensor("INPUT0", 16, "INT32"), tensor("INPUT1", 16, "INT32")]
    : [tensor("INPUT0", 1 << 20, "FP32")];
  const outputs = inputs.map((_, i) => ({ name: `OUTPUT${i}` }));
  return { modelName: model, batchSize: 1, batched: true, inputs, outputs };
}

/** The limit of what any HTTP client gets. */
export function wrk(python: string, folder: string): Contender {
  return {
    name: "wrk",
    wires: ["http"],
    async run({ model, concurrency, address, windowMs }) {
      const nowhere = { address: { host: "", port: 0, basePath: "", tls: false } } as HttpTransport;
      const wire = createV2Http(nowhere).encode(requestOf(model)) as EncodedHttpRequest;
      await Deno.writeFile(`${folder}/wrk.bin`, concatBytes(wire.body));
      const headers = wire.headers.map(([name, value]) => `wrk.headers["${name}"] = "${value}"\n`);
      await Deno.writeTextFile(
        `${folder}/wrk.lua`,
        `local f = io.open("${folder}/wrk.bin", "rb")\nwrk.body = f:read("*all")\nf:close()\n` +
          `wrk.method = "POST"\n${headers.join("")}` +
          `done = function(s, l, r) io.write(string.format("FIGURES %f %f %f %d\\n", ` +
          `s.requests / s.duration * 1e6, l:percentile(50), l:percentile(99), s.errors.status)) end\n`,
      );
      const flags = ["-t1", `-c${concurrency}`, `-d${Math.ceil(windowMs * WINDOWS / 1000)}`];
      const url = `http://${address}${wire.path}`;
      const run = await runMeasured(python, ["wrk", ...flags, "-s", `${folder}/wrk.lua`, url]);
      const figures = /FIGURES (\S+) (\S+) (\S+) 0$/m.exec(run.stdout);
      if (run.code !== 0 || figures === null) throw failed("wrk", run);
      const [perSecond = NaN, p50Us = NaN, p99Us = NaN] = figures.slice(1).map(Number);
      return outcome(run, { perSecond, p50Us, p99Us });
    },
  };
}

/** The limit of what any gRPC client gets. It tells no percentiles. */
export function h2load(python: string, folder: string): Contender {
  return {
    name: "h2load",
    wires: ["grpc"],
    async run({ model, concurrency, address, windowMs }) {
      const nowhere = { address: { host: "", port: 0 } } as GrpcChannel;
      const wire = createV2Grpc(nowhere).encode(requestOf(model)) as unknown as {
        unary: Uint8Array;
      };
      const head = new Uint8Array(5);
      new DataView(head.buffer).setUint32(1, wire.unary.length);
      await Deno.writeFile(`${folder}/h2load.bin`, concatBytes([head, wire.unary]));
      const load = [`-c${concurrency}`, "-m1", `-D${Math.ceil(windowMs * WINDOWS / 1000)}`];
      const grpc = ["-H", "content-type: application/grpc", "-H", "te: trailers"];
      const window = model === "simple" ? [] : ["-w24", "-W26"];
      const url = `http://${address}/inference.GRPCInferenceService/ModelInfer`;
      const run = await runMeasured(python, [
        ...["h2load", ...load, ...window, "-d", `${folder}/h2load.bin`, ...grpc],
        url,
      ]);
      const figures = /finished in [^,]*, ([\d.]+) req\/s/.exec(run.stdout);
      if (run.code !== 0 || figures === null) throw failed("h2load", run);
      return outcome(run, { perSecond: Number(figures[1]) });
    },
  };
}
