/**
 * A service's client under trouble: callers over HTTP and gRPC, a tenth of them cancelled, and a backend
 * that is killed and started again. Answers are checked; descriptors and the heap must come back.
 *
 *     deno task bench:service [SECONDS] [CALLERS a wire]
 *
 * @module
 */
import { InferenceClient } from "../mod.ts";

const [seconds = "60", callers = "100"] = Deno.args;
const RUN_MS = Number(seconds) * 1000;
const CALLERS = Number(callers);
const KILLS = 5;
const PORTS = { http: freePort(), grpc: freePort() };

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

function startBackend(): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "-q", "main.ts", "serve"],
      ...["--http-port", `${PORTS.http}`, "--grpc-port", `${PORTS.grpc}`],
    ],
    ...{ stdin: "null", stdout: "null", stderr: "null" },
  }).spawn();
}

async function untilReady(): Promise<void> {
  for (;;) {
    try {
      (await fetch(`http://127.0.0.1:${PORTS.http}/v2/health/ready`)).body?.cancel();
      return;
    } catch {
      await sleep(50);
    }
  }
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const descriptors = () => [...Deno.readDirSync("/proc/self/fd")].length;
const { gc = () => {} } = globalThis as { gc?: () => void };
const heap = () => {
  gc();
  return Deno.memoryUsage().heapUsed / 1e6;
};

const counts = { right: 0, wrong: 0, cancelled: 0, failed: 0, unhandled: 0 };
const failures = new Map<string, number>();
globalThis.addEventListener("unhandledrejection", (event) => {
  counts.unhandled++;
  console.error(event.reason);
  event.preventDefault();
});

async function caller(client: InferenceClient, until: number): Promise<void> {
  while (performance.now() < until) {
    const value = Math.floor(Math.random() * 1e6);
    const given = new AbortController();
    const isCancelled = Math.random() < 0.1;
    const timer = isCancelled ? setTimeout(() => given.abort(), Math.random() * 20) : undefined;
    const result = await client.infer("simple", {
      inputs: { INPUT0: new Int32Array(16).fill(value), INPUT1: new Int32Array(16).fill(1) },
      signal: given.signal,
    });
    clearTimeout(timer);
    if (result.error?.code === "CANCELLED" && isCancelled) counts.cancelled++;
    else if (result.error) {
      counts.failed++;
      const text = `${result.error.code} ${result.error.message}`;
      failures.set(text, (failures.get(text) ?? 0) + 1);
    } else if (result.output("OUTPUT0").as("INT32").every((sum) => sum === value + 1)) {
      counts.right++;
    } else counts.wrong++;
    if (isCancelled) await sleep(0);
  }
}

let backend = startBackend();
await untilReady();
await sleep(200);
const before = { descriptors: descriptors(), heap: heap() };
const retry = { attempts: 100, backoff: { firstMs: 20, maxMs: 500 } };
const clients = await Promise.all([
  InferenceClient.connect({ url: `127.0.0.1:${PORTS.http}`, api: "v2", retry }),
  InferenceClient.connect({ url: `grpc://127.0.0.1:${PORTS.grpc}`, api: "v2", retry }),
]);
const until = performance.now() + RUN_MS;
const running = clients.flatMap((client) =>
  Array.from({ length: CALLERS }, () => caller(client, until))
);
for (let i = 0; i < KILLS; i++) {
  await sleep(RUN_MS / (KILLS + 1));
  backend.kill("SIGKILL");
  await backend.status;
  backend = startBackend();
}
await untilReady();
await Promise.all(running);
for (const client of clients) await client.drain({ timeoutMs: 5000 });
await sleep(500);
const after = { descriptors: descriptors(), heap: heap() };
backend.kill("SIGTERM");
await backend.status;
console.log(
  JSON.stringify({ seconds: Number(seconds), callers: 2 * CALLERS, ...counts, before, after }),
);
for (const [text, count] of failures) console.log(count, text);
Deno.exit(counts.wrong + counts.failed + counts.unhandled > 0 ? 1 : 0);
