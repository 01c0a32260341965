/**
 * `trtis serve` as a child, for the other commands to talk to.
 *
 * @module
 */
import { type Sandbox, start, type Subject } from "./program.ts";

/** A server in progress. */
export interface ServerProcess {
  /** `host:port`. */
  readonly http: string;
  readonly grpc: string;
  /** Stops it as Ctrl-C does; its exit code, undefined where there is no such signal. */
  stop(): Promise<number | undefined>;
}

/** Starts it on free ports. */
export async function startServe(
  subject: Subject,
  sandbox: Sandbox,
  flags: readonly string[] = [],
): Promise<ServerProcess> {
  const ports = ["--http-port", "0", "--grpc-port", "0"];
  const process = start(subject, sandbox, ["serve", ...ports, ...flags]);
  const errors = new Response(process.stderr).text();
  const reader = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let said = "";
  const address = (pattern: RegExp) => pattern.exec(said)?.[1];
  let http: string | undefined;
  let grpc: string | undefined;
  while (http === undefined || grpc === undefined) {
    const { value, done } = await reader.read();
    if (done) throw new Error(`serve ended at once:\n${said}${await errors}`);
    said += value;
    http = address(/^HTTP +http:\/\/(\S+)$/m);
    grpc = address(/^gRPC +(\S+)$/m);
  }
  const rest = drain(reader);
  const windows = Deno.build.os === "windows";
  return {
    ...{ http, grpc },
    async stop() {
      process.kill(windows ? "SIGKILL" : "SIGINT");
      const { code } = await process.status;
      await Promise.all([rest, errors]);
      return windows ? undefined : code;
    },
  };
}

async function drain(reader: ReadableStreamDefaultReader<string>): Promise<void> {
  while (!(await reader.read()).done);
}
