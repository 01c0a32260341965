/**
 * The worker of the pool: prepares one picture file at a time. Compile it in with
 * `deno compile --include src/image/worker.ts`.
 *
 * @module
 */
import { toInferenceError } from "../base/errors.ts";
import { reusedMemory } from "./pixel_memory.ts";
import { prepareFile } from "./prepare.ts";
import type { WorkerReply, WorkerTask } from "./worker_messages.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<WorkerTask>) => void;
  postMessage(reply: WorkerReply, transfer?: Transferable[]): void;
};

const memory = reusedMemory();

/** Replies must come in the order of the tasks, and two decoded pictures would take twice the memory. */
let turn: Promise<void> = Promise.resolve();

scope.onmessage = ({ data }) => {
  turn = turn.then(() => prepare(data));
};

async function prepare({ path, spec, limits }: WorkerTask): Promise<void> {
  try {
    const tensor = await prepareFile(path, spec, limits, memory);
    scope.postMessage({ tensor }, [tensor.buffer]);
  } catch (error) {
    const { code, message, hint } = toInferenceError(error, "FILE", `Cannot use image "${path}"`);
    scope.postMessage({ error: { code, message, hint } });
  }
}
