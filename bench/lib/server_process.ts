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
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL("../../main.ts", import.meta.url));

/** Starts `trtis serve` on free ports and waits until it says where it listens. */
export async function startServerProcess(): Promise<ServerProcess> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", MAIN, "serve", "--http-port", "0", "--grpc-port", "0"],
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
    http: /HTTP +http:\/\/(\S+)/.exec(text)![1],
    grpc: /gRPC +(\S+)/.exec(text)![1],
    async stop() {
      child.kill("SIGTERM");
      await child.status;
      await reader.cancel();
    },
  };
}
