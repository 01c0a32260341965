/**
 * The worker of the pool: prepares one image file at a time. Compile it in with
 * `deno compile --include src/image/workers/worker.ts`.
 *
 * @module
 */
import { toInferenceError } from "../../base/errors.ts";
import { readRegularSync } from "../../base/read_file.ts";
import { prepareImage } from "./prepare.ts";
import type { WorkerReply, WorkerTask } from "./worker_messages.ts";

const scope = self as unknown as {
  onmessage: (event: MessageEvent<WorkerTask>) => void;
  postMessage(replies: WorkerReply[], transfer?: Transferable[]): void;
};

/** Waking the other thread costs as much as a small image; so many replies go together. */
const MOST_REPLIES = 4;
/** But none waits for another image when those at hand took longer than this. */
const PATIENCE_MS = 4;

/** Replies must come in the order of the tasks, and two decoded images would take twice the memory. */
let turn: Promise<void> = Promise.resolve();

let waiting = 0;
let replies: WorkerReply[] = [];
/** When the first image of these replies was begun. */
let begun = 0;

/** Memory for a file, which is used again for the next one: fresh memory takes longer than reading. */
let scratch = new Uint8Array(0);
const MOST_SCRATCH = 16 * 1024 * 1024;

function memoryFor(size: number): Uint8Array<ArrayBuffer> {
  if (size > MOST_SCRATCH) return new Uint8Array(size);
  if (scratch.length < size) scratch = new Uint8Array(size);
  return scratch.subarray(0, size);
}

scope.onmessage = ({ data }) => {
  waiting++;
  turn = turn.then(() => prepare(data)).then(reply);
};

async function prepare({ path, bytes, spec, limits, spare }: WorkerTask): Promise<WorkerReply> {
  if (replies.length === 0) begun = performance.now();
  try {
    const reading = { doing: `Cannot read image "${path}"`, maxBytes: limits.maxBytes };
    const image = bytes ?? readRegularSync(path, reading, memoryFor) ?? path;
    return { tensor: await prepareImage(image, spec, { limits, name: path, into: spare }) };
  } catch (error) {
    const failure = toInferenceError(error, "FILE", `Cannot use image "${path}"`);
    const { code, message, hint, remedy } = failure;
    return { error: { code, message, hint, remedy } };
  }
}

function reply(one: WorkerReply): void {
  waiting--;
  replies.push(one);
  const isTime = replies.length >= MOST_REPLIES || performance.now() - begun > PATIENCE_MS;
  if (waiting > 0 && !isTime) return;
  const sent = replies;
  replies = [];
  scope.postMessage(
    sent,
    sent.flatMap(({ tensor }) => tensor ? [tensor.buffer as ArrayBuffer] : []),
  );
}
