/**
 * A server that does next to nothing, to find out what this machine can measure. It is the embedded
 * server in a thread of its own: the program may start no other process.
 *
 * @module
 */
import type { NullServerReply } from "./null_reply.ts";
import { InferenceError } from "../base/errors.ts";

/** A running one; all models of the embedded server are there. */
export interface NullServer {
  readonly http: string;
  readonly grpc: string;
  close(): void;
}

/** @throws {InferenceError} INTERNAL when it can't be started */
export async function startNullServer(): Promise<NullServer> {
  const worker = new Worker(new URL("./null_worker.ts", import.meta.url), { type: "module" });
  const reply = await new Promise<NullServerReply>((resolve) => {
    worker.addEventListener("message", ({ data }: MessageEvent<NullServerReply>) => resolve(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault();
      resolve({ error: event.message });
    });
  });
  if ("error" in reply) {
    worker.terminate();
    throw new InferenceError("INTERNAL", `Cannot start the null server: ${reply.error}`);
  }
  return { ...reply, close: () => worker.terminate() };
}
