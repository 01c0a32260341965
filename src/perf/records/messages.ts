/**
 * What the measurement and the worker that writes its records say to each other.
 *
 * @module
 */
import type { ProfileFacts } from "./profile_export.ts";
import type { RecordBatch, RecordFormat } from "./rows.ts";

/** To the worker. */
export type RecordRequest =
  | {
    readonly type: "open";
    readonly path: string;
    readonly format: RecordFormat;
    /** Of profile exports. */
    readonly facts?: ProfileFacts;
    /** Batches that were written, so that the other side can tell how far this one is. */
    readonly written: SharedArrayBuffer;
  }
  | { readonly type: "batch"; readonly batch: RecordBatch }
  | { readonly type: "window"; readonly load: number; readonly from: number; readonly to: number }
  | { readonly type: "close" };

/** From the worker. */
export type RecordReply =
  | { readonly type: "opened" }
  | { readonly type: "closed"; readonly lines: number }
  | { readonly type: "failed"; readonly message: string };
