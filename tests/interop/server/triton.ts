/**
 * Starts and stops a real Triton on free loopback ports.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Environment } from "./environment.ts";
import { removeSharedMemory } from "./shared_memory.ts";

/** Options of {@linkcode startTriton}. */
export interface TritonOptions {
  /** Folder of the model repository. */
  readonly repository: string;
  /** More arguments for the server. */
  readonly args?: readonly string[];
  /** Milliseconds until it must be ready; default 120,000. */
  readonly timeoutMs?: number;
  /** Whether it counts as started when it is live, models ready or not; default false. */
  readonly liveOnly?: boolean;
  /** HTTP and gRPC port; default: free ones. */
  readonly ports?: readonly [http: number, grpc: number];
}

/** A running server. */
export interface Triton {
  /** `127.0.0.1:port`. */
  readonly http: string;
  /** `127.0.0.1:port`. */
  readonly grpc: string;
  /** The ports of both. */
  readonly ports: readonly [http: number, grpc: number];
  /** What it has written so far. */
  log(): string;
  /** Ends it in order, by force after some seconds; safe to call twice. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash would. */
  kill(): Promise<void>;
}

const POLL_MS = 50;
const SUPERVISOR = fileURLToPath(new URL("supervise.py", import.meta.url));

/** Two ports that nobody listens on. */
export function freePorts(): [number, number] {
  const listeners = [0, 0].map((port) => Deno.listen({ hostname: "127.0.0.1", port }));
  const ports = listeners.map((listener) => (listener.addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return [ports[0]!, ports[1]!];
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** @throws {Error} with the server's own words when it ends before it is ready */
export async function startTriton(
  environment: Environment,
  options: TritonOptions,
): Promise<Triton> {
  const [httpPort, grpcPort] = options.ports ?? freePorts();
  const regions = `trtis_${crypto.randomUUID()}`;
  const libraries = [`${environment.sitePackages}/nvidia_pytriton.libs`, environment.libraries];
  const child = new Deno.Command(environment.python, {
    args: [
      SUPERVISOR,
      `${environment.triton}/bin/tritonserver`,
      `--model-repository=${options.repository}`,
      `--backend-directory=${environment.triton}/backends`,
      "--http-address=127.0.0.1",
      `--http-port=${httpPort}`,
      "--grpc-address=127.0.0.1",
      `--grpc-port=${grpcPort}`,
      "--allow-metrics=false",
      "--exit-timeout-secs=3",
      `--backend-config=python,shm-region-prefix-name=${regions}`,
      ...options.args ?? [],
    ],
    env: {
      LD_LIBRARY_PATH: libraries.join(":"),
      PATH: `${environment.bin}:${Deno.env.get("PATH") ?? ""}`,
      PYTHONPATH: environment.sitePackages,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let log = "";
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) log += text;
  };
  const collected = Promise.all([collect(child.stdout), collect(child.stderr)]);
  let ended = false;
  const end = child.status.then(async () => {
    ended = true;
    await collected;
    // A Python back end that is ended by force leaves it behind.
    await removeSharedMemory(regions);
  });
  const finish = async (signal: Deno.Signal) => {
    if (!ended) child.kill(signal);
    await end;
  };
  const stop = () => finish("SIGTERM");
  const url = `http://127.0.0.1:${httpPort}/v2/health/${options.liveOnly ? "live" : "ready"}`;
  const deadline = performance.now() + (options.timeoutMs ?? 120_000);
  while (!await answers(url)) {
    if (ended || performance.now() > deadline) {
      await stop();
      const last = log.trim().split("\n").slice(-40).join("\n");
      throw new Error(`Cannot start Triton: ${ended ? "it ended" : "not ready in time"}\n${last}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return {
    http: `127.0.0.1:${httpPort}`,
    grpc: `127.0.0.1:${grpcPort}`,
    ports: [httpPort, grpcPort],
    log: () => log,
    stop,
    kill: () => finish("SIGUSR1"),
  };
}
