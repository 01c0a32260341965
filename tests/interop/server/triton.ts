/**
 * Starts and stops a real Triton on free loopback ports.
 *
 * @module
 */
import type { Environment } from "./environment.ts";

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

/** How long a server may take to end in order before it is ended by force. */
const STOP_MS = 30_000;
const POLL_MS = 50;
/** How long the rest of its output is waited for; an orphan of it may hold the pipe open for ever. */
const LAST_WORDS_MS = 500;

/**
 * Becomes the program in its arguments, as the leader of a process group of its own, and gets SIGTERM
 * when whoever started it is gone.
 */
const OWN_GROUP = `
import ctypes, os, signal, sys
os.setpgid(0, 0)
ctypes.CDLL(None).prctl(1, signal.SIGTERM)
os.execv(sys.argv[1], sys.argv[1:])`;

function freePorts(): [number, number] {
  const listeners = [0, 0].map((port) => Deno.listen({ hostname: "127.0.0.1", port }));
  const [http, grpc] = listeners.map((listener) => (listener.addr as Deno.NetAddr).port);
  for (const listener of listeners) listener.close();
  return [http, grpc];
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
  const libraries = [`${environment.sitePackages}/nvidia_pytriton.libs`, environment.libraries];
  const child = new Deno.Command(environment.python, {
    args: [
      "-c",
      OWN_GROUP,
      `${environment.triton}/bin/tritonserver`,
      `--model-repository=${options.repository}`,
      `--backend-directory=${environment.triton}/backends`,
      "--http-address=127.0.0.1",
      `--http-port=${httpPort}`,
      "--grpc-address=127.0.0.1",
      `--grpc-port=${grpcPort}`,
      "--allow-metrics=false",
      "--exit-timeout-secs=3",
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
  const log = collectLog([child.stdout, child.stderr]);
  let ended = false;
  const end = child.status.then(() => {
    ended = true;
  });
  const crash = async () => {
    // The Python processes of a server that is killed may live on: the whole group has to go.
    sendSignal(-child.pid, "SIGKILL");
    await end;
    await log.close();
  };
  const stop = async () => {
    if (!ended) sendSignal(child.pid, "SIGTERM");
    const force = setTimeout(crash, STOP_MS);
    await end;
    clearTimeout(force);
    await log.close();
  };
  const url = `http://127.0.0.1:${httpPort}/v2/health/${options.liveOnly ? "live" : "ready"}`;
  const deadline = performance.now() + (options.timeoutMs ?? 120_000);
  while (!await answers(url)) {
    if (ended || performance.now() > deadline) {
      await stop();
      const last = log.text().trim().split("\n").slice(-40).join("\n");
      throw new Error(`Cannot start Triton: ${ended ? "it ended" : "not ready in time"}\n${last}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return {
    http: `127.0.0.1:${httpPort}`,
    grpc: `127.0.0.1:${grpcPort}`,
    ports: [httpPort, grpcPort],
    log: log.text,
    stop,
    kill: crash,
  };
}

/** Reads streams into one text until they end or are given up. */
function collectLog(streams: readonly ReadableStream<Uint8Array>[]) {
  let text = "";
  const readers = streams.map((stream) => stream.getReader());
  const done = Promise.all(readers.map(async (reader) => {
    const decoder = new TextDecoder();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      text += decoder.decode(next.value, { stream: true });
    }
  }));
  const close = async () => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise((resolve) => timer = setTimeout(resolve, LAST_WORDS_MS));
    await Promise.race([done, late]);
    clearTimeout(timer);
    await Promise.all(readers.map((reader) => reader.cancel()));
    await done;
  };
  return { text: () => text, close };
}

function sendSignal(pid: number, name: Deno.Signal): void {
  try {
    Deno.kill(pid, name);
  } catch (error) {
    // It has ended already.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
