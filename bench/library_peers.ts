/**
 * The library beside what a service would use instead, on one real Triton: fetch with JSON, undici with
 * the binary extension, the Python tritonclient on asyncio; 1, 16 and 100 callers, and `batch()`.
 *
 *     deno task bench:library [--seconds 3] [--rounds 3]
 *
 * Needs Linux and Python 3. Every caller makes its tensors anew and reads one output.
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { Agent, request as undiciRequest } from "undici";
import { InferenceClient } from "../mod.ts";
import { prepareEnvironment, run } from "../tests/interop/server/environment.ts";
import { makeRepository } from "../tests/interop/server/repository.ts";
import { startTriton } from "../tests/interop/server/triton.ts";
import { closedLoop, type LoopResult } from "./lib/closed_loop.ts";
import { printTable, ratio } from "./lib/table.ts";

const CALLERS = [1, 16, 100];

const args = parseArgs(Deno.args, { string: ["seconds", "rounds"] });
const seconds = Number(args.seconds ?? 3);
const rounds = Number(args.rounds ?? 3);
const environment = await prepareEnvironment(
  new URL("../.venv/interop/", import.meta.url),
  console.log,
);
const folder = await Deno.makeTempDir({ prefix: "trtis-library-" });
await makeRepository(`${folder}/models`, ["simple"]);
const triton = await startTriton(environment, { repository: `${folder}/models` });

const numbers = () => Int32Array.from({ length: 16 }, (_, i) => i);
const clients = {
  http: await InferenceClient.connect({ url: triton.http, api: "v2" }),
  grpc: await InferenceClient.connect({ url: triton.grpc, wire: "grpc", api: "v2" }),
};
const agent = new Agent({ connections: 128 });
const url = `http://${triton.http}/v2/models/simple/infer`;

/** One request, its output read. */
type Contender = () => Promise<unknown>;

async function infer(client: InferenceClient): Promise<Contender> {
  const model = await client.model("simple");
  return async () => {
    const result = await model.infer({ inputs: { INPUT0: numbers(), INPUT1: numbers() } });
    return result.output("OUTPUT0").as("INT32");
  };
}

async function batched(client: InferenceClient): Promise<Contender> {
  const batch = (await client.model("simple")).batch({ maxSize: 8, maxDelayMs: 1 });
  return async () => {
    const result = await batch.infer({ inputs: { INPUT0: numbers(), INPUT1: numbers() } });
    return result.output("OUTPUT0").as("INT32");
  };
}

async function byFetch(): Promise<unknown> {
  const tensor = (name: string) => ({
    ...{ name, datatype: "INT32", shape: [1, 16] },
    data: [...numbers()],
  });
  const response = await fetch(url, {
    method: "POST",
    body: JSON.stringify({ inputs: [tensor("INPUT0"), tensor("INPUT1")] }),
  });
  return Int32Array.from((await response.json()).outputs[0].data);
}

async function byUndici(): Promise<unknown> {
  const tensor = (name: string) => ({
    ...{ name, datatype: "INT32", shape: [1, 16] },
    parameters: { binary_data_size: 64 },
  });
  const head = new TextEncoder().encode(JSON.stringify({
    inputs: [tensor("INPUT0"), tensor("INPUT1")],
    parameters: { binary_data_output: true },
  }));
  const body = new Uint8Array(head.length + 128);
  body.set(head);
  body.set(new Uint8Array(numbers().buffer), head.length);
  body.set(new Uint8Array(numbers().buffer), head.length + 64);
  const { body: answer, headers } = await undiciRequest(url, {
    method: "POST",
    dispatcher: agent,
    headers: { "inference-header-content-length": `${head.length}` },
    body,
  });
  const bytes = await answer.arrayBuffer();
  const skip = Number(headers["inference-header-content-length"]);
  return new Int32Array(bytes.slice(skip, skip + 64));
}

async function byPython(wire: "http" | "grpc", callers: number): Promise<LoopResult> {
  const script = new URL("lib/python_aio.py", import.meta.url).pathname;
  const call = [script, wire, triton[wire], `${callers}`, `${seconds}`];
  return JSON.parse(await run(environment.python, call));
}

const contenders: readonly (readonly [name: string, request: Contender])[] = [
  ["trtis HTTP", await infer(clients.http)],
  ["trtis gRPC", await infer(clients.grpc)],
  ["trtis HTTP, batch()", await batched(clients.http)],
  ["trtis gRPC, batch()", await batched(clients.grpc)],
  ["fetch, JSON", byFetch],
  ["undici, binary", byUndici],
];
const rows = [["CALLERS", "CLIENT", "REQUESTS/S", "P50 US", "P99 US", "TRTIS HTTP / IT"]];
try {
  for (const callers of CALLERS) {
    const results = new Map<string, LoopResult[]>();
    const note = (name: string, result: LoopResult) =>
      results.set(name, [...results.get(name) ?? [], result]);
    for (let round = 0; round < rounds; round++) {
      for (const [name, request] of contenders) {
        note(name, await closedLoop(request, callers, seconds * 1000));
      }
      note("Python tritonclient aio, HTTP", await byPython("http", callers));
      note("Python tritonclient aio, gRPC", await byPython("grpc", callers));
    }
    const middle = new Map([...results].map(([name, list]) => [
      name,
      list.sort((a, b) => a.perSecond - b.perSecond)[list.length >> 1]!,
    ]));
    const own = middle.get("trtis HTTP")!;
    for (const [name, { perSecond, p50Us, p99Us }] of middle) {
      rows.push([
        ...[String(callers), name, ...[perSecond, p50Us, p99Us].map((value) => value.toFixed(0))],
        ratio(own.perSecond, perSecond),
      ]);
    }
  }
} finally {
  for (const client of Object.values(clients)) client.close();
  await agent.close();
  await triton.stop();
  await Deno.remove(folder, { recursive: true });
}
await printTable("The library on `simple`, one Triton", rows);
