/**
 * Starts MLServer and KServe's ModelServer on loopback ports, with the models `echo` and `bare`.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type OtherServer, prepareOther } from "./environment.ts";
import { freePorts } from "./triton.ts";

/** A running server. */
export interface RunningOther extends AsyncDisposable {
  /** `127.0.0.1:port`. */
  readonly http: string;
  /** `127.0.0.1:port`. */
  readonly grpc: string;
}

const POLL_MS = 100;
const PATIENCE_MS = 120_000;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Starts a server; installs it first where it isn't. @throws {Error} with its last words when it doesn't start */
export async function startOther(server: OtherServer): Promise<RunningOther> {
  const venv = new URL(`../../../.venv/${server}/`, import.meta.url);
  const { python } = await prepareOther(server, venv, console.log);
  const [http, grpc] = freePorts();
  const folder = await Deno.makeTempDir();
  if (server === "mlserver") await writeMlserver(folder, http, grpc);
  const args = server === "mlserver"
    ? [`${fileURLToPath(venv)}bin/mlserver`, "start", folder]
    : [python, here("../python/kserve_models.py"), String(http), String(grpc)];
  const child = new Deno.Command(python, {
    args: [here("supervise.py"), ...args],
    env: { PYTHONPATH: folder, PATH: `${fileURLToPath(venv)}bin:${Deno.env.get("PATH") ?? ""}` },
    cwd: folder,
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
  });
  const stop = async () => {
    if (!ended) child.kill("SIGTERM");
    await end;
    await Deno.remove(folder, { recursive: true });
  };
  const deadline = performance.now() + PATIENCE_MS;
  while (!await isReady(`http://127.0.0.1:${http}/v2/models/bare/ready`)) {
    if (ended || performance.now() > deadline) {
      await stop();
      throw new Error(`Cannot start ${server}:\n${log.trim().split("\n").slice(-30).join("\n")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return {
    http: `127.0.0.1:${http}`,
    grpc: `127.0.0.1:${grpc}`,
    [Symbol.asyncDispose]: stop,
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** The settings and models of an MLServer. */
async function writeMlserver(folder: string, http: number, grpc: number): Promise<void> {
  const write = (path: string, value: unknown) =>
    Deno.writeTextFile(`${folder}/${path}`, JSON.stringify(value));
  await write("settings.json", {
    host: "127.0.0.1",
    http_port: http,
    grpc_port: grpc,
    metrics_port: 0,
    metrics_endpoint: null,
    parallel_workers: 0,
  });
  await Deno.copyFile(here("../python/mlserver_models.py"), `${folder}/mlserver_models.py`);
  const tensor = [{ name: "x", datatype: "FP32", shape: [-1, 4] }];
  for (const name of ["echo", "bare"]) {
    await Deno.mkdir(`${folder}/${name}`);
    const declared = name === "echo" ? { inputs: tensor, outputs: tensor } : {};
    const implementation = "mlserver_models.Echo";
    await write(`${name}/model-settings.json`, { name, implementation, ...declared });
  }
}
