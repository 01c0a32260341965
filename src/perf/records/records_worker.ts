/**
 * The main module of the worker that writes records: making text of numbers would hold up the load.
 *
 * @module
 */
import { describeError } from "../../base/errors.ts";
import type { RecordReply, RecordRequest } from "./messages.ts";
import { ProfileText } from "./profile_export.ts";
import { CSV_HEADER, type RecordBatch, type RecordFormat, recordLines } from "./rows.ts";

const scope = self as unknown as {
  postMessage(reply: RecordReply): void;
  addEventListener(type: "message", listener: (event: MessageEvent<RecordRequest>) => void): void;
};

let file: Deno.FsFile | undefined;
let format: RecordFormat = "jsonl";
let profile: ProfileText | undefined;
let written: Int32Array | undefined;
let lines = 0;
let broken = false;

const encoder = new TextEncoder();

function put(text: string): void {
  let rest = encoder.encode(text);
  while (rest.length > 0) rest = rest.subarray(file!.writeSync(rest));
}

function textOf(batch: RecordBatch): string {
  lines += batch.count;
  return profile?.batch(batch) ?? recordLines(batch, format === "csv" ? "csv" : "jsonl");
}

function handle(request: RecordRequest): void {
  switch (request.type) {
    case "open":
      format = request.format;
      written = new Int32Array(request.written);
      file = Deno.openSync(request.path, { write: true, create: true, truncate: true });
      if (request.facts !== undefined) profile = new ProfileText(request.facts);
      if (format === "csv") put(CSV_HEADER);
      return scope.postMessage({ type: "opened" });
    case "batch":
      try {
        if (!broken) put(textOf(request.batch));
      } finally {
        // Also after a failure: who waits for this must not wait for ever.
        Atomics.add(written!, 0, 1);
        Atomics.notify(written!, 0);
      }
      return;
    case "window":
      if (!broken && profile) put(profile.window(request.load, request.from, request.to));
      return;
    case "close":
      if (!broken && profile) put(profile.end());
      file?.close();
      if (!broken) scope.postMessage({ type: "closed", lines });
  }
}

scope.addEventListener("message", ({ data }) => {
  try {
    handle(data);
  } catch (error) {
    broken = true;
    scope.postMessage({ type: "failed", message: describeError(error) });
  }
});
