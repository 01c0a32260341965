/**
 * The embedded server in a process of its own, so that it doesn't share a thread with what is measured.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** A running server. */
export interface ServerProcess {
  readonly http: string;
  readonly grpc: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

/**
 * Starts `trtis serve` on free ports and waits until it says where it listens.
 *
 * @param options ports, 0 = any that is free; the main.ts of the version to run
 */
export async function startServerProcess(
  options: { readonly http?: number; readonly grpc?: number; readonly main?: string } = {},
): Promise<ServerProcess> {
  const { http = 0, grpc = 0, main = MAIN } = options;
  const ports = ["--http-port", String(http), "--grpc-port", String(grpc)];
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", main, "serve", ...ports],
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  let text = "";
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  while (!/gRPC +\S+\n/.test(text)) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`the server ended before it listened: ${text}`);
    text += value;
  }
  return {
    http: /HTTP +http:\/\/(\S+)/.exec(text)![1]!,
    grpc: /gRPC +(\S+)/.exec(text)![1]!,
    pid: child.pid,
    async stop() {
      try {
        child.kill("SIGTERM");
      } catch {
        // It has ended already.
      }
      await child.status;
      await reader.cancel();
    },
  };
}
